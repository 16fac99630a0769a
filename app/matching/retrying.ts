import { and, asc, eq, getTableColumns, lte } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { runJob } from '#app/operation/works.ts'
import type { DukcapilMatcher } from '#app/matching/matcher.ts'
import { askSome } from '#app/matching/run-work.ts'
import { simulator } from '#app/matching/simulator.ts'
import { system } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { matchingQuestions, matchRetries } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

const CHUNK = 50

// Only what is asked at once can be asked again by itself; who waits for a file goes out with the next one.
const due = (db: Db, now: string) => db.select(getTableColumns(matchingQuestions)).from(matchRetries)
  .innerJoin(matchingQuestions, and(eq(matchingQuestions.runId, matchRetries.runId), eq(matchingQuestions.position, matchRetries.position)))
  .where(and(eq(matchRetries.method, 'simulator'), lte(matchRetries.nextAt, now))).orderBy(asc(matchRetries.nextAt)).limit(CHUNK).all()

// Asks again whoever's time has come. An answer in vain moves the next try further off, so this comes to an end.
export async function askAgain(db: Db, now = new Date().toISOString(), matcher: DukcapilMatcher = simulator): Promise<number> {
  let asked = 0
  for (let questions = due(db, now); questions.length > 0; questions = due(db, now)) {
    asked += await askSome(db, system, 'simulator', questions, matcher)
    await letOthers()
  }
  if (asked > 0) transact(db, system, (tx) => tx.audit('matching.retried', 'pemadanan', { people: asked }))
  return asked
}

const passes = oneAtATime()

// In the background; while one pass is under way a second waits for it.
export function workOnRetries(db: Db) {
  passes.add(db, () => runJob(db, 'matching', () => askAgain(db)))
}

// The reader's own need not wait any longer.
export function hurryRetries(tx: Tx): number {
  demand(tx.actor, 'matching.run')
  const { changes } = tx.db.update(matchRetries).set({ nextAt: tx.now })
    .where(and(eq(matchRetries.method, 'simulator'), within(matchRetries.regionCode, tx.actor))).run()
  if (changes > 0) tx.audit('matching.hurried', 'pemadanan', { people: changes })
  return changes
}
