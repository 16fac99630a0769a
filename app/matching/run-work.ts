import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import type { DukcapilMatcher } from '#app/matching/matcher.ts'
import { gatherQuestions, hasStatus } from '#app/matching/preparing.ts'
import { recordAnswer, triesBefore, type AskedQuestion } from '#app/matching/recording.ts'
import { findRun, finishRun, type Run } from '#app/matching/runs.ts'
import { simulator } from '#app/matching/simulator.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import type { Db } from '#db/connection.ts'
import { matchingQuestions, matchingRuns } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

const CHUNK = 50
const queue = oneAtATime()

// Does in the background whatever the run's status asks for, one run at a time; asked twice, the second finds nothing to do.
export function workOnRun(db: Db, id: string) {
  queue.add(db, () => work(db, id))
}

// Settles when nothing is under way.
export const runsDone = queue.done

// After a restart: a run half gathered is gathered anew, one half asked goes on with those who have no answer.
export function resumeRuns(db: Db) {
  const left = db.select({ id: matchingRuns.id }).from(matchingRuns).where(inArray(matchingRuns.status, ['preparing', 'asking'])).orderBy(asc(matchingRuns.number)).all()
  for (const { id } of left) workOnRun(db, id)
}

async function work(db: Db, id: string) {
  try {
    const run = findRun(db, id)
    if (run?.status === 'preparing' && await gatherQuestions(db, run)) leavePreparing(db, id)
    if (findRun(db, id)?.status === 'asking') await askAll(db, id, simulator)
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (!db.$client.open) return
    console.error(error)
    transact(db, system, (tx) => {
      tx.db.update(matchingRuns).set({ status: 'failed', finishedAt: tx.now, message: 'Terjadi kesalahan pada sistem. Hasil yang sudah masuk tetap; mulai putaran baru untuk sisanya.' })
        .where(eq(matchingRuns.id, id)).run()
      tx.audit('matching.failed', id)
    })
  }
}

function leavePreparing(db: Db, id: string) {
  transact(db, system, (tx) => {
    const { method, questionCount } = findRun(tx.db, id)!
    if (questionCount === 0) return finishRun(tx, id, 'Tidak ada anggota yang perlu dipadankan.')
    tx.db.update(matchingRuns).set({ status: method === 'file' ? 'waiting' : 'asking' }).where(and(eq(matchingRuns.id, id), eq(matchingRuns.status, 'preparing'))).run()
    tx.audit('matching.gathered', id, { people: questionCount })
  })
}

// Asks for everybody of the run who has no answer yet, in the name of whoever started it.
async function askAll(db: Db, id: string, matcher: DukcapilMatcher) {
  const run = findRun(db, id)!
  const by = findOfficer(db, run.startedBy) ?? system
  for (let after: number | undefined = 0; after !== undefined;) {
    const questions: AskedQuestion[] = unanswered(db, id, after)
    if (!hasStatus(db, id, 'asking')) return
    await askSome(db, by, run.method, questions, matcher)
    after = questions.at(-1)?.position
    await letOthers()
  }
  transact(db, by, (tx) => finishRun(tx, id))
}

const unanswered = (db: Db, runId: string, after: number): AskedQuestion[] => db.select().from(matchingQuestions)
  .where(and(eq(matchingQuestions.runId, runId), isNull(matchingQuestions.outcome), gt(matchingQuestions.position, after)))
  .orderBy(asc(matchingQuestions.position)).limit(CHUNK).all()

// Asks a matcher and takes in what it says. An answer is written in one transaction with the mark that it came, so broken off
// in between it is only asked again. also: what must be written with it.
export async function askSome(db: Db, by: Actor, method: Run['method'], questions: AskedQuestion[], matcher: DukcapilMatcher, also?: (tx: Tx) => void): Promise<number> {
  if (questions.length === 0) return 0
  const answers = await matcher.ask(questions.map((question) => ({ ...question, tries: triesBefore({ db }, question) })))
  return transact(db, by, (tx) => {
    also?.(tx)
    const answered = questions.flatMap((question, i) => answers[i] ? [{ question, answer: answers[i] }] : [])
    for (const { question, answer } of answered) recordAnswer(tx, question, answer, method)
    return answered.length
  })
}
