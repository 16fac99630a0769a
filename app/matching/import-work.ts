import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import { clearRows, hasStatus, readImport } from '#app/matching/import-reading.ts'
import { findImport } from '#app/matching/imports.ts'
import type { Answer, DukcapilMatcher } from '#app/matching/matcher.ts'
import { askSome } from '#app/matching/run-work.ts'
import { findRun, finishRun } from '#app/matching/runs.ts'
import { Problem } from '#app/problems.ts'
import { system, type Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { matchingImportRows, matchingImports, matchingQuestions } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

const CHUNK = 50
const queue = oneAtATime()

// Does in the background whatever the file's status asks for, one file at a time.
export function workOnAnswers(db: Db, directory: string, id: string) {
  queue.add(db, () => work(db, directory, id))
}

// Settles when nothing is under way.
export const answersDone = queue.done

// After a restart: a file half read is read again from its beginning, a half applied one goes on where it stopped.
export function resumeAnswers(db: Db, directory: string) {
  const left = db.select({ id: matchingImports.id }).from(matchingImports)
    .where(inArray(matchingImports.status, ['reading', 'applying'])).orderBy(asc(matchingImports.uploadedAt)).all()
  for (const { id } of left) workOnAnswers(db, directory, id)
}

async function work(db: Db, directory: string, id: string) {
  try {
    const found = findImport(db, id)
    if (found?.status === 'reading') await readImport(db, directory, found)
    if (found?.status === 'applying') await applyAnswers(db, id, found.runId, findOfficer(db, found.uploadedBy) ?? system)
    if (hasStatus(db, id, 'discarded')) await clearRows(db, id)
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (db.$client.open) fail(db, id, error)
  }
}

type Staged = { position: number, answer: Answer, question: typeof matchingQuestions.$inferSelect }

const stagedRows = (db: Db, importId: string, runId: string, after: number) => db
  .select({ position: matchingImportRows.position, answer: matchingImportRows.answer, question: matchingQuestions }).from(matchingImportRows)
  .innerJoin(matchingQuestions, and(eq(matchingQuestions.runId, runId), eq(matchingQuestions.position, matchingImportRows.question)))
  .where(and(eq(matchingImportRows.importId, importId), inArray(matchingImportRows.action, ['new', 'changed']), eq(matchingImportRows.applied, false), gt(matchingImportRows.position, after)))
  .orderBy(asc(matchingImportRows.position)).limit(CHUNK).all() as Staged[]

// The file as a matcher: it says of each person what its line says.
const fileMatcher = (rows: Staged[]): DukcapilMatcher => ({ ask: () => Promise.resolve(rows.map(({ answer }) => answer)) })

// A line is marked in the transaction that took its answer in, so going on after a restart repeats nothing.
async function applyAnswers(db: Db, id: string, runId: string, by: Actor) {
  for (let after: number | undefined = 0; after !== undefined;) {
    const rows: Staged[] = stagedRows(db, id, runId, after)
    const positions = rows.map(({ position }) => position)
    await askSome(db, by, 'file', rows.map(({ question }) => question), fileMatcher(rows), ({ db: open }) => {
      open.update(matchingImportRows).set({ applied: true, answer: null })
        .where(and(eq(matchingImportRows.importId, id), inArray(matchingImportRows.position, positions))).run()
      open.update(matchingImports).set({ appliedCount: sql`applied_count + ${rows.length}` }).where(eq(matchingImports.id, id)).run()
    })
    after = rows.at(-1)?.position
    await letOthers()
  }
  transact(db, by, (tx) => {
    const { appliedCount } = tx.db.update(matchingImports).set({ status: 'applied', finishedAt: tx.now }).where(eq(matchingImports.id, id)).returning().get()!
    tx.audit('matching.answers_applied', id, { rows: appliedCount })
    const run = findRun(tx.db, runId)!
    if (run.answeredCount === run.questionCount) finishRun(tx, runId)
  })
}

function fail(db: Db, id: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  const message = error instanceof Problem ? Object.values(error.fields)[0] ?? error.message
    : 'Terjadi kesalahan pada sistem. Yang sudah masuk tetap; unggah lagi berkas yang sama untuk meneruskan.'
  transact(db, system, (tx) => {
    tx.db.update(matchingImports).set({ status: 'failed', message, finishedAt: tx.now }).where(eq(matchingImports.id, id)).run()
    tx.audit('matching.answers_failed', id, { reason: message })
  })
}
