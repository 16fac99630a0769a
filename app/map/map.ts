import { and, asc, desc, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { Stage } from '#app/households/stages.ts'
import { countedBy, type CountKey, type Counts, type FacetKey } from '#app/map/facets.ts'
import { CELL_SHIFT } from '#app/map/placing.ts'
import { boxOf, viewOf, WORLD_BITS, type Box, type Point, type View } from '#app/map/projection.ts'
import { DISTRICT, PROVINCE, REGENCY, VILLAGE } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { mapCells, mapPoints, mapUnplacedCounts } from '#db/schema/index.ts'

export type Seen = 'all' | 'visited' | 'unvisited'
// colour: what the households are told apart by; nothing else is counted.
export type Asked = { region: string, seen: Seen, colour: FacetKey }

type Sums = Counts & { n: number }
// One mark on the map: many households close together, or one. householdId: only of one, and only seen closely.
export type Mark = Point & Sums & { householdId?: string }
export type PlaceSums = Point & Sums & { code: string, name: string }
export type MapPicture = { marks: Mark[], places: PlaceSums[], hasMorePlaces: boolean, total: Sums }

// So many places stand beside the drawing; all of them are for a file.
const MOST_PLACES = 100

// From here on the points themselves are grouped: the view is smaller than the smallest kept cells are useful for.
const CLOSE = 14
const SMALLEST_KEPT = WORLD_BITS - CELL_SHIFT
// Marks stand about 64 dots apart, close by 32.
const levelAt = (zoom: number) => zoom < CLOSE ? zoom + 2 : zoom + 3

// What lies in the view, of the reader's own region. Counts of cells, never of households, except very close.
export function readMap(db: Db, actor: Actor, view: View, asked: Asked): MapPicture {
  const { marks, places } = addUp(db, actor, view, asked, MOST_PLACES + 1)
  return {
    marks, places: named(db, places.slice(0, MOST_PLACES)), hasMorePlaces: places.length > MOST_PLACES, total: totalOf(marks, asked.colour),
  }
}

// All places of the view, the largest first.
export const readPlaces = (db: Db, actor: Actor, view: View, asked: Asked): PlaceSums[] => named(db, addUp(db, actor, view, asked, ALL).places)

function named(db: Db, places: Placed[]): PlaceSums[] {
  const names = regionNames(db, places.map(({ code }) => code))
  return places.map((place) => ({ ...place, name: names.get(place.code)! }))
}

const ALL = -1
type Placed = Omit<PlaceSums, 'name'>
type Added = Sums & { sumX: number, sumY: number, code: string | null, householdId: string | null }

// What one place has at one mark is read once, and added up by mark and by place where it lies: to hand over a row takes SQLite longer than
// to add it to ten sums.
function addUp(db: Db, actor: Actor, view: View, asked: Asked, most: number): { marks: Mark[], places: Placed[] } {
  const sums = sql.raw(['n', 'sumX', 'sumY', ...countedBy(asked.colour)].map((key) => `sum(${key}) AS ${key}`).join(', '))
  const rows = db.all<Added>(sql`WITH pieces AS MATERIALIZED (${view.zoom < CLOSE ? cellsIn(actor, view, asked) : pointsIn(actor, view, asked)} GROUP BY mark, code)
    SELECT NULL AS code, min(householdId) AS householdId, ${sums} FROM pieces GROUP BY mark
    UNION ALL SELECT * FROM (SELECT code, NULL, ${sums} FROM pieces GROUP BY code ORDER BY n DESC, code LIMIT ${most})`)
  const [marks, places]: [Mark[], Placed[]] = [[], []]
  for (const { code, householdId, ...added } of rows) {
    if (code === null) marks.push({ ...centred(added), householdId: added.n === 1 && householdId !== null ? householdId : undefined })
    else places.push({ ...centred(added), code })
  }
  return { marks, places }
}

const ofCells = ({ colour }: Asked) => sql.raw(['sum(n) AS n', 'sum(sum_x) AS sumX', 'sum(sum_y) AS sumY', ...countedBy(colour).map((key) => `sum(${key}) AS ${key}`)].join(', '))

const COUNTS_AS: Record<CountKey, string> = {
  stage_0: 'stage = 0', stage_1: 'stage = 1', stage_2: 'stage = 2', stage_3: 'stage = 3', stage_4: 'stage = 4', stage_5: 'stage = 5', flagged: 'flagged',
  desil_low: 'desil <= 2', desil_middle: 'desil BETWEEN 3 AND 4', desil_five: 'desil = 5', desil_high: 'desil > 5', pkh: 'pkh', sembako: 'sembako', pbi: 'pbi',
}
const ofPoints = ({ colour }: Asked) => sql.raw(['count(*) AS n', 'sum(x) AS sumX', 'sum(y) AS sumY', ...countedBy(colour).map((key) => `coalesce(sum(${COUNTS_AS[key]}), 0) AS ${key}`)].join(', '))

type Table = typeof mapCells | typeof mapPoints
const mine = (table: Table, actor: Actor, { region, seen }: Asked): SQL => sql.join([
  within(table.regionCode, actor), ...(region ? [under(table.regionCode, region)] : []), ...(seen === 'all' ? [] : [sql`visited = ${seen === 'visited' ? 1 : 0}`]),
], sql` AND `)

const placeOf = (view: View) => sql`substr(region_code, 1, ${view.zoom < 7 ? 5 : view.zoom < 11 ? 8 : 13})`

// The kept cells of the view by their address, one look each: SQLite's indexes know no rectangles.
function cellsIn(actor: Actor, view: View, asked: Asked): SQL {
  const level = levelAt(view.zoom)
  return sql`SELECT a.key AS mark, ${placeOf(view)} AS code, NULL AS householdId, ${ofCells(asked)} FROM json_each(${addresses(boxOf(view), level)}) a
    CROSS JOIN map_cells ON level = ${level} AND x = a.value ->> 0 AND y = a.value ->> 1 WHERE n > 0 AND ${mine(mapCells, actor, asked)}`
}

function pointsIn(actor: Actor, view: View, asked: Asked): SQL {
  const box = boxOf(view)
  const shift = WORLD_BITS - levelAt(view.zoom)
  return sql`SELECT ((x >> ${shift}) << ${WORLD_BITS}) | (y >> ${shift}) AS mark, ${placeOf(view)} AS code, min(household_id) AS householdId, ${ofPoints(asked)}
    FROM json_each(${addresses(box, SMALLEST_KEPT)}) a CROSS JOIN map_points ON cell_x = a.value ->> 0 AND cell_y = a.value ->> 1
    WHERE x BETWEEN ${box.left} AND ${box.right} AND y BETWEEN ${box.top} AND ${box.bottom} AND ${mine(mapPoints, actor, asked)}`
}

const cellsOf = ({ left, right, top, bottom }: Box, shift: number): Box =>
  ({ left: Math.floor(left) >> shift, right: Math.floor(right) >> shift, top: Math.floor(top) >> shift, bottom: Math.floor(bottom) >> shift })

// As JSON, from west to east and each from north to south.
function addresses(box: Box, level: number): string {
  const { left, right, top, bottom } = cellsOf(box, WORLD_BITS - level)
  return JSON.stringify(Array.from({ length: right - left + 1 }, (_, across) => Array.from({ length: bottom - top + 1 }, (_, down) => [left + across, top + down])).flat())
}

function totalOf(marks: Sums[], colour: FacetKey): Sums {
  const total: Sums = { n: 0 }
  for (const mark of marks) for (const key of ['n', ...countedBy(colour)] as const) total[key] = (total[key] ?? 0) + mark[key]!
  return total
}

const centred = <T extends { n: number, sumX: number, sumY: number }>({ sumX, sumY, ...sums }: T) => ({ ...sums, x: Math.round(sumX / sums.n), y: Math.round(sumY / sums.n) })

// Fine enough to tell where the households of a place lie, coarse enough to be few.
const firstLevel = (place: string) => place.length > REGENCY ? 15 : place.length === REGENCY ? 13 : 11

// The whole of what the reader may see, or of the place asked; nothing there, nothing to show.
export function wholeView(db: Db, actor: Actor, asked: Asked): View | undefined {
  const level = firstLevel(asked.region || (actor.regions[0] ?? ''))
  const cells = withoutStrays(db.all<Point & { n: number }>(sql`SELECT sum(sum_x) / sum(n) AS x, sum(sum_y) / sum(n) AS y, sum(n) AS n FROM map_cells
    WHERE level = ${level} AND n > 0 AND ${mine(mapCells, actor, asked)} GROUP BY map_cells.x, map_cells.y`))
  return viewOf(cells, 2 ** (WORLD_BITS - level) / 2)
}

// One wrong coordinate at sea must not make the map of a kabupaten one of the whole ocean.
function withoutStrays<T extends { n: number }>(cells: T[]): T[] {
  const total = cells.reduce((sum, { n }) => sum + n, 0)
  const many = cells.filter(({ n }) => n * 500 >= total)
  return many.length > 0 ? many : cells
}

export type Near = { id: string, headName: string, village: string, stage: Stage, flagCount: number, visited: boolean }

// Who lives in a close view, by name; empty when the view is too wide to be read as a list. limit: how many are shown.
export function listInView(db: Db, actor: Actor, view: View, asked: Asked, limit: number): Near[] {
  if (view.zoom < CLOSE) return []
  const box = boxOf(view)
  return db.all<Near>(sql`SELECT h.id, h.head_name AS headName, r.name AS village, h.stage, h.flag_count AS flagCount, map_points.visited
    FROM json_each(${addresses(box, SMALLEST_KEPT)}) a CROSS JOIN map_points ON cell_x = a.value ->> 0 AND cell_y = a.value ->> 1
    JOIN households h ON h.id = map_points.household_id JOIN regions r ON r.code = h.region_code
    WHERE x BETWEEN ${box.left} AND ${box.right} AND y BETWEEN ${box.top} AND ${box.bottom} AND ${mine(mapPoints, actor, asked)} ORDER BY h.head_name, h.id LIMIT ${limit}`)
}

const LEVELS = [PROVINCE, REGENCY, DISTRICT, VILLAGE]
const levelBelow = (codes: string[]) => LEVELS.find((level) => codes.every((code) => code.length < level)) ?? VILLAGE
const MOST_UNPLACED = 1000

export type Unplaced = { total: number, places: { code: string, name: string, n: number }[] }

// Who belongs here and cannot be shown, by the places below: of all that was asked for, wherever the view has gone.
// A visit always brings a point, so among the visited there is nobody.
export function readUnplaced(db: Db, actor: Actor, asked: Asked): Unplaced {
  if (asked.seen === 'visited') return { total: 0, places: [] }
  const places = and(within(mapUnplacedCounts.regionCode, actor), asked.region ? under(mapUnplacedCounts.regionCode, asked.region) : undefined)
  const found = db.select({ code: mapUnplacedCounts.regionCode, n: mapUnplacedCounts.n }).from(mapUnplacedCounts)
    .where(and(eq(mapUnplacedCounts.level, levelBelow(asked.region ? [asked.region] : actor.regions)), gt(mapUnplacedCounts.n, 0), places))
    .orderBy(desc(mapUnplacedCounts.n), asc(mapUnplacedCounts.regionCode)).limit(MOST_UNPLACED).all()
  const names = regionNames(db, found.map(({ code }) => code))
  return { total: found.reduce((sum, { n }) => sum + n, 0), places: found.map((place) => ({ ...place, name: names.get(place.code)! })) }
}
