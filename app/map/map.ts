import { and, asc, desc, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { Stage } from '#app/households/stages.ts'
import { COUNTS, type Counts } from '#app/map/facets.ts'
import { CELL_SHIFT } from '#app/map/placing.ts'
import { boxOf, viewOf, WORLD_BITS, type Box, type Point, type View } from '#app/map/projection.ts'
import { DISTRICT, PROVINCE, REGENCY, VILLAGE } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { mapCells, mapPoints, mapUnplacedCounts } from '#db/schema/index.ts'

export type Seen = 'all' | 'visited' | 'unvisited'
export type Asked = { region: string, seen: Seen }

type Sums = Counts & { n: number }
// One mark on the map: many households close together, or one. householdId: only of one, and only seen closely.
export type Mark = Point & Sums & { householdId?: string }
export type PlaceSums = Point & Sums & { code: string, name: string }
export type MapPicture = { marks: Mark[], places: PlaceSums[], total: Sums }

// From here on the points themselves are grouped: the view is smaller than the smallest kept cells are useful for.
const CLOSE = 14
const SMALLEST_KEPT = WORLD_BITS - CELL_SHIFT
// Marks stand about 64 dots apart, close by 32.
const levelAt = (zoom: number) => zoom < CLOSE ? zoom + 2 : zoom + 3

// What lies in the view, of the reader's own region. Counts of cells, never of households, except very close.
export function readMap(db: Db, actor: Actor, view: View, asked: Asked): MapPicture {
  const { marks, places } = view.zoom < CLOSE ? cellsIn(db, actor, view, asked) : pointsIn(db, actor, view, asked)
  const names = regionNames(db, places.map(({ code }) => code))
  return {
    marks: marks.map(centred).map((mark) => mark.n === 1 ? mark : { ...mark, householdId: undefined }),
    places: places.map((place) => ({ ...centred(place), name: names.get(place.code)! })).sort((a, b) => b.n - a.n),
    total: totalOf(marks),
  }
}

type Gathered = Sums & { sumX: number, sumY: number }
type Found = { marks: (Gathered & { householdId?: string })[], places: (Gathered & { code: string })[] }
// What one place has at one mark.
type Piece = Gathered & { mark: number, code: string, householdId?: string }

// SQLite does the adding: to hand over a row takes it longer than to add it to twenty sums.
const SUMS = sql.raw(['n', ...COUNTS].map((key) => `sum(${key}) AS ${key}`).join(', '))
const OF_A_POINT = sql.raw([
  'count(*) AS n', ...[0, 1, 2, 3, 4, 5].map((group) => `sum(stage = ${group}) AS stage_${group}`), 'sum(flagged) AS flagged', 'coalesce(sum(desil <= 2), 0) AS desil_low',
  'coalesce(sum(desil BETWEEN 3 AND 4), 0) AS desil_middle', 'coalesce(sum(desil = 5), 0) AS desil_five', 'coalesce(sum(desil > 5), 0) AS desil_high', 'sum(pkh) AS pkh', 'sum(sembako) AS sembako', 'sum(pbi) AS pbi',
].join(', '))

type Table = typeof mapCells | typeof mapPoints
const mine = (table: Table, actor: Actor, { region, seen }: Asked): SQL => sql.join([
  within(table.regionCode, actor), ...(region ? [under(table.regionCode, region)] : []), ...(seen === 'all' ? [] : [sql`visited = ${seen === 'visited' ? 1 : 0}`]),
], sql` AND `)

const placeOf = (view: View) => sql`substr(region_code, 1, ${view.zoom < 7 ? 5 : view.zoom < 11 ? 8 : 13})`

// The kept cells of the view by their address, one look each: SQLite's indexes know no rectangles.
function cellsIn(db: Db, actor: Actor, view: View, asked: Asked): Found {
  const level = levelAt(view.zoom)
  return putTogether(db.all(sql`SELECT a.key AS mark, ${placeOf(view)} AS code, sum(sum_x) AS sumX, sum(sum_y) AS sumY, ${SUMS} FROM json_each(${addresses(boxOf(view), level)}) a
    CROSS JOIN map_cells ON level = ${level} AND x = a.value ->> 0 AND y = a.value ->> 1 WHERE n > 0 AND ${mine(mapCells, actor, asked)} GROUP BY mark, code ORDER BY mark, code`))
}

function pointsIn(db: Db, actor: Actor, view: View, asked: Asked): Found {
  const box = boxOf(view)
  const shift = WORLD_BITS - levelAt(view.zoom)
  return putTogether(db.all(sql`SELECT ((x >> ${shift}) << ${WORLD_BITS}) | (y >> ${shift}) AS mark, ${placeOf(view)} AS code, min(household_id) AS householdId, sum(x) AS sumX, sum(y) AS sumY, ${OF_A_POINT}
    FROM json_each(${addresses(box, SMALLEST_KEPT)}) a CROSS JOIN map_points ON cell_x = a.value ->> 0 AND cell_y = a.value ->> 1
    WHERE x BETWEEN ${box.left} AND ${box.right} AND y BETWEEN ${box.top} AND ${box.bottom} AND ${mine(mapPoints, actor, asked)} GROUP BY mark, code ORDER BY mark, code`))
}

// The same pieces, read once, by mark and by place: each in the order in which it is met first.
function putTogether(pieces: Piece[]): Found {
  const [marks, places] = [new Map<number, Piece>(), new Map<string, Piece>()]
  for (const piece of pieces) {
    addTo(marks, piece.mark, piece)
    addTo(places, piece.code, piece)
  }
  return { marks: [...marks.values()], places: [...places.values()] }
}

const SUMMED = ['n', 'sumX', 'sumY', ...COUNTS] as const
function addTo<Key>(all: Map<Key, Piece>, key: Key, piece: Piece) {
  const sums = all.get(key)
  if (!sums) all.set(key, { ...piece })
  else for (const name of SUMMED) sums[name] += piece[name]
}

const cellsOf = ({ left, right, top, bottom }: Box, shift: number): Box =>
  ({ left: Math.floor(left) >> shift, right: Math.floor(right) >> shift, top: Math.floor(top) >> shift, bottom: Math.floor(bottom) >> shift })

// As JSON, from west to east and each from north to south.
function addresses(box: Box, level: number): string {
  const { left, right, top, bottom } = cellsOf(box, WORLD_BITS - level)
  return JSON.stringify(Array.from({ length: right - left + 1 }, (_, across) => Array.from({ length: bottom - top + 1 }, (_, down) => [left + across, top + down])).flat())
}

function totalOf(marks: Sums[]): Sums {
  const total = { n: 0, ...Object.fromEntries(COUNTS.map((key) => [key, 0])) } as Sums
  for (const mark of marks) for (const key of ['n', ...COUNTS] as const) total[key] += mark[key]
  return total
}

const centred = <T extends Gathered>({ sumX, sumY, ...sums }: T) => ({ ...sums, x: Math.round(sumX / sums.n), y: Math.round(sumY / sums.n) })

// Fine enough to tell where the households of a place lie, coarse enough to be few.
const firstLevel = (place: string) => place.length >= 5 ? 15 : 11

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
const MOST_PLACES = 1000

export type Unplaced = { total: number, places: { code: string, name: string, n: number }[] }

// Who belongs here and cannot be shown, by the places below: of all that was asked for, wherever the view has gone.
// A visit always brings a point, so among the visited there is nobody.
export function readUnplaced(db: Db, actor: Actor, asked: Asked): Unplaced {
  if (asked.seen === 'visited') return { total: 0, places: [] }
  const places = and(within(mapUnplacedCounts.regionCode, actor), asked.region ? under(mapUnplacedCounts.regionCode, asked.region) : undefined)
  const found = db.select({ code: mapUnplacedCounts.regionCode, n: mapUnplacedCounts.n }).from(mapUnplacedCounts)
    .where(and(eq(mapUnplacedCounts.level, levelBelow(asked.region ? [asked.region] : actor.regions)), gt(mapUnplacedCounts.n, 0), places))
    .orderBy(desc(mapUnplacedCounts.n), asc(mapUnplacedCounts.regionCode)).limit(MOST_PLACES).all()
  const names = regionNames(db, found.map(({ code }) => code))
  return { total: found.reduce((sum, { n }) => sum + n, 0), places: found.map((place) => ({ ...place, name: names.get(place.code)! })) }
}
