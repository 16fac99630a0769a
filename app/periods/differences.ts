import type { DifferenceKind, Face, Tally } from '#app/periods/comparing.ts'
import { endsOf, findComparison, sumByPlace, sumOf, wordsOf, type Comparison, type Pairing } from '#app/periods/comparisons.ts'
import { placeFor, type Place } from '#app/periods/places.ts'
import { conflict, notFound } from '#app/problems.ts'
import { maskName } from '#app/public/names.ts'
import { VILLAGE } from '#app/regions/levels.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

type Stored = { kind: DifferenceKind, headName: string, householdId: string, regionCode: string, reason: string, changes: string, before: string | null, after: string | null, headNik: string | null }
export type DifferenceRow = Omit<Stored, 'before' | 'after' | 'changes'> & { village: string, changes: string[], before: Face | null, after: Face | null, from?: string, to?: string }

const COLUMNS = `r.kind, r.head_name AS headName, r.household_id AS householdId, r.region_code AS regionCode, r.reason, r.changes, r.before, r.after, h.head_nik AS headNik
  FROM comparison_rows r LEFT JOIN households h ON h.id = r.household_id`
const rowsOfVillage = statement<[number, string, string, string, string, number], Stored>(`SELECT ${COLUMNS}
  WHERE r.comparison_id = ? AND r.region_code = ? AND r.kind = ? AND (r.head_name, r.household_id) > (?, ?) ORDER BY r.head_name, r.household_id LIMIT ?`)

const ROWS_SHOWN = 50
export type After = { name: string, id: string }
export type VillageDifferences = Pairing & { place: Place, tally: Tally, kind: DifferenceKind, rows: DifferenceRow[], next?: After }

// The households behind a number of one desa, by name.
export function listDifferences(db: Db, actor: Actor, fromId: string, toId: string, { village, kind, after }: { village: string, kind: DifferenceKind, after?: After }): VillageDifferences {
  const ends = endsOf({ db, actor }, fromId, toId)
  const comparison = demandReady(findComparison(db, ends))
  const place = placeFor(db, actor, ends.regionCode, village)
  if (place.level !== 4) throw notFound('Desa/kelurahan')
  const rows = rowsOfVillage(db).all(comparison.id, village, kind, after?.name ?? '', after?.id ?? '', ROWS_SHOWN + 1)
  const shown = rows.slice(0, ROWS_SHOWN)
  const last = shown.at(-1)
  return {
    from: ends.from, to: ends.to, place, kind, tally: sumOf(sumByPlace(db).all(VILLAGE, comparison.id, village, `${village}:`)),
    rows: shown.map((row) => opened(db, row)), ...(rows.length > ROWS_SHOWN && last && { next: { name: last.headName, id: last.householdId } }),
  }
}

function demandReady(comparison: Comparison | undefined): Comparison {
  if (!comparison) throw notFound('Perbandingan ini')
  if (comparison.status !== 'ready') throw conflict('Perbandingan ini masih dihitung. Tunggu sampai selesai.')
  return comparison
}

function opened(db: Db, { before, after, changes, reason, ...row }: Stored): DifferenceRow {
  const [was, is] = [before, after].map((face) => face === null ? null : JSON.parse(face) as Face) as [Face | null, Face | null]
  return {
    ...row, reason: reason && wordsOf(db, reason), changes: changes.split(',').filter(Boolean), before: was, after: is,
    village: findRegionName(db, row.regionCode) ?? row.regionCode, from: was ? findRegionName(db, was[3]) : undefined, to: is ? findRegionName(db, is[3]) : undefined,
  }
}

const shortened = ({ headName, before, after, ...row }: DifferenceRow): DifferenceRow => {
  const [was, is] = [before, after].map((face) => face && [maskName(face[0]), '', face[2], face[3]] as Face) as [Face | null, Face | null]
  return { ...row, headName: maskName(headName), before: was, after: is }
}

const rowsAfter = statement<[number, string, string, string, string, string, string, number], Stored>(`SELECT ${COLUMNS} WHERE r.comparison_id = ?
  AND r.region_code >= ? AND r.region_code < ? AND (r.region_code, r.kind, r.head_name, r.household_id) > (?, ?, ?, ?)
  ORDER BY r.region_code, r.kind, r.head_name, r.household_id LIMIT ?`)
const rowsIn = statement<[number, string, string], number>('SELECT count(*) FROM comparison_rows WHERE comparison_id = ? AND region_code >= ? AND region_code < ?')
const CHUNK = 500

// Every difference of the place, for a file; that it was taken is on record. Names whole and addresses only for those who
// may carry data out whole.
export function openDifferences(tx: Tx, fromId: string, toId: string, region = '') {
  demand(tx.actor, 'period.read')
  const ends = endsOf(tx, fromId, toId)
  const comparison = demandReady(findComparison(tx.db, ends))
  const place = placeFor(tx.db, tx.actor, ends.regionCode, region)
  tx.audit('period.differences_downloaded', toId, { from: fromId, region: place.code, rows: rowsIn(tx.db).pluck().get(comparison.id, place.code, `${place.code}:`) })
  return { place, chunks: () => chunksOf(tx.db, tx.actor, comparison.id, place.code) }
}

function* chunksOf(db: Db, actor: Actor, id: number, code: string): Generator<DifferenceRow[]> {
  for (let last: Stored | undefined, rows: Stored[]; ; last = rows.at(-1)) {
    rows = rowsAfter(db).all(id, code, `${code}:`, last?.regionCode ?? '', last?.kind ?? '', last?.headName ?? '', last?.householdId ?? '', CHUNK)
    const own = rows.filter(({ regionCode }) => isWithin(regionCode, actor)).map((row) => opened(db, row))
    yield can(actor, 'export.full') ? own : own.map(shortened)
    if (rows.length < CHUNK) return
  }
}
