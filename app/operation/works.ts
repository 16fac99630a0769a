import { describe, inWords } from '#app/operation/failures.ts'
import type { Db } from '#db/connection.ts'
import { prepared, statement } from '#db/statements.ts'

// What runs by itself, and how it went: the page and the probes read it, the database keeps it over a restart.
export type Run = { ranAt: string, fineAt: string | null, failedAt: string | null, failure: string | null, tookMs: number, result: string | null }
type Kept = Run & { keptAt: number }

const select = statement<[], Run & { name: string }>(
  'SELECT name, ran_at AS ranAt, fine_at AS fineAt, failed_at AS failedAt, failure, took_ms AS tookMs, result FROM works')
const put = statement<(Run & { name: string })[], unknown>(`INSERT INTO works (name, ran_at, fine_at, failed_at, failure, took_ms, result)
  VALUES (@name, @ranAt, @fineAt, @failedAt, @failure, @tookMs, @result) ON CONFLICT DO UPDATE SET ran_at = excluded.ran_at,
  fine_at = excluded.fine_at, failed_at = excluded.failed_at, failure = excluded.failure, took_ms = excluded.took_ms, result = excluded.result`)

const known = prepared((db) => new Map<string, Kept>(select(db).all().map(({ name, ...run }) => [name, { ...run, keptAt: 0 }])))

// A follower runs every few seconds; on the disk its last run is good to a few minutes.
const KEEP_EVERY_MS = 5 * 60_000

export type Outcome = { tookMs: number, failure?: unknown, result?: unknown }

export function noteRun(db: Db, name: string, { tookMs, failure, result }: Outcome, now = new Date()) {
  if (!db.$client.open) return
  const [before, at, failed] = [known(db).get(name), now.toISOString(), failure !== undefined]
  const run: Run = {
    ranAt: at, tookMs: Math.round(tookMs),
    fineAt: failed ? before?.fineAt ?? null : at,
    failedAt: failed ? at : before?.failedAt ?? null,
    failure: failed ? inWords(describe(failure)) : null,
    result: result === undefined ? before?.result ?? null : JSON.stringify(result),
  }
  const turned = before?.failure !== run.failure || result !== undefined
  const keeps = turned || now.getTime() - before.keptAt > KEEP_EVERY_MS
  known(db).set(name, { ...run, keptAt: keeps ? now.getTime() : before.keptAt })
  if (keeps) keep(db, { name, ...run })
}

// A note that cannot be written must not stop what it is about.
function keep(db: Db, row: Run & { name: string }) {
  try {
    put(db).run(row)
  } catch (error) {
    console.error(error)
  }
}

export const lastRun = (db: Db, name: string): Run | undefined => known(db).get(name)

// One work of its own: a failure is told and noted, and never carried on to those beside it.
export async function runJob(db: Db, name: string, work: () => unknown) {
  const begun = performance.now()
  try {
    await work()
    noteRun(db, name, { tookMs: performance.now() - begun })
  } catch (failure) {
    if (!db.$client.open) return
    console.error(failure)
    noteRun(db, name, { tookMs: performance.now() - begun, failure })
  }
}
