import { ALIVE } from '#app/households/living.ts'
import type { Stage } from '#app/households/stages.ts'
import { stageGroup } from '#app/map/facets.ts'
import { project } from '#app/map/projection.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Found = {
  regionCode: string, stage: Stage, flagged: number, visited: number, latitude: number | null, longitude: number | null
  desil: number | null, pkh: number, sembako: number, pbi: number
}
const receives = (programme: string) => `EXISTS (SELECT 1 FROM recipients r WHERE r.household_id = h.id AND r.programme = '${programme}' AND r.phase = 'receiving')`
const household = statement<[string], Found>(`SELECT h.region_code AS regionCode, h.stage, h.flag_count > 0 AS flagged, v.latitude IS NOT NULL AS visited,
  coalesce(v.latitude, h.latitude) AS latitude, coalesce(v.longitude, h.longitude) AS longitude, d.desil,
  ${receives('pkh')} AS pkh, ${receives('sembako')} AS sembako, ${receives('pbi')} AS pbi
  FROM households h LEFT JOIN visits v ON v.id = h.visit_id AND v.submitted_at IS NOT NULL LEFT JOIN household_desil d ON d.household_id = h.id
  WHERE h.id = ? AND ${ALIVE('h.id')}`)

type Row = (string | number | null)[]
const keptPoint = statement<[string], Row>('SELECT household_id, region_code, x, y, cell_x, cell_y, visited, stage, flagged, desil, pkh, sembako, pbi FROM map_points WHERE household_id = ?')
const addPoint = statement<Row, unknown>('INSERT INTO map_points VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
const dropPoint = statement<[string], unknown>('DELETE FROM map_points WHERE household_id = ?')

// Bits of x and y below the smallest kept cell.
export const CELL_SHIFT = 11

const keptUnplaced = statement<[string], string>('SELECT region_code FROM map_unplaced WHERE number = (SELECT number FROM households WHERE id = ?)')
const addUnplaced = statement<[string, string], unknown>('INSERT INTO map_unplaced (number, region_code) SELECT number, ? FROM households WHERE id = ?')
const dropUnplaced = statement<[string], unknown>('DELETE FROM map_unplaced WHERE number = (SELECT number FROM households WHERE id = ?)')

// The household's point as it now is, or that it has none; the sums beneath follow by trigger. Nothing is written where
// nothing changed.
export function placeOnMap(db: Db, householdId: string) {
  const found = household(db).get(householdId)
  const point = found && pointOf(householdId, found)
  keepPoint(db, householdId, point)
  keepUnplaced(db, householdId, found && !point && stageGroup(found.stage) !== undefined ? found.regionCode : undefined)
}

function keepPoint(db: Db, householdId: string, wanted: Row | undefined) {
  const kept = keptPoint(db).raw().get(householdId) as Row | undefined
  if (kept && wanted && kept.every((value, place) => value === wanted[place])) return
  if (kept) dropPoint(db).run(householdId)
  if (wanted) addPoint(db).run(...wanted)
}

function keepUnplaced(db: Db, householdId: string, wanted: string | undefined) {
  const kept = keptUnplaced(db).pluck().get(householdId) as string | undefined
  if (kept === wanted) return
  if (kept !== undefined) dropUnplaced(db).run(householdId)
  if (wanted !== undefined) addUnplaced(db).run(wanted, householdId)
}

function pointOf(householdId: string, { regionCode, stage, flagged, visited, latitude, longitude, desil, pkh, sembako, pbi }: Found): Row | undefined {
  const group = stageGroup(stage)
  if (group === undefined || latitude === null || longitude === null) return undefined
  const { x, y } = project({ latitude, longitude })
  return [householdId, regionCode, x, y, x >> CELL_SHIFT, y >> CELL_SHIFT, visited, group, flagged, desil, pkh, sembako, pbi]
}
