import { sql, type SQL } from 'drizzle-orm'
import { ofMyOfficers } from '#app/devices/devices.ts'
import { missingRanges, type Range } from '#app/devices/gaps.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { devices } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

type Counted = {
  id: string, userId: string, officerName: string, label: string, lastSeenAt: string, packAt: string | null, revokedAt: string | null
  made: number, arrived: number, missing: number, held: number, waiting: number
}
export type LedgerRow = Counted & { ranges: Range[] }
export type LedgerPlace = Pick<Counted, 'missing' | 'held' | 'waiting' | 'lastSeenAt' | 'id' | 'userId'>

const PAGE_SIZE = 50

// What each phone has made and what of it has arrived. Counted on the index of (phone, officer, number) alone; what is held
// or waits for photos lies in an index of its own, which stays short.
const counted = (db: Db, actor: Actor): SQL => sql`
  WITH phones AS MATERIALIZED (
    SELECT devices.id, user_id AS userId, users.name AS officerName, label, last_seen_at AS lastSeenAt, pack_at AS packAt, revoked_at AS revokedAt,
      made_at AS madeAt, highest_made AS told,
      (SELECT count(DISTINCT sequence) FROM deliveries d WHERE d.device_id = devices.id AND d.officer_id = devices.user_id) AS arrived,
      (SELECT max(sequence) FROM deliveries d WHERE d.device_id = devices.id AND d.officer_id = devices.user_id) AS latest
    FROM ${devices} JOIN users ON users.id = devices.user_id WHERE ${ofMyOfficers(db, actor)}),
  unsettled AS (
    SELECT device_id, officer_id, sum(status = 'held') AS held, sum(status = 'waiting_photos') AS waiting
    FROM deliveries WHERE status IN ('held', 'waiting_photos') GROUP BY 1, 2),
  ledger AS MATERIALIZED (
    SELECT phones.*, max(told, coalesce(latest, 0)) AS made, max(told, coalesce(latest, 0)) - arrived AS missing,
      coalesce(held, 0) AS held, coalesce(waiting, 0) AS waiting
    FROM phones LEFT JOIN unsettled ON device_id = phones.id AND officer_id = phones.userId)`

// The worst first: what is missing, what is held, what waits for photos, then whoever was silent longest.
export function listDevices(db: Db, actor: Actor, after?: LedgerPlace): { rows: LedgerRow[], next: LedgerPlace | null } {
  demand(actor, 'device.read')
  const beyond = after
    ? sql`(-missing, -held, -waiting, lastSeenAt, id, userId) > (${-after.missing}, ${-after.held}, ${-after.waiting}, ${after.lastSeenAt}, ${after.id}, ${after.userId})`
    : sql`1`
  const rows = db.all<Counted>(sql`${counted(db, actor)} SELECT id, userId, officerName, label, lastSeenAt, packAt, revokedAt, made, arrived,
    missing, held, waiting FROM ledger WHERE ${beyond} ORDER BY missing DESC, held DESC, waiting DESC, lastSeenAt, id, userId LIMIT ${PAGE_SIZE + 1}`)
  const shown = rows.slice(0, PAGE_SIZE)
  return {
    rows: shown.map((row) => ({ ...row, ranges: row.missing > 0 ? missingRanges(arrivedNumbers(db, row.id, row.userId), row.made) : [] })),
    next: rows.length > PAGE_SIZE ? shown.at(-1)! : null,
  }
}

const numbers = statement<[string, string], number>('SELECT DISTINCT sequence FROM deliveries WHERE device_id = ? AND officer_id = ? ORDER BY sequence')
export const arrivedNumbers = (db: Db, id: string, userId: string): number[] => numbers(db).pluck().all(id, userId)

export type Totals = { phones: number, phonesMissing: number, missing: number, held: number, waiting: number, silent: number }

export function countDevices(db: Db, actor: Actor, now: string): Totals {
  demand(actor, 'device.read')
  const silentSince = new Date(Date.parse(now) - SILENT_DAYS * DAY).toISOString()
  return db.get<Totals>(sql`${counted(db, actor)} SELECT count(*) AS phones, coalesce(sum(missing > 0), 0) AS phonesMissing, coalesce(sum(missing), 0) AS missing,
    coalesce(sum(held), 0) AS held, coalesce(sum(waiting), 0) AS waiting,
    coalesce(sum(revokedAt IS NULL AND lastSeenAt < ${silentSince}), 0) AS silent FROM ledger`)
}

const DAY = 86_400_000
const SILENT_DAYS = 3

// Visits known to exist for more than a day and not here: a later one came before yesterday, or the phone told of them
// then. What was made this morning is no cause for alarm.
export function countOverdue(db: Db, actor: Actor, now: string): number {
  const yesterday = new Date(Date.parse(now) - DAY).toISOString()
  return db.get<{ n: number }>(sql`${counted(db, actor)}, due AS MATERIALIZED (
      SELECT id, userId, max(CASE WHEN madeAt <= ${yesterday} THEN told ELSE 0 END,
        coalesce((SELECT max(sequence) FROM deliveries d WHERE d.device_id = ledger.id AND d.officer_id = userId AND received_at <= ${yesterday}), 0)) AS top
      FROM ledger WHERE missing > 0)
    SELECT coalesce(sum(top - (SELECT count(DISTINCT sequence) FROM deliveries d
      WHERE d.device_id = due.id AND d.officer_id = due.userId AND sequence <= top)), 0) AS n FROM due`).n
}
