import { stringify } from 'csv-stringify/sync'
import type { Cell } from '#app/exports/exportable.ts'

// A spreadsheet takes what begins like this for a formula, also behind blanks; an apostrophe makes it text again. The wide
// signs are those of East Asian keyboards, which it reads the same.
const FORMULA = /^[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u

export const defused = (cell: Cell): Cell => typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell

// For a spreadsheet of Indonesian settings: a semicolon, and the mark that says UTF-8.
export const csvHead = (labels: string[]) => `\uFEFF${csvLines([labels])}`
export const csvLines = (rows: Cell[][]) => stringify(rows.map((row) => row.map(defused)), { delimiter: ';', record_delimiter: '\r\n' })
