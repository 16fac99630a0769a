import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// What lies on disk, by its SHA-256 (photos/ab/cd/<sha256>.jpg, or a part of <hash of all>.pack). Written and synced before the row.
export const files = sqliteTable('files', {
  sha256: text().primaryKey(),
  mime: text().notNull(),
  bytes: integer().notNull(),
  width: integer(),
  height: integer(),
  storedAt: text('stored_at').notNull(),
  // The file it lies in with others, and from which byte on; null: it has a file of its own.
  pack: text(),
  packOffset: integer('pack_offset'),
  // The visit that showed this photo first. Another household showing it again is a sign.
  firstVisitId: text('first_visit_id'),
})

// Which household or record of a region a file belongs to: who may see the row may see the file.
export const attachments = sqliteTable('attachments', {
  id: text().primaryKey(),
  sha256: text().notNull().references(() => files.sha256),
  regionCode: text('region_code').notNull(),
  subject: text().notNull(),
  kind: text().notNull(),
  name: text().notNull(),
  addedBy: text('added_by').notNull(),
  addedAt: text('added_at').notNull(),
}, (table) => [index('attachments_by_subject').on(table.subject, table.kind)])

// Which files also lie in the store of photos (SIKS_PHOTOS), or there alone. name: as under the data directory, photos/ab/cd/<hash>.pack.
// bytes, sha256: of it as it lies there, locked. storedAt: when it came. freedAt: when the copy here went; null: it is here too.
export const remoteFiles = sqliteTable('remote_files', {
  name: text().primaryKey(),
  bytes: integer().notNull(),
  sha256: text().notNull(),
  storedAt: text('stored_at').notNull(),
  uploadedAt: text('uploaded_at').notNull(),
  freedAt: text('freed_at'),
}, (table) => [index('remote_files_here').on(table.storedAt).where(sql`freed_at IS NULL`)])

// One row: how far files are followed into that store, how far the daily round over all of them is, and what lies there.
// missing: named by a row, found nowhere by the last round.
export const photoStore = sqliteTable('photo_store', {
  id: integer().primaryKey(),
  followed: integer().notNull().default(0),
  looked: integer().notNull().default(0),
  roundEndedAt: text('round_ended_at'),
  missing: integer().notNull().default(0),
  files: integer().notNull().default(0),
  bytes: integer().notNull().default(0),
  freedFiles: integer('freed_files').notNull().default(0),
  freedBytes: integer('freed_bytes').notNull().default(0),
}, (table) => [check('photo_store_is_one', sql`${table.id} = 1`)])
