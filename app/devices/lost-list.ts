import { sql, type SQL } from 'drizzle-orm'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, lostPhotos } from '#db/schema/index.ts'

// rank: 0 no phone has it, 1 its phone has not been heard since, 2 the phone knows, 3 whole here again.
export type LostRow = {
  rank: number, sha256: string, kind: string, foundAt: string, askedAt: string | null, goneAt: string | null, backAt: string | null, backFrom: 'phone' | 'disk' | null
  deviceId: string | null, sequence: number | null, userId: string, officerName: string, label: string | null, lastSeenAt: string | null
  householdId: string | null, headName: string | null
}
export type LostPlace = Pick<LostRow, 'rank' | 'foundAt' | 'sha256'>
export type LostCounts = { open: number, gone: number, waiting: number, asked: number, back: number }

const RANK = sql`CASE WHEN lost_photos.back_at IS NOT NULL THEN 3 WHEN lost_photos.gone_at IS NOT NULL OR lost_photos.device_id IS NULL THEN 0 WHEN lost_photos.asked_at IS NULL THEN 1 ELSE 2 END`
const PAGE_SIZE = 50

// By where the household lives now; one that is not known, by where it was sent from.
const lostOf = (actor: Actor): SQL => sql`${lostPhotos} LEFT JOIN ${households} ON households.id = lost_photos.household_id
  WHERE (${within(households.regionCode, actor)} OR (households.id IS NULL AND ${within(lostPhotos.regionCode, actor)}))`

// What a person must see to first, and of each kind what was found last.
export function listLost(db: Db, actor: Actor, after?: LostPlace): { rows: LostRow[], next: LostPlace | null } {
  demand(actor, 'device.read')
  const seen = can(actor, 'household.read') ? sql`1` : sql`0`
  const beyond = after ? sql`(rank > ${after.rank} OR (rank = ${after.rank} AND (foundAt < ${after.foundAt} OR (foundAt = ${after.foundAt} AND sha256 > ${after.sha256}))))` : sql`1`
  const rows = db.all<LostRow>(sql`WITH lost AS MATERIALIZED (
      SELECT ${RANK} AS rank, lost_photos.sha256, lost_photos.kind, lost_photos.found_at AS foundAt, lost_photos.asked_at AS askedAt, lost_photos.gone_at AS goneAt, lost_photos.back_at AS backAt, lost_photos.back_from AS backFrom, lost_photos.device_id AS deviceId,
        lost_photos.sequence, lost_photos.officer_id AS userId, iif(${seen}, households.id, NULL) AS householdId, iif(${seen}, households.head_name, NULL) AS headName FROM ${lostOf(actor)})
    SELECT lost.*, users.name AS officerName, devices.label, devices.last_seen_at AS lastSeenAt FROM lost JOIN users ON users.id = lost.userId
    LEFT JOIN devices ON devices.id = lost.deviceId AND devices.user_id = lost.userId
    WHERE ${beyond} ORDER BY rank, foundAt DESC, sha256 LIMIT ${PAGE_SIZE + 1}`)
  const shown = rows.slice(0, PAGE_SIZE)
  return { rows: shown, next: rows.length > PAGE_SIZE ? shown.at(-1)! : null }
}

export function countLost(db: Db, actor: Actor): LostCounts {
  demand(actor, 'device.read')
  const counted = db.all<{ rank: number, n: number }>(sql`SELECT ${RANK} AS rank, count(*) AS n FROM ${lostOf(actor)} GROUP BY 1`)
  const [gone, waiting, asked, back] = [0, 1, 2, 3].map((rank) => counted.find((one) => one.rank === rank)?.n ?? 0) as [number, number, number, number]
  return { open: gone + waiting + asked, gone, waiting, asked, back }
}

// Of one phone: those that are not back.
export const countLostOf = (db: Db, id: string, userId: string): number =>
  db.get<{ n: number }>(sql`SELECT count(*) AS n FROM lost_photos WHERE device_id = ${id} AND officer_id = ${userId} AND back_at IS NULL`).n
