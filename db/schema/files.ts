import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

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
