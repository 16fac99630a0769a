import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Db } from '#db/connection.ts'

// Our own runner, by file name: drizzle's skips a file that is older than the newest applied one, and its single
// transaction makes PRAGMA foreign_keys=OFF have no effect, so that rebuilding a table deletes its children.
export function migrate(db: Db, directory = 'db/migrations') {
  const client = db.$client
  client.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)')
  const applied = new Map(client.prepare('SELECT name, checksum FROM migrations').raw().all() as [string, string][])
  const files = readdirSync(directory).filter((name) => name.endsWith('.sql')).sort()
  for (const name of applied.keys()) {
    if (!files.includes(name)) throw new Error(`The database is newer than this program: it has migration ${name}.`)
  }
  for (const name of files) {
    const sql = readFileSync(join(directory, name), 'utf8')
    const checksum = createHash('sha256').update(sql).digest('hex')
    const known = applied.get(name)
    if (known && known !== checksum) throw new Error(`Migration ${name} was changed after it was applied.`)
    if (!known) apply(db, name, sql, checksum)
  }
}

function apply(db: Db, name: string, sql: string, checksum: string) {
  const client = db.$client
  client.pragma('foreign_keys = OFF')
  client.transaction(() => {
    client.exec(sql)
    if ((client.pragma('foreign_key_check') as unknown[]).length) throw new Error(`${name} leaves rows without their parent.`)
    client.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(name, checksum, new Date().toISOString())
  })()
  client.pragma('foreign_keys = ON')
}

if (process.argv[1]?.endsWith('db/migrate.ts')) {
  const { openDatabase } = await import('#db/connection.ts')
  const { readConfig } = await import('#app/config.ts')
  const { database } = readConfig()
  mkdirSync(dirname(database), { recursive: true })
  migrate(openDatabase(database))
}
