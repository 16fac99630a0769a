import { and, asc, eq, sql } from 'drizzle-orm'
import { countFailingItems, countItems, demandStatus, getBatch, takeOut } from '#app/ratification/batches.ts'
import { countFailingProposals, countProposals, dropProposals } from '#app/ratification/proposals.ts'
import { advance, beginStep, inTwoParts, isUnderWay, nextAfter, SLICE, type Part, type Stepper } from '#app/ratification/steps.ts'
import { demand } from '#app/users/permissions.ts'
import { batches, batchItems } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

const FAILING = 'Tidak lolos kriteria integritas.'

// All that fail a gate leave together, so that the rest need not wait for them.
export function removeFailing(tx: Tx, id: string) {
  demand(tx.actor, 'batch.prepare')
  const batch = getBatch(tx, id)
  if (isUnderWay(tx, id, 'drop')) return
  demandStatus(tx, batch, 'open')
  beginStep(tx, id, 'drop', { total: countFailingItems(tx.db, id) + countFailingProposals(tx.db, id), note: FAILING })
  advance(tx, id, dropping)
}

export const dropping: Stepper = {
  some: (tx, step) => {
    const slice = inTwoParts(step, () => takeSome(tx, step.batchId, 'failing', step.note), () => dropProposals(tx, step.batchId, 'failing', step.note))
    countItems(tx, step.batchId)
    return slice
  },
}

// Gives every household back and closes the batch, before it is ratified.
export function cancelBatch(tx: Tx, id: string, note: string) {
  demand(tx.actor, 'batch.prepare')
  const batch = getBatch(tx, id)
  if (batch.status === 'cancelled' || isUnderWay(tx, id, 'cancel')) return
  demandStatus(tx, batch, 'open', 'frozen')
  beginStep(tx, id, 'cancel', { total: batch.itemCount + countProposals(tx.db, id), note })
  advance(tx, id, cancelling)
}

export const cancelling: Stepper = {
  some: (tx, step) => inTwoParts(step, () => takeSome(tx, step.batchId, 'all', step.note), () => dropProposals(tx, step.batchId, 'all', step.note)),
  finish: (tx, { batchId: id, note }) => {
    tx.db.update(batches).set({ status: 'cancelled', itemCount: 0 }).where(eq(batches.id, id)).run()
    tx.audit('batch.cancelled', id, { note })
  },
}

function takeSome(tx: Tx, batchId: string, which: 'failing' | 'all', note: string): Part {
  const rows = tx.db.select({ id: batchItems.householdId }).from(batchItems)
    .where(and(eq(batchItems.batchId, batchId), which === 'failing' ? sql`${batchItems.failures} <> '[]'` : undefined)).orderBy(asc(batchItems.householdId)).limit(SLICE).all()
  for (const { id } of rows) takeOut(tx, batchId, id, note)
  return { done: rows.length, next: nextAfter(rows, () => '') }
}
