import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { households } from '#db/schema/households.ts'
import { oneOf } from '#db/schema/one-of.ts'
import { users } from '#db/schema/users.ts'
import { visits } from '#db/schema/visits.ts'

export const ROUND_STATUSES = ['planned', 'drawn', 'closed', 'cancelled'] as const
export const MEETINGS = ['met', 'absent', 'refused', 'moved', 'not_found'] as const
export const VERDICTS = ['officer_wrong', 'changed', 'other_respondent', 'full_revisit'] as const
export type RoundStatus = typeof ROUND_STATUSES[number]
export type Meeting = typeof MEETINGS[number]
export type Verdict = typeof VERDICTS[number]
export type ItemType = 1 | 2 | 3
// What a round asks: key, how firm the answer should be, and for numbers how far two answers may lie apart.
export type AskedItem = { key: string, type: ItemType, tolerance: number }
export type RevisitAnswers = Record<string, string | number | boolean>

// Which questions a revisit asks, until somebody changes it. type 1: should never change; 2: may change; 3: an opinion.
export const backcheckItems = sqliteTable('backcheck_items', {
  key: text().primaryKey(),
  type: integer().$type<ItemType>().notNull(),
  tolerance: real().notNull().default(0),
  isAsked: integer('is_asked', { mode: 'boolean' }).notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: text('changed_at').notNull(),
}, () => [check('backcheck_item_type_is_known', sql`type IN (1, 2, 3)`), check('backcheck_item_tolerance_is_positive', sql`tolerance >= 0`)])

// A round of revisits. riskShare: how much of the weight follows the flags (percent); the rest is the same for every visit.
// seed and frameHash make the drawing repeatable: whoever has the frame and the seed draws the same visits.
export const backcheckRounds = sqliteTable('backcheck_rounds', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  title: text().notNull(),
  regionCode: text('region_code').notNull(),
  fromDay: text('from_day').notNull(),
  toDay: text('to_day').notNull(),
  sizeKind: text('size_kind', { enum: ['count', 'share'] }).notNull(),
  size: real().notNull(),
  riskShare: integer('risk_share').notNull(),
  dueOn: text('due_on').notNull(),
  items: text({ mode: 'json' }).$type<AskedItem[]>().notNull(),
  status: text({ enum: ROUND_STATUSES }).notNull(),
  frameCount: integer('frame_count').notNull().default(0),
  sampleCount: integer('sample_count').notNull().default(0),
  method: text().notNull(),
  seed: text(),
  frameHash: text('frame_hash'),
  plannedBy: text('planned_by').notNull().references(() => users.id),
  plannedAt: text('planned_at').notNull(),
  drawnBy: text('drawn_by'),
  drawnAt: text('drawn_at'),
  endedBy: text('ended_by'),
  endedAt: text('ended_at'),
  endNote: text('end_note').notNull().default(''),
}, (table) => [
  index('backcheck_rounds_by_region').on(table.regionCode, table.number),
  check('backcheck_round_status_is_known', oneOf('status', ROUND_STATUSES)),
  check('backcheck_round_size_is_known', sql`${table.sizeKind} IN ('count', 'share') AND ${table.size} > 0`),
  check('backcheck_round_risk_is_percent', sql`${table.riskShare} BETWEEN 0 AND 100`),
  check('backcheck_round_drawn_is_recorded', sql`${table.status} NOT IN ('drawn', 'closed') OR (${table.seed} IS NOT NULL AND ${table.frameHash} IS NOT NULL)`),
])

// Every visit that could have been drawn, with the weight it had that day and the probability it was drawn with.
export const backcheckFrame = sqliteTable('backcheck_frame', {
  roundId: text('round_id').notNull(),
  visitId: text('visit_id').notNull(),
  officerId: text('officer_id').notNull(),
  regionCode: text('region_code').notNull(),
  risk: integer().notNull(),
  probability: real().notNull(),
}, (table) => [primaryKey({ columns: [table.roundId, table.visitId] })])

// One visit that was drawn. officerId: who goes there now, never who was there first.
export const backchecks = sqliteTable('backchecks', {
  id: text().primaryKey(),
  roundId: text('round_id').notNull().references(() => backcheckRounds.id),
  position: integer().notNull(),
  visitId: text('visit_id').notNull().references(() => visits.id),
  householdId: text('household_id').notNull().references(() => households.id),
  regionCode: text('region_code').notNull(),
  firstOfficerId: text('first_officer_id').notNull().references(() => users.id),
  probability: real().notNull(),
  officerId: text('officer_id').references(() => users.id),
  status: text({ enum: ['open', 'done', 'dropped'] }).notNull(),
  revision: integer().notNull().default(1),
  dueOn: text('due_on').notNull(),
  meeting: text({ enum: MEETINGS }),
  answers: text({ mode: 'json' }).$type<RevisitAnswers>(),
  note: text().notNull().default(''),
  latitude: real(),
  longitude: real(),
  accuracyM: real('accuracy_m'),
  locatedAt: text('located_at'),
  submittedAt: text('submitted_at'),
  differences: integer().notNull().default(0),
  firmDifferences: integer('firm_differences').notNull().default(0),
  openDifferences: integer('open_differences').notNull().default(0),
}, (table) => [
  index('backchecks_by_round').on(table.roundId, table.position),
  index('backchecks_by_visit').on(table.visitId),
  index('backchecks_by_officer').on(table.officerId, table.status, table.dueOn),
  index('backchecks_by_first_officer').on(table.firstOfficerId, table.submittedAt),
  index('backchecks_by_region').on(table.regionCode, table.submittedAt).where(sql`submitted_at IS NOT NULL`),
  check('backcheck_is_by_another', sql`${table.officerId} IS NULL OR ${table.officerId} <> ${table.firstOfficerId}`),
  check('backcheck_status_is_known', sql`${table.status} IN ('open', 'done', 'dropped')`),
  check('backcheck_meeting_is_known', oneOf('meeting', MEETINGS)),
  check('backcheck_probability_is_one', sql`${table.probability} > 0 AND ${table.probability} <= 1`),
  check('backcheck_done_is_whole', sql`${table.status} <> 'done' OR (${table.submittedAt} IS NOT NULL AND ${table.meeting} IS NOT NULL AND ${table.latitude} IS NOT NULL)`),
])

// One question of one revisit, both answers in words. verdict: the coordinator's last word on a difference.
export const backcheckAnswers = sqliteTable('backcheck_answers', {
  backcheckId: text('backcheck_id').notNull().references(() => backchecks.id),
  item: text().notNull(),
  type: integer().$type<ItemType>().notNull(),
  first: text().notNull(),
  second: text().notNull(),
  isDifferent: integer('is_different', { mode: 'boolean' }).notNull(),
  verdict: text({ enum: VERDICTS }),
}, (table) => [
  primaryKey({ columns: [table.backcheckId, table.item] }),
  check('backcheck_verdict_is_known', oneOf('verdict', VERDICTS)),
])

// Every judgement ever given. Append-only.
export const backcheckJudgements = sqliteTable('backcheck_judgements', {
  id: integer().primaryKey(),
  backcheckId: text('backcheck_id').notNull().references(() => backchecks.id),
  item: text().notNull(),
  verdict: text({ enum: VERDICTS }).notNull(),
  note: text().notNull().default(''),
  judgedBy: text('judged_by').notNull(),
  judgedAt: text('judged_at').notNull(),
}, (table) => [index('backcheck_judgements_by_backcheck').on(table.backcheckId, table.id)])
