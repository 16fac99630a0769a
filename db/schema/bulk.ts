import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Stage } from '#app/households/stages.ts'
import { households } from '#db/schema/households.ts'
import { users } from '#db/schema/users.ts'

// One act on many rows: gathered, shown, then (confirmed) done in the background; for some minutes it may be taken back.
// wanted: what was asked for (villages, officer, ids, note), as the form said it.
export const bulkRuns = sqliteTable('bulk_runs', {
  id: text().primaryKey(),
  kind: text({ enum: ['publish', 'assign', 'revoke', 'approve'] }).notNull(),
  status: text({ enum: ['gathering', 'previewed', 'running', 'done', 'undoing', 'undone', 'failed', 'discarded'] }).notNull(),
  madeBy: text('made_by').notNull().references(() => users.id),
  madeAt: text('made_at').notNull(),
  planned: integer().notNull().default(0),
  skipped: integer().notNull().default(0),
  done: integer().notNull().default(0),
  undone: integer().notNull().default(0),
  kept: integer().notNull().default(0),
  finishedAt: text('finished_at'),
  undoUntil: text('undo_until'),
  message: text(),
  wanted: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
}, (table) => [
  index('bulk_runs_by_maker').on(table.madeBy, table.madeAt),
  index('bulk_runs_by_status').on(table.status),
  check('bulk_kind_is_known', sql`${table.kind} IN ('publish', 'assign', 'revoke', 'approve')`),
  check('bulk_status_is_known', sql`${table.status} IN ('gathering', 'previewed', 'running', 'done', 'undoing', 'undone', 'failed', 'discarded')`),
])

// One row of it. visitId, revision: the visit as the preview saw it. fromStage, officerId: what an undo restores.
// transitionId, auditSeq: the last of each when the act was done; anything after them is somebody else's.
export const bulkItems = sqliteTable('bulk_items', {
  runId: text('run_id').notNull().references(() => bulkRuns.id),
  position: integer().notNull(),
  householdId: text('household_id').notNull().references(() => households.id),
  outcome: text({ enum: ['planned', 'skipped', 'done', 'undone', 'kept'] }).notNull(),
  fromStage: text('from_stage').$type<Stage>().notNull(),
  officerId: text('officer_id'),
  visitId: text('visit_id'),
  revision: integer(),
  transitionId: integer('transition_id'),
  auditSeq: integer('audit_seq'),
  reason: text().notNull().default(''),
}, (table) => [
  primaryKey({ columns: [table.runId, table.position] }),
  index('bulk_items_by_outcome').on(table.runId, table.outcome, table.position),
  check('bulk_outcome_is_known', sql`${table.outcome} IN ('planned', 'skipped', 'done', 'undone', 'kept')`),
])
