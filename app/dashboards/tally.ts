import type { Part } from '#app/dashboards/contributions.ts'
import { codesTo } from '#app/regions/regions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What a piece of work adds and takes away, summed before anything is written: a hundred visits of one desa on one day
// are one line.
export type Tally = Map<string, number>
export const newTally = (): Tally => new Map()

const SIGN = '|'

export function add(tally: Tally, round: number, parts: Part[], by: number) {
  for (const { regionCode, kind, key, day, officer } of parts) {
    bump(tally, [round, regionCode, '', kind, key, day].join(SIGN), by)
    if (officer) bump(tally, [round, regionCode, officer, kind, key, day].join(SIGN), by)
  }
}

const bump = (tally: Tally, key: string, by: number) => void tally.set(key, (tally.get(key) ?? 0) + by)

type Place = [round: number, region: string, kind: string, key: string, day: string]
type Person = [round: number, region: string, officer: string, kind: string, key: string, day: string]
const addToPlace = statement<[...Place, number], { count: number }>(`INSERT INTO dashboard_counts (round, region_code, kind, key, day, count) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count`)
const addToOfficer = statement<[...Person, number], { count: number }>(`INSERT INTO dashboard_officers (round, region_code, officer_id, kind, key, day, count) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count`)
const dropPlace = statement<Place, unknown>('DELETE FROM dashboard_counts WHERE round = ? AND region_code = ? AND kind = ? AND key = ? AND day = ?')
const dropOfficer = statement<Person, unknown>('DELETE FROM dashboard_officers WHERE round = ? AND region_code = ? AND officer_id = ? AND kind = ? AND key = ? AND day = ?')
const knownPlace = statement<[string], unknown>('SELECT 1 FROM dashboard_places WHERE region_code = ?')
const putPlace = statement<[string, string], unknown>('INSERT INTO dashboard_places (region_code, parent_code) VALUES (?, ?) ON CONFLICT DO NOTHING')

// Of a desa, and of everything above it up to the country, ''.
const placesOf = (code: string) => ['', ...codesTo(code)]
const parentOf = (code: string) => code === '' ? '-' : code.split('.').slice(0, -1).join('.')

export function writeTally(db: Db, tally: Tally) {
  const places = newTally()
  for (const [key, by] of tally) {
    if (by === 0) continue
    const [round, region, officer, kind, what, day] = key.split(SIGN) as [string, string, string, string, string, string]
    if (officer) writeOfficer(db, [Number(round), region, officer, kind, what, day], by)
    else for (const place of placesOf(region)) bump(places, [round, place, kind, what, day].join(SIGN), by)
  }
  for (const [key, by] of places) {
    const [round, place, kind, what, day] = key.split(SIGN) as [string, string, string, string, string]
    if (by !== 0) writePlace(db, [Number(round), place, kind, what, day], by)
  }
}

function writePlace(db: Db, place: Place, by: number) {
  const { count } = addToPlace(db).get(...place, by)!
  if (count === 0) dropPlace(db).run(...place)
  else if (knownPlace(db).get(place[1]) === undefined) putPlace(db).run(place[1], parentOf(place[1]))
}

function writeOfficer(db: Db, person: Person, by: number) {
  const { count } = addToOfficer(db).get(...person, by)!
  if (count === 0) dropOfficer(db).run(...person)
}

const oldCounts = statement<[number, number], unknown>(`DELETE FROM dashboard_counts WHERE (round, region_code, kind, key, day) IN
  (SELECT round, region_code, kind, key, day FROM dashboard_counts WHERE round < ? ORDER BY round LIMIT ?)`)
const oldOfficers = statement<[number, number], unknown>(`DELETE FROM dashboard_officers WHERE (round, region_code, officer_id, kind, key, day) IN
  (SELECT round, region_code, officer_id, kind, key, day FROM dashboard_officers WHERE round < ? ORDER BY round LIMIT ?)`)
const AT_ONCE = 2000

// Some of what a newer round has replaced. False when nothing is left of it.
export const forgetSome = (db: Db, live: number): boolean =>
  oldCounts(db).run(live, AT_ONCE).changes + oldOfficers(db).run(live, AT_ONCE).changes > 0
