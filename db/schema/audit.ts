import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// Append-only (triggers refuse UPDATE and DELETE) and hash-chained: hash = SHA-256(previousHash + the row).
export const auditEntries = sqliteTable('audit_entries', {
  seq: integer().primaryKey(),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  action: text().notNull(),
  subject: text().notNull(),
  details: text().notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text().notNull(),
}, (table) => [
  index('audit_by_subject').on(table.subject, table.seq),
  index('audit_by_actor').on(table.actorId, table.seq),
  index('audit_by_action').on(table.action, table.seq),
])

// The number and hash of the last line of each day that has passed (WIB), for another office to keep. Append-only.
export const auditAnchors = sqliteTable('audit_anchors', {
  day: text().primaryKey(),
  seq: integer().notNull(),
  hash: text().notNull(),
  madeAt: text('made_at').notNull(),
})

// A post that may be sent twice is remembered by the key its form carried.
export const receivedPosts = sqliteTable('received_posts', {
  key: text().primaryKey(),
  actorId: text('actor_id').notNull(),
  receivedAt: text('received_at').notNull(),
})
