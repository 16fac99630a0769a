import type { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { textIn } from '#app/assignments/csv-encoding.ts'
import type { Opened } from '#app/files/opened.ts'
import { invalid } from '#app/problems.ts'

// One line of a table: its number as a spreadsheet shows it (the heading is 1) and its cells.
export type Line = { row: number, cells: string[] }
export type Table = { name: string, lines: () => AsyncIterable<Line> }
export type TableFile = { tables: Table[], bytesRead: () => number, close: () => Promise<void> }

// Streams a CSV; its delimiter is told by the heading, because Indonesian spreadsheets write a semicolon.
export async function openCsv(file: Opened): Promise<TableFile> {
  const delimiter = await findDelimiter(file)
  const source = file.stream()
  const progress = { read: 0 }
  const close = () => new Promise<void>((done) => source.closed ? done() : source.destroy().once('close', () => done()))
  return { tables: [{ name: '', lines: () => readLines(source, delimiter, progress) }], bytesRead: () => progress.read, close }
}

const DELIMITERS = [';', ',', '\t', '|']

async function findDelimiter(file: Opened) {
  const [heading = ''] = (await file.read(0, 65_536)).toString('utf8').split(/\r?\n/, 1)
  const count = (sign: string) => heading.split(sign).length
  return DELIMITERS.reduce((best, sign) => count(sign) > count(best) ? sign : best)
}

// An unclosed quotation mark would otherwise swallow the rest of the file into one cell.
const LONGEST_LINE = 100_000

async function* readLines(source: Readable, delimiter: string, progress: { read: number }): AsyncGenerator<Line> {
  source.on('data', (chunk: Buffer) => { progress.read += chunk.length })
  const parser = source.pipe(parse({ delimiter, encoding: 'latin1', bom: true, relax_column_count: true, relax_quotes: true, max_record_size: LONGEST_LINE }))
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1
      yield { row, cells: cells.map(textIn) }
    }
  } catch (error) {
    if (error instanceof CsvError) throw invalid({ file: `Baris ${row + 1} tidak terbaca sebagai CSV. Periksa tanda kutip pada baris itu.` })
    throw error
  }
}
