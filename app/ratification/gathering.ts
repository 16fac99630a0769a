import { setImmediate as breathe } from 'node:timers/promises'
import { and, asc, eq, sql } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { moveStage } from '#app/households/moves.ts'
import { diffRecords } from '#app/questionnaire/diff.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { countItems, type Batch } from '#app/ratification/batches.ts'
import { findGateFailures } from '#app/ratification/gates.ts'
import { hashRecord } from '#app/ratification/manifest.ts'
import { gatherProposals } from '#app/ratification/proposals.ts'
import type { Actor } from '#app/users/actor.ts'
import { under } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { batches, batchItems, households, visits } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

// A batch a person can still look through, and that ratifies in one transaction without keeping others waiting.
export const BATCH_LIMIT = 5000
const CHUNK = 100

type Waiting = { household: typeof households.$inferSelect, visit: typeof visits.$inferSelect }

// Takes the verified households and usulan of the kabupaten into the batch, a chunk to a transaction, so that everybody else is
// served in between. Broken off by a restart it is simply run again: what is in is in.
export async function gather(db: Db, actor: Actor, { id, regionCode }: Pick<Batch, 'id' | 'regionCode'>, at?: Date) {
  while (transact(db, actor, (tx) => gatherSome(tx, id, regionCode), at) === CHUNK) await breathe()
  for (let after: string | undefined = ''; after !== undefined; await breathe()) {
    after = transact(db, actor, (tx) => gatherProposals(tx, id, regionCode, after), at).next
  }
  transact(db, actor, (tx) => {
    const done = tx.db.update(batches).set({ status: 'open' }).where(and(eq(batches.id, id), eq(batches.status, 'gathering'))).run()
    if (done.changes > 0) tx.audit('batch.gathered', id)
  }, at)
}

function gatherSome(tx: Tx, id: string, regionCode: string): number {
  const batch = tx.db.select().from(batches).where(eq(batches.id, id)).get()
  if (batch?.status !== 'gathering') return 0
  const room = Math.min(CHUNK, BATCH_LIMIT - batch.itemCount)
  const waiting = tx.db.select({ household: households, visit: visits }).from(households)
    .innerJoin(visits, eq(visits.id, households.visitId))
    .where(and(eq(households.stage, 'verified'), under(households.regionCode, regionCode)))
    .orderBy(asc(households.regionCode), asc(households.stageAt), asc(households.number)).limit(room).all()
  for (const one of waiting) take(tx, id, one)
  countItems(tx, id)
  return waiting.length
}

function take(tx: Tx, batchId: string, { household, visit }: Waiting) {
  const record = withEvidence(visit)
  const identity = { householdId: household.id, visitId: visit.id }
  const failures = findGateFailures(tx.db, {
    ...identity, record, outcome: visit.outcome ?? 1, questionnaireVersion: visit.questionnaireVersion, today: dayOf(tx.now),
  })
  tx.db.insert(batchItems).values({
    batchId, ...identity, regionCode: household.regionCode, position: 0, record, failures, changeCount: countChanges(household.record, visit.record), recordHash: hashRecord({ ...identity, record }),
  }).run()
  moveStage(tx, household, 'batched', { subject: `batch:${batchId}` })
}

// Answers of the household that differ; the outcome is the visit's own and counts for no change.
const countChanges = (master: HouseholdRecord, visited: HouseholdRecord) =>
  diffRecords(master, visited).filter(({ path }) => path !== 'household.hasilVerivali').length

// The record that will be determined: the answers, with what the system itself saw of the visit.
export function withEvidence({ record, latitude, longitude, activeMs, openedAt, submittedAt }: Waiting['visit']): HouseholdRecord {
  return {
    ...record,
    household: {
      ...record.household, latitude, longitude, interviewDurationMs: activeMs,
      verivaliFirstOpenAt: openedAt, verivaliSubmittedAt: submittedAt, visitDate: record.household.visitDate ?? (submittedAt ? dayOf(submittedAt) : undefined),
    },
  }
}

// Batches whose gathering a restart cut off go on by themselves.
export function resumeGathering(db: Db, actor: Actor) {
  const open = db.select().from(batches).where(sql`${batches.status} = 'gathering'`).all()
  return Promise.all(open.map((batch) => gather(db, actor, batch)))
}

// What became verified since: gathered into the same, still open batch.
export function reopenGathering(tx: Tx, { id, status }: Pick<Batch, 'id' | 'status'>) {
  if (status !== 'open') return
  tx.db.update(batches).set({ status: 'gathering' }).where(eq(batches.id, id)).run()
  tx.audit('batch.gathering', id)
}
