import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// What the figures of an officer need of each visit whose evidence has been judged: the visit itself is long, this is short.
// codes: its flags, with their weights, as "night:1,same_point:3"; flagWeight: of those that ask whether it was really made. returns: how often it was sent back; changed: the share of the prelist's answers found otherwise. month: that of its submission, in WIB.
export const visitFigures = sqliteTable('visit_figures', {
  visitId: text('visit_id').primaryKey(),
  officerId: text('officer_id').notNull(),
  regionCode: text('region_code').notNull(),
  submittedAt: text('submitted_at').notNull(),
  month: text().notNull(),
  outcome: integer().notNull(),
  activeMs: integer('active_ms').notNull(),
  memberCount: integer('member_count').notNull(),
  codes: text().notNull().default(''),
  flagCount: integer('flag_count').notNull(),
  flagWeight: integer('flag_weight').notNull(),
  returns: integer().notNull().default(0),
  changed: real(),
  latitude: real().notNull(),
  longitude: real().notNull(),
  prelistLatitude: real('prelist_latitude'),
  prelistLongitude: real('prelist_longitude'),
}, (table) => [
  index('visit_figures_by_officer').on(table.officerId, table.regionCode, table.submittedAt),
  index('visit_figures_by_desa').on(table.regionCode, table.month, table.outcome, table.activeMs, table.officerId),
])

// An officer in one desa, in one month or (month '') in all of them, with the verdict against the others who worked there.
// figures: all the numbers the verdict was given on.
export const officerFigures = sqliteTable('officer_figures', {
  officerId: text('officer_id').notNull(),
  regionCode: text('region_code').notNull(),
  month: text().notNull(),
  visits: integer().notNull(),
  finished: integer().notNull(),
  notFound: integer('not_found').notNull(),
  returned: integer().notNull(),
  flagCount: integer('flag_count').notNull(),
  medianMs: integer('median_ms'),
  bandMs: integer('band_ms'),
  figures: text({ mode: 'json' }).notNull(),
  level: text({ enum: ['fine', 'look', 'unknown'] }).notNull(),
  score: real().notNull(),
  reasons: text({ mode: 'json' }).$type<{ code: string, sentence: string, weight: number }[]>().notNull(),
  judgedAt: text('judged_at').notNull(),
}, (table) => [
  primaryKey({ columns: [table.officerId, table.regionCode, table.month] }),
  index('officer_figures_by_place').on(table.month, table.regionCode, table.officerId),
  check('officer_level_is_known', sql`${table.level} IN ('fine', 'look', 'unknown')`),
])

// What is to be worked out anew, lower steps first: 1 a visit, 2 an officer ("officer~desa~month"), 3 the verdicts of a kecamatan
// ("code~month"), 4 a reviewer's day ("reviewer~day"), 5 a reviewer, 6 the verdicts of the reviewers of a kabupaten.
export const qualityQueue = sqliteTable('quality_queue', {
  step: integer().notNull(),
  subject: text().notNull(),
}, (table) => [
  primaryKey({ columns: [table.step, table.subject] }),
  check('quality_step_is_known', sql`${table.step} BETWEEN 1 AND 6`),
])

// One reviewer's day in WIB: sessions are stretches without a pause of half an hour. watched: single approvals since it is kept
// which photos are looked at; followed: approvals on which a later stage has decided.
export const reviewerDays = sqliteTable('reviewer_days', {
  reviewerId: text('reviewer_id').notNull(),
  day: text().notNull(),
  approved: integer().notNull(),
  returned: integer().notNull(),
  bulk: integer().notNull(),
  watched: integer().notNull(),
  unopened: integer().notNull(),
  sessions: integer().notNull(),
  sessionMs: integer('session_ms').notNull(),
  inSession: integer('in_session').notNull(),
  streak: integer().notNull(),
  followed: integer().notNull(),
  overturned: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.reviewerId, table.day] })])

export const reviewerFigures = sqliteTable('reviewer_figures', {
  reviewerId: text('reviewer_id').primaryKey(),
  reviewLevel: integer('review_level').notNull(),
  decided: integer().notNull(),
  approved: integer().notNull(),
  figures: text({ mode: 'json' }).notNull(),
  level: text({ enum: ['fine', 'look', 'unknown'] }).notNull(),
  score: real().notNull(),
  reasons: text({ mode: 'json' }).$type<{ code: string, sentence: string, weight: number }[]>().notNull(),
  judgedAt: text('judged_at').notNull(),
}, (table) => [check('reviewer_level_is_known', sql`${table.level} IN ('fine', 'look', 'unknown')`)])

// What an officer says to a flag of his own visit. Nothing said is taken back; one may say more.
export const flagAnswers = sqliteTable('flag_answers', {
  id: text().primaryKey(),
  visitId: text('visit_id').notNull(),
  code: text().notNull(),
  officerId: text('officer_id').notNull(),
  text: text().notNull(),
  at: text().notNull(),
}, (table) => [
  index('flag_answers_by_visit').on(table.visitId, table.at),
])

// Which photos of a visit a reviewer was shown, and when first.
export const photoViews = sqliteTable('photo_views', {
  visitId: text('visit_id').notNull(),
  reviewerId: text('reviewer_id').notNull(),
  kind: text().notNull(),
  firstAt: text('first_at').notNull(),
}, (table) => [primaryKey({ columns: [table.visitId, table.reviewerId, table.kind] })])
