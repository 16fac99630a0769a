import { eq, inArray } from 'drizzle-orm'
import { oneAtATime } from '#app/background.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import { applyIntake } from '#app/intake/applying.ts'
import type { Intake } from '#app/intake/intakes.ts'
import { clearRows, hasStatus, readIntake } from '#app/intake/reading.ts'
import { Problem } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { intakes } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

const queue = oneAtATime()

// Does in the background whatever the file's status asks for, one file at a time; asked twice, the second finds nothing
// left to do.
export const workOnIntake = (db: Db, directory: string, id: string) => queue.add(db, () => work(db, directory, id), id)

// Settles when nothing is under way.
export const intakesDone = queue.done
export const intakesSoon = queue.soon

// What is confirmed and not through, by a work that failed.
export const isStopped = (db: Db, { id, status }: Pick<Intake, 'id' | 'status'>) => status === 'applying' && queue.hasEnded(db, id)

// After a restart, and every hour: a file half read is read again from its beginning, a half applied one goes on where it stopped.
export function resumeIntakes(db: Db, directory: string) {
  const left = db.select({ id: intakes.id }).from(intakes).where(inArray(intakes.status, ['reading', 'applying'])).orderBy(intakes.uploadedAt).limit(1000).all()
  for (const { id } of left) workOnIntake(db, directory, id)
}

const find = (db: Db, id: string): Intake | undefined => db.select().from(intakes).where(eq(intakes.id, id)).get()

async function work(db: Db, directory: string, id: string) {
  try {
    const found = find(db, id)
    if (found?.status === 'reading') await readIntake(db, directory, found)
    if (found?.status === 'applying') await applyIntake(db, found, findOfficer(db, found.confirmedBy ?? '') ?? system)
    if (hasStatus(db, id, 'discarded')) await clearRows(db, id)
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (db.$client.open) fail(db, id, error)
  }
}

function fail(db: Db, id: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  // What is confirmed is not taken back; it goes on within the hour.
  if (!hasStatus(db, id, 'reading')) return
  const message = error instanceof Problem ? Object.values(error.fields)[0] ?? error.message : 'Terjadi kesalahan pada sistem. Unggah lagi berkas yang sama.'
  transact(db, system, (tx) => {
    tx.db.update(intakes).set({ status: 'failed', message, finishedAt: tx.now }).where(eq(intakes.id, id)).run()
    tx.audit('intake.failed', id, { reason: message })
  })
}
