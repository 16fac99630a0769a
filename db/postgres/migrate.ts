import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Told } from '#app/operation/failures.ts'
import { demandReachable, inTransaction, rowsOf, type Nation } from '#db/postgres/connection.ts'

const DIRECTORY = 'db/postgres/migrations'
// Any number, the same for every copy of this program: two that start together do not migrate together.
const LOCK = 514_027

// As db/migrate.ts: by file name, checksummed, all that is new or nothing, and never on a database of a newer program.
export async function migrateNation(nation: Nation, directory = DIRECTORY) {
  const files = readdirSync(directory).filter((name) => name.endsWith('.sql')).sort()
  await inTransaction(nation, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    await client.query('CREATE SCHEMA IF NOT EXISTS nation')
    await client.query('CREATE TABLE IF NOT EXISTS nation.migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())')
    const applied = new Map((await rowsOf<{ name: string, checksum: string }>(client, 'SELECT name, checksum FROM nation.migrations')).map(({ name, checksum }) => [name, checksum]))
    const unknown = [...applied.keys()].find((name) => !files.includes(name))
    if (unknown) throw new Told(`Basis data PostgreSQL lebih baru daripada program: program ini tidak mengenal ${unknown}. Pasang lagi program versi terbaru.`)
    for (const name of files) {
      const sql = readFileSync(join(directory, name), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      if (applied.has(name) && applied.get(name) !== checksum) throw new Told(`Berkas migrasi ${name} berubah setelah dijalankan. Tidak ada yang diubah. Pasang ulang program dari sumber aslinya.`)
      if (applied.has(name)) continue
      await client.query(sql)
      await client.query('INSERT INTO nation.migrations (name, checksum) VALUES ($1, $2)', [name, checksum])
    }
  }, { unhurried: true })
}

// For the start of the server: what stops it is told in one sentence.
export async function prepareNation(nation: Nation) {
  await demandReachable(nation)
  await migrateNation(nation)
}
