import type Database from 'better-sqlite3'
import type { Db } from '#db/connection.ts'

// What is made once per connection: for the hot paths, preparing a statement costs more than running it.
export function prepared<T>(make: (db: Db) => T): (db: Db) => T {
  const made = new WeakMap<Db, T>()
  return (db) => {
    const known = made.get(db)
    if (known !== undefined) return known
    const fresh = make(db)
    made.set(db, fresh)
    return fresh
  }
}

export const statement = <P extends unknown[], R>(sql: string): (db: Db) => Database.Statement<P, R> =>
  prepared((db) => db.$client.prepare<P, R>(sql))
