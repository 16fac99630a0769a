import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Rules } from '#app/eligibility/judging.ts'
import { oneOf } from '#db/schema/one-of.ts'

const STATUSES = ['queued', 'running', 'ready', 'cancelled', 'failed'] as const

// The rules of a programme asked over whole kabupaten/kota, by the present settings or by tried ones (trial). rules: exactly
// what was asked. at_regency: the last kabupaten/kota that is through; work broken off goes on after it.
export const eligibilityRuns = sqliteTable('eligibility_runs', {
  id: text().primaryKey(),
  programme: text({ enum: ['pkh', 'sembako', 'pbi'] }).notNull(),
  regionCode: text('region_code').notNull(),
  name: text().notNull(),
  trial: integer({ mode: 'boolean' }).notNull(),
  status: text({ enum: STATUSES }).notNull(),
  done: integer().notNull().default(0),
  total: integer().notNull().default(0),
  atRegency: text('at_regency').notNull().default(''),
  askedBy: text('asked_by').notNull(),
  askedAt: text('asked_at').notNull(),
  finishedAt: text('finished_at'),
  rules: text({ mode: 'json' }).$type<Rules>().notNull(),
}, (table) => [
  index('eligibility_runs_by_region').on(table.regionCode, table.askedAt),
  check('eligibility_run_status_is_known', oneOf('status', STATUSES)),
  check('eligibility_run_is_of_a_programme', sql.raw("programme IN ('pkh', 'sembako', 'pbi')")),
])

// Each desa's numbers. families: those judged; held: families or persons who wait for a decision nonaktif, neither chosen nor gone; eligible: who fulfils the rules; chosen: whom the quota leaves; cost in rupiah a year.
export const eligibilityVillages = sqliteTable('eligibility_villages', {
  runId: text('run_id').notNull().references(() => eligibilityRuns.id),
  regionCode: text('region_code').notNull(),
  families: integer().notNull(),
  receiving: integer().notNull(),
  eligible: integer().notNull(),
  chosen: integer().notNull(),
  entries: integer().notNull(),
  exits: integer().notNull(),
  costNow: integer('cost_now').notNull(),
  costThen: integer('cost_then').notNull(),
  held: integer().notNull().default(0),
}, (table) => [primaryKey({ columns: [table.runId, table.regionCode] })])

// Who would come in and who would go. position: their order within the desa, the one a quota follows. reasons: the rules an
// exit fails, "quota" or "not_found".
export const eligibilityRows = sqliteTable('eligibility_rows', {
  runId: text('run_id').notNull().references(() => eligibilityRuns.id),
  kind: text({ enum: ['entry', 'exit'] }).notNull(),
  regionCode: text('region_code').notNull(),
  position: integer().notNull(),
  name: text().notNull(),
  householdId: text('household_id'),
  familySeq: integer('family_seq'),
  memberSeq: integer('member_seq'),
  recipientId: text('recipient_id'),
  desil: integer(),
  components: integer().notNull(),
  perYear: integer('per_year').notNull(),
  reasons: text().notNull().default(''),
}, (table) => [
  primaryKey({ columns: [table.runId, table.kind, table.regionCode, table.position] }),
  check('eligibility_row_kind_is_known', sql`${table.kind} IN ('entry', 'exit')`),
])
