import { stringify } from 'csv-stringify/sync'
import type { Movement } from '#app/dtsen/movement.ts'
import type { Distribution, PlaceCoverage } from '#app/dtsen/reports.ts'
import type { ErrorRow } from '#app/dtsen/snapshots.ts'
import { maskNik } from '#views/ui/format.ts'

// For a spreadsheet of Indonesian settings: a semicolon, and the mark that says UTF-8. A cell that a spreadsheet would
// take for a formula gets an apostrophe.
export const lines = (rows: (string | number)[][]) => stringify(rows, { delimiter: ';', escape_formulas: true, record_delimiter: '\r\n' })
export const table = (rows: (string | number)[][]) => `\uFEFF${lines(rows)}`

export const asFile = (name: string, type: string) => ({ 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' })
export const asCsv = (name: string) => asFile(name, 'text/csv; charset=utf-8')

// No such province: left in the file by mistake, the example comes back as an error and never as a family.
export const snapshotTemplate = () => table([
  ['no_kk', 'nik_kepala', 'desil', 'kode_wilayah', 'id_keluarga'],
  ['9902011503100001', '9902011205800001', 2, '99.02.01.2001', 'CONTOH-1'],
])

export const errorHeading = () => table([['baris', 'kolom', 'isi', 'kesalahan']])
const NUMBERS = ['no_kk', 'nik_kepala']
export const errorLines = (rows: ErrorRow[]) => lines(rows.map(({ position, column, value, message }) =>
  [position, column, NUMBERS.includes(column) && /\d{4}/.test(value) ? maskNik(value) : value, message]))

const DESILS = Array.from({ length: 10 }, (_, i) => i + 1)

export const distributionCsv = (distribution?: Distribution) => table([
  ['kode', 'wilayah', ...DESILS.map((desil) => `desil_${desil}`), 'jumlah', 'tidak_ada_di_registri'],
  ...(distribution?.places ?? []).map(({ code, name, byDesil, found, unknown }) =>
    [code, name, ...byDesil.map((one) => one.found + one.unknown), found + unknown, unknown]),
])

// One line for each pair of desil; 0 is "not in that snapshot".
export const movementCsv = (movement?: Movement) => table([
  ['dari_snapshot', 'ke_snapshot', 'dari_desil', 'ke_desil', 'keluarga'],
  ...(movement?.cells ?? []).map(({ fromDesil, toDesil, families }) => [movement!.pair.from.label, movement!.pair.to.label, fromDesil, toDesil, families]),
])

export const coverageCsv = (counts: PlaceCoverage[]) => table([
  ['kode', 'wilayah', 'rumah_tangga', 'keluarga', 'punya_desil', 'tanpa_desil'],
  ...counts.map(({ code, name, households, families, withDesil }) => [code, name, households, families, withDesil, families - withDesil]),
])
