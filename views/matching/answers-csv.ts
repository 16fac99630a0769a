import { stringify } from 'csv-stringify/sync'
import type { WrongLine } from '#app/matching/imports.ts'
import { maskNik } from '#views/ui/format.ts'

// For a spreadsheet of Indonesian settings: a semicolon, and the mark that says UTF-8.
const lines = (rows: string[][]) => stringify(rows, { delimiter: ';', escape_formulas: true, record_delimiter: '\r\n' })

export const wrongHeading = () => `\uFEFF${lines([['baris', 'nama', 'kolom', 'isi', 'kesalahan']])}`

const IDENTITY_NUMBERS = ['NIK', 'NO_KK']

export const wrongText = (rows: WrongLine[]) => lines(rows.flatMap(({ line, name, errors }) =>
  errors.map(({ column, message, value = '' }) => [String(line), name, column, IDENTITY_NUMBERS.includes(column) && value ? maskNik(value) : value.slice(0, 100), message])))
