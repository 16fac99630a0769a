import { openDatabase, type Db } from '#db/connection.ts'

// Whoever reads everything reads little of it twice.
const CACHE_KB = 16_384

// Another connection that sees one moment of the database, however long it is read while others write. The caller closes it.
// One in memory has no other connection, so it is copied.
export function openMoment({ $client }: Db): Db {
  const moment = openDatabase($client.memory ? $client.serialize() : $client.name)
  moment.$client.pragma('query_only = ON')
  moment.$client.pragma(`cache_size = -${CACHE_KB}`)
  moment.$client.exec('BEGIN')
  // A transaction sees its moment from the first read on.
  moment.$client.prepare('SELECT count(*) FROM migrations').get()
  return moment
}
