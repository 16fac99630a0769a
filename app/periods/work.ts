import { eq, isNull, ne } from 'drizzle-orm'
import { oneAtATime } from '#app/background.ts'
import { unlessDoubted } from '#app/operation/clock.ts'
import { compareSnapshots } from '#app/periods/comparison-work.ts'
import { closeDuePeriods } from '#app/periods/planning.ts'
import { checkSnapshot } from '#app/periods/snapshots.ts'
import { takeSnapshot } from '#app/periods/snapshot-work.ts'
import type { Db } from '#db/connection.ts'
import { comparisons, snapshotChecks, snapshots } from '#db/schema/index.ts'

const queue = oneAtATime()

// In the background, one thing after the other. What is done already is found done.
export function workOnPeriods(db: Db) {
  queue.add(db, () => workThrough(db))
}

// Settles when nothing is under way.
export const periodsDone = queue.done

async function workThrough(db: Db) {
  if (!db.$client.open) return
  const taking = db.select({ id: snapshots.id }).from(snapshots).where(ne(snapshots.status, 'ready')).orderBy(snapshots.id).all()
  for (const { id } of taking) await attempt(db, () => takeSnapshot(db, id), () => void db.update(snapshots).set({ status: 'failed' }).where(eq(snapshots.id, id)).run())
  const checks = db.select({ id: snapshotChecks.id }).from(snapshotChecks).where(isNull(snapshotChecks.finishedAt)).all()
  for (const { id } of checks) await attempt(db, () => checkSnapshot(db, id))
  const comparing = db.select({ id: comparisons.id }).from(comparisons).where(ne(comparisons.status, 'ready')).orderBy(comparisons.id).all()
  for (const { id } of comparing) await attempt(db, () => compareSnapshots(db, id), () => void db.update(comparisons).set({ status: 'failed' }).where(eq(comparisons.id, id)).run())
}

// What fails is tried again at the next turn; the others do not wait for it.
async function attempt(db: Db, work: () => Promise<void>, onFailure: () => void = () => undefined) {
  try {
    await work()
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (!db.$client.open) return
    console.error(error)
    onFailure()
  }
}

// At the start and every hour: what the calendar closes, and whatever was left undone.
export function turnPeriods(db: Db, now = new Date()) {
  unlessDoubted(db, () => closeDuePeriods(db, now))
  workOnPeriods(db)
}
