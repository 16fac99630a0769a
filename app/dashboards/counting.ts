import type { Part } from '#app/dashboards/contributions.ts'
import { movesAfter, movesOf, partsOfRow, type MoveRow } from '#app/dashboards/happened.ts'
import { countOn, endCount, moveOn, sumOn, type Following } from '#app/dashboards/rounds.ts'
import { findSeen, lookAgain, nextSeen, type Seen } from '#app/dashboards/standing.ts'
import { EVERYTHING, FIRST, NOTHING, sumNext } from '#app/dashboards/summing.ts'
import { add, newTally, writeTally, type Tally } from '#app/dashboards/tally.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Of a full count: how many households are one step, and for how long steps may follow each other (ms).
export type Pace = { households: number, ms: number }
export type Building = Following & { building: number }

// Everything that pages read is summed up; of the round being counted, what has had its turn.
const write = (db: Db, tally: Tally, { building, summed }: Following) => writeTally(db, tally, (round) => round === building ? summed : EVERYTHING)

// A piece of the full count: as many steps as fit into a moment nobody notices.
export function countSome(db: Db, state: Building, now: string, { households, ms }: Pace) {
  const until = Date.now() + ms
  if (state.summed !== NOTHING) return sumSome(db, state, now, until)
  const tally = newTally()
  let { place, household, done } = state
  do {
    const rows = nextSeen(db, { place, household }, households)
    countHouseholds(db, state, tally, rows)
    const last = rows.at(-1)
    if (!last) {
      sumOn(db, FIRST)
      break
    }
    ;[place, household, done] = [last.regionCode, last.number, done + rows.length]
  } while (Date.now() < until)
  write(db, tally, state)
  countOn(db, { place, household, done })
}

function sumSome(db: Db, { building, summed: from }: Building, now: string, until: number) {
  let summed: string | undefined = from
  do {
    summed = sumNext(db, building, summed)
    if (summed === undefined) return endCount(db, now)
  } while (Date.now() < until)
  sumOn(db, summed)
}

// One that has changed meanwhile was met then.
function countHouseholds(db: Db, state: Building, tally: Tally, rows: Seen[]) {
  const unmet = rows.filter(({ round }) => round !== state.building)
  for (const seen of unmet) {
    const { before, after } = lookAgain(db, seen, { round: state.building, anew: true })
    if (state.live > 0) replace(tally, state.live, before, after)
    add(tally, state.building, after, 1)
  }
  meet(db, state, tally, unmet.map(({ id }) => id), state.move)
}

function replace(tally: Tally, round: number, before: Part[], after: Part[]) {
  add(tally, round, before, -1)
  add(tally, round, after, 1)
}

// Households that the round being counted meets for the first time come with all they have been through.
function meet(db: Db, { building }: Following, tally: Tally, householdIds: string[], upTo: number) {
  for (const move of movesOf(db, householdIds, upTo)) countMove(db, tally, building!, move)
}

// Looked at by line of audit: what changes a household without a move of it, and what moves it. What only reads, or is
// still a draft, changes no count.
type Line = { seq: number, householdId: string | null }
const linesAfter = statement<[number, number], Line>(`SELECT a.seq, coalesce(h.id, v.household_id) AS householdId FROM audit_entries a
  LEFT JOIN households h ON h.id = a.subject LEFT JOIN visits v ON v.id = a.subject
  WHERE a.seq > ? AND (a.action GLOB 'household.*' OR a.action GLOB 'visit.*') AND a.action NOT IN ('household.opened', 'visit.opened', 'visit.begun', 'visit.section_saved', 'visit.photos_added')
    AND coalesce(h.id, v.household_id) IS NOT NULL ORDER BY a.seq LIMIT ?`)
const lastLine = statement<[], number>('SELECT coalesce(max(seq), 0) FROM audit_entries')

const LINES = 40
const MOVES = 40

// What has happened since. Returns how much that was.
export function takeChanges(db: Db, state: Following): number {
  const lines = linesAfter(db).all(state.line, LINES)
  const moves = movesAfter(db, state.move, MOVES)
  const line = lines.length < LINES ? lastLine(db).pluck().get() as number : lines.at(-1)!.seq
  if (line === state.line && moves.length === 0) return 0
  const [tally, move] = [newTally(), moves.at(-1)?.id ?? state.move]
  const changed = new Set([...lines.map(({ householdId }) => householdId!), ...moves.map(({ householdId }) => householdId)])
  const met = new Set([...changed].filter((id) => takeChange(db, state, tally, id)))
  meet(db, state, tally, [...met], move)
  for (const one of moves) {
    if (state.live > 0) countMove(db, tally, state.live, one)
    if (state.building !== null && !met.has(one.householdId)) countMove(db, tally, state.building, one)
  }
  write(db, tally, state)
  moveOn(db, { line, move })
  return Math.max(1, moves.length)
}

// True when the round being counted meets the household by this.
function takeChange(db: Db, { live, building }: Following, tally: Tally, householdId: string): boolean {
  const seen = findSeen(db, householdId)
  if (!seen) return false
  const isMet = building !== null && seen.round !== building
  const { before, after } = lookAgain(db, seen, { round: building ?? live, anew: isMet })
  if (live > 0) replace(tally, live, before, after)
  if (building !== null) replace(tally, building, isMet ? [] : before, after)
  return isMet
}

function countMove(db: Db, tally: Tally, round: number, row: MoveRow) {
  const counted = partsOfRow(db, row)
  if (counted) add(tally, round, counted.parts, counted.by)
}
