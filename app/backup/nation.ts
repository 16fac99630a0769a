import * as z from 'zod'
import { Told } from '#app/operation/failures.ts'
import { partitionsFor } from '#app/national/storing.ts'
import { copyLines, readLines, splitLines, tableName } from '#db/postgres/copying.ts'
import { inTransaction, rowOf, rowsOf, type Nation, type PgClient } from '#db/postgres/connection.ts'
import { Sum } from '#db/postgres/sum.ts'

// What the office that collects for the nation has in PostgreSQL, as text: a line of JSON about everything, then for each table a line of
// JSON about it, its rows as COPY tells them, and a line that no row can be.
const Head = z.object({ format: z.literal(1), migration: z.string(), regencies: z.array(z.string()) })
const Table = z.object({ table: z.string(), columns: z.array(z.string()) })
const END = '\\.'
const PIECE = 65_536

export type Counts = Record<string, { rows: number, checksum: string }>

// Partitions are told by their whole; which changes of the schema are there is the program's own affair.
const tablesOf = (client: PgClient) => rowsOf<z.infer<typeof Table>>(client, `SELECT c.relname::text AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relnamespace = to_regnamespace('nation') AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migrations' GROUP BY 1 ORDER BY 1`)

const migrationOf = async (client: PgClient) => (await rowOf<{ name: string }>(client, 'SELECT max(name) AS name FROM nation.migrations'))!.name

export const nationBytes = async ({ pool }: Nation) => (await rowOf<{ bytes: number }>(pool, 'SELECT pg_database_size(current_database()) AS bytes'))!.bytes

/** One moment of everything, while others go on writing. counts: filled in as tables are read. */
export async function* nationText(nation: Nation, counts: Counts): AsyncGenerator<Buffer> {
  const client = await nation.pool.connect()
  try {
    // What a row is told as must not depend on where it is told.
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; SET LOCAL TIME ZONE 'UTC'; SET LOCAL datestyle = 'ISO'")
    const regencies = (await rowsOf<{ code: string }>(client, 'SELECT DISTINCT regency_code AS code FROM nation.batches ORDER BY 1')).map(({ code }) => code)
    yield line({ format: 1, migration: await migrationOf(client), regencies })
    for (const { table, columns } of await tablesOf(client)) {
      yield line({ table, columns })
      const sum = new Sum()
      let piece = ''
      for await (const row of readLines(client, tableName('nation', table), columns)) {
        sum.add(row)
        piece += `${row}\n`
        if (piece.length < PIECE) continue
        yield Buffer.from(piece)
        piece = ''
      }
      yield Buffer.from(`${piece}${END}\n`)
      counts[table] = sum.told()
    }
  } finally {
    // Nothing was written; a connection that was broken off in the middle is not used again.
    await client.query('ROLLBACK').then(() => client.release(), (lost: Error) => client.release(lost))
  }
}

const line = (told: object) => Buffer.from(`${JSON.stringify(told)}\n`)

type Expected = { counts: Counts, isWhole: () => boolean }

/** Puts such a text into an empty PostgreSQL, or leaves it empty. isWhole: asked once all was read, before anything counts. */
export async function loadNation(nation: Nation, text: AsyncIterable<Buffer>, { counts, isWhole }: Expected) {
  await inTransaction(nation, async (client) => {
    await client.query('SET CONSTRAINTS ALL DEFERRED')
    const lines = splitLines(text)
    const next = async () => (await lines.next()).value as string | undefined
    const { migration, regencies } = Head.parse(JSON.parse(await next() ?? '{}'))
    if (migration > await migrationOf(client)) throw new Told(`Cadangan data nasional ini dari program yang lebih baru (${migration}). Pasang dahulu program versi itu.`)
    for (const code of regencies) await partitionsFor(client, code)
    const rows = async function* () {
      for (let row = await next(); row !== undefined && row !== END; row = await next()) yield `${row}\n`
    }
    for (let head = await next(); head !== undefined; head = await next()) {
      const { table, columns } = Table.parse(JSON.parse(head))
      await copyLines(client, tableName('nation', table), columns, rows())
    }
    if (!isWhole() || await differs(client, counts)) throw new Told('Cadangan rusak: data nasional tidak sama dengan waktu disalin. PostgreSQL tidak diubah.')
  }, { unhurried: true })
}

/** What is there already: nothing, the very rows expected (a restoring that was broken off afterwards), or something else. */
export async function stateOfNation(nation: Nation, counts: Counts): Promise<'empty' | 'same' | 'other'> {
  const found: Counts = {}
  for await (const _ of nationText(nation, found)) { /* only summed */ }
  const isSame = Object.entries(found).every(([table, { rows, checksum }]) => rows === (counts[table]?.rows ?? 0) && (rows === 0 || checksum === counts[table]!.checksum))
  return Object.values(found).every(({ rows }) => rows === 0) ? 'empty' : isSame ? 'same' : 'other'
}

async function differs(client: PgClient, counts: Counts): Promise<boolean> {
  for (const { table } of await tablesOf(client)) {
    const { rows } = (await rowOf<{ rows: number }>(client, `SELECT count(*) AS rows FROM ${tableName('nation', table)}`))!
    if (rows !== (counts[table]?.rows ?? 0)) return true
  }
  return false
}
