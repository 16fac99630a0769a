import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { transact, type Tx } from '#db/transaction.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

// A step of work that is begun anew when it breaks off, so nothing is lost with the disk's cache; the last step syncs.
export function writeStep<T>(db: Db, work: (tx: Tx) => T): T {
  let done: T
  commitUnsynced(db, () => void (done = transact(db, system, work)))
  return done!
}
