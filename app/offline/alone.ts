import type { LineLease, UserDb } from '#app/offline/database.ts'
import { evenFull } from '#app/offline/room.ts'

// One sending at a time for each user of the phone, whoever asks: page, worker, timer.

export type Locks = { request: <T>(name: string, options: { ifAvailable: true }, work: (lock: unknown) => Promise<T>) => Promise<T> }

export const LEASE_MS = 60_000

// Undefined: another is at it. The browser's own locks end with the worker that held them; where there are none, a lease
// runs out by itself, so a killed worker never stands in the way for long.
export async function alone<T>(db: UserDb, userId: string, work: () => Promise<T>, locks?: Locks): Promise<T | undefined> {
  if (locks) return locks.request(`siks-sync-${userId}`, { ifAvailable: true }, async (lock) => lock ? work() : undefined)
  const holder = Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-')
  if (!await evenFull(() => take(db, holder))) return undefined
  const renewal = setInterval(() => void take(db, holder).catch(() => undefined), LEASE_MS / 4)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    await release(db, holder)
  }
}

async function take(db: UserDb, holder: string): Promise<boolean> {
  const tx = db.transaction('line', 'readwrite')
  const lease = await tx.store.get('lease') as LineLease | undefined
  const free = !lease || lease.holder === holder || !isAlive(lease, Date.now())
  if (free) await tx.store.put({ key: 'lease', holder, until: Date.now() + LEASE_MS })
  await tx.done
  return free
}

// A lease that ends later than any lease can was taken before the clock was set back.
const isAlive = ({ until }: LineLease, now: number) => until > now && until - now <= LEASE_MS

async function release(db: UserDb, holder: string) {
  const tx = db.transaction('line', 'readwrite')
  const lease = await tx.store.get('lease') as LineLease | undefined
  if (lease?.holder === holder) await tx.store.delete('lease')
  await tx.done
}
