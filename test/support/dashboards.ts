import { randomUUID } from 'node:crypto'
import { followSome } from '#app/dashboards/following.ts'
import { readFollowing, restartRound } from '#app/dashboards/rounds.ts'
import { approveVisit, returnVisit } from '#app/reviews/decisions.ts'
import type { Actor } from '#app/users/actor.ts'
import { households, visits } from '#db/schema/index.ts'
import type { Db } from '#db/connection.ts'
import { eq } from 'drizzle-orm'
import { as } from '#test/support/world.ts'

export const AT = '2026-03-10T03:00:00.000Z'

// Everything there is to count, at once.
export function count(db: Db) {
  while (followSome(db, AT).more);
  return db
}

// Once more from the beginning, beside what is known.
export function recount(db: Db) {
  restartRound(db, AT)
  return count(db)
}

// All that is shown, in words.
export function shownCounts(db: Db): string[] {
  const round = readFollowing(db)!.live
  return [
    ...db.$client.prepare("SELECT region_code || ' ' || kind || ' ' || key || ' ' || day || ' ' || count FROM dashboard_counts WHERE round = ? ORDER BY 1").pluck().all(round) as string[],
    ...db.$client.prepare("SELECT region_code || ' ' || officer_id || ' ' || kind || ' ' || key || ' ' || day || ' ' || count FROM dashboard_officers WHERE round = ? ORDER BY 1").pluck().all(round) as string[],
  ]
}

const decision = (db: Db, visitId: string) => ({ key: randomUUID(), revision: db.select().from(visits).where(eq(visits.id, visitId)).get()!.revision, note: '', documents: { 1: '1' }, remarks: {} })
export const visitOf = (db: Db, id: string) => db.select().from(households).where(eq(households.id, id)).get()!.visitId!

export const approve = (db: Db, id: string, by: Actor, at?: string) => as(db, by, (tx) => approveVisit(tx, visitOf(db, id), decision(db, visitOf(db, id))), at)
export const sendBack = (db: Db, id: string, by: Actor, remarks: Record<string, string>, at?: string) =>
  as(db, by, (tx) => returnVisit(tx, visitOf(db, id), { ...decision(db, visitOf(db, id)), documents: {}, note: 'Perbaiki.', remarks }, 'officer'), at)
