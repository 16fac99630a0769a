import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// How long something is kept, dated, with where that comes from. days: null is for good. An entry is ended by a newer one of the same kind.
export const retentionRules = sqliteTable('retention_rules', {
  kind: text().notNull(),
  validFrom: text('valid_from').notNull(),
  days: integer(),
  source: text().notNull(),
  setBy: text('set_by').notNull(),
  setAt: text('set_at').notNull(),
}, (table) => [primaryKey({ columns: [table.kind, table.validFrom] })])

// What was deleted by itself: one row a night and kind, where there was anything.
export const retentionRuns = sqliteTable('retention_runs', {
  id: integer().primaryKey(),
  kind: text().notNull(),
  at: text().notNull(),
  deleted: integer().notNull(),
}, (table) => [index('retention_runs_by_time').on(table.at), index('retention_runs_by_kind').on(table.kind, table.at)])

// The record of processing activities (art. 31), dated: position orders the page; several entries stand in one text, one a line. ended: no longer done from that day on.
export const processingActivities = sqliteTable('processing_activities', {
  code: text().notNull(),
  validFrom: text('valid_from').notNull(),
  position: integer().notNull(),
  title: text().notNull(),
  purpose: text().notNull(),
  legalBasis: text('legal_basis').notNull(),
  subjects: text().notNull(),
  categories: text().notNull(),
  special: text().notNull(),
  recipients: text().notNull(),
  retention: text().notNull(),
  measures: text().notNull(),
  source: text().notNull(),
  ended: integer({ mode: 'boolean' }).notNull().default(false),
}, (table) => [primaryKey({ columns: [table.code, table.validFrom] })])
