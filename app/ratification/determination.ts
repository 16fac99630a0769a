import { and, asc, eq, inArray } from 'drizzle-orm'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { followOutcome } from '#app/proposals/exclusions.ts'
import { countDetermined } from '#app/periods/filing.ts'
import { invalid } from '#app/problems.ts'
import { demandSent } from '#app/ratification/batches.ts'
import { demand } from '#app/users/permissions.ts'
import { batches, batchItems, batchProposals, visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Chosen = string[] | 'all'
export type Determined = { accepted: number, stale: string[] }

type Item = typeof batchItems.$inferSelect

// The ministry accepts: the visit's answers become the master version, whose cause is this batch. A household whose
// master moved on since the visit began is left pending and named: its before/after would no longer be true. Whoever was not found is held back.
export function acceptRecords(tx: Tx, batchId: string, chosen: Chosen): Determined {
  demand(tx.actor, 'batch.determine')
  const stale: string[] = []
  const items = pendingItems(tx, batchId, chosen)
  for (const item of items) {
    const household = getHousehold(tx, item.householdId)
    const visit = tx.db.select({ id: visits.id, baseVersion: visits.baseVersion, outcome: visits.outcome, submittedAt: visits.submittedAt }).from(visits).where(eq(visits.id, item.visitId)).get()!
    if (household.version !== visit.baseVersion) stale.push(item.householdId)
    else {
      reviseHousehold(tx, household, visit.baseVersion, item.record, `determination:${batchId}`)
      moveStage(tx, household, 'determined', { subject: `batch:${batchId}`, set: { flagCount: 0, flagWeight: 0, officerId: null } })
      followOutcome(tx, household, { ...visit, record: item.record })
      decide(tx, item, 'accepted', '')
    }
  }
  countDetermined(tx, batchId, { accepted: items.length - stale.length })
  closeWhenDone(tx, batchId)
  return { accepted: items.length - stale.length, stale }
}

// The ministry returns, with a reason: the record waits again in the kabupaten's own queue. Its visit stays "verified", by which
// that queue knows that it was through once and lets nobody approve it unseen.
export function returnRecords(tx: Tx, batchId: string, chosen: Chosen, reason: string): number {
  demand(tx.actor, 'batch.determine')
  if (reason.trim() === '') throw invalid({ reason: 'Tuliskan alasan pengembalian.' })
  const items = pendingItems(tx, batchId, chosen)
  for (const item of items) {
    const household = getHousehold(tx, item.householdId)
    moveStage(tx, household, 'checked', { note: reason, subject: `batch:${batchId}` })
    decide(tx, item, 'returned', reason)
  }
  countDetermined(tx, batchId, { returned: items.length })
  closeWhenDone(tx, batchId)
  return items.length
}

function pendingItems(tx: Tx, batchId: string, chosen: Chosen): Item[] {
  demandSent(tx, batchId)
  if (chosen !== 'all' && chosen.length === 0) throw invalid({ household: 'Pilih sedikitnya satu rumah tangga.' })
  return tx.db.select().from(batchItems).where(and(eq(batchItems.batchId, batchId), eq(batchItems.decision, 'pending'),
    chosen === 'all' ? undefined : inArray(batchItems.householdId, chosen))).orderBy(asc(batchItems.position)).all()
}

const decide = (tx: Tx, { batchId, householdId }: Item, decision: 'accepted' | 'returned', reason: string) =>
  void tx.db.update(batchItems).set({ decision, reason, decidedBy: tx.actor.id, decidedAt: tx.now })
    .where(and(eq(batchItems.batchId, batchId), eq(batchItems.householdId, householdId))).run()

// Everything is decided, visits and usulan alike.
export function closeWhenDone(tx: Tx, batchId: string) {
  const left = tx.db.select({ id: batchItems.householdId }).from(batchItems)
    .where(and(eq(batchItems.batchId, batchId), eq(batchItems.decision, 'pending'))).limit(1).get()
    ?? tx.db.select({ id: batchProposals.proposalId }).from(batchProposals)
      .where(and(eq(batchProposals.batchId, batchId), eq(batchProposals.decision, 'pending'))).limit(1).get()
  if (left) return
  const closed = tx.db.update(batches).set({ status: 'determined', determinedAt: tx.now })
    .where(and(eq(batches.id, batchId), eq(batches.status, 'dispatched'))).run()
  if (closed.changes > 0) tx.audit('batch.determined', batchId)
}
