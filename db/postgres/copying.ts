import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

// Rows into a table by COPY, many times as cheap as an INSERT for each, and out again in the same words.
type Cell = string | number | bigint | boolean | Buffer | null | undefined
export type Cells = Cell[]

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f', '\v': '\\v' }

const encode = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '\\N'
  if (typeof cell === 'string') return cell.replace(/[\\\n\r\t\b\f\v]/g, (letter) => ESCAPES[letter]!)
  if (typeof cell === 'boolean') return cell ? 't' : 'f'
  return Buffer.isBuffer(cell) ? `\\\\x${cell.toString('hex')}` : Object.is(cell, -0) ? '-0' : String(cell)
}
export const copyLine = (cells: Cells) => `${cells.map(encode).join('\t')}\n`

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
export const tableName = (schema: string, table: string) => `${quoted(schema)}.${quoted(table)}`

// lines: as copyLine makes them, any number to a piece.
export async function copyLines(client: pg.PoolClient, table: string, columns: string[], lines: Iterable<string> | AsyncIterable<string>) {
  const into = client.query(copyFrom(`COPY ${table} (${columns.map(quoted).join(', ')}) FROM STDIN`))
  await pipeline(Readable.from(lines, { objectMode: false }), into)
  return into.rowCount
}

export const copyRows = (client: pg.PoolClient, table: string, columns: string[], rows: Cells[]) =>
  rows.length === 0 ? 0 : copyLines(client, table, columns, [rows.map(copyLine).join('')])

// Every row of a table, in whatever parts, as COPY tells it: one line each, without its end.
export const readLines = (client: pg.PoolClient, table: string, columns: string[]): AsyncGenerator<string> =>
  splitLines(client.query(copyTo(`COPY (SELECT ${columns.map(quoted).join(', ')} FROM ${table}) TO STDOUT`)))

// The lines of a stream, without their ends; each has one.
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0) as Buffer
  for await (const chunk of chunks) {
    const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = whole.lastIndexOf(10) + 1
    if (end > 0) yield* whole.subarray(0, end - 1).toString('utf8').split('\n')
    rest = whole.subarray(end)
  }
}
