import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { invalid } from '#app/problems.ts'
import { demandSent } from '#app/ratification/batches.ts'
import { acceptRecords, closeWhenDone, returnRecords, type Determined } from '#app/ratification/determination.ts'
import { acceptProposals, returnProposals } from '#app/ratification/proposal-determination.ts'
import { advance, beginStep, inTwoParts, isUnderWay, nextAfter, type BatchStep, type Part, type Stepper } from '#app/ratification/steps.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { batchItems, batchProposals } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// Writing a new master version is the dearest a row can ask for.
const AT_ONCE = 25

// The ministry accepts all that wait, in the signed order. What cannot be written stays pending, and is told.
export function acceptAll(tx: Tx, id: string) {
  if (begin(tx, id, 'accept')) advance(tx, id, accepting)
}

// Everything that waits goes back with one reason.
export function returnAll(tx: Tx, id: string, reason: string) {
  if (reason.trim() === '') throw invalid({ reason: 'Tuliskan alasan pengembalian.' })
  if (begin(tx, id, 'return', reason)) advance(tx, id, returning)
}

function begin(tx: Tx, id: string, kind: 'accept' | 'return', note = ''): boolean {
  demand(tx.actor, 'batch.determine')
  demandSent(tx, id)
  if (isUnderWay(tx, id, kind)) return false
  beginStep(tx, id, kind, { total: countPending(tx.db, id), note })
  return true
}

export const countPending = (db: Db, id: string) => db.get<{ n: number }>(sql`SELECT (SELECT count(*) FROM batch_items WHERE batch_id = ${id} AND decision = 'pending')
  + (SELECT count(*) FROM batch_proposals WHERE batch_id = ${id} AND decision = 'pending') AS n`)!.n

export const accepting: Stepper = {
  some: (tx, step) => decideSome(tx, step, (ids) => acceptRecords(tx, step.batchId, ids), (ids) => acceptProposals(tx, step.batchId, ids)),
  finish: (tx, { batchId }) => closeWhenDone(tx, batchId),
}

export const returning: Stepper = {
  some: (tx, step) => decideSome(tx, step, (ids) => all(returnRecords(tx, step.batchId, ids, step.note)), (ids) => all(returnProposals(tx, step.batchId, ids, step.note))),
  finish: (tx, { batchId }) => closeWhenDone(tx, batchId),
}

const all = (accepted: number): Determined => ({ accepted, stale: [] })
type Decide = (ids: string[]) => Determined

export const decideSome = (tx: Tx, step: BatchStep, visits: Decide, proposals: Decide) => inTwoParts(step,
  (after) => decide(tx.db.select({ id: batchItems.householdId, position: batchItems.position }).from(batchItems)
    .where(and(eq(batchItems.batchId, step.batchId), eq(batchItems.decision, 'pending'), gt(batchItems.position, Number(after)))).orderBy(asc(batchItems.position)).limit(AT_ONCE).all(), visits),
  (after) => decide(tx.db.select({ id: batchProposals.proposalId, position: batchProposals.position }).from(batchProposals)
    .where(and(eq(batchProposals.batchId, step.batchId), eq(batchProposals.decision, 'pending'), gt(batchProposals.position, Number(after)))).orderBy(asc(batchProposals.position)).limit(AT_ONCE).all(), proposals))

function decide(rows: { id: string, position: number }[], by: Decide): Part {
  const { accepted, stale } = rows.length > 0 ? by(rows.map(({ id }) => id)) : all(0)
  return { done: accepted, passed: stale.length, next: nextAfter(rows, ({ position }) => position, AT_ONCE) }
}
