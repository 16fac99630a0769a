import type { Kind } from '#app/dashboards/contributions.ts'
import { countedAt, readFollowing } from '#app/dashboards/rounds.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Days = { from: string, to: string }
export type Counts = Record<string, number>

// Which round is shown, and up to when it is counted. round 0: the first count is still under way, so far.
export type Standing = { round: number, at: string, done: number, total: number }

export function standingOf(db: Db, now: string): Standing {
  const found = readFollowing(db)
  if (!found) return { round: 0, at: now, done: 0, total: 0 }
  return { round: found.live, at: countedAt(db, found, now), done: found.done, total: found.total }
}

const byKey = statement<[number, string, Kind], { key: string, n: number }>(
  'SELECT key, sum(count) AS n FROM dashboard_counts WHERE round = ? AND region_code = ? AND kind = ? GROUP BY key')
// From key to key, so that of each only the days that are asked for are read.
const NEXT = "SELECT min(key) FROM dashboard_counts WHERE round = @round AND region_code = @code AND kind = @kind AND key"
const byKeyIn = statement<[{ round: number, code: string, kind: Kind } & Days], { key: string, n: number }>(`WITH RECURSIVE keys (key) AS (
    SELECT (${NEXT} >= '') UNION ALL SELECT (${NEXT} > keys.key) FROM keys WHERE keys.key IS NOT NULL)
  SELECT keys.key, sum(c.count) AS n FROM keys CROSS JOIN dashboard_counts c
    ON c.round = @round AND c.region_code = @code AND c.kind = @kind AND c.key = keys.key AND c.day BETWEEN @from AND @to GROUP BY keys.key`)
const ofKeyIn = statement<[number, string, Kind, string, string, string], number>(
  'SELECT sum(count) FROM dashboard_counts WHERE round = ? AND region_code = ? AND kind = ? AND key = ? AND day BETWEEN ? AND ?')
const byDay = statement<[number, string, Kind, string, string, string], { day: string, n: number }>(
  'SELECT day, count AS n FROM dashboard_counts WHERE round = ? AND region_code = ? AND kind = ? AND key = ? AND day BETWEEN ? AND ?')

// Sums over places, by key; of some days only where days are given.
export function sumByKey(db: Db, round: number, codes: string[], kind: Kind, days?: Days): Counts {
  const sums: Counts = {}
  for (const code of codes) {
    const rows = days ? byKeyIn(db).all({ round, code, kind, from: days.from, to: days.to }) : byKey(db).all(round, code, kind)
    for (const { key, n } of rows) sums[key] = (sums[key] ?? 0) + n
  }
  return sums
}

export const sumOf = (db: Db, round: number, codes: string[], kind: Kind, key: string, { from, to }: Days): number =>
  codes.reduce((sum, code) => sum + ((ofKeyIn(db).pluck().get(round, code, kind, key, from, to) as number | null) ?? 0), 0)

export function sumByDay(db: Db, round: number, codes: string[], kind: Kind, key: string, { from, to }: Days): Counts {
  const sums: Counts = {}
  for (const code of codes) for (const { day, n } of byDay(db).all(round, code, kind, key, from, to)) sums[day] = (sums[day] ?? 0) + n
  return sums
}
