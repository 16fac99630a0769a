import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// How far the background worker has followed the audit trail, and how far the run over all households has come. `round`
// counts the runs begun.
export const followers = sqliteTable('followers', {
  name: text().primaryKey(),
  sequence: integer().notNull(),
  cursor: integer().notNull().default(0),
  round: integer().notNull().default(1),
  done: integer().notNull().default(0),
  total: integer().notNull().default(0),
  startedAt: text('started_at').notNull(),
  finishedAt: text('finished_at'),
})

// Households that must be looked at again. sequence: the line of audit that asked for it.
export const checkQueue = sqliteTable('check_queue', {
  householdId: text('household_id').primaryKey(),
  sequence: integer().notNull(),
}, (table) => [index('check_queue_in_order').on(table.sequence, table.householdId)])

export const GATES = ['a', 'b', 'c', 'd', 'e'] as const
export const SEVERITIES = ['error', 'warning'] as const

// When each active household was last judged, on which record, and by which numbers it is known to others. kinds: the gates
// it fails and 'w' when it has warnings, as ",a,e,w,".
export const gateVerdicts = sqliteTable('gate_verdicts', {
  householdId: text('household_id').primaryKey(),
  householdNumber: integer('household_number').notNull(),
  regionCode: text('region_code').notNull(),
  judgedAt: text('judged_at').notNull(),
  changedAt: text('changed_at').notNull(),
  basis: text({ enum: ['master', 'visit'] }).notNull(),
  kinds: text().notNull().default(''),
  numbers: text().notNull(),
}, (table) => [
  index('gate_verdicts_by_age').on(table.judgedAt, table.householdId),
  index('gate_verdicts_by_change').on(table.changedAt, table.householdId),
  check('verdict_basis_is_known', sql`${table.basis} IN ('master', 'visit')`),
])

// What each active household fails: one row a message. foundAt: since when.
export const gateFailures = sqliteTable('gate_failures', {
  householdId: text('household_id').notNull(),
  seq: integer().notNull(),
  householdNumber: integer('household_number').notNull(),
  regionCode: text('region_code').notNull(),
  gate: text({ enum: GATES }).notNull(),
  severity: text({ enum: SEVERITIES }).notNull(),
  foundAt: text('found_at').notNull(),
  message: text().notNull(),
}, (table) => [
  primaryKey({ columns: [table.householdId, table.seq] }),
  index('gate_failures_by_gate').on(table.severity, table.gate, table.regionCode, table.householdNumber),
  index('gate_failures_by_place').on(table.severity, table.regionCode, table.householdNumber),
  check('failure_gate_is_known', sql`${table.gate} IN ('a', 'b', 'c', 'd', 'e')`),
  check('failure_severity_is_known', sql`${table.severity} IN ('error', 'warning')`),
])

// Households by region of every level: kind is a gate, 'w' (warned of), 'failing' (any gate) or 'judged'.
export const gateCounts = sqliteTable('gate_counts', {
  regionCode: text('region_code').notNull(),
  kind: text().notNull(),
  parentCode: text('parent_code').notNull(),
  households: integer().notNull(),
}, (table) => [
  primaryKey({ columns: [table.regionCode, table.kind] }),
  index('gate_counts_by_parent').on(table.parentCode, table.regionCode, table.kind, table.households),
  check('gate_count_is_not_negative', sql`${table.households} >= 0`),
])
