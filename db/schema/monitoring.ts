import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '#db/schema/one-of.ts'
import { users } from '#db/schema/users.ts'

export const MONITORING_FORMS = ['bimtek', 'musdes', 'enumerator', 'revisit'] as const
export type MonitoringFormCode = typeof MONITORING_FORMS[number]

// One filled form of what somebody saw in the field. It is never changed; a wrong one is withdrawn with its reason.
export const monitoringSheets = sqliteTable('monitoring_sheets', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  form: text({ enum: MONITORING_FORMS }).notNull(),
  formVersion: text('form_version').notNull(),
  regionCode: text('region_code').notNull(),
  heldOn: text('held_on').notNull(),
  place: text().notNull(),
  subjectId: text('subject_id').references(() => users.id),
  participants: integer(),
  finding: text().notNull().default(''),
  score: real(),
  writtenBy: text('written_by').notNull().references(() => users.id),
  writtenAt: text('written_at').notNull(),
  withdrawnBy: text('withdrawn_by'),
  withdrawnAt: text('withdrawn_at'),
  withdrawnNote: text('withdrawn_note').notNull().default(''),
}, (table) => [
  index('monitoring_sheets_by_region').on(table.regionCode, table.number),
  index('monitoring_sheets_by_form').on(table.form, table.regionCode, table.number),
  check('monitoring_form_is_known', oneOf('form', MONITORING_FORMS)),
  check('monitoring_withdrawal_is_whole', sql`(${table.withdrawnAt} IS NULL) = (${table.withdrawnBy} IS NULL)`),
])

// One answer. score: between 0 and 1 where the question is judged, so that items can be averaged side by side.
export const monitoringAnswers = sqliteTable('monitoring_answers', {
  sheetId: text('sheet_id').notNull().references(() => monitoringSheets.id),
  code: text().notNull(),
  value: text().notNull(),
  score: real(),
}, (table) => [
  primaryKey({ columns: [table.sheetId, table.code] }),
  check('monitoring_score_is_share', sql`${table.score} IS NULL OR ${table.score} BETWEEN 0 AND 1`),
])
