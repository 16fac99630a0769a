import { letOthers } from '#app/background.ts'
import { MOVES, type MoveKind } from '#app/dashboards/contributions.ts'
import { keptVillages, villageOf, type Village, type Work } from '#app/dashboards/kept.ts'
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

export type OfficerProgress = { id: string, name: string } & Work

type Asking = { round: number, code: string, first: string, last: string }
type Row = { officer: string, kind: 'stage' | 'move', key: string, n: number }
const COUNTED = 'SELECT officer_id AS officer, kind, key, sum(count) AS n FROM dashboard_officers WHERE round = @round AND region_code = @code'
const inVillage = statement<[Asking], Row>(`${COUNTED} AND kind = 'stage' AND day = '' GROUP BY officer_id, kind, key
  UNION ALL ${COUNTED} AND kind = 'move' AND day BETWEEN @first AND @last GROUP BY officer_id, kind, key`)
const placesIn = statement<[string, string], string>('SELECT region_code FROM dashboard_places WHERE region_code >= ? AND region_code < ?')
const namesOf = statement<[string], [id: string, name: string]>('SELECT id, name FROM users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY name, id')

// Of provinces, the places below are chosen first.
export const listsOfficers = ({ codes }: { codes: string[] }) => codes.every((code) => code.length >= REGENCY)

const idle = (): Work => ({ stages: {}, moves: Object.fromEntries(MOVES.map((move) => [move, 0])) as Record<MoveKind, number> })
const blank = (db: Db, id: string): OfficerProgress => ({ id, name: userNames(db, [id]).get(id)!, ...idle() })

function countVillage(db: Db, asking: Asking): Village {
  const officers: Village = new Map()
  for (const { officer, kind, key, n } of inVillage(db).all(asking)) {
    const work = officers.get(officer) ?? idle()
    officers.set(officer, work)
    if (kind === 'stage') work.stages[key as Stage] = n
    else work.moves[key as MoveKind] = n
  }
  return officers
}

function added(one: Work, other: Work): Work {
  const sum: Work = { stages: { ...one.stages }, moves: { ...one.moves } }
  for (const [stage, n] of Object.entries(other.stages) as [Stage, number][]) sum.stages[stage] = (sum.stages[stage] ?? 0) + n
  for (const move of MOVES) sum.moves[move] += other.moves[move]
  return sum
}

const AT_MOST_MS = 10

// Desa by desa: what is known of one stays known when something happens in another. Others are served in between, so two desa may
// be of two moments.
async function countPlaces(db: Db, { round, place, range: { from, to } }: Asked): Promise<Map<string, Work>> {
  const officers = new Map<string, Work>()
  const look = () => ({ villages: keptVillages(db), begun: performance.now() })
  let { villages, begun } = look()
  for (const code of place.codes.flatMap((above) => placesIn(db).pluck().all(above, `${above}:`) as string[])) {
    for (const [id, work] of villageOf(villages, code, `${round} ${from} ${to}`, () => countVillage(db, { round, code, first: from, last: to }))) {
      const known = officers.get(id)
      officers.set(id, known ? added(known, work) : work)
    }
    if (performance.now() - begun < AT_MOST_MS) continue
    await letOthers();
    ({ villages, begun } = look())
  }
  return officers
}

// Who works in a place, and what came of it. A field officer sees only his own line. By name, as SQLite
// sorts: to compare 2,000 names letter by letter here took longer than all the rest of the page.
export async function readOfficers(db: Db, actor: Actor, asked: Asked): Promise<OfficerProgress[]> {
  if (!listsOfficers(asked.place)) return []
  const counted = await countPlaces(db, asked)
  const shown = [...counted.keys()].filter((id) => !isHidden(actor, id))
  return namesOf(db).raw().all(JSON.stringify(shown)).map(([id, name]) => ({ id, name, ...counted.get(id)! }))
}

// Those who come after the officer named, a page of them; from the beginning where there is no such officer.
const PAGE = 100
export function pageOfOfficers(all: OfficerProgress[], after: string) {
  const from = all.findIndex(({ id }) => id === after) + 1
  const officers = all.slice(from, from + PAGE)
  return { officers, upTo: from + officers.length, total: all.length, next: from + PAGE < all.length ? officers.at(-1)!.id : null }
}
export type OfficersOnPage = ReturnType<typeof pageOfOfficers>

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
