import type { DeliveryState } from '#app/deliveries/format.ts'
import type { OutboxRow, UserDb, WantedPhoto } from '#app/offline/database.ts'

// What waits on the phone to be sent, and what is kept after it arrived.

// The number decides: it counts what the officer sent, whatever the clock said meanwhile.
export const readOutbox = async (db: UserDb): Promise<OutboxRow[]> =>
  (await db.getAll('outbox')).sort((one, other) => one.sequence - other.sequence)

export const highestMade = (rows: OutboxRow[]) => rows.reduce((most, { sequence }) => Math.max(most, sequence), 0)

export const isWaiting = ({ state }: Pick<OutboxRow, 'state'>) => state === 'queued' || state === 'waiting_photos'
// Photos the server asks for once more, though all had arrived.
export const wantedOf = ({ wanted }: Pick<OutboxRow, 'wanted'>): WantedPhoto[] => wanted ?? []
// Something of it is still to travel.
export const isLeft = (row: OutboxRow) => isWaiting(row) || wantedOf(row).length > 0
// Refused by itself: it needs a person, and the others go on without it.
export const isTroubled = (row: OutboxRow) => isWaiting(row) && row.problem !== null
// Text and photos are gone from the phone; the row stays as proof with its receipt.
export const isCleared = ({ data }: OutboxRow) => data.byteLength === 0

export async function updateRow(db: UserDb, id: string, change: (row: OutboxRow) => Partial<OutboxRow>): Promise<OutboxRow> {
  const tx = db.transaction('outbox', 'readwrite')
  const row = (await tx.store.get(id))!
  const changed = { ...row, ...change(row) }
  await tx.store.put(changed)
  await tx.done
  return changed
}

// A sealed text is sixteen bytes longer than what travels.
export const bytesLeft = ({ state, data, photos, wanted }: OutboxRow) => (state === 'queued' ? Math.max(0, data.byteLength - 16) : 0)
  + (isWaiting({ state }) ? photos.reduce((sum, { bytes, offset }) => sum + bytes - offset, 0) : 0)
  + wantedOf({ wanted }).reduce((sum, { left }) => sum + left, 0)

const DAY_MS = 24 * 3600_000
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 3600_000
export const waitAfter = (attempts: number) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10))

// A time further ahead than any wait was set before the clock went back; it does not count.
export const hasCome = (at: string | null, now: Date) =>
  at === null || Date.parse(at) <= now.getTime() || Date.parse(at) - now.getTime() > DAY_MS

export const postponed = ({ attempts }: OutboxRow, now: Date): Partial<OutboxRow> =>
  ({ attempts: attempts + 1, nextAt: new Date(now.getTime() + waitAfter(attempts)).toISOString() })

// Tried again once a day all the same: what the server could not read today it may read after its next version.
export const refused = ({ attempts }: OutboxRow, message: string, code: string, now: Date): Partial<OutboxRow> =>
  ({ attempts: attempts + 1, nextAt: new Date(now.getTime() + DAY_MS).toISOString(), problem: { message, fields: {} }, reason: code })

// What a genuine receipt came with. An older answer that arrives late takes nothing back. at: the server's clock.
export function withState(row: OutboxRow, { receipt, status, reason, problem, photos }: DeliveryState, at: string | null): Partial<OutboxRow> {
  if (row.receipt?.photosComplete && !receipt.photosComplete) return {}
  return {
    receipt, state: status, reason, problem, attempts: 0, nextAt: null,
    receivedAt: row.receivedAt ?? (receipt.photosComplete ? at ?? receipt.receivedAt : null),
    photos: row.photos.map((photo) => {
      const told = photos.find(({ kind }) => kind === photo.kind)
      const stored = receipt.photosComplete || (told?.stored ?? photo.stored)
      return { ...photo, stored, offset: stored ? photo.bytes : Math.min(photo.bytes, told?.offset ?? photo.offset) }
    }),
  }
}

export type Counts = { queued: number, photos: number, troubled: number, held: number, arrived: number }

export const countOutbox = (rows: OutboxRow[]): Counts => ({
  queued: rows.filter((row) => row.state === 'queued' && !isTroubled(row)).length,
  photos: rows.filter((row) => row.state === 'waiting_photos' && !isTroubled(row)).flatMap((row) => row.photos).filter(({ stored }) => !stored).length
    + rows.reduce((sum, row) => sum + wantedOf(row).length, 0),
  troubled: rows.filter(isTroubled).length,
  held: rows.filter(({ state }) => state === 'held').length,
  arrived: rows.filter(({ state }) => state === 'accepted' || state === 'closed').length,
})

// The line of status: what is safe where, and what still waits.
export function tellCounts({ queued, photos, troubled, held }: Counts): string {
  const parts = [
    queued > 0 && `${queued} kunjungan menunggu dikirim, aman di HP`,
    photos > 0 && `${queued > 0 ? '' : 'data aman, '}${photos} foto menunggu`,
    troubled > 0 && `${troubled} kunjungan belum bisa dikirim`,
    held > 0 && `${held} kunjungan perlu diperhatikan`,
  ].filter((part) => part !== false)
  if (parts.length === 0) return 'Semua sudah sampai di server.'
  const sentence = parts.join('; ')
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`
}

// When sending is worth another try; null: nothing waits that would go by itself.
export function nextDue(rows: OutboxRow[], now: Date): string | null {
  const times = rows.filter(isLeft).map(({ nextAt }) => hasCome(nextAt, now) ? now.toISOString() : nextAt!)
  return times.length > 0 ? times.reduce((first, at) => at < first ? at : first) : null
}
