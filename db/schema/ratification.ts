import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { GateFailure } from '#app/ratification/gates.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { households } from '#db/schema/households.ts'
import { oneOf } from '#db/schema/one-of.ts'
import { visits } from '#db/schema/visits.ts'

export const BATCH_STATUSES = ['gathering', 'open', 'frozen', 'ratified', 'dispatched', 'determined', 'cancelled'] as const

// A ratification batch of one kabupaten/kota. Frozen: items, record hashes and root no longer change.
export const batches = sqliteTable('batches', {
  id: text().primaryKey(),
  regionCode: text('region_code').notNull(),
  title: text().notNull(),
  status: text({ enum: BATCH_STATUSES }).notNull(),
  preparedBy: text('prepared_by').notNull(),
  preparedAt: text('prepared_at').notNull(),
  frozenBy: text('frozen_by'),
  frozenAt: text('frozen_at'),
  itemCount: integer('item_count').notNull().default(0),
  rootHash: text('root_hash'),
  letterNumber: text('letter_number'),
  letterDate: text('letter_date'),
  signatory: text(),
  ratifiedBy: text('ratified_by'),
  ratifiedAt: text('ratified_at'),
  dispatchedBy: text('dispatched_by'),
  dispatchedAt: text('dispatched_at'),
  packageSha256: text('package_sha256'),
  determinedAt: text('determined_at'),
}, (table) => [
  index('batches_by_region').on(table.regionCode, table.preparedAt),
  check('batch_status_is_known', oneOf('status', BATCH_STATUSES)),
  check('batch_ratified_by_another', sql`${table.ratifiedBy} IS NULL OR (${table.ratifiedBy} <> ${table.preparedBy}
    AND ${table.ratifiedBy} <> ${table.frozenBy})`),
])

// changeCount: answers that differ from the master's when gathered. record: the visit's record as it was frozen; recordHash: SHA-256 of its canonical JSON, a leaf of the manifest.
export const batchItems = sqliteTable('batch_items', {
  batchId: text('batch_id').notNull().references(() => batches.id),
  householdId: text('household_id').notNull().references(() => households.id),
  visitId: text('visit_id').notNull().references(() => visits.id),
  regionCode: text('region_code').notNull(),
  position: integer().notNull(),
  record: text({ mode: 'json' }).$type<HouseholdRecord>().notNull(),
  recordHash: text('record_hash').notNull(),
  changeCount: integer('change_count').notNull().default(0),
  failures: text({ mode: 'json' }).$type<GateFailure[]>().notNull(),
  decision: text({ enum: ['pending', 'accepted', 'returned'] }).notNull().default('pending'),
  reason: text().notNull().default(''),
  decidedBy: text('decided_by'),
  decidedAt: text('decided_at'),
}, (table) => [
  primaryKey({ columns: [table.batchId, table.householdId] }),
  index('batch_items_by_decision').on(table.batchId, table.decision, table.position),
  index('batch_items_by_position').on(table.batchId, table.position),
  index('batch_items_by_household').on(table.householdId),
  check('batch_decision_is_known', sql`${table.decision} IN ('pending', 'accepted', 'returned')`),
])
