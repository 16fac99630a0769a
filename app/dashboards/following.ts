import { setTimeout as rest } from 'node:timers/promises'
import { workBeside } from '#app/background.ts'
import { movesBetween, partsOfRow } from '#app/dashboards/happened.ts'
import { findFacts, lookAgain, nextFacts } from '#app/dashboards/standing.ts'
import { add, forgetSome, newTally, writeTally, type Tally } from '#app/dashboards/tally.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

// live: the round the pages read, 0 before the first is counted. building: the one being counted, through the households
// up to `household` and then through the moves up to `countedMove`.
export type Following = { line: number, move: number, live: number, building: number | null, household: number, countedMove: number, total: number, finishedAt: string | null }
const NAME = 'dashboards'

const follower = statement<[string], Following>(`SELECT line, move, live, building, household, counted_move AS countedMove, total, finished_at AS finishedAt
  FROM dashboard_following WHERE name = ?`)
const TOTAL = '(SELECT coalesce(max(number), 0) FROM households) + (SELECT coalesce(max(id), 0) FROM transitions)'
const begin = statement<[string, string], unknown>(`INSERT INTO dashboard_following (name, line, move, live, building, household, counted_move, total, started_at)
  VALUES (?, (SELECT coalesce(max(seq), 0) FROM audit_entries), (SELECT coalesce(max(id), 0) FROM transitions), 0, 1, 0, 0, ${TOTAL}, ?) ON CONFLICT DO NOTHING`)
const beginRound = statement<[string, string], unknown>(`UPDATE dashboard_following SET building = live + 1, household = 0, counted_move = 0, total = ${TOTAL}, started_at = ?, finished_at = NULL
  WHERE name = ? AND building IS NULL`)
const goTo = statement<[number, number, string], unknown>('UPDATE dashboard_following SET line = ?, move = ? WHERE name = ?')
const countTo = statement<[number, number, string], unknown>('UPDATE dashboard_following SET household = ?, counted_move = ? WHERE name = ?')
const endRound = statement<[string, string], unknown>('UPDATE dashboard_following SET live = building, building = NULL, finished_at = ? WHERE name = ?')

// Looked at by line of audit: what changes a household without a move of it, and what moves it. What only reads, or is
// still a draft, changes no count.
type Line = { seq: number, householdId: string | null }
const linesAfter = statement<[number, number], Line>(`SELECT a.seq, coalesce(h.id, v.household_id) AS householdId FROM audit_entries a
  LEFT JOIN households h ON h.id = a.subject LEFT JOIN visits v ON v.id = a.subject
  WHERE a.seq > ? AND (a.action GLOB 'household.*' OR a.action GLOB 'visit.*') AND a.action NOT IN ('household.opened', 'visit.opened', 'visit.begun', 'visit.section_saved', 'visit.photos_added')
    AND coalesce(h.id, v.household_id) IS NOT NULL ORDER BY a.seq LIMIT ?`)
const lastLine = statement<[], number>('SELECT coalesce(max(seq), 0) FROM audit_entries')
const firstOpenLine = statement<[number], string>('SELECT at FROM audit_entries WHERE seq > ? ORDER BY seq LIMIT 1')
const firstOpenMove = statement<[number], string>('SELECT at FROM transitions WHERE id > ? ORDER BY id LIMIT 1')

export const readFollowing = (db: Db): Following | undefined => follower(db).get(NAME)

// Up to when everything is counted: now, or when the first thing happened that is not counted yet.
export function countedAt(db: Db, { line, move }: Following, now: string): string {
  const open = [firstOpenLine(db).pluck().get(line), firstOpenMove(db).pluck().get(move)] as (string | undefined)[]
  return open.filter((at) => at !== undefined).sort()[0] ?? now
}

// A count of everything from the beginning, beside the one that is shown; asked for while one is under way, that one goes on.
export function restartRound(db: Db, now: string) {
  begin(db).run(NAME, now)
  beginRound(db).run(now, NAME)
}

const LINES = 40
const MOVES = 40
// Of a full count: how much is one step, and for how long steps may follow each other (ms).
export type Pace = { households: number, moves: number, ms: number }
const UNNOTICED: Pace = { households: 40, moves: 300, ms: 15 }

// One chunk: what has happened, or else a piece of the full count. What it writes can be worked out again at any time, so its
// commits need not wait for the disk.
export function followSome(db: Db, now: string, pace = UNNOTICED): { more: boolean, took: number, events: number } {
  const begun = Date.now()
  let done = { more: false, events: 0 }
  commitUnsynced(db, () => db.$client.transaction(() => { done = work(db, now, pace) }).immediate())
  return { ...done, took: Date.now() - begun }
}

function work(db: Db, now: string, pace: Pace): { more: boolean, events: number } {
  begin(db).run(NAME, now)
  const state = follower(db).get(NAME)!
  const tally = newTally()
  const events = takeChanges(db, state, tally)
  const more = events > 0 || (state.building === null ? state.live > 1 && forgetSome(db, state.live) : goRound(db, tally, now, pace))
  writeTally(db, tally)
  return { more, events }
}

// As many steps as fit into a moment nobody notices.
function goRound(db: Db, tally: Tally, now: string, pace: Pace): boolean {
  const until = Date.now() + pace.ms
  do {
    const state = follower(db).get(NAME)!
    if (state.building === null) break
    countSome(db, { ...state, building: state.building }, tally, now, pace)
  } while (Date.now() < until)
  return true
}

// The rounds that already hold this household; the one being counted meets the others later.
const roundsWith = ({ live, building, household }: Following, number: number) =>
  [...(live > 0 ? [live] : []), ...(building !== null && number <= household ? [building] : [])]

function takeChanges(db: Db, state: Following, tally: Tally): number {
  const lines = linesAfter(db).all(state.line, LINES)
  const moves = movesBetween(db, state.move, Number.MAX_SAFE_INTEGER, MOVES)
  const line = lines.length < LINES ? lastLine(db).pluck().get() as number : lines.at(-1)!.seq
  if (line === state.line && moves.length === 0) return 0
  if (state.live > 0) for (const move of moves) countMove(db, tally, state.live, move)
  const changed = new Set([...lines.map(({ householdId }) => householdId!), ...moves.map(({ householdId }) => householdId)])
  for (const id of changed) {
    const facts = findFacts(db, id)
    if (!facts) continue
    const { before, after } = lookAgain(db, facts)
    for (const round of roundsWith(state, facts.number)) {
      add(tally, round, before, -1)
      add(tally, round, after, 1)
    }
  }
  goTo(db).run(line, moves.at(-1)?.id ?? state.move, NAME)
  return Math.max(1, moves.length)
}

function countMove(db: Db, tally: Tally, round: number, row: Parameters<typeof partsOfRow>[1]) {
  const counted = partsOfRow(db, row)
  if (counted) add(tally, round, counted.parts, counted.by)
}

function countSome(db: Db, state: Following & { building: number }, tally: Tally, now: string, pace: Pace) {
  const rows = nextFacts(db, state.household, pace.households)
  for (const facts of rows) {
    const { before, after } = lookAgain(db, facts, { anew: true })
    add(tally, state.building, after, 1)
    if (state.live > 0) {
      add(tally, state.live, before, -1)
      add(tally, state.live, after, 1)
    }
  }
  const moves = rows.length > 0 ? [] : movesBetween(db, state.countedMove, state.move, pace.moves)
  for (const move of moves) countMove(db, tally, state.building, move)
  countTo(db).run(rows.at(-1)?.number ?? state.household, moves.at(-1)?.id ?? state.countedMove, NAME)
  if (rows.length === 0 && moves.length === 0) endRound(db).run(now, NAME)
}

// Everything there is to do, at once: for tests, seeds and figures.
export async function catchUp(db: Db, now = () => new Date().toISOString()) {
  while (followSome(db, now()).more) await rest(0)
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000
const PAUSE_MS = 2000

// Once a week everything is counted anew.
export const startFollowing = (db: Db) => workBeside(db, (now) => {
  const finishedAt = readFollowing(db)?.finishedAt
  if (finishedAt && Date.parse(finishedAt) < now.getTime() - WEEK_MS) restartRound(db, now.toISOString())
  return followSome(db, now.toISOString()).more
}, PAUSE_MS)
