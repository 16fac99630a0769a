import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { batches } from '#db/schema/ratification.ts'

// A determination period (periode penetapan) of the country ('') or of one kabupaten/kota. The three days are WIB and
// belong to it: the cut-off is the last day a batch may be dispatched, closes_on the last day of determination.
// cut_at, closed_at: when a person (or the calendar) put an end to it.
export const periods = sqliteTable('periods', {
  id: text().primaryKey(),
  regionCode: text('region_code').notNull(),
  cadence: text({ enum: ['monthly', 'quarterly'] }).notNull(),
  name: text().notNull(),
  opensOn: text('opens_on').notNull(),
  cutoffOn: text('cutoff_on').notNull(),
  closesOn: text('closes_on').notNull(),
  madeBy: text('made_by').notNull(),
  madeAt: text('made_at').notNull(),
  cutBy: text('cut_by'),
  cutAt: text('cut_at'),
  closedBy: text('closed_by'),
  closedAt: text('closed_at'),
}, (table) => [
  index('periods_by_region').on(table.regionCode, table.opensOn),
  index('periods_not_closed').on(table.closesOn).where(sql`closed_at IS NULL`),
  check('period_cadence_is_known', sql`${table.cadence} IN ('monthly', 'quarterly')`),
  check('period_days_are_in_order', sql`${table.opensOn} <= ${table.cutoffOn} AND ${table.cutoffOn} <= ${table.closesOn}`),
])

// The earlier cut-off a kabupaten/kota has set for itself.
export const periodCutoffs = sqliteTable('period_cutoffs', {
  periodId: text('period_id').notNull().references(() => periods.id),
  regionCode: text('region_code').notNull(),
  cutoffOn: text('cutoff_on').notNull(),
  setBy: text('set_by').notNull(),
  setAt: text('set_at').notNull(),
}, (table) => [primaryKey({ columns: [table.periodId, table.regionCode] })])

// Where a dispatched batch counts; the newest row is the one that holds. late: it missed a cut-off; undetermined: its period
// closed before the ministry had decided. No period: the next one takes it up by itself.
export const periodBatches = sqliteTable('period_batches', {
  number: integer().primaryKey(),
  batchId: text('batch_id').notNull().references(() => batches.id),
  periodId: text('period_id').references(() => periods.id),
  missedId: text('missed_id').references(() => periods.id),
  reason: text({ enum: ['in_time', 'late', 'undetermined'] }).notNull(),
  at: text().notNull(),
  accepted: integer().notNull().default(0),
  returned: integer().notNull().default(0),
}, (table) => [
  index('period_batches_by_batch').on(table.batchId, table.number),
  index('period_batches_by_period').on(table.periodId, table.number),
  index('period_batches_by_missed').on(table.missedId, table.number),
  check('period_batch_reason_is_known', sql`${table.reason} IN ('in_time', 'late', 'undetermined')`),
])

// What the registry held when a period closed. done and total: households looked at while it is taken; hash: SHA-256 of
// the canonical lines of its rows. Triggers of the migration keep a ready one as it is.
export const snapshots = sqliteTable('snapshots', {
  id: integer().primaryKey(),
  periodId: text('period_id').notNull().unique().references(() => periods.id),
  regionCode: text('region_code').notNull(),
  status: text({ enum: ['taking', 'ready', 'failed'] }).notNull(),
  requestedAt: text('requested_at').notNull(),
  takenAt: text('taken_at'),
  readyAt: text('ready_at'),
  total: integer().notNull().default(0),
  done: integer().notNull().default(0),
  householdCount: integer('household_count').notNull().default(0),
  memberCount: integer('member_count').notNull().default(0),
  hash: text(),
}, (table) => [check('snapshot_status_is_known', sql`${table.status} IN ('taking', 'ready', 'failed')`)])

// One determined, active household. Without rowid (in the migration): the rows lie in the order in which two snapshots are
// merged and the hash is taken.
export const snapshotRows = sqliteTable('snapshot_rows', {
  snapshotId: integer('snapshot_id').notNull().references(() => snapshots.id),
  householdId: text('household_id').notNull(),
  regionCode: text('region_code').notNull(),
  version: integer().notNull(),
  memberCount: integer('member_count').notNull(),
  desil: integer(),
  programmes: text().notNull(),
  headName: text('head_name').notNull(),
  address: text().notNull(),
}, (table) => [primaryKey({ columns: [table.snapshotId, table.householdId] })])

export const snapshotVillages = sqliteTable('snapshot_villages', {
  snapshotId: integer('snapshot_id').notNull().references(() => snapshots.id),
  regionCode: text('region_code').notNull(),
  households: integer().notNull(),
  members: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.snapshotId, table.regionCode] })])

// Each time somebody had the hash taken again. No hash: still under way.
export const snapshotChecks = sqliteTable('snapshot_checks', {
  id: text().primaryKey(),
  snapshotId: integer('snapshot_id').notNull().references(() => snapshots.id),
  askedBy: text('asked_by').notNull(),
  askedAt: text('asked_at').notNull(),
  done: integer().notNull().default(0),
  hash: text(),
  finishedAt: text('finished_at'),
}, (table) => [index('snapshot_checks_by_snapshot').on(table.snapshotId, table.askedAt)])

// Two snapshots compared, once for ever. region_code: the narrower of the two places.
export const comparisons = sqliteTable('comparisons', {
  id: integer().primaryKey(),
  fromId: integer('from_id').notNull().references(() => snapshots.id),
  toId: integer('to_id').notNull().references(() => snapshots.id),
  regionCode: text('region_code').notNull(),
  status: text({ enum: ['comparing', 'ready', 'failed'] }).notNull(),
  total: integer().notNull(),
  done: integer().notNull().default(0),
  askedBy: text('asked_by').notNull(),
  askedAt: text('asked_at').notNull(),
  readyAt: text('ready_at'),
}, (table) => [
  uniqueIndex('comparisons_once').on(table.fromId, table.toId),
  check('comparison_status_is_known', sql`${table.status} IN ('comparing', 'ready', 'failed')`),
])

// before + entries + moved_in - exits - moved_out = after, in every desa.
export const comparisonVillages = sqliteTable('comparison_villages', {
  comparisonId: integer('comparison_id').notNull().references(() => comparisons.id),
  regionCode: text('region_code').notNull(),
  before: integer().notNull(),
  after: integer().notNull(),
  entries: integer().notNull(),
  exits: integer().notNull(),
  movedIn: integer('moved_in').notNull(),
  movedOut: integer('moved_out').notNull(),
  members: integer().notNull(),
  head: integer().notNull(),
  address: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.comparisonId, table.regionCode] })])

// How many left each desa for which reason.
export const comparisonReasons = sqliteTable('comparison_reasons', {
  comparisonId: integer('comparison_id').notNull().references(() => comparisons.id),
  regionCode: text('region_code').notNull(),
  reason: text().notNull(),
  count: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.comparisonId, table.regionCode, table.reason] })])

// One difference. A household that moved stands in both desa. reason: of an exit, the code of nonaktif or one of ours.
// changes: ",members,head,address,". before and after: [head, address, members, desa]. Without rowid, in reading order.
export const comparisonRows = sqliteTable('comparison_rows', {
  comparisonId: integer('comparison_id').notNull().references(() => comparisons.id),
  regionCode: text('region_code').notNull(),
  kind: text({ enum: ['entry', 'exit', 'moved_in', 'moved_out', 'changed'] }).notNull(),
  headName: text('head_name').notNull(),
  householdId: text('household_id').notNull(),
  reason: text().notNull().default(''),
  changes: text().notNull().default(''),
  before: text({ mode: 'json' }).$type<RowFace>(),
  after: text({ mode: 'json' }).$type<RowFace>(),
}, (table) => [
  primaryKey({ columns: [table.comparisonId, table.regionCode, table.kind, table.headName, table.householdId] }),
  check('comparison_kind_is_known', sql`${table.kind} IN ('entry', 'exit', 'moved_in', 'moved_out', 'changed')`),
])

export type RowFace = [headName: string, address: string, members: number, regionCode: string]
