import { hideCard } from '#app/households/masking.ts'
import type { Verb } from '#app/users/permissions.ts'
import type { Tx } from '#db/transaction.ts'

export type Cell = string | number | null
// card: NIK, No KK or another number that is somebody's; birth: a date of birth; specific: what UU PDP calls so, as an illness.
// The first two go out masked and the third not at all, unless the export is a full one.
export type ExportColumn = { label: string, kind?: 'text' | 'count' | 'card' | 'birth' | 'specific' }
export type Reader = Pick<Tx, 'db' | 'actor'>
// The filter of the list as its address has it.
export type Query = Record<string, string>

// A list that may leave as a file. verbs: any of them lets one read the list itself. chunks: its rows within the reader's
// scope, whole, some hundreds at a time; they are read from a copy of one moment, so that nobody's work moves them.
// whole: also with whose processing is restricted, since it is of no household, or pays out what was determined.
export type Exportable = {
  name: string
  title: string
  href: string
  verbs: Verb[]
  columns: ExportColumn[]
  chunks: (reader: Reader, query: Query) => Iterable<Cell[][]>
  count?: (reader: Reader, query: Query) => number | undefined
  whole?: true
  words?: (reader: Reader, query: Query) => string
}

export const holdsPersons = ({ columns }: Pick<Exportable, 'columns'>) => columns.some(({ kind }) => kind === 'card' || kind === 'birth' || kind === 'specific')
export const holdsSpecific = ({ columns }: Pick<Exportable, 'columns'>) => columns.some(({ kind }) => kind === 'specific')

export const masked = ({ columns }: Pick<Exportable, 'columns'>, row: Cell[]): Cell[] => row.map((cell, i) => {
  const { kind } = columns[i]!
  if (kind === 'specific') return null
  if (typeof cell !== 'string') return cell
  return kind === 'card' ? hideCard(cell) : kind === 'birth' ? cell.slice(0, 4) : cell
})

// Small enough that a page asked for in between does not feel it.
const CHUNK = 250

// Walks along a list by its key: `next` gives what follows `after`, undefined at the beginning.
export function* inChunks<Row>(next: (after: Row | undefined, limit: number) => Row[], cells: (rows: Row[]) => Cell[][], size = CHUNK): Generator<Cell[][]> {
  for (let after: Row | undefined; ;) {
    const rows = next(after, size)
    if (rows.length > 0) yield cells(rows)
    if (rows.length < size) return
    after = rows.at(-1)
  }
}
