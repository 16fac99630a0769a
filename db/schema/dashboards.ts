import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// Counts of places of every level, '' the country. kind and key: what is counted; day: of which day by the clock of the desa, ''
// of none.
//   stage/<stage>: households that stand there now. since/<stage>/<day>: those, by the day they came there.
//   outcome/<1–6>/<day>: households by the outcome of their visit. finished//<day>: those of outcome 1.
//   lack/<block>/<day>: finished ones with something unanswered in that block. whole//<day>: with nothing unanswered.
//   move/<what>/<day>: what happened on a day. remark/<question>/<day>: what it was sent back for.
// round: the full count these belong to; a page reads one only. Without rowid (in the migration).
export const dashboardCounts = sqliteTable('dashboard_counts', {
  round: integer().notNull(),
  regionCode: text('region_code').notNull(),
  kind: text().notNull(),
  key: text().notNull(),
  day: text().notNull(),
  count: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.round, table.regionCode, table.kind, table.key, table.day] })])

// The same by officer, of each desa: stage and move.
export const dashboardOfficers = sqliteTable('dashboard_officers', {
  round: integer().notNull(),
  regionCode: text('region_code').notNull(),
  officerId: text('officer_id').notNull(),
  kind: text().notNull(),
  key: text().notNull(),
  day: text().notNull(),
  count: integer().notNull(),
}, (table) => [
  primaryKey({ columns: [table.round, table.regionCode, table.officerId, table.kind, table.key, table.day] }),
  index('dashboard_officers_by_place').on(table.round, table.kind, table.regionCode, table.day, table.count),
  index('dashboard_officers_by_officer').on(table.round, table.officerId, table.regionCode),
])

// What each household is counted as, so that a change takes away what it put there. visit_mark: which content of
// which visit its completeness was read from. lacks: ",housing,members,". round: the newest full count that has met it.
// An inactive one has no stage: it counts for nothing, what happened to it does.
export const dashboardHouseholds = sqliteTable('dashboard_households', {
  number: integer().primaryKey(),
  regionCode: text('region_code').notNull(),
  stage: text().notNull(),
  since: text().notNull(),
  officerId: text('officer_id'),
  outcome: integer(),
  visitedOn: text('visited_on'),
  visitMark: text('visit_mark').notNull().default(''),
  lacks: text().notNull().default(''),
  round: integer().notNull().default(0),
}, (table) => [index('dashboard_households_lacking').on(table.regionCode, table.number).where(sql`lacks <> ''`)])

// Every place that has been counted, with the one above it.
export const dashboardPlaces = sqliteTable('dashboard_places', {
  regionCode: text('region_code').primaryKey(),
  parentCode: text('parent_code').notNull(),
}, (table) => [index('dashboard_places_by_parent').on(table.parentCode, table.regionCode)])

// How far the trail has been followed (line: of audit; move: of transitions), which round the pages read (0: none yet), and
// how far the one being counted has come: through the households by place and number (done: so many of total), then through
// the places that are summed up (app/dashboards/summing.ts).
export const dashboardFollowing = sqliteTable('dashboard_following', {
  name: text().primaryKey(),
  line: integer().notNull(),
  move: integer().notNull(),
  live: integer().notNull(),
  building: integer(),
  household: integer().notNull(),
  total: integer().notNull(),
  startedAt: text('started_at').notNull(),
  finishedAt: text('finished_at'),
  place: text().notNull().default(''),
  done: integer().notNull().default(0),
  summed: text().notNull().default(''),
})
