import { statSync } from 'node:fs'
import type { Db } from '#db/connection.ts'
import { prepared, statement } from '#db/statements.ts'

// Numbers about the server as a whole, for the probes and the page.
export const sizeOf = (path: string): number => {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

const photoSum = statement<[], Photos>("SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM files WHERE stored_at <> ''")
export type Photos = { count: number, bytes: number }

const ANEW_MS = 10 * 60_000
const summed = prepared((_db): { at: number, photos: Photos } => ({ at: Number.NEGATIVE_INFINITY, photos: { count: 0, bytes: 0 } }))

// Read whole, so it is kept for a while: nobody needs it to the byte.
export function readPhotos(db: Db): Photos {
  const kept = summed(db)
  if (performance.now() - kept.at > ANEW_MS) Object.assign(kept, { at: performance.now(), photos: photoSum(db).get()! })
  return kept.photos
}

export const databaseBytes = (db: Db) => ({ database: sizeOf(db.$client.name), log: sizeOf(`${db.$client.name}-wal`) })

const held = statement<[], number>("SELECT count(*) FROM deliveries INDEXED BY deliveries_open WHERE status IN ('held', 'waiting_photos') AND status = 'held'")
export const countHeld = (db: Db) => held(db).pluck().get() as number

const waiting = statement<[], { stage: string, count: number }>(
  "SELECT stage, sum(n) AS count FROM household_counts WHERE stage IN ('submitted', 'recheck', 'checked') AND n > 0 GROUP BY stage")
export const waitingVisits = (db: Db) => waiting(db).all()

const lastMigration = statement<[], { name: string, appliedAt: string }>('SELECT name, applied_at AS appliedAt FROM migrations ORDER BY name DESC LIMIT 1')
const migrationCount = statement<[], number>('SELECT count(*) FROM migrations')
export const migrationsDone = (db: Db) => ({ ...lastMigration(db).get()!, count: migrationCount(db).pluck().get() as number })
