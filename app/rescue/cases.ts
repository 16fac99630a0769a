import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { notFound } from '#app/problems.ts'
import { regencyOf, VILLAGE } from '#app/regions/levels.ts'
import { findRegion, pathTo } from '#app/regions/regions.ts'
import { currentList, type RescueList } from '#app/rescue/overview.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, rescueCases, rescueItems, users } from '#db/schema/index.ts'
import type { RescueReason } from '#db/schema/rescue.ts'
import type { Tx } from '#db/transaction.ts'

export type Show = 'open' | 'saved'
export type RescueCase = ReturnType<typeof casesOf>[number]
export type RescueItem = ReturnType<typeof itemsOf>[number]
export type Village = { code: string, name: string, places: string[], list: RescueList }

const PAGE = 50

// A desa in the reader's scope, with the list of its coming cut-off.
export function getVillage({ db, actor }: Pick<Tx, 'db' | 'actor'>, code: string, now: string): Village {
  demand(actor, 'rescue.read')
  const region = code.length === VILLAGE && isWithin(code, actor) ? findRegion(db, code) : undefined
  const list = region && currentList(db, regencyOf(code), now)
  if (!region || !list) throw notFound('Desa/kelurahan')
  return { code, name: region.name, list, places: pathTo(db, code).map(({ name }) => name).reverse() }
}

type Wanted = { show: Show, reason?: RescueReason, after?: string }

// Households of a desa that are in danger, by name of the head; or those saved since, the newest first. Each with its reasons,
// open and repaired.
export function listCases(db: Db, actor: Actor, code: string, now: string, { show, reason, after }: Wanted) {
  const village = getVillage({ db, actor }, code, now)
  const rows = casesOf(db, village, { show, reason, after }, PAGE + 1)
  const shown = rows.slice(0, PAGE)
  return { village, cases: withItems(db, village.list.periodId, shown), next: rows.length > PAGE ? placeOf(show, shown.at(-1)!) : undefined }
}

const MOST_PRINTED = 1000

// The paper a desa takes along. Printing it is reading people's names, so it leaves a line.
export function printCases(tx: Tx, code: string) {
  const village = getVillage(tx, code, tx.now)
  const rows = casesOf(tx.db, village, { show: 'open' }, MOST_PRINTED)
  tx.audit('rescue.printed', code, { period: village.list.periodId, rows: rows.length })
  return { village, cases: withItems(tx.db, village.list.periodId, rows), whole: rows.length < MOST_PRINTED, printedAt: tx.now }
}

const nameOf = (db: Db, periodId: string, id: string) => db.select({ headName: rescueCases.headName })
  .from(rescueCases).where(and(eq(rescueCases.periodId, periodId), eq(rescueCases.householdId, id))).get()

// Where a page ends. Since when somebody was saved goes along: who is in danger again meanwhile has no such time any more. A name
// never does.
export const placeOf = (show: Show, { id, savedAt }: { id: string, savedAt: string | null }) => show === 'open' ? id : `${savedAt ?? ''}~${id}`

// Written out, not bound: only so does SQLite see that the partial indexes hold these rows.
export function casesOf(db: Db, { code, list: { periodId } }: Pick<Village, 'code' | 'list'>, { show, reason, after }: Wanted, limit: number) {
  const open = show === 'open'
  const from = open && after ? nameOf(db, periodId, after) : undefined
  const [savedAt, savedId] = !open && after ? after.split('~') : []
  const behind = from ? sql`(${rescueCases.headName}, ${rescueCases.householdId}) > (${from.headName}, ${after})`
    : savedId ? sql`(${rescueCases.savedAt}, ${rescueCases.householdId}) < (${savedAt}, ${savedId})` : undefined
  const having = reason && inArray(rescueCases.householdId, db.select({ id: rescueItems.householdId }).from(rescueItems)
    .where(and(eq(rescueItems.periodId, periodId), eq(rescueItems.reason, reason), eq(rescueItems.regionCode, code), isNull(rescueItems.repairedAt))))
  return db.select({
    id: rescueCases.householdId, regionCode: rescueCases.regionCode, headName: rescueCases.headName, danger: rescueCases.danger, open: rescueCases.open,
    foundAt: rescueCases.foundAt, savedAt: rescueCases.savedAt, prelistId: households.prelistId, address: households.address, slsName: households.slsName,
    stage: households.stage, visitId: households.visitId, officerId: households.officerId, officerName: users.name,
  }).from(rescueCases).innerJoin(households, eq(households.id, rescueCases.householdId)).leftJoin(users, eq(users.id, households.officerId))
    .where(and(eq(rescueCases.periodId, periodId), eq(rescueCases.regionCode, code), open ? sql`${rescueCases.open} > 0` : sql`${rescueCases.open} = 0`, behind, having))
    .orderBy(...open ? [asc(rescueCases.headName), asc(rescueCases.householdId)] : [desc(rescueCases.savedAt), desc(rescueCases.householdId)]).limit(limit).all()
}

const itemsOf = (db: Db, periodId: string, ids: string[]) => db.select({
  householdId: rescueItems.householdId, reason: rescueItems.reason, key: rescueItems.key, message: rescueItems.message, foundAt: rescueItems.foundAt,
  repairedAt: rescueItems.repairedAt, repairedHow: rescueItems.repairedHow, repairedBy: users.name, byId: rescueItems.repairedBy,
}).from(rescueItems).leftJoin(users, eq(users.id, rescueItems.repairedBy))
  .where(and(eq(rescueItems.periodId, periodId), inArray(rescueItems.householdId, ids))).orderBy(asc(rescueItems.repairedAt), asc(rescueItems.reason), asc(rescueItems.key)).all()

export function withItems<C extends { id: string }>(db: Db, periodId: string, cases: C[]): (C & { items: RescueItem[] })[] {
  const items = cases.length ? itemsOf(db, periodId, cases.map(({ id }) => id)) : []
  return cases.map((one) => ({ ...one, items: items.filter(({ householdId }) => householdId === one.id) }))
}
