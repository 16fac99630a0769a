import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Told } from '#app/operation/failures.ts'
import { openDatabase } from '#db/connection.ts'
import { move } from '#db/postgres/move.ts'
import { derivedTables, tablesOf } from '#db/postgres/moved-tables.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { startPostgres } from '#test/support/postgres.ts'
import { keepDatabase } from '#test/support/process.ts'
import { BALECATUR, addHousehold } from '#test/support/world.ts'

const cluster = startPostgres()
const folders: string[] = []

// An installation with one of everything, on disk as a server leaves it.
function installation() {
  const data = mkdtempSync(join(tmpdir(), 'siks-move-'))
  folders.push(data)
  keepDatabase(furnishedDatabase(), data)
  return { data, db: openDatabase(join(data, 'siks.db')) }
}

// As the command line says it, without starting a program for each.
async function run(data: string, ...args: string[]) {
  const said: string[] = []
  try {
    await move(args, { database: join(data, 'siks.db'), databaseUrl: undefined }, (line) => void said.push(line))
    return { code: 0, said: said.join('\n') }
  } catch (error) {
    assert.instance(error, Told)
    return { code: 1, said: [...said, (error as Told).message].join('\n') }
  }
}

const asProgram = async (data: string, ...args: string[]) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'db/postgres/move.ts', ...args], { env: { ...process.env, SIKS_DATA: data, DATABASE_URL: '' } })
  return { code: 0, said: stdout }
}

async function rowsOf(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return (await client.query(sql).finally(() => client.end())).rows as Record<string, unknown>[]
}

const moving = suite('an installation moved to PostgreSQL')

moving('is there table by table, row by row, and may be moved again and beside another', async () => {
  const url = await (await cluster).freshDatabase()
  const { data, db } = installation()
  const first = await asProgram(data, '--to', url)
  assert.is(first.code, 0, first.said)
  const tables = tablesOf(db)
  assert.ok(tables.length > 100 && derivedTables(db).length > 0)
  assert.match(first.said, new RegExp(`${tables.length} tabel, \\d+ baris: jumlah dan jumlah periksa semuanya sama`))
  const counted = (table: string) => db.$client.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()
  for (const table of ['households', 'members', 'visits', 'batches']) assert.equal(await rowsOf(url, `SELECT count(*)::int AS n FROM moved."${table}"`), [{ n: counted(table) }])
  const { record } = (await rowsOf(url, `SELECT record FROM moved.households WHERE id = 'asep'`))[0]!
  assert.is(record, db.$client.prepare(`SELECT record FROM households WHERE id = 'asep'`).pluck().get())

  db.$client.exec(`UPDATE households SET address = 'tab\t, baris\n, garis miring \\ dan é' WHERE id = 'asep'; INSERT INTO batch_steps (batch_id, kind, actor_id, note, asked_at, total) VALUES ('frozen', 'freeze', 'rina', '', '2026', 1) ON CONFLICT DO NOTHING`)
  assert.is((await run(data, '--to', url)).code, 0)
  assert.is((await rowsOf(url, `SELECT address FROM moved.households WHERE id = 'asep'`))[0]!.address, 'tab\t, baris\n, garis miring \\ dan é')
  assert.is((await run(data, '--to', url, '--as', '34.04')).code, 0)
  assert.equal(await rowsOf(url, 'SELECT installation, count(*)::int AS n FROM moved.households GROUP BY 1 ORDER BY 1'), ['34.02', '34.04'].map((one) => ({ installation: one, n: counted('households') })))
})

moving('says what stands in the way, and leaves the installation as it was', async () => {
  const url = await (await cluster).freshDatabase()
  const { data, db } = installation()
  assert.match((await run(data)).said, /Sebutkan ke mana/)
  assert.match((await run(data, '--to', 'postgres://siks@/x?host=/tidak/ada')).said, /tidak dapat dihubungi/)
  assert.match((await run(join(data, 'none'), '--to', url)).said, /Tidak ada basis data/)
  addHousehold(db, 'dewi', { regionCode: BALECATUR })
  assert.match((await run(data, '--to', url)).said, /bukan milik satu kabupaten/)
  db.$client.exec(`UPDATE households SET order_no = 'a' || char(0) || 'b' WHERE id = 'dewi'`)
  const { code, said } = await run(data, '--to', url, '--as', 'gabungan')
  assert.is(code, 1)
  assert.match(said, /Tabel households tidak dapat disalin/)
})

moving.after(async () => {
  (await cluster).stop()
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }))
})
moving.run()
