import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Facts, ProgrammeCode } from '#app/programmes/programme.ts'
import { oneOf } from '#db/schema/one-of.ts'

export const FINDING_KINDS = ['dead', 'moved', 'unregistered', 'inactive', 'occupation', 'double', 'high_desil', 'low_desil', 'two_families'] as const
export const FINDING_STATUSES = ['open', 'dismissed', 'settled'] as const
export type FindingKind = typeof FINDING_KINDS[number]
export type FindingStatus = typeof FINDING_STATUSES[number]

// What does not agree between the lists of the programmes and the registry. subject: the recipient, or of a family that gets
// nothing "<household>/<family>"; of such a family householdNumber is that of its household. key: what tells two of one kind apart. other: the household or recipient it also speaks of.
// facts: the numbers its sentence names. found_at: first seen; status_at: since when it stands as it does. settled: the facts are gone.
export const crosscheckFindings = sqliteTable('crosscheck_findings', {
  id: integer().primaryKey(),
  subject: text().notNull(),
  kind: text({ enum: FINDING_KINDS }).notNull(),
  key: text().notNull(),
  programme: text().$type<ProgrammeCode | ''>().notNull(),
  sensitive: integer({ mode: 'boolean' }).notNull(),
  recipientId: text('recipient_id'),
  householdId: text('household_id'),
  familySeq: integer('family_seq'),
  memberSeq: integer('member_seq'),
  regionCode: text('region_code').notNull(),
  name: text().notNull(),
  other: text(),
  status: text({ enum: FINDING_STATUSES }).notNull(),
  statusAt: text('status_at').notNull(),
  foundAt: text('found_at').notNull(),
  note: text().notNull().default(''),
  decidedBy: text('decided_by'),
  facts: text({ mode: 'json' }).$type<Facts>().notNull(),
  householdNumber: integer('household_number'),
}, (table) => [
  uniqueIndex('crosscheck_finding_of_recipient').on(table.recipientId, table.kind, table.key).where(sql`recipient_id IS NOT NULL`),
  uniqueIndex('crosscheck_finding_of_family').on(table.householdNumber, table.familySeq, table.kind, table.key).where(sql`recipient_id IS NULL`),
  index('crosscheck_findings_by_place').on(table.status, table.regionCode, table.name, table.id, table.kind, table.programme, table.sensitive),
  index('crosscheck_findings_by_other').on(table.other).where(sql`other IS NOT NULL`),
  check('crosscheck_finding_kind_is_known', oneOf('kind', FINDING_KINDS)),
  check('crosscheck_finding_status_is_known', oneOf('status', FINDING_STATUSES)),
])

// What became of a finding after it was first seen. facts: those it stood on then. Append-only.
export const crosscheckEvents = sqliteTable('crosscheck_events', {
  id: integer().primaryKey(),
  findingId: integer('finding_id').notNull().references(() => crosscheckFindings.id),
  fromStatus: text('from_status').notNull(),
  toStatus: text('to_status').notNull(),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  note: text().notNull().default(''),
  facts: text({ mode: 'json' }).$type<Facts>().notNull(),
}, (table) => [index('crosscheck_events_by_finding').on(table.findingId, table.id)])

// Findings by desa. Kept by triggers of the migration.
export const crosscheckCounts = sqliteTable('crosscheck_counts', {
  regionCode: text('region_code').notNull(),
  kind: text({ enum: FINDING_KINDS }).notNull(),
  programme: text().$type<ProgrammeCode | ''>().notNull(),
  sensitive: integer({ mode: 'boolean' }).notNull(),
  open: integer().notNull(),
  dismissed: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.regionCode, table.kind, table.programme, table.sensitive] })])

// A run over everything in a place. cursor: the last desa done.
export const crosscheckRuns = sqliteTable('crosscheck_runs', {
  id: text().primaryKey(),
  regionCode: text('region_code').notNull(),
  status: text({ enum: ['running', 'done', 'failed'] }).notNull(),
  startedBy: text('started_by').notNull(),
  startedAt: text('started_at').notNull(),
  finishedAt: text('finished_at'),
  cursor: text().notNull().default(''),
  total: integer().notNull().default(0),
  done: integer().notNull().default(0),
}, (table) => [
  index('crosscheck_runs_by_start').on(table.startedAt),
  check('crosscheck_run_status_is_known', oneOf('status', ['running', 'done', 'failed'])),
])

// How far a programme reaches those it is for, per desa: families, or persons where one person receives. eligible: with a desil
// up to desil_max; reached, outside, unknown: who receives with a desil up to it, above it, or without any. stale: to be counted again.
export const programmeReach = sqliteTable('programme_reach', {
  regionCode: text('region_code').notNull(),
  programme: text().$type<ProgrammeCode>().notNull(),
  desilMax: integer('desil_max'),
  eligible: integer().notNull(),
  reached: integer().notNull(),
  outside: integer().notNull(),
  unknown: integer().notNull(),
  countedAt: text('counted_at').notNull(),
  stale: integer({ mode: 'boolean' }).notNull().default(false),
}, (table) => [
  primaryKey({ columns: [table.regionCode, table.programme] }),
  index('programme_reach_stale').on(table.regionCode).where(sql`stale`),
])
