import type Database from 'better-sqlite3'
import type { Db } from '#db/connection.ts'

// Statements of the hot paths are prepared once per connection: preparing costs more than running them.
export function statement<P extends unknown[], R>(sql: string) {
  const prepared = new WeakMap<Db, Database.Statement<P, R>>()
  return (db: Db) => {
    const known = prepared.get(db)
    if (known) return known
    const fresh = db.$client.prepare<P, R>(sql)
    prepared.set(db, fresh)
    return fresh
  }
}
