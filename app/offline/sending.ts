import { readDevice, updateDevice, type UserDb } from '#app/offline/database.ts'
import { deviceDb, userDb } from '#app/offline/door.ts'
import { isHalt, waitsForPerson } from '#app/offline/halts.ts'
import type { Fetch } from '#app/offline/line.ts'
import { hasCome } from '#app/offline/outbox.ts'
import type { PackShelf } from '#app/offline/refresh.ts'
import { keepReserve } from '#app/offline/room.ts'
import { nextAttemptAt, readMemory, type SyncStatus } from '#app/offline/status.ts'
import { synchronise } from '#app/offline/sync.ts'
import type { Locks } from '#app/offline/alone.ts'

// When the worker sends, and for whom: only for the user whose pages the phone shows.

export type Sender = {
  fetch: Fetch, label: string, locks?: Locks, shelfOf: (db: UserDb, key: CryptoKey) => PackShelf, tell: (status: SyncStatus) => void
}
export type Occasion = { force?: boolean, good?: boolean, signedIn?: boolean, makeRoom?: boolean }

const NEWS_EVERY_MS = 30 * 60_000

// Undefined: there is nobody here to send for, or nothing to do yet.
export async function send(sender: Sender, occasion: Occasion = {}, now = new Date()): Promise<SyncStatus | undefined> {
  const { id, currentUser, userIds, endSession } = await readDevice(await deviceDb())
  if (endSession) await endLeftSession(sender.fetch)
  if (currentUser === null || !userIds.includes(currentUser)) return undefined
  const db = await userDb(currentUser)
  if (!occasion.force && !endSession && !await isDue(db, occasion, now)) return undefined
  const status = await synchronise({
    db, userId: currentUser, deviceId: id, label: sender.label, fetch: sender.fetch, force: occasion.force ?? occasion.signedIn, good: occasion.good, makeRoom: occasion.makeRoom,
    locks: sender.locks, shelf: (key) => sender.shelfOf(db, key), onProgress: sender.tell,
  })
  if (status.halt === null) await keepReserve()
  if (endSession && status.halt === 'signed_out') await updateDevice(await deviceDb(), () => ({ endSession: false }))
  return status
}

// Something waits and its time has come; or it is long since the office was heard; or what a person had to do is done.
async function isDue(db: UserDb, { signedIn }: Occasion, now: Date): Promise<boolean> {
  const { halt, nextAt, finishedAt } = await readMemory(db)
  if (isHalt(halt) && waitsForPerson(halt)) return signedIn === true
  const due = await nextAttemptAt(db, now)
  if (due !== null && due <= now.toISOString()) return true
  const age = finishedAt === null ? Number.POSITIVE_INFINITY : Math.abs(now.getTime() - Date.parse(finishedAt))
  return age > NEWS_EVERY_MS && hasCome(nextAt, now)
}

// The officer signed out where there was no signal: the server hears of it before anything else. That it did, only its
// next answer proves.
const endLeftSession = (fetch: Fetch) =>
  fetch('/session/end', { method: 'POST', redirect: 'manual', credentials: 'same-origin' }).catch(() => undefined)
