import type pg from 'pg'
import { Told } from '#app/operation/failures.ts'
import { tablesOf, type SourceTable } from '#db/postgres/moved-tables.ts'
import { copyLine, copyLines, readLines, tableName, type Cells } from '#db/postgres/copying.ts'
import { inTransaction, rowsOf, type Nation } from '#db/postgres/connection.ts'
import { Sum } from '#db/postgres/sum.ts'
import type { Db } from '#db/connection.ts'

// A whole SQLite installation as it is, into PostgreSQL: one table for each of its tables, parted by installation, so that all the
// kabupaten of a country may lie side by side and each may be brought again without touching another.
export type Moved = { table: string, rows: number, checksum: string, found: { rows: number, checksum: string }, same: boolean }

const SCHEMA = 'moved'

// moment: a connection that sees one moment of the source (db/moment.ts). What is there already of this installation is replaced, table
// by table, each whole.
export async function* moveInstallation(moment: Db, nation: Nation, installation: string): AsyncGenerator<Moved> {
  await nation.pool.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`)
  for (const table of tablesOf(moment)) yield await inTransaction(nation, (client) => moveTable(client, moment, table, installation), { unhurried: true })
}

async function moveTable(client: pg.PoolClient, moment: Db, table: SourceTable, installation: string): Promise<Moved> {
  const part = await prepareTable(client, table, installation)
  const columns = table.columns.map(({ name }) => name)
  const sent = new Sum()
  try {
    await copyLines(client, part, ['installation', ...columns], linesFrom(moment, table, installation, sent))
  } catch (error) {
    throw error instanceof Told ? error : new Told(`Tabel ${table.name} tidak dapat disalin, karena PostgreSQL menolak isinya.`, { cause: error })
  }
  const isReal = table.columns.map(({ type }) => type === 'double precision')
  const found = new Sum()
  for await (const line of readLines(client, part, columns)) found.add(isReal.includes(true) ? plain(line, isReal) : line)
  const [one, other] = [sent.told(), found.told()]
  return { table: table.name, ...one, found: other, same: one.rows === other.rows && one.checksum === other.checksum }
}

// PostgreSQL writes 1e-07 where JavaScript writes 1e-7.
const plain = (line: string, isReal: boolean[]) => line.split('\t').map((cell, i) => isReal[i] && cell !== '\\N' ? String(Number(cell)) : cell).join('\t')

const PIECE = 65_536

function* linesFrom({ $client }: Db, { name, columns }: SourceTable, installation: string, sum: Sum): Generator<string> {
  const head = copyLine([installation]).slice(0, -1)
  let piece = ''
  for (const row of $client.prepare(`SELECT ${columns.map((column) => `"${column.name}"`).join(', ')} FROM "${name}"`).raw().iterate() as Iterable<Cells>) {
    row.forEach((cell, i) => demandFits(cell, columns[i]!, name))
    const line = copyLine(row).slice(0, -1)
    sum.add(line)
    piece += `${head}\t${line}\n`
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}

// SQLite keeps anything anywhere; what does not fit its column's type is named instead of being changed on the way.
function demandFits(cell: Cells[number], { name, type }: SourceTable['columns'][number], table: string) {
  if (cell === null) return
  const fits = type === 'bigint' ? Number.isSafeInteger(cell) : type === 'double precision' ? typeof cell === 'number' : type === 'bytea' ? Buffer.isBuffer(cell) : typeof cell === 'string'
  if (!fits) throw new Told(`Tabel ${table}, kolom ${name} memuat isi yang bukan jenisnya. Tidak ada yang diubah; perbaiki di SQLite lebih dahulu.`)
}

// The table, and this installation's own part of it, empty.
async function prepareTable(client: pg.PoolClient, { name, columns, key }: SourceTable, installation: string): Promise<string> {
  const parent = tableName(SCHEMA, name)
  const quote = (column: string) => `"${column}"`
  const primary = key.length > 0 ? `, PRIMARY KEY (installation, ${key.map(quote).join(', ')})` : ''
  await client.query(`CREATE TABLE IF NOT EXISTS ${parent} (installation text NOT NULL, ${columns.map((one) => `${quote(one.name)} ${one.type}`).join(', ')}${primary}) PARTITION BY LIST (installation)`)
  const known = await rowsOf<{ name: string }>(client, 'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2', [SCHEMA, name])
  // A later version of the program has columns an earlier one had not.
  for (const column of columns.filter((one) => !known.some((other) => other.name === one.name))) await client.query(`ALTER TABLE ${parent} ADD COLUMN ${quote(column.name)} ${column.type}`)
  const part = tableName(SCHEMA, `${name}@${installation}`)
  await client.query(`CREATE TABLE IF NOT EXISTS ${part} PARTITION OF ${parent} FOR VALUES IN ('${installation}')`)
  await client.query(`TRUNCATE ${part}`)
  return part
}
