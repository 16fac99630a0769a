import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { csvHead, csvLines } from '#app/exports/csv-lines.ts'
import type { Cell, ExportColumn } from '#app/exports/exportable.ts'
import { XlsxSheets } from '#app/exports/xlsx-sheets.ts'

// Rows go in some hundreds at a time, the bytes of the file come out; nobody holds all of it.
export type Sheet = { output: Readable, write: (rows: Cell[][]) => Promise<void>, end: () => Promise<void> }

class CsvSheet implements Sheet {
  readonly output = new PassThrough({ highWaterMark: 1 << 18 })

  constructor(columns: ExportColumn[]) {
    this.output.write(csvHead(columns.map(({ label }) => label)))
  }

  async write(rows: Cell[][]) {
    if (!this.output.write(csvLines(rows))) await once(this.output, 'drain')
  }

  async end() {
    this.output.end()
  }
}

export const sheetOf = (format: 'csv' | 'xlsx', columns: ExportColumn[]): Sheet =>
  format === 'xlsx' ? new XlsxSheets(columns) : new CsvSheet(columns)
