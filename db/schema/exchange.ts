import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { users } from '#db/schema/users.ts'

// A .siks file on its way in: of a phone (via file) or of an office laptop (via package). Its deliveries go through the
// same door as those of the network, so the same file twice changes nothing.
export const exchangeRuns = sqliteTable('exchange_runs', {
  id: text().primaryKey(),
  fileName: text('file_name').notNull(),
  sha256: text().notNull(),
  bytes: integer().notNull(),
  via: text({ enum: ['file', 'package'] }).notNull(),
  packageId: text('package_id'),
  takenBy: text('taken_by').notNull().references(() => users.id),
  takenAt: text('taken_at').notNull(),
  status: text({ enum: ['taking', 'taken', 'failed'] }).notNull(),
  total: integer().notNull(),
  done: integer().notNull().default(0),
  newCount: integer('new_count').notNull().default(0),
  updatedCount: integer('updated_count').notNull().default(0),
  sameCount: integer('same_count').notNull().default(0),
  heldCount: integer('held_count').notNull().default(0),
  refusedCount: integer('refused_count').notNull().default(0),
  message: text(),
  finishedAt: text('finished_at'),
}, (table) => [
  index('exchange_runs_by_taker').on(table.takenBy, table.takenAt),
  check('exchange_run_status_is_known', sql`${table.status} IN ('taking', 'taken', 'failed')`),
  check('exchange_run_via_is_known', sql`${table.via} IN ('file', 'package')`),
])

// What became of one delivery of the file. Of a refused one nothing is kept but this line.
export const exchangeItems = sqliteTable('exchange_items', {
  runId: text('run_id').notNull().references(() => exchangeRuns.id),
  position: integer().notNull(),
  outcome: text({ enum: ['new', 'updated', 'same', 'held', 'refused'] }).notNull(),
  deliveryId: text('delivery_id'),
  householdId: text('household_id'),
  officerId: text('officer_id'),
  message: text().notNull().default(''),
}, (table) => [
  primaryKey({ columns: [table.runId, table.position] }),
  index('exchange_items_by_outcome').on(table.runId, table.outcome, table.position),
  check('exchange_outcome_is_known', sql`${table.outcome} IN ('new', 'updated', 'same', 'held', 'refused')`),
])

// A region cut out of this server for an office laptop. sequence: the highest transition it holds.
export const exchangePackages = sqliteTable('exchange_packages', {
  id: text().primaryKey(),
  regionCode: text('region_code').notNull(),
  madeBy: text('made_by').notNull().references(() => users.id),
  madeAt: text('made_at').notNull(),
  status: text({ enum: ['making', 'ready', 'failed', 'removed'] }).notNull(),
  villages: integer().notNull().default(0),
  villagesDone: integer('villages_done').notNull().default(0),
  households: integer().notNull().default(0),
  sequence: integer().notNull().default(0),
  bytes: integer().notNull().default(0),
  message: text(),
  readyAt: text('ready_at'),
}, (table) => [
  index('exchange_packages_by_maker').on(table.madeBy, table.madeAt),
  check('exchange_package_status_is_known', sql`${table.status} IN ('making', 'ready', 'failed', 'removed')`),
])

// Where this copy comes from, when it is one. recipient: the office the changes are locked for. lastTransition: what came
// with the package; everything after it was done here.
export const exchangeOrigin = sqliteTable('exchange_origin', {
  packageId: text('package_id').primaryKey(),
  laptopId: text('laptop_id').notNull(),
  regionCode: text('region_code').notNull(),
  recipient: text().notNull(),
  exportedAt: text('exported_at').notNull(),
  installedAt: text('installed_at').notNull(),
  lastTransition: integer('last_transition').notNull(),
})

// A submission made on this copy, as the delivery it leaves as: text is written once, so every export carries the same.
export const exchangeChanges = sqliteTable('exchange_changes', {
  deliveryId: text('delivery_id').primaryKey(),
  visitId: text('visit_id').notNull(),
  submitCount: integer('submit_count').notNull(),
  officerId: text('officer_id').notNull(),
  sequence: integer().notNull(),
  position: integer().notNull(),
  bytes: integer().notNull(),
  text: text().notNull(),
}, (table) => [
  uniqueIndex('exchange_changes_once').on(table.visitId, table.submitCount),
  uniqueIndex('exchange_changes_in_order').on(table.position),
])
