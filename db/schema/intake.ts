import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { paymentLists } from '#db/schema/payments.ts'

export const INTAKE_ACTIONS = ['new', 'changed', 'same', 'unmatched', 'error'] as const

// A file that brings a list: of recipients, or of what became of the payments of a list. read → previewed → (confirmed)
// applying → applied. default_state: of recipients whose line names none. applied_to: the last row that was written.
export const intakes = sqliteTable('intakes', {
  id: text().primaryKey(),
  kind: text({ enum: ['recipients', 'payments'] }).notNull(),
  programme: text().$type<ProgrammeCode>().notNull(),
  regionCode: text('region_code').notNull(),
  listId: text('list_id').references(() => paymentLists.id),
  defaultState: text('default_state').notNull().default(''),
  source: text().notNull().default(''),
  fileName: text('file_name').notNull(),
  sha256: text().notNull(),
  bytes: integer().notNull(),
  bytesRead: integer('bytes_read').notNull().default(0),
  status: text({ enum: ['reading', 'previewed', 'applying', 'applied', 'failed', 'discarded'] }).notNull(),
  rowCount: integer('row_count').notNull().default(0),
  newCount: integer('new_count').notNull().default(0),
  changedCount: integer('changed_count').notNull().default(0),
  sameCount: integer('same_count').notNull().default(0),
  unmatchedCount: integer('unmatched_count').notNull().default(0),
  errorCount: integer('error_count').notNull().default(0),
  appliedTo: integer('applied_to').notNull().default(0),
  appliedCount: integer('applied_count').notNull().default(0),
  failedCount: integer('failed_count').notNull().default(0),
  message: text(),
  uploadedBy: text('uploaded_by').notNull(),
  uploadedAt: text('uploaded_at').notNull(),
  confirmedBy: text('confirmed_by'),
  confirmedAt: text('confirmed_at'),
  finishedAt: text('finished_at'),
}, (table) => [
  index('intakes_by_region').on(table.regionCode, table.uploadedAt, table.id),
  index('intakes_by_content').on(table.sha256),
  check('intake_kind_is_known', sql`${table.kind} IN ('recipients', 'payments')`),
  check('intake_status_is_known', sql`${table.status} IN ('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded')`),
])

// One line of the file. facts: what it says, under our own names. household_id, family_seq, member_seq: where the registry
// has whom it names; matched_by: how that was found. remark: what to know about the find. target_id: the recipient or
// payment it changes. settlement: what became of an unmatched one, by whom and why.
export const intakeRows = sqliteTable('intake_rows', {
  intakeId: text('intake_id').notNull().references(() => intakes.id),
  position: integer().notNull(),
  action: text({ enum: INTAKE_ACTIONS }).notNull(),
  name: text().notNull(),
  nik: text(),
  kkNumber: text('kk_number'),
  number: text(),
  variant: text().notNull().default(''),
  regionCode: text('region_code').notNull(),
  householdId: text('household_id'),
  familySeq: integer('family_seq'),
  memberSeq: integer('member_seq'),
  matchedBy: text('matched_by', { enum: ['nik', 'kk', 'hand'] }),
  remark: text().notNull().default(''),
  targetId: text('target_id'),
  facts: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
  errors: text({ mode: 'json' }).$type<{ column: string, message: string, value?: string }[]>().notNull(),
  settlement: text({ enum: ['linked', 'kept', 'thrown'] }),
  settledBy: text('settled_by'),
  settledAt: text('settled_at'),
  note: text().notNull().default(''),
}, (table) => [
  primaryKey({ columns: [table.intakeId, table.position] }),
  index('intake_rows_by_action').on(table.intakeId, table.action, table.settlement, table.position),
  index('intake_rows_by_nik').on(table.intakeId, table.nik, table.variant).where(sql`nik IS NOT NULL`),
  index('intake_rows_by_kk').on(table.intakeId, table.kkNumber).where(sql`kk_number IS NOT NULL`),
  index('intake_rows_by_number').on(table.intakeId, table.number).where(sql`number IS NOT NULL`),
  index('intake_rows_by_target').on(table.intakeId, table.targetId).where(sql`target_id IS NOT NULL`),
  index('intake_rows_by_household').on(table.intakeId, table.householdId).where(sql`household_id IS NOT NULL`),
  check('intake_action_is_known', sql`${table.action} IN ('new', 'changed', 'same', 'unmatched', 'error')`),
  check('intake_settlement_is_known', sql`${table.settlement} IS NULL OR ${table.settlement} IN ('linked', 'kept', 'thrown')`),
])
