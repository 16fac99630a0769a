import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { DeliveryText } from '#app/deliveries/format.ts'
import { notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { deliveries, deliveryPhotos, households, regions, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type HeldPlace = { receivedAt: string, id: string }
export type ListedHeld = ReturnType<typeof listHeld>['rows'][number]

const PAGE_SIZE = 50
const START: HeldPlace = { receivedAt: '', id: '' }
// Written out, not bound, and wider than asked: only so does SQLite see that the partial index holds these rows.
const heldIn = (actor: Actor) => and(sql`${deliveries.status} IN ('held', 'waiting_photos') AND ${deliveries.status} = 'held'`, within(deliveries.regionCode, actor))

// What came and could not be taken up, in the reader's places, the longest waiting first.
export function listHeld(db: Db, actor: Actor, after: HeldPlace = START) {
  demand(actor, 'delivery.settle')
  const rows = db.select({
    id: deliveries.id, reason: deliveries.reason, receivedAt: deliveries.receivedAt, sequence: deliveries.sequence, via: deliveries.via,
    officerName: users.name, headName: households.headName, village: regions.name,
  }).from(deliveries).innerJoin(users, eq(users.id, deliveries.officerId))
    .leftJoin(households, eq(households.id, deliveries.householdId)).leftJoin(regions, eq(regions.code, deliveries.regionCode))
    .where(and(heldIn(actor), sql`(${deliveries.receivedAt}, ${deliveries.id}) > (${after.receivedAt}, ${after.id})`))
    .orderBy(asc(deliveries.receivedAt), asc(deliveries.id)).limit(PAGE_SIZE + 1).all()
  const shown = rows.slice(0, PAGE_SIZE)
  return { rows: shown, next: rows.length > PAGE_SIZE ? shown.at(-1)! : null }
}

export const countHeld = (db: Db, actor: Actor): number =>
  db.get<{ n: number }>(sql`SELECT count(*) AS n FROM deliveries WHERE ${heldIn(actor)}`).n

export type KnownDelivery = typeof deliveries.$inferSelect & { officerName: string, settledByName: string | null }
export type HeldDelivery = Omit<KnownDelivery, 'text'> & { said: DeliveryText }

const SETTLER = sql<string | null>`(SELECT name FROM users s WHERE s.id = ${deliveries.settledBy})`

// Scoped by the household's place; of an unknown household by the officer's.
export function findDelivery({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): KnownDelivery {
  demand(actor, 'delivery.settle')
  const found = db.select({ ...getTableColumns(deliveries), officerName: users.name, settledByName: SETTLER }).from(deliveries)
    .innerJoin(users, eq(users.id, deliveries.officerId)).where(and(eq(deliveries.id, id), within(deliveries.regionCode, actor))).get()
  if (!found || found.status === 'waiting_photos') throw notFound('Kiriman')
  return found
}

// With what it says. What was taken up whole says nothing here any more: it is read in its visit.
export function getHeld(reader: Pick<Tx, 'db' | 'actor'>, id: string): HeldDelivery {
  const { text, ...delivery } = findDelivery(reader, id)
  if (text === '') throw notFound('Kiriman')
  return { ...delivery, said: JSON.parse(text) as DeliveryText }
}

// The caller has read the delivery in its scope.
export const listHeldPhotos = (db: Db, id: string) =>
  db.select({ kind: deliveryPhotos.kind, takenAt: deliveryPhotos.takenAt }).from(deliveryPhotos)
    .where(and(eq(deliveryPhotos.deliveryId, id), sql`${deliveryPhotos.storedAt} IS NOT NULL`)).orderBy(asc(deliveryPhotos.kind)).limit(30).all()
