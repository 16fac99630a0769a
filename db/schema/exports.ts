import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { users } from '#db/schema/users.ts'

// Data that leaves the system as a file, and its hand-over record (BAST): to whom, what for, on what ground, until when.
// The file goes at its expiry; this row stays. regions: the places the maker had when it was made. query: the list's filter
// as its page's address has it; words: the same for people. fullReason: why numbers are not masked.
// leftOut: rows of households whose processing is restricted.
export const exportFiles = sqliteTable('export_files', {
  id: text().primaryKey(),
  list: text().notNull(),
  format: text({ enum: ['csv', 'xlsx'] }).notNull(),
  full: integer({ mode: 'boolean' }).notNull().default(false),
  fullReason: text('full_reason').notNull().default(''),
  status: text({ enum: ['making', 'ready', 'failed', 'removed'] }).notNull(),
  madeBy: text('made_by').notNull().references(() => users.id),
  madeAt: text('made_at').notNull(),
  year: integer().notNull(),
  serial: integer().notNull(),
  number: text().notNull(),
  recipientName: text('recipient_name').notNull(),
  recipientInstitution: text('recipient_institution').notNull(),
  purpose: text().notNull(),
  legalBasis: text('legal_basis').notNull(),
  expiresOn: text('expires_on').notNull(),
  rowsDone: integer('rows_done').notNull().default(0),
  rowsTotal: integer('rows_total'),
  leftOut: integer('left_out').notNull().default(0),
  bytes: integer().notNull().default(0),
  sha256: text(),
  dataAt: text('data_at'),
  readyAt: text('ready_at'),
  removedAt: text('removed_at'),
  downloads: integer().notNull().default(0),
  lastDownloadedAt: text('last_downloaded_at'),
  message: text(),
  words: text().notNull().default(''),
  query: text().notNull().default(''),
  regions: text({ mode: 'json' }).$type<string[]>().notNull(),
}, (table) => [
  uniqueIndex('export_files_by_number').on(table.year, table.serial),
  index('export_files_by_maker').on(table.madeBy, table.madeAt),
  index('export_files_by_time').on(table.madeAt),
  index('export_files_by_status').on(table.status, table.expiresOn),
  check('export_format_is_known', sql`${table.format} IN ('csv', 'xlsx')`),
  check('export_status_is_known', sql`${table.status} IN ('making', 'ready', 'failed', 'removed')`),
  check('export_in_full_has_a_reason', sql`${table.full} = 0 OR ${table.fullReason} <> ''`),
  check('export_ready_has_a_hash', sql`${table.status} <> 'ready' OR ${table.sha256} IS NOT NULL`),
])
