import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { households } from '#db/schema/households.ts'
import { oneOf } from '#db/schema/one-of.ts'

export const BREACH_KINDS = ['device', 'export', 'account'] as const
export const COUNTINGS = ['waiting', 'counting', 'counted', 'failed'] as const
export const CASE_KINDS = ['access', 'correction', 'erasure', 'restriction', 'objection'] as const
export const CASE_STATUSES = ['open', 'answered', 'refused'] as const

// A failure of protection (UU 27/2022, art. 46). subject: "<device>|<user>", an export, or a user from from_at until until_at. due_at: 3 × 24
// hours after it was known. counting: the work that finds whom it concerns; households, people: what it found.
export const breaches = sqliteTable('breaches', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  kind: text({ enum: BREACH_KINDS }).notNull(),
  subject: text().notNull(),
  fromAt: text('from_at').notNull(),
  untilAt: text('until_at').notNull(),
  knownAt: text('known_at').notNull(),
  dueAt: text('due_at').notNull(),
  happened: text().notNull(),
  data: text().notNull(),
  remedy: text().notNull().default(''),
  contact: text().notNull().default(''),
  status: text({ enum: ['open', 'closed'] }).notNull(),
  revision: integer().notNull().default(1),
  openedBy: text('opened_by').notNull(),
  openedAt: text('opened_at').notNull(),
  counting: text({ enum: COUNTINGS }).notNull(),
  countedAt: text('counted_at'),
  households: integer().notNull().default(0),
  people: integer().notNull().default(0),
}, (table) => [
  index('breaches_by_status').on(table.status, table.number),
  check('breach_kind_is_known', oneOf('kind', BREACH_KINDS)),
  check('breach_counting_is_known', oneOf('counting', COUNTINGS)),
  check('breach_status_is_known', sql`${table.status} IN ('open', 'closed')`),
])

// Whom a breach concerns. why: how the household came to be on the list.
export const breachHouseholds = sqliteTable('breach_households', {
  breachId: text('breach_id').notNull().references(() => breaches.id),
  regionCode: text('region_code').notNull(),
  householdId: text('household_id').notNull(),
  people: integer().notNull(),
  why: text().notNull(),
}, (table) => [
  primaryKey({ columns: [table.breachId, table.householdId] }),
  index('breach_households_by_place').on(table.breachId, table.regionCode, table.householdId),
])

// A citizen asks what is known of them, or to have it put right (art. 6 to 8); answered within 3 × 24 hours.
export const subjectCases = sqliteTable('subject_cases', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  kind: text({ enum: CASE_KINDS }).notNull(),
  regionCode: text('region_code').notNull(),
  householdId: text('household_id').notNull(),
  memberSeq: integer('member_seq').notNull(),
  asker: text().notNull(),
  relation: text().notNull(),
  identity: text().notNull(),
  wish: text().notNull().default(''),
  receivedAt: text('received_at').notNull(),
  dueAt: text('due_at').notNull(),
  status: text({ enum: CASE_STATUSES }).notNull(),
  reply: text().notNull().default(''),
  revision: integer().notNull().default(1),
  openedBy: text('opened_by').notNull(),
  openedAt: text('opened_at').notNull(),
  closedBy: text('closed_by'),
  closedAt: text('closed_at'),
}, (table) => [
  index('subject_cases_by_place').on(table.status, table.regionCode, table.dueAt, table.number),
  index('subject_cases_by_household').on(table.householdId, table.number),
  check('subject_case_kind_is_known', oneOf('kind', CASE_KINDS)),
  check('subject_case_status_is_known', oneOf('status', CASE_STATUSES)),
  check('subject_case_closed_says_why', sql`${table.status} = 'open' OR (${table.closedBy} IS NOT NULL AND ${table.reply} <> '')`),
])

// Each step of a breach or a case: what, when, by whom. subject: "breach:<id>", "case:<id>".
export const protectionSteps = sqliteTable('protection_steps', {
  id: integer().primaryKey(),
  subject: text().notNull(),
  kind: text().notNull(),
  at: text().notNull(),
  by: text().notNull(),
  note: text().notNull().default(''),
}, (table) => [index('protection_steps_by_subject').on(table.subject, table.id)])

// What a granted request holds back: rows of the household in files that leave, and its coming into programmes. One row for each request, gone when it
// ends. untilOn: the last day, where one was agreed.
export const restrictions = sqliteTable('restrictions', {
  caseId: text('case_id').primaryKey().references(() => subjectCases.id),
  householdId: text('household_id').notNull().references(() => households.id),
  exports: integer().notNull(),
  programmes: integer().notNull(),
  reason: text().notNull(),
  untilOn: text('until_on'),
  since: text().notNull(),
}, (table) => [
  index('restrictions_by_household').on(table.householdId, table.exports, table.programmes),
  check('restriction_holds_something', sql`${table.exports} IN (0, 1) AND ${table.programmes} IN (0, 1) AND ${table.exports} + ${table.programmes} > 0`),
])
