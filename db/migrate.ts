import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Told } from '#app/operation/failures.ts'
import type { Db } from '#db/connection.ts'
import { prepared } from '#db/statements.ts'

const DIRECTORY = 'db/migrations'

type Migration = { name: string, sql: string, checksum: string }

// Our own runner, by file name: drizzle's skips a file that is older than the newest applied one, and its single
// transaction makes PRAGMA foreign_keys=OFF have no effect, so that rebuilding a table deletes its children.
// All that is new is applied or nothing of it: whatever goes wrong, the program before this one can go on.
export function migrate(db: Db, directory = DIRECTORY) {
  const pending = pendingMigrations(db, directory)
  if (pending.length === 0) return
  const client = db.$client
  client.pragma('foreign_keys = OFF')
  try {
    client.transaction(() => pending.forEach((migration) => apply(db, migration))).immediate()
  } finally {
    client.pragma('foreign_keys = ON')
  }
}

export const appliedMigrations = ({ $client }: Db): Map<string, string> => {
  $client.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)')
  return new Map($client.prepare('SELECT name, checksum FROM migrations ORDER BY name').raw().all() as [string, string][])
}

// Refuses a database that this program cannot know: of a newer one, or of one whose files were changed afterwards.
export function pendingMigrations(db: Db, directory = DIRECTORY): Migration[] {
  const applied = appliedMigrations(db)
  const files = readdirSync(directory).filter((name) => name.endsWith('.sql')).sort()
  const unknown = [...applied.keys()].filter((name) => !files.includes(name)).at(-1)
  if (unknown) {
    throw new Told(`Basis data ini lebih baru daripada program: program ini tidak mengenal ${unknown}. Tidak ada yang diubah. `
      + 'Pasang lagi program versi terbaru; atau, bila memang harus kembali, pulihkan salinan dari folder before-upgrade.')
  }
  return files.map((name) => readMigration(directory, name)).filter(({ name, checksum }) => {
    const known = applied.get(name)
    if (known && known !== checksum) throw new Told(`Berkas migrasi ${name} berubah setelah dijalankan. Tidak ada yang diubah. Pasang ulang program dari sumber aslinya.`)
    return !known
  })
}

const readMigration = (directory: string, name: string): Migration => {
  const sql = readFileSync(join(directory, name), 'utf8')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}

export class MigrationFailed extends Told {
  readonly migration: string

  constructor(migration: string, cause: unknown) {
    super(`Pembaruan basis data gagal pada ${migration}. Semua perubahan dibatalkan: basis data tetap seperti sebelum pembaruan.`, { cause })
    this.migration = migration
  }
}

function apply({ $client }: Db, { name, sql, checksum }: Migration) {
  try {
    $client.exec(sql)
    const lonely = withTheirChildren($client, writtenBy(sql)).some((table) => ($client.pragma(`foreign_key_check("${table}")`) as unknown[]).length > 0)
    if (lonely) throw new Told(`${name} leaves rows without their parent.`)
    $client.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(name, checksum, new Date().toISOString())
  } catch (error) {
    throw new MigrationFailed(name, error)
  }
}

// The tables a migration puts rows into, takes rows from or makes anew: the names behind these words.
const WRITING = ['INTO', 'UPDATE', 'IGNORE', 'REPLACE', 'EXISTS', 'DELETE FROM', 'DROP TABLE', 'RENAME TO']
function writtenBy(sql: string): string[] {
  const words = sql.split(/\W/).filter((word) => word !== '')
  return words.filter((_, i) => [words[i - 1], `${words[i - 2]} ${words[i - 1]}`].some((before) => WRITING.includes(String(before).toUpperCase())))
}

// With the tables that name them as their parent. Looking through all tables, as SQLite does when it is told none, took minutes for
// every migration at a million households.
function withTheirChildren(client: Db['$client'], written: string[]): string[] {
  const parentsOf = (table: string) => (client.pragma(`foreign_key_list("${table}")`) as { table: string }[]).map((key) => key.table)
  const tables = client.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]
  return tables.filter((table) => [table, ...parentsOf(table)].some((name) => written.includes(name)))
}

// Asked once: a newer program may be laid beside a server that still runs, and is none of its matter.
export const isMigrated = prepared((db) => pendingMigrations(db).length === 0)
