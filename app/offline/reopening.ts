import { ON_DISK, type OutboxRow, type UserDb } from '#app/offline/database.ts'
import { note, tellReopened } from '#app/offline/journal.ts'
import { isCleared, isTroubled, updateRow } from '#app/offline/outbox.ts'
import { conflict, notFound } from '#app/problems.ts'

// What a person can do about a delivery that did not get through.

// The server found something missing, or would not read it: the visit can be mended and sent under a new number. What
// waits for the coordinator, and what is a conflict of numbers, cannot be mended here.
export const mayReopen = (row: OutboxRow) => !isCleared(row)
  && ((row.state === 'held' && row.reason === 'incomplete') || (isTroubled(row) && row.reason !== 'conflict'))

// "Perbaiki lalu kirim lagi": the same visit is a draft again. What was sent before is settled as replaced.
export async function reopen(db: UserDb, id: string, now: Date): Promise<{ visitId: string, householdId: string }> {
  const tx = db.transaction(['outbox', 'drafts'], 'readwrite', ON_DISK)
  const row = await tx.objectStore('outbox').get(id)
  const draft = row && await tx.objectStore('drafts').get(row.visitId)
  const may = row !== undefined && draft !== undefined && mayReopen(row)
  if (may) {
    await tx.objectStore('drafts').put({ ...draft, status: 'draft' })
    await tx.objectStore('outbox').put({ ...row, state: 'closed', reason: 'replaced', nextAt: null })
  }
  await tx.done
  if (!row || !draft) throw notFound('Kiriman ini di HP')
  if (!may) throw conflict('Kiriman ini tidak bisa diperbaiki di sini. Hubungi koordinator.')
  await note(db, tellReopened(), now, id)
  return { visitId: row.visitId, householdId: row.householdId }
}

// "Kirim lagi", also for what had arrived: the server knows a delivery it has, so nothing is doubled. The days its copy
// stays begin anew with the next receipt.
export async function sendAgain(db: UserDb, id: string): Promise<void> {
  const row = await db.get('outbox', id)
  if (!row || isCleared(row)) throw notFound('Salinan kiriman ini di HP')
  await updateRow(db, id, () => ({ state: 'queued', receipt: null, receivedAt: null, inPack: false, problem: null, reason: null, attempts: 1, nextAt: null }))
}
