import type { TableFile } from '#app/assignments/csv-lines.ts'
import { openTables } from '#app/assignments/tables.ts'
import type { StoredFile } from '#app/files/store.ts'
import { columnName, readHeading, type Facts, type IntakeKind } from '#app/intake/columns.ts'
import { invalid } from '#app/problems.ts'

export type IntakeLine = { line: number, facts: Facts }
export type IntakeFile = Pick<TableFile, 'bytesRead' | 'close'> & { lines: AsyncIterable<IntakeLine>, ignored: Set<string> }

// A file of one of the two kinds, streamed. The first sheet of a workbook counts. ignored: headings nobody knows.
export async function openIntakeFile(directory: string, stored: StoredFile, kind: IntakeKind): Promise<IntakeFile> {
  const file = await openTables(directory, stored)
  const ignored = new Set<string>()
  return { lines: linesOf(file, kind, ignored), ignored, bytesRead: file.bytesRead, close: file.close }
}

const LONGEST_CELL = 300

async function* linesOf({ tables: [table] }: TableFile, kind: IntakeKind, ignored: Set<string>): AsyncGenerator<IntakeLine> {
  let places: (string | undefined)[] | undefined
  for await (const { row, cells } of table?.lines() ?? []) {
    if (!places) {
      places = placesIn(kind, cells, ignored)
      continue
    }
    const facts: Facts = {}
    places.forEach((column, i) => {
      const cell = cells[i]?.trim().slice(0, LONGEST_CELL)
      if (column && cell) facts[column] = cell
    })
    if (Object.keys(facts).length > 0) yield { line: row, facts }
  }
  if (!places) throw invalid({ file: 'Berkas ini kosong.' })
}

function placesIn(kind: IntakeKind, cells: string[], ignored: Set<string>) {
  const heading = readHeading(kind, cells)
  if (heading.missing.length > 0) throw invalid({ file: `Kolom ${heading.missing.join(' dan ')} tidak ada pada baris judul. Unduh contoh berkas untuk susunan kolomnya.` })
  if (heading.twice) throw invalid({ file: `Kolom ${columnName(kind, heading.twice)} ada dua kali pada baris judul.` })
  for (const name of heading.ignored) ignored.add(name.trim())
  return heading.places
}
