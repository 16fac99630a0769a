import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Answer, Outcome } from '#app/matching/matcher.ts'
import { households } from '#db/schema/households.ts'
import { oneOf } from '#db/schema/one-of.ts'

export const RUN_STATUSES = ['preparing', 'waiting', 'asking', 'done', 'failed', 'cancelled'] as const
const OUTCOMES = "('padan', 'tidak_padan_nama', 'nik_tidak_ditemukan', 'kk_berbeda', 'meninggal', 'ganda', 'belum_online', 'gangguan')"
const IMPORT_STATUSES = "('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded')"

// One asking of the population register: the people of a region, gathered (preparing), then asked at once (asking) or by a
// file that goes out and comes back (waiting). number: what people call it, and what its file carries.
export const matchingRuns = sqliteTable('matching_runs', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  regionCode: text('region_code').notNull(),
  who: text({ mode: 'json' }).$type<Who[]>().notNull(),
  method: text({ enum: ['file', 'simulator'] }).notNull(),
  letter: text().notNull().default(''),
  status: text({ enum: RUN_STATUSES }).notNull(),
  startedBy: text('started_by').notNull(),
  startedAt: text('started_at').notNull(),
  householdCount: integer('household_count').notNull().default(0),
  questionCount: integer('question_count').notNull().default(0),
  skippedCount: integer('skipped_count').notNull().default(0),
  answeredCount: integer('answered_count').notNull().default(0),
  message: text(),
  finishedAt: text('finished_at'),
}, (table) => [
  index('matching_runs_by_region').on(table.regionCode, table.number),
  check('matching_run_status_is_known', oneOf('status', RUN_STATUSES)),
  check('matching_run_method_is_known', sql`${table.method} IN ('file', 'simulator')`),
])

export type Who = 'never' | 'changed' | 'failed' | 'everyone'

// One person of a run, as asked. outcome: the newest answer within this run.
export const matchingQuestions = sqliteTable('matching_questions', {
  runId: text('run_id').notNull().references(() => matchingRuns.id),
  position: integer().notNull(),
  householdId: text('household_id').notNull().references(() => households.id),
  memberSeq: integer('member_seq').notNull(),
  regionCode: text('region_code').notNull(),
  nik: text().notNull(),
  kkNumber: text('kk_number'),
  name: text().notNull(),
  sex: integer(),
  birthDate: text('birth_date'),
  birthPlace: text('birth_place'),
  outcome: text().$type<Outcome>(),
  answeredAt: text('answered_at'),
}, (table) => [
  primaryKey({ columns: [table.runId, table.position] }),
  uniqueIndex('matching_questions_once').on(table.runId, table.householdId, table.memberSeq),
  index('matching_questions_by_nik').on(table.runId, table.nik),
  index('matching_questions_by_outcome').on(table.runId, table.outcome, table.position),
  check('matching_question_outcome_is_known', sql.raw(`outcome IS NULL OR outcome IN ${OUTCOMES}`)),
])

// Every answer there ever was, of each person. score: likeness of the two names, 0–100.
export const matchResults = sqliteTable('match_results', {
  id: integer().primaryKey(),
  runId: text('run_id').notNull().references(() => matchingRuns.id),
  householdId: text('household_id').notNull().references(() => households.id),
  memberSeq: integer('member_seq').notNull(),
  nik: text().notNull(),
  outcome: text().$type<Outcome>().notNull(),
  score: integer(),
  at: text().notNull(),
  by: text().notNull(),
  name: text().notNull(),
  kkNumber: text('kk_number'),
  registerName: text('register_name'),
  registerKk: text('register_kk'),
  reasons: text({ mode: 'json' }).$type<string[]>().notNull(),
}, (table) => [
  index('match_results_by_member').on(table.householdId, table.memberSeq, table.id),
  index('match_results_by_nik').on(table.nik, table.id),
  check('match_result_outcome_is_known', sql.raw(`outcome IN ${OUTCOMES}`)),
])

// What each person's newest answer says; a failure of the register itself (gangguan) is none. living: false once the person
// or the household is no longer there, so that lists and counts pass over it while the answer to this NIK stands.
export const matchStates = sqliteTable('match_states', {
  householdId: text('household_id').notNull().references(() => households.id),
  memberSeq: integer('member_seq').notNull(),
  regionCode: text('region_code').notNull(),
  outcome: text().$type<Exclude<Outcome, 'gangguan'>>().notNull(),
  living: integer({ mode: 'boolean' }).notNull().default(true),
  nik: text().notNull(),
  name: text().notNull(),
  kkNumber: text('kk_number'),
  score: integer(),
  at: text().notNull(),
  resultId: integer('result_id').notNull().references(() => matchResults.id),
}, (table) => [
  primaryKey({ columns: [table.householdId, table.memberSeq] }),
  index('match_states_by_nik').on(table.nik, table.at),
  index('match_states_by_outcome').on(table.outcome, table.regionCode, table.householdId, table.memberSeq).where(sql`living = 1`),
  check('match_state_outcome_is_known', sql.raw(`outcome IN ${OUTCOMES} AND outcome <> 'gangguan'`)),
])

// Whom to ask again: the register failed, or does not know the NIK yet. Each try waits longer than the one before.
export const matchRetries = sqliteTable('match_retries', {
  householdId: text('household_id').notNull().references(() => households.id),
  memberSeq: integer('member_seq').notNull(),
  runId: text('run_id').notNull().references(() => matchingRuns.id),
  position: integer().notNull(),
  method: text({ enum: ['file', 'simulator'] }).notNull(),
  regionCode: text('region_code').notNull(),
  cause: text({ enum: ['gangguan', 'belum_online'] }).notNull(),
  tries: integer().notNull(),
  since: text().notNull(),
  nextAt: text('next_at').notNull(),
}, (table) => [
  primaryKey({ columns: [table.householdId, table.memberSeq] }),
  index('match_retries_due').on(table.method, table.nextAt),
  index('match_retries_by_region').on(table.cause, table.regionCode, table.nextAt),
  check('match_retry_cause_is_known', sql`${table.cause} IN ('gangguan', 'belum_online')`),
])

// How many people of a place have which answer: kept by triggers for the desa and for its kabupaten.
export const matchCounts = sqliteTable('match_counts', {
  regionCode: text('region_code').notNull(),
  outcome: text().$type<Outcome>().notNull(),
  people: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.regionCode, table.outcome] })])

// A file of answers on its way in: read → previewed → (confirmed) applying → applied. Nothing counts before it is confirmed.
export const matchingImports = sqliteTable('matching_imports', {
  id: text().primaryKey(),
  runId: text('run_id').notNull().references(() => matchingRuns.id),
  fileName: text('file_name').notNull(),
  sha256: text().notNull(),
  bytes: integer().notNull(),
  bytesRead: integer('bytes_read').notNull().default(0),
  status: text({ enum: ['reading', 'previewed', 'applying', 'applied', 'failed', 'discarded'] }).notNull(),
  uploadedBy: text('uploaded_by').notNull(),
  uploadedAt: text('uploaded_at').notNull(),
  rowCount: integer('row_count').notNull().default(0),
  newCount: integer('new_count').notNull().default(0),
  changedCount: integer('changed_count').notNull().default(0),
  sameCount: integer('same_count').notNull().default(0),
  errorCount: integer('error_count').notNull().default(0),
  appliedCount: integer('applied_count').notNull().default(0),
  message: text(),
  finishedAt: text('finished_at'),
  outcomes: text({ mode: 'json' }).$type<Partial<Record<Outcome, number>>>().notNull(),
}, (table) => [
  index('matching_imports_by_run').on(table.runId, table.uploadedAt),
  check('matching_import_status_is_known', sql.raw(`status IN ${IMPORT_STATUSES}`)),
])

// One line of the file. question: which person of the run it answers. errors: why it cannot be taken.
export const matchingImportRows = sqliteTable('matching_import_rows', {
  importId: text('import_id').notNull().references(() => matchingImports.id),
  position: integer().notNull(),
  line: integer().notNull(),
  question: integer(),
  action: text({ enum: ['new', 'changed', 'same', 'error'] }).notNull(),
  outcome: text().$type<Outcome>(),
  score: integer(),
  applied: integer({ mode: 'boolean' }).notNull().default(false),
  name: text().notNull().default(''),
  answer: text({ mode: 'json' }).$type<Answer | null>(),
  errors: text({ mode: 'json' }).$type<{ column: string, message: string, value?: string }[]>().notNull(),
}, (table) => [
  primaryKey({ columns: [table.importId, table.position] }),
  index('matching_import_rows_by_action').on(table.importId, table.action, table.position),
  index('matching_import_rows_by_question').on(table.importId, table.question),
  check('matching_import_action_is_known', sql`${table.action} IN ('new', 'changed', 'same', 'error')`),
])
