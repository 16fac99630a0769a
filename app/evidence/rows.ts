import { cellsAround, type Point } from '#app/evidence/places.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { DISTRICT, REGENCY, VILLAGE } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What the rules compare. Every reading here is a search in an index with a limit: what a visit costs does not grow with the
// register.

export type Comparable = Point & {
  visitId: string, householdId: string, officerId: string, regionCode: string, outcome: number, size: number, logMinutes: number | null
  activeMs: number, startedMs: number, endedMs: number, locatedMs: number | null, takenFromMs: number | null, takenToMs: number | null
  accuracyM: number, prelistM: number | null, near: number, answers: Uint8Array | null, changed: number | null, uniform: number
}
// One that a sentence may name.
export type Neighbour = Comparable & { headName: string }

const COLUMNS = `e.visit_id AS visitId, e.household_id AS householdId, e.officer_id AS officerId, e.region_code AS regionCode, e.outcome, e.size,
  e.log_minutes AS logMinutes, e.active_ms AS activeMs, e.started_ms AS startedMs, e.ended_ms AS endedMs, e.located_ms AS locatedMs,
  e.taken_from_ms AS takenFromMs, e.taken_to_ms AS takenToMs, e.latitude, e.longitude, e.accuracy_m AS accuracyM,
  e.prelist_m AS prelistM, e.near, e.answers, e.changed, e.uniform`
const NAMED = `${COLUMNS}, h.head_name AS headName`
const WITH_NAMES = 'JOIN households h ON h.id = e.household_id'

// Who checks in one kecamatan need not see the people of another: there a sentence names no one.
const ELSEWHERE = 'rumah tangga di kecamatan lain'
export const nameFor = (headName: string, theirs: string, mine: string) => placeAt(theirs, 'district') === placeAt(mine, 'district') ? headName : ELSEWHERE
const named = <T extends { headName: string, regionCode: string }>(rows: T[], mine: string): T[] =>
  rows.map((row) => ({ ...row, headName: nameFor(row.headName, row.regionCode, mine) }))

type Mine = { officerId: string, householdId: string, regionCode: string, startedMs: number }
type Own = Omit<Mine, 'regionCode'>
const EITHER_SIDE = 30
const ownBefore = statement<[Own], Neighbour>(`SELECT ${NAMED} FROM visit_evidence e INDEXED BY evidence_by_officer ${WITH_NAMES}
  WHERE e.officer_id = @officerId AND e.started_ms <= @startedMs AND e.household_id <> @householdId ORDER BY e.started_ms DESC LIMIT ${EITHER_SIDE}`)
const ownAfter = statement<[Own], Neighbour>(`SELECT ${NAMED} FROM visit_evidence e INDEXED BY evidence_by_officer ${WITH_NAMES}
  WHERE e.officer_id = @officerId AND e.started_ms > @startedMs AND e.household_id <> @householdId ORDER BY e.started_ms LIMIT ${EITHER_SIDE}`)

// The officer's visits to other households around this one in time.
export const ownAround = (db: Db, { officerId, householdId, startedMs, regionCode }: Mine): Neighbour[] => {
  const wanted = { officerId, householdId, startedMs }
  return named([...ownBefore(db).all(wanted).reverse(), ...ownAfter(db).all(wanted)], regionCode)
}

type OnPhone = { deviceId: string, officerId: string, from: number, to: number }
const onPhone = statement<[OnPhone], Neighbour>(`SELECT ${NAMED} FROM visit_evidence e INDEXED BY evidence_by_device ${WITH_NAMES}
  WHERE e.device_id = @deviceId AND e.officer_id <> @officerId AND e.started_ms BETWEEN @from AND @to ORDER BY e.device_sequence DESC LIMIT ${EITHER_SIDE}`)

// What others made on the same phone that day: phones are shared, but only one can hold it.
export const onSamePhone = (db: Db, { visit: { deviceId }, officerId, startedMs, regionCode }: Pick<Mine, 'officerId' | 'regionCode' | 'startedMs'> & { visit: { deviceId: string | null } }): Neighbour[] =>
  deviceId === null ? [] : named(onPhone(db).all({ deviceId, officerId, from: startedMs - THRESHOLDS.overlap.withinMs, to: startedMs + THRESHOLDS.overlap.withinMs }), regionCode)

const MOST_IN_CELL = 40
const inCells = statement<{ from: number, to: number, householdId: string }[], Neighbour>(`SELECT ${NAMED} FROM visit_evidence e INDEXED BY evidence_by_cell ${WITH_NAMES}
  WHERE e.cell BETWEEN @from AND @to AND e.household_id <> @householdId ORDER BY e.cell LIMIT ${MOST_IN_CELL}`)

// Visits to other households within some metres, by anybody.
export const around = (db: Db, { cell, householdId, regionCode }: { cell: number, householdId: string, regionCode: string }): Neighbour[] =>
  named(cellsAround(cell).flatMap(([from, to]) => inCells(db).all({ from, to, householdId })), regionCode)

export type Sent = { madeMs: number, headName: string }
const SENT = `SELECT e.made_ms AS madeMs, h.head_name AS headName
  FROM visit_evidence e INDEXED BY evidence_by_device JOIN households h ON h.id = e.household_id WHERE e.device_id = ? AND e.officer_id = ? AND e.made_ms IS NOT NULL`
const sentBefore = statement<[string, string, number], Sent>(`${SENT} AND e.device_sequence < ? ORDER BY e.device_sequence DESC LIMIT 1`)
const sentAfter = statement<[string, string, number], Sent>(`${SENT} AND e.device_sequence > ? ORDER BY e.device_sequence LIMIT 1`)

// What the same phone sent just before and just after, by the numbers it gave.
export const sentAround = (db: Db, deviceId: string, officerId: string, sequence: number) =>
  ({ before: sentBefore(db).get(deviceId, officerId, sequence), after: sentAfter(db).get(deviceId, officerId, sequence) })

export type Level = 'village' | 'district' | 'regency'
export type Basis = Level | 'unknown'
export const LEVELS: readonly Level[] = ['village', 'district', 'regency']
const LENGTH: Record<Level, number> = { village: VILLAGE, district: DISTRICT, regency: REGENCY }
export const placeAt = (regionCode: string, level: Level) => regionCode.slice(0, LENGTH[level])

// Where the visits of a place and period stand together, by level.
export const PLACES: Record<Level, { column: string, index: string }> = {
  village: { column: 'region_code', index: 'evidence_by_village' }, district: { column: 'district_code', index: 'evidence_by_district' },
  regency: { column: 'regency_code', index: 'evidence_by_regency' },
}
export const eachLevel = <T>(make: (level: Level) => T): Record<Level, T> => ({ village: make('village'), district: make('district'), regency: make('regency') })

export type Group = { officerId: string, finished: number, unfinished: number }
const groups = statement<[string, string], Group>(`SELECT officer_id AS officerId, finished, unfinished FROM evidence_groups
  WHERE region_code = ? AND period = ? LIMIT 2000`)
export const groupsIn = (db: Db, place: string, period: string) => groups(db).all(place, period)

const newest = eachLevel((level) => statement<{ place: string, period: string, officerId: string }[], Comparable>(`SELECT ${COLUMNS}
  FROM visit_evidence e INDEXED BY ${PLACES[level].index} WHERE e.${PLACES[level].column} = @place AND e.period = @period AND e.officer_id <> @officerId
  ORDER BY e.submitted_at DESC LIMIT ${2 * THRESHOLDS.peers.newest}`))

export type Peers = { basis: Basis, rows: Comparable[], visits: number, officers: number }
type Subject = { officerId: string, regionCode: string, period: string }

// Visits of other officers in the same desa and period; where they are too few, of the kecamatan, then of the kabupaten.
export function peersOf(db: Db, { officerId, regionCode, period }: Subject): Peers {
  let found = { visits: 0, officers: 0 }
  for (const level of LEVELS) {
    const place = placeAt(regionCode, level)
    found = othersIn(groupsIn(db, place, period), officerId)
    if (isEnough(found)) return { basis: level, ...found, rows: balanced(newest[level](db).all({ place, period, officerId })) }
  }
  return { basis: 'unknown', ...found, rows: [] }
}

export const isEnough = ({ visits, officers }: { visits: number, officers: number }) =>
  visits >= THRESHOLDS.peers.visits && officers >= THRESHOLDS.peers.officers

function othersIn(all: readonly Group[], officerId: string) {
  const others = all.filter((group) => group.officerId !== officerId && group.finished > 0)
  return { officers: others.length, visits: others.reduce((sum, { finished }) => sum + finished, 0) }
}

// The newest of each officer, so that whoever visits most is not the norm.
function balanced(rows: Comparable[]): Comparable[] {
  const taken = new Map<string, number>()
  return rows.filter(({ officerId }) => {
    const count = (taken.get(officerId) ?? 0) + 1
    taken.set(officerId, count)
    return count <= THRESHOLDS.peers.ofOneOfficer
  }).slice(0, THRESHOLDS.peers.newest)
}
