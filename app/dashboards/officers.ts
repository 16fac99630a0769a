import { MOVES, type MoveKind } from '#app/dashboards/contributions.ts'
import type { Asked, Day } from '#app/dashboards/progress.ts'
import { notFound } from '#app/problems.ts'
import { addDays } from '#app/questionnaire/age.ts'
import type { Stage } from '#app/households/stages.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { userNames } from '#app/users/people.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type OfficerProgress = { id: string, name: string, stages: Partial<Record<Stage, number>>, moves: Record<MoveKind, number> }

type Asking = { round: number, from: string, to: string, first: string, last: string }
type Row = { officer: string, kind: 'stage' | 'move', key: string, n: number }
const COUNTED = `SELECT officer_id AS officer, kind, key, sum(count) AS n FROM dashboard_officers INDEXED BY dashboard_officers_by_day
  WHERE round = @round AND region_code >= @from AND region_code < @to`
const inPlace = statement<[Asking], Row>(`${COUNTED} AND kind = 'stage' AND day = '' GROUP BY officer_id, kind, key
  UNION ALL ${COUNTED} AND kind = 'move' AND day BETWEEN @first AND @last GROUP BY officer_id, kind, key`)

// Of provinces, the places below are chosen first.
export const listsOfficers = ({ codes }: { codes: string[] }) => codes.every((code) => code.length >= REGENCY)

const blank = (db: Db, id: string): OfficerProgress =>
  ({ id, name: userNames(db, [id]).get(id)!, stages: {}, moves: Object.fromEntries(MOVES.map((move) => [move, 0])) as Record<MoveKind, number> })

// Who works in a place, and what came of it. A field officer sees only his own line.
export function readOfficers(db: Db, actor: Actor, { round, place, range }: Asked): OfficerProgress[] {
  if (!listsOfficers(place)) return []
  const officers = new Map<string, OfficerProgress>()
  for (const code of place.codes) {
    for (const { officer, kind, key, n } of inPlace(db).all({ round, from: code, to: `${code}:`, first: range.from, last: range.to })) {
      if (isHidden(actor, officer)) continue
      const found = officers.get(officer) ?? blank(db, officer)
      officers.set(officer, found)
      if (kind === 'stage') found.stages[key as Stage] = (found.stages[key as Stage] ?? 0) + n
      else found.moves[key as MoveKind] += n
    }
  }
  return [...officers.values()].sort((one, other) => one.name.localeCompare(other.name, 'id') || one.id.localeCompare(other.id))
}

const isHidden = (actor: Actor, officer: string) => can(actor, 'visit.submit') && officer !== actor.id

const daysOf = statement<[number, string, string, string, string, string], { regionCode: string, kind: 'stage' | 'move', key: string, day: string, n: number }>(`SELECT region_code AS regionCode, kind, key, day, count AS n
  FROM dashboard_officers INDEXED BY dashboard_officers_by_officer WHERE round = ? AND officer_id = ? AND region_code >= ? AND region_code < ? AND (kind = 'stage' OR kind = 'move' AND day BETWEEN ? AND ?)`)

// One officer, day by day, in the reader's places.
export function readOfficer(db: Db, actor: Actor, { round, place, range }: Asked, id: string) {
  if (isHidden(actor, id)) throw notFound('Petugas')
  const rows = place.codes.flatMap((code) => daysOf(db).all(round, id, code, `${code}:`, range.from, range.to))
  if (rows.length === 0 && id !== actor.id) throw notFound('Petugas')
  const officer = blank(db, id)
  const days = new Map<string, Day>()
  for (let day = range.from; day <= range.to; day = addDays(day, 1)) days.set(day, { day, ...officer.moves })
  for (const { kind, key, day, n } of rows) {
    if (kind === 'stage') officer.stages[key as Stage] = (officer.stages[key as Stage] ?? 0) + n
    else {
      officer.moves[key as MoveKind] += n
      days.get(day)![key as MoveKind] += n
    }
  }
  const villages = [...regionNames(db, rows.map(({ regionCode }) => regionCode))].map(([code, name]) => ({ code, name }))
  return { officer, days: [...days.values()], villages }
}
