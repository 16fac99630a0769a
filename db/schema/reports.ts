import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { files } from '#db/schema/files.ts'
import { oneOf } from '#db/schema/one-of.ts'

export const REPORT_KINDS = ['usul', 'sanggah'] as const
export const REPORT_STATUSES = ['received', 'examining', 'needs_more', 'answered', 'closed', 'withdrawn'] as const
export const REPORT_LEVELS = ['village', 'district', 'regency'] as const
export type ReportKind = typeof REPORT_KINDS[number]
export type ReportStatus = typeof REPORT_STATUSES[number]
export type ReportLevel = typeof REPORT_LEVELS[number]

// Usul and sanggah of citizens: a task of the desa, never a change of a household. level: whose turn it is, until dueOn;
// replyBy: the day that was promised to the reporter. codeHash: SHA-256 of the tracking code, which only the reporter has.
export const reports = sqliteTable('reports', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  codeHash: text('code_hash').notNull().unique(),
  kind: text({ enum: REPORT_KINDS }).notNull(),
  regionCode: text('region_code').notNull(),
  status: text({ enum: REPORT_STATUSES }).notNull(),
  level: text({ enum: REPORT_LEVELS }).notNull(),
  dueOn: text('due_on').notNull(),
  replyBy: text('reply_by').notNull(),
  createdAt: text('created_at').notNull(),
  changedAt: text('changed_at').notNull(),
  answeredAt: text('answered_at'),
  answeredBy: text('answered_by'),
  outcome: text({ enum: ['accepted', 'refused'] }),
  refusalCode: text('refusal_code'),
  reasonCode: text('reason_code').notNull(),
  revision: integer().notNull().default(1),
  suspicion: text({ enum: ['', 'text', 'photo', 'both'] }).notNull().default(''),
  textHash: text('text_hash').notNull(),
  householdId: text('household_id'),
  relation: text().notNull(),
  // Towards the desa and the kecamatan; the contact is for Dinsos alone in any case.
  anonymous: integer({ mode: 'boolean' }).notNull(),
  reporterName: text('reporter_name').notNull(),
  reporterContact: text('reporter_contact').notNull().default(''),
  // Since when both of them are gone.
  reporterRemovedAt: text('reporter_removed_at'),
  subjectName: text('subject_name').notNull(),
  subjectAddress: text('subject_address').notNull().default(''),
  statement: text().notNull(),
}, (table) => [
  index('reports_by_place').on(table.regionCode, table.status, table.level, table.dueOn, table.number),
  index('reports_by_due').on(table.status, table.dueOn, table.number),
  index('reports_by_text').on(table.textHash, table.createdAt),
  index('reports_forgotten').on(table.reporterRemovedAt).where(sql`reporter_removed_at IS NOT NULL`),
  index('reports_keeping_reporter').on(table.changedAt, table.number).where(sql`reporter_removed_at IS NULL AND status IN ('closed', 'withdrawn')`),
  check('report_kind_is_known', oneOf('kind', REPORT_KINDS)),
  check('report_status_is_known', oneOf('status', REPORT_STATUSES)),
  check('report_level_is_known', oneOf('level', REPORT_LEVELS)),
  check('report_outcome_is_known', sql`${table.outcome} IN ('accepted', 'refused')`),
  check('report_suspicion_is_known', sql`${table.suspicion} IN ('', 'text', 'photo', 'both')`),
  check('report_answered_has_outcome', sql`${table.status} <> 'answered' OR ${table.outcome} IS NOT NULL`),
])

// Every change of state or of turn: who, when, why. Append-only.
export const reportSteps = sqliteTable('report_steps', {
  id: integer().primaryKey(),
  reportId: text('report_id').notNull().references(() => reports.id),
  fromStatus: text('from_status').$type<ReportStatus>(),
  toStatus: text('to_status').$type<ReportStatus>().notNull(),
  fromLevel: text('from_level').$type<ReportLevel>(),
  toLevel: text('to_level').$type<ReportLevel>().notNull(),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  note: text().notNull().default(''),
}, (table) => [index('report_steps_by_report').on(table.reportId, table.id)])

// What the reporter and the office write to each other, and what the office writes for itself (audience 'office').
export const reportMessages = sqliteTable('report_messages', {
  id: text().primaryKey(),
  reportId: text('report_id').notNull().references(() => reports.id),
  at: text().notNull(),
  author: text({ enum: ['reporter', 'office'] }).notNull(),
  audience: text({ enum: ['reporter', 'office'] }).notNull(),
  actorId: text('actor_id').notNull(),
  text: text().notNull(),
}, (table) => [
  index('report_messages_by_report').on(table.reportId, table.at),
  check('report_message_author_is_known', sql`${table.author} IN ('reporter', 'office')`),
  check('report_message_audience_is_known', sql`${table.audience} IN ('reporter', 'office')`),
])

export const reportPhotos = sqliteTable('report_photos', {
  reportId: text('report_id').notNull().references(() => reports.id),
  position: integer().notNull(),
  sha256: text().notNull().references(() => files.sha256),
  messageId: text('message_id'),
  addedAt: text('added_at').notNull(),
}, (table) => [
  primaryKey({ columns: [table.reportId, table.position] }),
  index('report_photos_by_file').on(table.sha256, table.reportId),
])

// How many days each level has, and how long the reporter is waited for; the newest that has begun holds.
export const reportTerms = sqliteTable('report_terms', {
  validFrom: text('valid_from').primaryKey(),
  villageDays: integer('village_days').notNull(),
  districtDays: integer('district_days').notNull(),
  regencyDays: integer('regency_days').notNull(),
  waitDays: integer('wait_days').notNull(),
  // After a report is closed its reporter's name and contact are kept so long.
  retentionMonths: integer('retention_months').notNull().default(24),
  source: text().notNull(),
}, (table) => [
  check('report_terms_retention_is_months', sql`retention_months BETWEEN 1 AND 120`),
  check('report_terms_are_days', sql`${table.villageDays} BETWEEN 1 AND 90 AND ${table.districtDays} BETWEEN 1 AND 90 AND ${table.regencyDays} BETWEEN 1 AND 90 AND ${table.waitDays} BETWEEN 1 AND 180`),
])

// Ready-made replies; the officer changes them before sending. outcome: where it is offered.
export const reportTemplates = sqliteTable('report_templates', {
  code: text().primaryKey(),
  use: text({ enum: ['question', 'accepted', 'refused'] }).notNull(),
  label: text().notNull(),
  retiredOn: text('retired_on'),
  text: text().notNull(),
}, (table) => [check('report_template_use_is_known', sql`${table.use} IN ('question', 'accepted', 'refused')`)])

// The brake on the doors that stand open to everybody: one row for each use, by network and by desa, for a day at most.
export const publicUses = sqliteTable('public_uses', {
  id: integer().primaryKey({ autoIncrement: true }),
  subject: text().notNull(),
  at: integer().notNull(),
}, (table) => [index('public_uses_by_subject').on(table.subject, table.at), index('public_uses_by_time').on(table.at)])

// How often Cek Bansos was asked in a desa on a day. Neither the name nor who asked is kept.
export const lookupCounts = sqliteTable('lookup_counts', {
  day: text().notNull(),
  regionCode: text('region_code').notNull(),
  asked: integer().notNull().default(0),
  found: integer().notNull().default(0),
  refused: integer().notNull().default(0),
}, (table) => [primaryKey({ columns: [table.day, table.regionCode] })])
