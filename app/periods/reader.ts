import Database from 'better-sqlite3'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { transact, type Tx } from '#db/transaction.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

export type Reader = { client: Database.Database, close: () => void }

// A view of the registry at one moment, however long it is read while others write: a reading transaction on a connection
// of its own. A database in memory has only the one connection.
export function openReader({ $client }: Db): Reader {
  if ($client.memory) return { client: $client, close: () => undefined }
  const client = new Database($client.name, { readonly: true })
  client.pragma('cache_size = -65536')
  client.exec('BEGIN')
  client.prepare('SELECT count(*) FROM migrations').get()
  return { client, close: () => void client.close() }
}

// A step of work that is begun anew when it breaks off, so nothing is lost with the disk's cache; the last step syncs.
export function writeStep<T>(db: Db, work: (tx: Tx) => T): T {
  let done: T
  commitUnsynced(db, () => void (done = transact(db, system, work)))
  return done!
}
