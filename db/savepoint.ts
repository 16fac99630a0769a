import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const begin = statement<[], unknown>('SAVEPOINT part')
const release = statement<[], unknown>('RELEASE part')
const takeBack = statement<[], unknown>('ROLLBACK TO part')

// A part of an open transaction that fails alone. What better-sqlite3 makes of a nested `transaction`, without four new
// functions for each call: every visit passes here twice.
export function savepoint<T>(db: Db, work: () => T): T {
  begin(db).run()
  try {
    const result = work()
    release(db).run()
    return result
  } catch (error) {
    // A full disk ends the whole transaction by itself; then there is nothing to take back.
    if (db.$client.inTransaction) {
      takeBack(db).run()
      release(db).run()
    }
    throw error
  }
}
