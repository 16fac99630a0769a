import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { isPresent } from '#app/regions/picker.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Outcome } from '#app/matching/matcher.ts'
import type { Db } from '#db/connection.ts'
import { matchingImports, matchingRuns, users } from '#db/schema/index.ts'
import type { Who } from '#db/schema/matching.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Run = typeof matchingRuns.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// Scoped: a run of another kabupaten is not found.
export function getRun({ db, actor }: Reader, id: string): Run {
  demand(actor, 'matching.read')
  const found = db.select().from(matchingRuns).where(and(eq(matchingRuns.id, id), within(matchingRuns.regionCode, actor))).get()
  if (!found) throw notFound('Putaran pemadanan')
  return found
}

const PAGE = 20
export type ListedRun = ReturnType<typeof listRuns>['runs'][number]

// The newest first.
export function listRuns(db: Db, actor: Actor, { before }: { before?: number } = {}) {
  demand(actor, 'matching.read')
  const rows = db.select({ run: matchingRuns, by: users.name }).from(matchingRuns).leftJoin(users, eq(users.id, matchingRuns.startedBy))
    .where(and(within(matchingRuns.regionCode, actor), before ? lt(matchingRuns.number, before) : undefined))
    .orderBy(desc(matchingRuns.number)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ run }) => run.regionCode))
  return {
    runs: shown.map(({ run, by }) => ({ ...run, startedBy: by ?? 'Sistem', regionName: run.regionCode ? names.get(run.regionCode)! : 'Seluruh Indonesia' })),
    next: rows.length > PAGE ? shown.at(-1)!.run.number : undefined,
  }
}

export type NewRun = { id: string, regionCode: string, who: Who[], method: Run['method'], letter: string }

// id comes from the form: twice is one run.
export function startRun(tx: Tx, { id, regionCode, who, method, letter }: NewRun): Run {
  demand(tx.actor, 'matching.run')
  if (tx.db.select({ id: matchingRuns.id }).from(matchingRuns).where(eq(matchingRuns.id, id)).get()) return getRun(tx, id)
  if (regionCode === '' || !isPresent(tx.db, regionCode)) throw invalid({ region: 'Pilih wilayah yang dipadankan.' })
  if (!isWithin(regionCode, tx.actor)) throw notFound('Wilayah')
  if (who.length === 0) throw invalid({ who: 'Pilih siapa yang dipadankan.' })
  tx.db.insert(matchingRuns).values({ id, regionCode, who, method, letter, status: 'preparing', startedBy: tx.actor.id, startedAt: tx.now }).run()
  tx.audit('matching.started', id, { regionCode, who, method, ...(letter && { letter }) })
  return getRun(tx, id)
}

// Ends a run before its time. What was answered stays.
export function cancelRun(tx: Tx, id: string) {
  demand(tx.actor, 'matching.run')
  const { status } = getRun(tx, id)
  if (status === 'cancelled') return
  if (status === 'done' || status === 'failed') throw conflict('Putaran ini sudah selesai.')
  tx.db.update(matchingRuns).set({ status: 'cancelled', finishedAt: tx.now }).where(eq(matchingRuns.id, id)).run()
  tx.audit('matching.cancelled', id)
}

const outcomesOf = statement<[string], { outcome: Outcome | null, people: number }>(
  'SELECT outcome, count(*) AS people FROM matching_questions WHERE run_id = ? GROUP BY outcome')
export type RunReading = ReturnType<typeof readRun>

// A run with its people by what was answered (null: not yet), and the files that came for it.
export function readRun(db: Db, actor: Actor, id: string) {
  const run = getRun({ db, actor }, id)
  const by = db.select({ name: users.name }).from(users).where(eq(users.id, run.startedBy)).get()?.name ?? 'Sistem'
  const imports = db.select().from(matchingImports).where(eq(matchingImports.runId, id)).orderBy(desc(matchingImports.uploadedAt), asc(matchingImports.id)).limit(20).all()
  const settled = run.status !== 'preparing'
  return {
    run, by, regionName: findRegionName(db, run.regionCode) ?? run.regionCode, imports,
    outcomes: settled ? outcomesOf(db).all(id) : [],
  }
}

// How the part's own work speaks of a run it found by itself.
export const findRun = (db: Db, id: string): Run | undefined => db.select().from(matchingRuns).where(eq(matchingRuns.id, id)).get()

export function finishRun(tx: Tx, id: string, message: string | null = null) {
  const done = tx.db.update(matchingRuns).set({ status: 'done', finishedAt: tx.now, message })
    .where(and(eq(matchingRuns.id, id), sql`${matchingRuns.status} NOT IN ('done', 'cancelled')`)).returning().get()
  if (done) tx.audit('matching.done', id, { asked: done.questionCount, answered: done.answeredCount })
}
