import { pairOf, type Pair } from '#app/dtsen/movement.ts'
import { notFound } from '#app/problems.ts'
import { regionNames } from '#app/regions/regions.ts'
import { listConfirmed } from '#app/dtsen/snapshots.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export const PAGE = 50

// Where a list goes on: the last row shown.
export type After = { region: string, desil: number, position: number }
export type ListedRow = {
  position: number, regionCode: string, desil: number, kkNumber: string, nik: string | null, reference: string | null, village: string
  householdId: string | null, headName: string | null, fromDesil?: number
}
export type RowFilter = { snapshotId: string, region: string, desil?: number, kind: 'all' | 'found' | 'unknown' }

type Found = Omit<ListedRow, 'village'>
type Asked = { id: string, low: string, high: string, desil: number | null, region: string, atDesil: number, position: number, limit: number }

// What the registry knows of a row now, which may be more than when it came in.
const NOW_KNOWN = `coalesce((SELECT f.household_id FROM families f JOIN households h ON h.id = f.household_id WHERE f.kk_number = r.kk_number
  AND h.region_code >= @low AND h.region_code < @high LIMIT 1), r.household_id)`
const SHOWN = `r.position, r.region_code AS regionCode, r.desil, r.kk_number AS kkNumber, r.nik, r.reference, k.id AS householdId, k.head_name AS headName`
const IN_ORDER = `(r.region_code, r.desil, r.position) > (@region, @atDesil, @position)`
const from = (condition: string) => `SELECT ${SHOWN} FROM dtsen_rows r LEFT JOIN households k ON k.id = ${NOW_KNOWN} AND k.region_code >= @low AND k.region_code < @high
  WHERE r.snapshot_id = @id AND r.region_code >= @low AND r.region_code < @high AND ${condition}`

const LISTS: Record<RowFilter['kind'], (db: Db) => { all: (asked: Asked) => Found[] }> = {
  all: statement<[Asked], Found>(`${from('(@desil IS NULL OR r.desil = @desil)')} AND ${IN_ORDER} ORDER BY r.region_code, r.desil, r.position LIMIT @limit`),
  found: statement<[Asked], Found>(`${from("(@desil IS NULL OR r.desil = @desil) AND r.match <> 'none'")} AND ${IN_ORDER} ORDER BY r.region_code, r.desil, r.position LIMIT @limit`),
  // Those found meanwhile are no longer unknown. Ordered as its index has it: by place, then as in the file.
  unknown: statement<[Asked], Found>(`${from("r.match = 'none' AND (@desil IS NULL OR r.desil = @desil)")} AND k.id IS NULL
    AND (r.region_code, r.position) > (@region, @position) ORDER BY r.region_code, r.position LIMIT @limit`),
}

const START: After = { region: '', desil: 0, position: -1 }

const named = (db: Db, rows: Found[]): ListedRow[] => {
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return rows.map((row) => ({ ...row, village: names.get(row.regionCode)! }))
}

const page = (db: Db, rows: Found[], limit: number) => {
  const shown = named(db, rows.slice(0, limit))
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? { region: last.regionCode, desil: last.desil, position: last.position } : undefined }
}

// Families of one snapshot in a place. region: within the reader's own.
export function listRows(db: Db, actor: Actor, { snapshotId, region, desil, kind }: RowFilter, { after = START, limit = PAGE }: { after?: After, limit?: number } = {}) {
  demand(actor, 'dtsen.read')
  if (!listConfirmed(db, { regions: [region] }).some(({ id }) => id === snapshotId)) throw notFound('Potret desil')
  const asked = { id: snapshotId, low: region, high: `${region}:`, desil: desil ?? null, region: after.region, atDesil: after.desil, position: after.position, limit: limit + 1 }
  return page(db, LISTS[kind](db).all(asked), limit)
}

type AskedMoves = Asked & { other: string, fromDesil: number, toDesil: number }
const OTHER = `coalesce((SELECT o.desil FROM dtsen_rows o WHERE o.kk_number = r.kk_number AND o.snapshot_id = @other),
  (SELECT min(o.desil) FROM dtsen_rows o WHERE o.nik = r.nik AND o.snapshot_id = @other), 0)`
const moved = (own: 'toDesil' | 'fromDesil', other: 'toDesil' | 'fromDesil') => statement<[AskedMoves], Found>(
  `${from(`r.desil = @${own} AND ${OTHER} = @${other}`)} AND ${IN_ORDER} ORDER BY r.region_code, r.desil, r.position LIMIT @limit`)
const arrived = moved('toDesil', 'fromDesil')
const gone = moved('fromDesil', 'toDesil')

// The families behind one cell of the movement; 0 is "not in that snapshot".
export function listMoved(db: Db, actor: Actor, pair: Pair, { region, fromDesil, toDesil }: { region: string, fromDesil: number, toDesil: number },
  { after = START, limit = PAGE }: { after?: After, limit?: number } = {}) {
  demand(actor, 'dtsen.read')
  const { from: earlier, to: later } = pairOf(db, actor, pair)
  const [own, other] = toDesil > 0 ? [later.id, earlier.id] : [earlier.id, later.id]
  const asked = { id: own, other, fromDesil, toDesil, low: region, high: `${region}:`, desil: null, region: after.region, atDesil: after.desil, position: after.position, limit: limit + 1 }
  return page(db, (toDesil > 0 ? arrived : gone)(db).all(asked), limit)
}

export type MissingHousehold = { id: string, number: number, headName: string, address: string, regionCode: string, village: string, families: number, withDesil: number }
type AskedMissing = { low: string, high: string, region: string, number: number, limit: number }
const missing = statement<[AskedMissing], Omit<MissingHousehold, 'village'>>(`SELECT d.household_id AS id, d.number, h.head_name AS headName, h.address,
    d.region_code AS regionCode, d.family_count AS families, d.desil_count AS withDesil
  FROM household_desil d INDEXED BY household_desil_missing JOIN households h ON h.id = d.household_id
  WHERE d.desil_count < d.family_count AND d.region_code >= @low AND d.region_code < @high AND (d.region_code, d.number) > (@region, @number)
  ORDER BY d.region_code, d.number LIMIT @limit`)

// Households in the registry with a family that has no desil in effect.
export function listMissing(db: Db, actor: Actor, region: string, { after = { region: '', number: 0 }, limit = PAGE }: { after?: { region: string, number: number }, limit?: number } = {}) {
  demand(actor, 'dtsen.read')
  const found = missing(db).all({ low: region, high: `${region}:`, ...after, limit: limit + 1 })
  const names = regionNames(db, found.map(({ regionCode }) => regionCode))
  const rows = found.slice(0, limit).map((row): MissingHousehold => ({ ...row, village: names.get(row.regionCode)! }))
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last ? { region: last.regionCode, number: last.number } : undefined }
}
