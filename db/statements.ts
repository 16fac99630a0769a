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

// What was guessed under a name, kept so many milliseconds: for what decides a way, never for what is found at its end.
const MOST_GUESSES = 2000
export function guessesFor<T>(ms: number): (db: Db, name: string, guess: () => T) => T {
  const kept = prepared(() => new Map<string, { value: T, until: number }>())
  return (db, name, guess) => {
    const [known, now] = [kept(db), Date.now()]
    const before = known.get(name)
    if (before && before.until > now) return before.value
    if (known.size >= MOST_GUESSES) known.clear()
    const value = guess()
    known.set(name, { value, until: now + ms })
    return value
  }
}

// What is read of very many rows at once, and again when the stamp, one cheap value of the database, is another.
export function keptUnder<T>(stamp: (db: Db) => unknown, read: (db: Db) => T): (db: Db) => T {
  const kept = prepared(() => ({ stamp: undefined as unknown, value: undefined as T | undefined }))
  return (db) => {
    const [known, now] = [kept(db), stamp(db)]
    if (known.stamp !== now) Object.assign(known, { stamp: now, value: read(db) })
    return known.value!
  }
}

export const statement = <P extends unknown[], R>(sql: string): (db: Db) => Database.Statement<P, R> =>
  prepared((db) => db.$client.prepare<P, R>(sql))
