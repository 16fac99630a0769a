import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { eligibilityRuns } from '#db/schema/eligibility.ts'
import { users } from '#db/schema/users.ts'

// Many recipient changes proposed at once from a run of the rules: gathered, shown, then (confirmed) proposed beside the
// requests; for some minutes they may be taken back. reasons: only who would go for exactly these. is_full: there were more than one round takes.
export const rounds = sqliteTable('rounds', {
  id: text().primaryKey(),
  runId: text('run_id').notNull().references(() => eligibilityRuns.id),
  programme: text({ enum: ['pkh', 'sembako', 'pbi'] }).notNull(),
  rowKind: text('row_kind', { enum: ['entry', 'exit'] }).notNull(),
  regionCode: text('region_code').notNull(),
  reasons: text().notNull().default(''),
  changeKind: text('change_kind').notNull(),
  reasonCode: text('reason_code').notNull().default(''),
  note: text().notNull().default(''),
  status: text({ enum: ['gathering', 'previewed', 'running', 'done', 'undoing', 'undone', 'failed', 'discarded'] }).notNull(),
  planned: integer().notNull().default(0),
  skipped: integer().notNull().default(0),
  done: integer().notNull().default(0),
  undone: integer().notNull().default(0),
  kept: integer().notNull().default(0),
  isFull: integer('is_full', { mode: 'boolean' }).notNull().default(false),
  madeBy: text('made_by').notNull().references(() => users.id),
  madeAt: text('made_at').notNull(),
  finishedAt: text('finished_at'),
  undoUntil: text('undo_until'),
  message: text(),
}, (table) => [
  index('rounds_by_maker').on(table.madeBy, table.madeAt),
  index('rounds_by_status').on(table.status),
  check('round_status_is_known', sql`${table.status} IN ('gathering', 'previewed', 'running', 'done', 'undoing', 'undone', 'failed', 'discarded')`),
  check('round_row_kind_is_known', sql`${table.rowKind} IN ('entry', 'exit')`),
])

// Whom it is about, as the run has him: a recipient, or a family or person of the registry. why: what the run found.
// reason: what stands against it. Its change carries the round's id and this position.
export const roundRows = sqliteTable('round_rows', {
  roundId: text('round_id').notNull().references(() => rounds.id),
  position: integer().notNull(),
  regionCode: text('region_code').notNull(),
  name: text().notNull(),
  householdId: text('household_id'),
  familySeq: integer('family_seq'),
  memberSeq: integer('member_seq'),
  recipientId: text('recipient_id'),
  why: text().notNull().default(''),
  outcome: text({ enum: ['planned', 'skipped', 'done', 'undone', 'kept'] }).notNull(),
  reason: text().notNull().default(''),
}, (table) => [
  primaryKey({ columns: [table.roundId, table.position] }),
  index('round_rows_by_outcome').on(table.roundId, table.outcome, table.position),
  check('round_outcome_is_known', sql`${table.outcome} IN ('planned', 'skipped', 'done', 'undone', 'kept')`),
])
