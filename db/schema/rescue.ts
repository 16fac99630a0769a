import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { households } from '#db/schema/households.ts'
import { oneOf } from '#db/schema/one-of.ts'

export const RESCUE_REASONS = ['gate_a', 'gate_b', 'gate_c', 'gate_d', 'gate_e', 'meninggal', 'ganda', 'nik_tidak_ditemukan', 'tidak_padan_nama', 'returned', 'photos', 'held', 'proposal', 'unfinished'] as const
export type RescueReason = typeof RESCUE_REASONS[number]

// What a period's cut-off will leave out in one kabupaten/kota. Built once by going through its households, then kept up as the
// follower of the trail (integrity/following.ts) comes to each that changed. openCount, savedCount: households.
export const rescueLists = sqliteTable('rescue_lists', {
  periodId: text('period_id').notNull(),
  regencyCode: text('regency_code').notNull(),
  periodName: text('period_name').notNull(),
  cutoffOn: text('cutoff_on').notNull(),
  status: text({ enum: ['building', 'live', 'closed'] }).notNull(),
  startedAt: text('started_at').notNull(),
  liveAt: text('live_at'),
  totalCount: integer('total_count').notNull().default(0),
  checkedCount: integer('checked_count').notNull().default(0),
  openCount: integer('open_count').notNull().default(0),
  savedCount: integer('saved_count').notNull().default(0),
}, (table) => [
  primaryKey({ columns: [table.periodId, table.regencyCode] }),
  index('rescue_lists_by_regency').on(table.regencyCode, table.startedAt),
  index('rescue_lists_running').on(table.periodId, table.regencyCode, table.cutoffOn).where(sql`status <> 'closed'`),
  check('rescue_list_status_is_known', sql`${table.status} IN ('building', 'live', 'closed')`),
])

// A household that was in danger in this period: to lose its determination, or not to get one. open: its reasons that still
// stand; savedAt: since when none does.
export const rescueCases = sqliteTable('rescue_cases', {
  periodId: text('period_id').notNull(),
  householdId: text('household_id').notNull().references(() => households.id),
  regionCode: text('region_code').notNull(),
  headName: text('head_name').notNull(),
  danger: text({ enum: ['dropped', 'left_out'] }).notNull(),
  open: integer().notNull(),
  foundAt: text('found_at').notNull(),
  savedAt: text('saved_at'),
}, (table) => [
  primaryKey({ columns: [table.periodId, table.householdId] }),
  index('rescue_cases_open').on(table.periodId, table.regionCode, table.headName, table.householdId).where(sql`open > 0`),
  check('rescue_danger_is_known', sql`${table.danger} IN ('dropped', 'left_out')`),
  index('rescue_cases_saved').on(table.periodId, table.regionCode, table.savedAt, table.householdId).where(sql`open = 0`),
])

// One reason, with the sentence people read. key: what tells two of one reason apart. memberSeq: the person it is about.
export const rescueItems = sqliteTable('rescue_items', {
  periodId: text('period_id').notNull(),
  householdId: text('household_id').notNull().references(() => households.id),
  reason: text({ enum: RESCUE_REASONS }).notNull(),
  key: text().notNull(),
  regionCode: text('region_code').notNull(),
  memberSeq: integer('member_seq'),
  foundAt: text('found_at').notNull(),
  repairedAt: text('repaired_at'),
  repairedBy: text('repaired_by'),
  repairedHow: text('repaired_how'),
  message: text().notNull(),
}, (table) => [
  primaryKey({ columns: [table.periodId, table.householdId, table.reason, table.key] }),
  index('rescue_items_open').on(table.periodId, table.reason, table.regionCode, table.householdId).where(sql`repaired_at IS NULL`),
  index('rescue_items_repaired').on(table.periodId, table.regionCode, table.repairedAt).where(sql`repaired_at IS NOT NULL`),
  check('rescue_reason_is_known', oneOf('reason', RESCUE_REASONS)),
])

// Per desa: how many households (reason '') or reasons stand open, and how many were repaired. Kept by triggers.
export const rescueCounts = sqliteTable('rescue_counts', {
  periodId: text('period_id').notNull(),
  regionCode: text('region_code').notNull(),
  reason: text().$type<RescueReason | ''>().notNull(),
  open: integer().notNull(),
  repaired: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.periodId, table.regionCode, table.reason] })])
