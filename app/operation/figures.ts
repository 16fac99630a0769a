import { statSync } from 'node:fs'
import { letOthers } from '#app/background.ts'
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

export type Photos = { count: number, bytes: number }
type Counted = Photos & { last: number }
const countSome = statement<[number, number], Counted & { rows: number }>(`SELECT count(*) AS rows, count(*) FILTER (WHERE stored_at <> '') AS count,
    coalesce(sum(bytes) FILTER (WHERE stored_at <> ''), 0) AS bytes, coalesce(max(at), 0) AS last
  FROM (SELECT rowid AS at, bytes, stored_at FROM files WHERE rowid > ? ORDER BY rowid LIMIT ?)`)

const SOME = 5000
const counted = prepared((_db): Counted & { isCounting: boolean } => ({ count: 0, bytes: 0, last: 0, isCounting: false }))

// A file never goes, so only those are counted that have come since. Millions at the start are counted beside everybody else.
export function readPhotos(db: Db): Photos {
  const kept = counted(db)
  if (!kept.isCounting && countOn(db, kept)) void countRest(db, kept)
  return { count: kept.count, bytes: kept.bytes }
}

function countOn(db: Db, kept: Counted): boolean {
  const { rows, count, bytes, last } = countSome(db).get(kept.last, SOME)!
  if (rows > 0) Object.assign(kept, { count: kept.count + count, bytes: kept.bytes + bytes, last })
  return rows === SOME
}

async function countRest(db: Db, kept: Counted & { isCounting: boolean }) {
  kept.isCounting = true
  do await letOthers()
  while (db.$client.open && countOn(db, kept))
  kept.isCounting = false
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
