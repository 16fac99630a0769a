import Database from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import * as schema from '#db/schema/index.ts'

export type Db = BetterSQLite3Database<typeof schema> & { $client: Database.Database }

// FULL: an accepted visit has reached the disk before the officer is told so.
const PRAGMAS = [
  'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000',
  'cache_size = -65536', 'temp_store = MEMORY', 'wal_autocheckpoint = 4000',
]

export function openDatabase(file: string | Buffer): Db {
  const client = new Database(file)
  for (const pragma of PRAGMAS) client.pragma(pragma)
  return drizzle({ client, schema })
}
