import { and, asc, eq, gt } from 'drizzle-orm'
import { getHousehold } from '#app/households/records.ts'
import { changesBetween, masked, recordAt } from '#app/households/versions.ts'
import { notFound } from '#app/problems.ts'
import { getBatch } from '#app/ratification/batches.ts'
import { emptyRecord } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { batchItems, householdVersions, users, visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type RecordReading = ReturnType<typeof readRecord>

// One record of a batch: what it would change, and what became of the master since the visit began. With both the ministry
// decides whether to send it back. Read like any record, so it leaves its line of audit.
export function readRecord(tx: Tx, batchId: string, householdId: string) {
  const batch = getBatch(tx, batchId)
  const item = tx.db.select().from(batchItems).where(and(eq(batchItems.batchId, batchId), eq(batchItems.householdId, householdId))).get()
  if (!item) throw notFound('Rumah tangga dalam berkas ini')
  const { headName, record: master, version, prelistId } = getHousehold(tx, householdId)
  const { baseVersion, outcome } = tx.db.select({ baseVersion: visits.baseVersion, outcome: visits.outcome }).from(visits).where(eq(visits.id, item.visitId)).get()!
  const base = recordAt(tx.db, householdId, baseVersion) ?? emptyRecord()
  const moved = item.decision === 'pending' && version !== baseVersion
  tx.audit('household.opened', householdId, { batch: batchId, version })
  return {
    batch, item, outcome, headName, prelistId, moved,
    changes: changesBetween(base, item.record).map(masked),
    meanwhile: moved ? changesBetween(base, master).map(masked) : [],
    causes: moved ? versionsAfter(tx.db, householdId, baseVersion) : [],
  }
}

const versionsAfter = (db: Db, householdId: string, version: number) =>
  db.select({ version: householdVersions.version, cause: householdVersions.cause, createdAt: householdVersions.createdAt, by: users.name })
    .from(householdVersions).leftJoin(users, eq(users.id, householdVersions.createdBy))
    .where(and(eq(householdVersions.householdId, householdId), gt(householdVersions.version, version))).orderBy(asc(householdVersions.version)).all()
