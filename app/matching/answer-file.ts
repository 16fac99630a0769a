import type { Table, TableFile } from '#app/assignments/csv-lines.ts'
import { openTables } from '#app/assignments/tables.ts'
import type { StoredFile } from '#app/files/store.ts'
import { REGISTER_COLUMNS, type Cells } from '#app/matching/answer-columns.ts'
import { invalid } from '#app/problems.ts'

export type AnswerLine = { line: number, cells: Cells }
export type AnswerFile = Pick<TableFile, 'bytesRead' | 'close'> & { lines: AsyncIterable<AnswerLine>, ignored: Set<string> }

// A file of answers, streamed. ignored: headings that are no column of the register, told to the reader.
export async function openAnswers(directory: string, stored: StoredFile): Promise<AnswerFile> {
  const file = await openTables(directory, stored)
  const ignored = new Set<string>()
  return { lines: linesOf(file.tables[0], ignored), ignored, bytesRead: file.bytesRead, close: file.close }
}

async function* linesOf(table: Table | undefined, ignored: Set<string>): AsyncGenerator<AnswerLine> {
  let columns: string[] | undefined
  for await (const { row, cells } of table?.lines() ?? []) {
    if (!columns) {
      columns = headingOf(cells, ignored)
      continue
    }
    const line: Cells = {}
    columns.forEach((column, i) => {
      // A spreadsheet's apostrophe before a number is no part of it.
      const cell = cells[i]?.trim().replace(/^'(?=\d+$)/, '')
      if (cell && column) line[column] = cell
    })
    if (Object.keys(line).length > 0) yield { line: row, cells: line }
  }
  if (!columns) throw invalid({ file: 'Berkas ini kosong.' })
}

const KNOWN: readonly string[] = REGISTER_COLUMNS

function headingOf(cells: string[], ignored: Set<string>): string[] {
  const columns = cells.map((cell) => {
    const name = cell.trim().toUpperCase().replace(/[\s.-]+/g, '_')
    if (name && !KNOWN.includes(name)) ignored.add(cell.trim())
    return KNOWN.includes(name) ? name : ''
  })
  if (!columns.includes('NIK')) throw invalid({ file: 'Kolom NIK tidak ada pada baris judul. Pakai nama kolom Dukcapil: NIK, NO_KK, NAMA_LGKP, …' })
  if (!columns.includes('NAMA_LGKP') && !columns.includes('KETERANGAN')) throw invalid({ file: 'Kolom NAMA_LGKP atau KETERANGAN harus ada pada baris judul.' })
  const twice = columns.find((column, i) => column && columns.indexOf(column) !== i)
  if (twice) throw invalid({ file: `Kolom ${twice} ada dua kali pada baris judul.` })
  return columns
}
