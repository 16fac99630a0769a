import type { TableFile } from '#app/assignments/csv-lines.ts'
import { openTables } from '#app/assignments/tables.ts'
import type { StoredFile } from '#app/files/store.ts'
import { invalid } from '#app/problems.ts'

// One line of the file, each cell under our own name for its column.
export type SnapshotLine = { line: number, kk: string, nik: string, desil: string, region: string, reference: string }
type Column = Exclude<keyof SnapshotLine, 'line'>

// No official layout of the file is published, so the headings seen in use are all taken.
export const SNAPSHOT_COLUMNS: Record<Column, readonly string[]> = {
  kk: ['no_kk', 'nokk', 'nomor_kk', 'kk', 'no_kartu_keluarga'],
  nik: ['nik_kepala', 'nik_kepala_keluarga', 'nik'],
  desil: ['desil', 'desil_nasional', 'desil_keluarga'],
  region: ['kode_wilayah', 'kode_kemendagri', 'kode_desa', 'kddesa_kemendagri', 'kode_kelurahan'],
  reference: ['id_keluarga', 'id_dtsen', 'id'],
}

export type SnapshotFile = Pick<TableFile, 'bytesRead' | 'close'> & { rows: AsyncIterable<SnapshotLine> }

// A file of families, streamed. The first sheet of a workbook counts.
export async function openSnapshotFile(directory: string, stored: StoredFile): Promise<SnapshotFile> {
  const file = await openTables(directory, stored)
  return { rows: rowsOf(file), bytesRead: file.bytesRead, close: file.close }
}

async function* rowsOf({ tables: [table] }: TableFile): AsyncGenerator<SnapshotLine> {
  let places: Record<Column, number> | undefined
  for await (const { row, cells } of table?.lines() ?? []) {
    if (!places) places = placesIn(cells)
    else if (cells.some((cell) => cell.trim() !== '')) yield lineOf(row, cells, places)
  }
  if (!places) throw invalid({ file: 'Berkas ini kosong.' })
}

const nameOf = (heading: string) => heading.trim().toLowerCase().slice(0, 200).replace(/[\s.-]+/g, '_').replace(/_+$/, '')

function placesIn(heading: string[]): Record<Column, number> {
  const names = heading.map(nameOf)
  const places = Object.fromEntries(Object.entries(SNAPSHOT_COLUMNS)
    .map(([column, known]) => [column, known.map((name) => names.indexOf(name)).find((place) => place >= 0) ?? -1])) as Record<Column, number>
  const missing = (['kk', 'desil'] as const).filter((column) => places[column] < 0).map((column) => SNAPSHOT_COLUMNS[column][0])
  if (missing.length) throw invalid({ file: `Kolom ${missing.join(' dan ')} tidak ada pada baris judul. Unduh contoh berkas untuk susunan kolomnya.` })
  return places
}

const lineOf = (line: number, cells: string[], places: Record<Column, number>): SnapshotLine => {
  const cell = (column: Column) => (places[column] < 0 ? '' : cells[places[column]] ?? '').trim().slice(0, 100)
  return { line, kk: cell('kk'), nik: cell('nik'), desil: cell('desil'), region: cell('region'), reference: cell('reference') }
}
