import type { Statement } from 'better-sqlite3'
import type { Kind, Part } from '#app/dashboards/contributions.ts'
import { forgetVillage } from '#app/dashboards/kept.ts'
import { turnOf } from '#app/dashboards/summing.ts'
import { codesTo } from '#app/regions/regions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What a piece of work adds and takes away, summed before anything is written: a hundred visits of one desa on one day
// are one line.
type Place = [round: number, region: string, kind: Kind, key: string, day: string]
type Person = [round: number, region: string, officer: string, kind: Kind, key: string, day: string]
export type Tally = { places: Map<string, { at: Place, by: number }>, people: Map<string, { at: Person, by: number }> }
export const newTally = (): Tally => ({ places: new Map(), people: new Map() })

export function add({ places, people }: Tally, round: number, parts: Part[], by: number) {
  for (const { regionCode, kind, key, day, officer } of parts) {
    const rest = `${kind}|${key}|${day}`
    bump(places, `${round}|${regionCode}|${rest}`, [round, regionCode, kind, key, day], by)
    if (officer) bump(people, `${round}|${regionCode}|${officer}|${rest}`, [round, regionCode, officer, kind, key, day], by)
  }
}

function bump<At>(sums: Map<string, { at: At, by: number }>, name: string, at: At, by: number) {
  const sum = sums.get(name)
  if (sum) sum.by += by
  else sums.set(name, { at, by })
}

const addToPlace = statement<[...Place, number], unknown>(`INSERT INTO dashboard_counts (round, region_code, kind, key, day, count) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count`)
const addToOfficer = statement<[...Person, number], unknown>(`INSERT INTO dashboard_officers (round, region_code, officer_id, kind, key, day, count) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count`)
const dropPlace = statement<Place, unknown>('DELETE FROM dashboard_counts WHERE round = ? AND region_code = ? AND kind = ? AND key = ? AND day = ? AND count = 0')
const dropOfficer = statement<Person, unknown>('DELETE FROM dashboard_officers WHERE round = ? AND region_code = ? AND officer_id = ? AND kind = ? AND key = ? AND day = ? AND count = 0')
const putPlace = statement<[string, string], unknown>('INSERT INTO dashboard_places (region_code, parent_code) VALUES (?, ?) ON CONFLICT DO NOTHING')

// Of a desa, and of everything above it up to the country, ''.
const placesOf = (code: string) => ['', ...codesTo(code)]
const parentOf = (code: string) => code === '' ? '-' : code.split('.').slice(0, -1).join('.')

// summedIn: how far the places above the desa are summed up in a round (summing.ts). What comes later in that order will be
// summed with this in it.
export function writeTally(db: Db, { places, people }: Tally, summedIn: (round: number) => string) {
  const all: Tally['places'] = new Map(places)
  for (const { at: [round, region, kind, key, day], by } of places.values()) {
    const summed = summedIn(round)
    for (const place of placesOf(region).slice(0, -1)) if (turnOf(place, kind) <= summed) bump(all, `${round}|${place}|${kind}|${key}|${day}`, [round, place, kind, key, day], by)
  }
  for (const region of new Set([...places.values()].map(({ at }) => at[1]))) {
    forgetVillage(db, region)
    for (const place of placesOf(region)) putPlace(db).run(place, parentOf(place))
  }
  write(inOrder(all), addToPlace(db), dropPlace(db))
  write(inOrder(people), addToOfficer(db), dropOfficer(db))
}

// Only what is taken away can leave nothing.
function write<At extends unknown[]>(sums: { at: At, by: number }[], put: Statement<[...At, number]>, drop: Statement<At>) {
  for (const { at, by } of sums) {
    put.run(...at, by)
    if (by < 0) drop.run(...at)
  }
}

const inOrder = <One extends { by: number }>(sums: Map<string, One>): One[] =>
  [...sums].filter(([, { by }]) => by !== 0).sort(([one], [other]) => one < other ? -1 : 1).map(([, sum]) => sum)

const oldCounts = statement<[number, number], unknown>(`DELETE FROM dashboard_counts WHERE (round, region_code, kind, key, day) IN
  (SELECT round, region_code, kind, key, day FROM dashboard_counts WHERE round < ? ORDER BY round LIMIT ?)`)
const oldOfficers = statement<[number, number], unknown>(`DELETE FROM dashboard_officers WHERE (round, region_code, officer_id, kind, key, day) IN
  (SELECT round, region_code, officer_id, kind, key, day FROM dashboard_officers WHERE round < ? ORDER BY round LIMIT ?)`)
const AT_ONCE = 2000

// Some of what a newer round has replaced. False when nothing is left of it.
export const forgetSome = (db: Db, live: number): boolean =>
  oldCounts(db).run(live, AT_ONCE).changes + oldOfficers(db).run(live, AT_ONCE).changes > 0
