import { stringify } from 'csv-stringify/sync'
import type { ErrorRow } from '#app/assignments/imports.ts'
import { maskNik } from '#views/ui/format.ts'

// For a spreadsheet of Indonesian settings: a semicolon, and the mark that says UTF-8. A cell that a spreadsheet would
// take for a formula gets an apostrophe.
const lines = (rows: string[][]) => stringify(rows, { delimiter: ';', escape_formulas: true, record_delimiter: '\r\n' })

export const csvTemplate = (rows: string[][]) => `\uFEFF${lines(rows)}`

export const errorHeading = () => `\uFEFF${lines([['baris', 'id_prelist', 'kepala_rumah_tangga', 'kolom', 'isi', 'kesalahan']])}`

const IDENTITY_NUMBERS = ['NIK', 'NoKK']

export const errorLines = (rows: ErrorRow[]) => lines(rows.flatMap(({ prelistId, headName, errors }) =>
  errors.map(({ row, column, message, value = '' }) =>
    [String(row), prelistId, headName, column, IDENTITY_NUMBERS.includes(column) && value ? maskNik(value) : value.slice(0, 100), message])))
