import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { households } from '#db/schema/households.ts'

// What can be told of a meeting, and mended later.
export type MeetingFacts = {
  heldOn: string, startedAt: string, endedAt: string, place: string, chairName: string, chairPosition: string, minutesNumber: string, attendance: Record<string, number>
}

// The village meeting (musyawarah desa/kelurahan). The berita acara and photos are attachments of subject musdes:<id>.
export const musdes = sqliteTable('musdes', {
  id: text().primaryKey(),
  regionCode: text('region_code').notNull(),
  heldOn: text('held_on').notNull(),
  startedAt: text('started_at').notNull(),
  endedAt: text('ended_at').notNull(),
  place: text().notNull(),
  chairName: text('chair_name').notNull(),
  chairPosition: text('chair_position').notNull(),
  attendance: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
  minutesNumber: text('minutes_number').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: text('created_at').notNull(),
}, (table) => [index('musdes_by_region').on(table.regionCode, table.heldOn)])

// What the record of a meeting said before each correction.
export const musdesRevisions = sqliteTable('musdes_revisions', {
  musdesId: text('musdes_id').notNull().references(() => musdes.id),
  revision: integer().notNull(),
  former: text({ mode: 'json' }).$type<MeetingFacts>().notNull(),
  note: text().notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: text('changed_at').notNull(),
}, (table) => [primaryKey({ columns: [table.musdesId, table.revision] })])

// 1 ditemukan, 2 tidak ditemukan, 3 data ganda, 4 usulan baru.
export const musdesResults = sqliteTable('musdes_results', {
  musdesId: text('musdes_id').notNull().references(() => musdes.id),
  householdId: text('household_id').notNull().references(() => households.id),
  status: integer().notNull(),
  notFoundReason: integer('not_found_reason'),
  duplicateOf: text('duplicate_of'),
  answers: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  note: text().notNull().default(''),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: text('recorded_at').notNull(),
}, (table) => [
  primaryKey({ columns: [table.musdesId, table.householdId] }),
  index('musdes_results_by_household').on(table.householdId),
  check('musdes_status_is_known', sql`${table.status} BETWEEN 1 AND 4`),
  check('musdes_not_found_has_reason', sql`${table.status} <> 2 OR ${table.notFoundReason} BETWEEN 1 AND 4`),
])
