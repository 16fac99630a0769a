import type { Range } from '#app/devices/gaps.ts'
import type { OutboxRow, UserDb } from '#app/offline/database.ts'
import { note, tellForgotten } from '#app/offline/journal.ts'
import { isCleared, readOutbox, updateRow } from '#app/offline/outbox.ts'

// A server restored from an older copy has forgotten what it once signed for. The phone has not.

// missing: the numbers of this phone that the server does not have, as it said at this contact.
export async function queueForgotten(db: UserDb, missing: readonly Range[], now: Date) {
  const latest = new Map((await readOutbox(db)).map((row) => [row.visitId, row]))
  for (const row of latest.values()) if (isForgotten(row, missing)) await queueAgain(db, row.id, now)
}

// Proved to have arrived once, and still lying here whole. What was opened again is sent when it is mended.
const isForgotten = (row: OutboxRow, missing: readonly Range[]) => row.receipt !== null && row.reason !== 'replaced' && !isCleared(row)
  && missing.some(({ from, to }) => from <= row.sequence && row.sequence <= to)

export async function queueAgain(db: UserDb, id: string, now: Date): Promise<OutboxRow> {
  await note(db, tellForgotten(), now, id)
  return updateRow(db, id, ({ photos }) => ({
    state: 'queued', receipt: null, receivedAt: null, inPack: false, problem: null, reason: null, attempts: 0, nextAt: null,
    photos: photos.map((photo) => ({ ...photo, offset: 0, stored: false })),
  }))
}
