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

export const BATCH_STEPS = ['gather', 'drop', 'freeze', 'cancel', 'ratify', 'dispatch', 'accept', 'return'] as const

// The newest step of each batch: its rows follow some at a time what was decided at once. cursor: how far they are; done and
// passed: how many did, and could not. problem: why it stands still, in the user's words.
export const batchSteps = sqliteTable('batch_steps', {
  batchId: text('batch_id').primaryKey().references(() => batches.id),
  kind: text({ enum: BATCH_STEPS }).notNull(),
  actorId: text('actor_id').notNull(),
  note: text().notNull(),
  askedAt: text('asked_at').notNull(),
  total: integer().notNull(),
  done: integer().notNull().default(0),
  passed: integer().notNull().default(0),
  cursor: text().notNull().default(''),
  finishedAt: text('finished_at'),
  problem: text(),
}, (table) => [
  index('batch_steps_under_way').on(table.askedAt).where(sql`finished_at IS NULL`),
  check('batch_step_is_known', oneOf('kind', BATCH_STEPS)),
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
  index('batch_items_by_visit').on(table.visitId),
  check('batch_decision_is_known', sql`${table.decision} IN ('pending', 'accepted', 'returned')`),
])
