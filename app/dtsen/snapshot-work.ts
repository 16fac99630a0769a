import { and, desc, eq, inArray, lt, ne, or } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { compareSnapshots } from '#app/dtsen/comparing.ts'
import { renewSome } from '#app/dtsen/effective.ts'
import { askComparison } from '#app/dtsen/movement.ts'
import { clearRows, hasStatus, readSnapshot } from '#app/dtsen/snapshot-reading.ts'
import type { Snapshot } from '#app/dtsen/snapshots.ts'
import { Problem } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { dtsenComparisons, dtsenSnapshots } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

const queue = oneAtATime()

// Does in the background whatever the snapshot's status asks for, one file at a time; asked twice, the second finds
// nothing left to do.
export const workOnSnapshot = (db: Db, directory: string, id: string) => queue.add(db, () => work(db, directory, id), id)
export const workOnComparison = (db: Db, pair: { fromId: string, toId: string }) => queue.add(db, () => compareQuietly(db, pair))

// Settles when nothing is under way.
export const snapshotsDone = queue.done

// What is confirmed and not through, by a work that failed.
export const isStopped = (db: Db, { id, status }: { id: string, status: string }) => status === 'applying' && queue.hasEnded(db, id)

// After a restart, and every hour: a file half read is read again from its beginning, the rest goes on where it stopped.
export function resumeSnapshots(db: Db, directory: string) {
  const left = db.select({ id: dtsenSnapshots.id }).from(dtsenSnapshots)
    .where(inArray(dtsenSnapshots.status, ['reading', 'applying'])).orderBy(dtsenSnapshots.uploadedAt).all()
  for (const { id } of left) workOnSnapshot(db, directory, id)
  const pairs = db.select().from(dtsenComparisons).where(ne(dtsenComparisons.phase, 'done')).orderBy(dtsenComparisons.requestedAt).all()
  for (const pair of pairs) workOnComparison(db, pair)
}

const find = (db: Db, id: string) => db.select().from(dtsenSnapshots).where(eq(dtsenSnapshots.id, id)).get()

async function work(db: Db, directory: string, id: string) {
  try {
    const found = find(db, id)
    if (found?.status === 'reading') await readSnapshot(db, directory, found)
    if (found?.status === 'applying') await applySnapshot(db, found)
    if (find(db, id)?.status === 'discarded') await clearRows(db, id)
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (db.$client.open) fail(db, id, error)
  }
}

const CHUNK = 300

// The desil of every household it is in effect for, some in each transaction.
async function applySnapshot(db: Db, snapshot: Snapshot) {
  for (let at: number | undefined = snapshot.appliedTo; at !== undefined;) {
    const appliedTo: number = at
    at = transact(db, system, (tx) => {
      if (!hasStatus(tx.db, snapshot.id, 'applying')) return undefined
      const next = renewSome(tx.db, { ...snapshot, appliedTo }, CHUNK)
      if (next !== undefined) tx.db.update(dtsenSnapshots).set({ appliedTo: next }).where(eq(dtsenSnapshots.id, snapshot.id)).run()
      return next
    })
    await letOthers()
  }
  const before = transact(db, system, (tx) => {
    tx.db.update(dtsenSnapshots).set({ status: 'applied', finishedAt: tx.now }).where(eq(dtsenSnapshots.id, snapshot.id)).run()
    tx.audit('dtsen.applied', snapshot.id, { families: snapshot.rowCount })
    return askedOf(tx.db, snapshot).map((pair) => askComparison(tx, pair))
  })
  for (const pair of before) await compareSnapshots(db, pair)
}

// The neighbours in time of the same place: that is what everybody asks first, so it is counted unasked.
function askedOf(db: Db, { id, regionCode, effectiveOn }: Snapshot) {
  const same = and(eq(dtsenSnapshots.regionCode, regionCode), eq(dtsenSnapshots.status, 'applied'), ne(dtsenSnapshots.id, id))
  const earlier = db.select({ id: dtsenSnapshots.id }).from(dtsenSnapshots)
    .where(and(same, or(lt(dtsenSnapshots.effectiveOn, effectiveOn), eq(dtsenSnapshots.effectiveOn, effectiveOn))))
    .orderBy(desc(dtsenSnapshots.effectiveOn), desc(dtsenSnapshots.confirmedAt)).limit(1).get()
  return earlier ? [{ fromId: earlier.id, toId: id }] : []
}

async function compareQuietly(db: Db, pair: { fromId: string, toId: string }) {
  try {
    await compareSnapshots(db, pair)
  } catch (error) {
    if (db.$client.open) console.error(error)
  }
}

function fail(db: Db, id: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  // A confirmed snapshot is not taken back; it goes on within the hour.
  if (find(db, id)?.status !== 'reading') return
  const message = error instanceof Problem ? Object.values(error.fields)[0] ?? error.message : 'Terjadi kesalahan pada sistem. Unggah lagi berkas yang sama.'
  transact(db, system, (tx) => {
    tx.db.update(dtsenSnapshots).set({ status: 'failed', message, finishedAt: tx.now }).where(eq(dtsenSnapshots.id, id)).run()
    tx.audit('dtsen.failed', id, { reason: message })
  })
}
