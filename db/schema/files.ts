import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// What lies on disk, by its SHA-256 (photos/ab/cd/<sha256>.jpg). Written and synced before the row.
export const files = sqliteTable('files', {
  sha256: text().primaryKey(),
  mime: text().notNull(),
  bytes: integer().notNull(),
  width: integer(),
  height: integer(),
  storedAt: text('stored_at').notNull(),
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
