import { and, eq, exists, sql } from 'drizzle-orm'
import { contact, revoked } from '#app/devices/contact.ts'
import { notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { devices, userRegions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Device = typeof devices.$inferSelect
// secret: the second key it gets, should it be new.
export type Registration = { id: string, label: string, made: number, secret: string }

// The first contact makes the phone's second key; every later one gives the same, so that a forgotten PIN loses no work.
export function registerDevice(tx: Tx, { id, label, made, secret }: Registration): Device {
  demand(tx.actor, 'visit.submit')
  const known = findDevice(tx.db, id, tx.actor.id)
  if (known?.revokedAt) throw revoked()
  if (!known) {
    tx.db.insert(devices).values({
      id, userId: tx.actor.id, label, secret, registeredAt: tx.now, lastSeenAt: tx.now,
      highestMade: made, madeAt: made > 0 ? tx.now : null,
    }).run()
    tx.audit('device.registered', id, { user: tx.actor.id })
  } else {
    if (known.label !== label) tx.db.update(devices).set({ label }).where(sameDevice(id, tx.actor.id)).run()
    contact(tx.db, tx.actor, { device: id, made }, new Date(tx.now))
  }
  return findDevice(tx.db, id, tx.actor.id)!
}

const sameDevice = (id: string, userId: string) => and(eq(devices.id, id), eq(devices.userId, userId))
const findDevice = (db: Db, id: string, userId: string) => db.select().from(devices).where(sameDevice(id, userId)).get()

// The phones of officers who work in the reader's places.
export const ofMyOfficers = (db: Db, actor: Actor) => exists(db.select({ one: sql`1` }).from(userRegions)
  .where(and(eq(userRegions.userId, devices.userId), within(userRegions.regionCode, actor))))

export function getDevice({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string, userId: string): Device {
  const device = db.select().from(devices).where(and(sameDevice(id, userId), ofMyOfficers(db, actor))).get()
  if (!device) throw notFound('HP')
  return device
}

// At its next contact the phone drops its pack and shuts. Work not yet sent stays on it, sealed.
export function revokeDevice(tx: Tx, id: string, userId: string, note: string): Device {
  demand(tx.actor, 'device.revoke')
  const device = getDevice(tx, id, userId)
  if (device.revokedAt) return device
  tx.db.update(devices).set({ revokedAt: tx.now, revokedBy: tx.actor.id, revokeNote: note }).where(sameDevice(id, userId)).run()
  tx.audit('device.revoked', id, { user: userId, note })
  return getDevice(tx, id, userId)
}

// The phone was found again: with its key it opens what it had kept.
export function restoreDevice(tx: Tx, id: string, userId: string): Device {
  demand(tx.actor, 'device.revoke')
  const device = getDevice(tx, id, userId)
  if (!device.revokedAt) return device
  tx.db.update(devices).set({ revokedAt: null, revokedBy: null, revokeNote: '' }).where(sameDevice(id, userId)).run()
  tx.audit('device.restored', id, { user: userId })
  return getDevice(tx, id, userId)
}
