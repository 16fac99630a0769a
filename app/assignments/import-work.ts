import { eq, inArray } from 'drizzle-orm'
import { applyImport } from '#app/assignments/import-applying.ts'
import { clearRows, readImport } from '#app/assignments/import-reading.ts'
import { oneAtATime } from '#app/background.ts'
import { Problem } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { prelistImports } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

const queue = oneAtATime()

// Does in the background whatever the import's status asks for. One file at a time, so that people are served
// between; asked twice, the second finds nothing left to do.
export function workOnImport(db: Db, directory: string, id: string) {
  queue.add(db, () => work(db, directory, id))
}

// Settles when nothing is under way.
export const workDone = queue.done

// After a restart: a file half read is read again from its beginning, a half applied one goes on where it stopped.
export function resumeImports(db: Db, directory: string) {
  const left = db.select({ id: prelistImports.id }).from(prelistImports)
    .where(inArray(prelistImports.status, ['reading', 'applying'])).orderBy(prelistImports.uploadedAt).all()
  for (const { id } of left) workOnImport(db, directory, id)
}

async function work(db: Db, directory: string, id: string) {
  try {
    const found = db.select().from(prelistImports).where(eq(prelistImports.id, id)).get()
    if (found?.status === 'reading') await readImport(db, directory, found)
    if (found?.status === 'applying') await applyImport(db, id)
    if (db.select().from(prelistImports).where(eq(prelistImports.id, id)).get()?.status === 'discarded') await clearRows(db, id)
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (db.$client.open) fail(db, id, error)
  }
}

function fail(db: Db, id: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  const message = error instanceof Problem ? Object.values(error.fields)[0] ?? error.message
    : 'Terjadi kesalahan pada sistem. Yang sudah masuk tetap; unggah lagi berkas yang sama untuk meneruskan.'
  transact(db, system, (tx) => {
    tx.db.update(prelistImports).set({ status: 'failed', message, finishedAt: tx.now }).where(eq(prelistImports.id, id)).run()
    tx.audit('prelist.import_failed', id, { reason: message })
  })
}
