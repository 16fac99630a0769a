import { and, asc, eq, gt } from 'drizzle-orm'
import { attach } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { moveStage } from '#app/households/moves.ts'
import { forbidden } from '#app/problems.ts'
import { demandStatus, getBatch } from '#app/ratification/batches.ts'
import { countProposals, moveProposalsOf } from '#app/ratification/proposals.ts'
import { advance, beginStep, inTwoParts, nextAfter, SLICE, type BatchStep, type Part, type Stepper } from '#app/ratification/steps.ts'
import { demand } from '#app/users/permissions.ts'
import { batches, batchItems } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Letter = { letterNumber: string, letterDate: string, signatory: string }

// The bupati's or walikota's letter. Never by a person who prepared or froze the batch. Signed at once; its rows follow.
export function ratifyBatch(tx: Tx, id: string, { letterNumber, letterDate, signatory }: Letter, file: ReceivedFile & { id: string }) {
  demand(tx.actor, 'batch.ratify')
  const batch = getBatch(tx, id)
  if (batch.status === 'ratified' && batch.letterNumber === letterNumber) return
  demandStatus(tx, batch, 'frozen')
  if ([batch.preparedBy, batch.frozenBy].includes(tx.actor.id)) throw forbidden('Pengesahan harus dilakukan oleh orang lain daripada yang menyiapkan.')
  attach(tx, file.id, file, { subject: `batch:${id}`, regionCode: batch.regionCode })
  tx.db.update(batches).set({ status: 'ratified', letterNumber, letterDate, signatory, ratifiedBy: tx.actor.id, ratifiedAt: tx.now })
    .where(eq(batches.id, id)).run()
  tx.audit('batch.ratified', id, { letterNumber, letterDate, rootHash: batch.rootHash, letterSha256: file.sha256 })
  beginStep(tx, id, 'ratify', { total: batch.itemCount + countProposals(tx.db, id), note: letterNumber })
  advance(tx, id, ratifying)
}

export const ratifying: Stepper = { some: (tx, step) => moveSome(tx, step, 'ratified', step.note) }

// The next rows of a batch take its step with it, in the signed order.
export const moveSome = (tx: Tx, step: BatchStep, to: 'ratified' | 'dispatched', note?: string) =>
  inTwoParts(step, (after) => moveItems(tx, step.batchId, Number(after), to, note), (after) => moveProposalsOf(tx, step.batchId, after, to, note))

function moveItems(tx: Tx, batchId: string, after: number, to: 'ratified' | 'dispatched', note?: string): Part {
  const rows = tx.db.select({ id: batchItems.householdId, position: batchItems.position }).from(batchItems)
    .where(and(eq(batchItems.batchId, batchId), gt(batchItems.position, after))).orderBy(asc(batchItems.position)).limit(SLICE).all()
  const stage = to === 'ratified' ? 'batched' : 'ratified'
  for (const { id } of rows) moveStage(tx, { id, stage }, to, { note, subject: `batch:${batchId}` })
  return { done: rows.length, next: nextAfter(rows, ({ position }) => position) }
}
