import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { users } from '#db/schema/users.ts'

// One user on one phone: a shared phone has a row for each of its users.
export const devices = sqliteTable('devices', {
  id: text().notNull(),
  userId: text('user_id').notNull().references(() => users.id),
  label: text().notNull(),
  // Opens the phone's data key without the PIN, for whoever can sign in: a forgotten PIN loses no work.
  secret: text().notNull(),
  registeredAt: text('registered_at').notNull(),
  lastSeenAt: text('last_seen_at').notNull(),
  // The highest number the phone has given to a visit; what is between it and what arrived is still on its way.
  highestMade: integer('highest_made').notNull().default(0),
  // When it was told that number first.
  madeAt: text('made_at'),
  packSequence: integer('pack_sequence'),
  packAt: text('pack_at'),
  revokedAt: text('revoked_at'),
  revokedBy: text('revoked_by'),
  revokeNote: text('revoke_note').notNull().default(''),
}, (table) => [
  primaryKey({ columns: [table.id, table.userId] }),
  index('devices_by_user').on(table.userId, table.lastSeenAt),
  check('device_highest_is_counted', sql`${table.highestMade} >= 0`),
])

// A visit on its way in from a phone or a file: first its text, then its photos. Nothing that came is ever dropped: what
// cannot be taken up at once is held for a person. `text` is emptied once the visit itself holds it.
export const deliveries = sqliteTable('deliveries', {
  id: text().primaryKey(),
  deviceId: text('device_id').notNull(),
  officerId: text('officer_id').notNull().references(() => users.id),
  sequence: integer().notNull(),
  visitId: text('visit_id').notNull(),
  householdId: text('household_id').notNull(),
  regionCode: text('region_code').notNull(),
  baseVersion: integer('base_version').notNull(),
  sha256: text().notNull(),
  photoCount: integer('photo_count').notNull(),
  via: text({ enum: ['network', 'file', 'package'] }).notNull(),
  status: text({ enum: ['waiting_photos', 'accepted', 'held', 'closed'] }).notNull(),
  // Why it is held, as a code; with the sentence, and the fields it is about.
  reason: text(),
  problem: text({ mode: 'json' }).$type<{ message: string, fields: Record<string, string> }>(),
  receivedAt: text('received_at').notNull(),
  photosAt: text('photos_at'),
  settledAt: text('settled_at'),
  settledBy: text('settled_by'),
  settleNote: text('settle_note').notNull().default(''),
  text: text().notNull(),
}, (table) => [
  index('deliveries_by_device').on(table.deviceId, table.officerId, table.sequence),
  index('deliveries_open').on(table.status, table.regionCode, table.receivedAt).where(sql`status IN ('held', 'waiting_photos')`),
  index('deliveries_by_visit').on(table.visitId).where(sql`status IN ('held', 'waiting_photos')`),
  check('delivery_status_is_known', sql`${table.status} IN ('waiting_photos', 'accepted', 'held', 'closed')`),
  check('delivery_via_is_known', sql`${table.via} IN ('network', 'file', 'package')`),
  check('delivery_held_says_why', sql`${table.status} <> 'held' OR ${table.reason} IS NOT NULL`),
])

export const deliveryPhotos = sqliteTable('delivery_photos', {
  deliveryId: text('delivery_id').notNull().references(() => deliveries.id),
  kind: text().notNull(),
  sha256: text().notNull(),
  bytes: integer().notNull(),
  takenAt: text('taken_at'),
  // Set once the whole file lies in the store.
  storedAt: text('stored_at'),
}, (table) => [primaryKey({ columns: [table.deliveryId, table.kind] })])


// Photos of visits that a row names and the disk no longer has, or has as something else. Of a visit that came from a phone the
// phone is asked for them once more (deviceId, sequence: which phone, and its number for the visit).
// goneAt: it keeps no copy any more. backAt, backFrom: whole here again, sent by its phone or found on the disk (brought out of a backup).
export const lostPhotos = sqliteTable('lost_photos', {
  sha256: text().primaryKey(),
  visitId: text('visit_id').notNull(),
  kind: text().notNull(),
  householdId: text('household_id').notNull(),
  regionCode: text('region_code').notNull(),
  officerId: text('officer_id').notNull().references(() => users.id),
  deviceId: text('device_id'),
  sequence: integer(),
  foundAt: text('found_at').notNull(),
  askedAt: text('asked_at'),
  goneAt: text('gone_at'),
  backAt: text('back_at'),
  backFrom: text('back_from', { enum: ['phone', 'disk'] }),
}, (table) => [
  index('lost_photos_open').on(table.deviceId, table.officerId).where(sql`back_at IS NULL`),
  check('lost_photo_return_is_whole', sql`(${table.backAt} IS NULL) = (${table.backFrom} IS NULL)`),
])
