import type { OutboxRow, UserDb } from '#app/offline/database.ts'
import { isCleared, isLeft, readOutbox } from '#app/offline/outbox.ts'
import { isGenuine } from '#app/offline/receipt.ts'

// Copies of what arrived stay on the phone for days after a receipt for text and photos that proves genuine once more;
// then they make room. The rows stay, with their receipts.

const DAY_MS = 24 * 3600_000

// at: the server's clock at the contact just made. The phone's own clock, set forward or back, clears nothing and keeps
// nothing: both ends of the days were told by the server. Returns how many visits were cleared.
export async function clearOld(db: UserDb, receiptKey: CryptoKey, at: string | null, keepDays: number): Promise<number> {
  if (at === null) return 0
  const visits = new Map<string, OutboxRow[]>()
  for (const row of await readOutbox(db)) visits.set(row.visitId, [...visits.get(row.visitId) ?? [], row])
  let cleared = 0
  for (const rows of visits.values()) {
    if (await mayGo(rows, receiptKey, Date.parse(at) - keepDays * DAY_MS) && await clear(db, rows)) cleared++
  }
  return cleared
}

// The latest delivery of a visit speaks for those before it.
async function mayGo(rows: OutboxRow[], receiptKey: CryptoKey, before: number): Promise<boolean> {
  const last = rows[rows.length - 1]!
  if (rows.every(isCleared) || rows.some(isOpen) || !last.receipt?.photosComplete || last.receivedAt === null) return false
  return Date.parse(last.receivedAt) <= before && isGenuine(last.receipt, last, receiptKey)
}

const isOpen = (row: OutboxRow) => isLeft(row) || row.state === 'held'

async function clear(db: UserDb, rows: OutboxRow[]): Promise<boolean> {
  const tx = db.transaction(['outbox', 'drafts', 'photos'], 'readwrite')
  const [outbox, drafts, photos] = [tx.objectStore('outbox'), tx.objectStore('drafts'), tx.objectStore('photos')]
  const { visitId } = rows[0]!
  const draft = await drafts.get(visitId)
  // Returned and under way again: its photos are in use.
  const idle = draft?.status !== 'draft' && await outbox.index('visit').count(visitId) === rows.length
  if (idle) {
    await drafts.delete(visitId)
    for (const key of await photos.index('visit').getAllKeys(visitId)) await photos.delete(key)
    for (const row of rows) await outbox.put({ ...row, iv: new Uint8Array(12), data: new ArrayBuffer(0) })
  }
  await tx.done
  return idle
}
