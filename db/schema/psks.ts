import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// Potensi dan Sumber Kesejahteraan Sosial: people and institutions that serve in one place, of any level. kind: a word of
// the list psks_kind. active_to: the last day; null, still active.
export const psks = sqliteTable('psks', {
  id: text().primaryKey(),
  kind: text().notNull(),
  institution: integer({ mode: 'boolean' }).notNull(),
  regionCode: text('region_code').notNull(),
  name: text().notNull(),
  contactName: text('contact_name').notNull().default(''),
  phone: text().notNull().default(''),
  address: text().notNull().default(''),
  certificate: text().notNull().default(''),
  activeFrom: text('active_from').notNull(),
  activeTo: text('active_to'),
  endReason: text('end_reason').notNull().default(''),
  note: text().notNull().default(''),
  revision: integer().notNull().default(1),
  addedBy: text('added_by').notNull(),
  addedAt: text('added_at').notNull(),
}, (table) => [
  index('psks_by_name').on(table.name, table.id, table.regionCode, table.kind, table.activeTo),
  index('psks_by_region').on(table.regionCode, table.kind, table.name),
  check('psks_ends_after_it_begins', sql`${table.activeTo} IS NULL OR ${table.activeTo} >= ${table.activeFrom}`),
])
