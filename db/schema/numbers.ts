import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { households } from '#db/schema/households.ts'
import { users } from '#db/schema/users.ts'
import { visits } from '#db/schema/visits.ts'

// Checked and verified, but without a No KK or a NIK: who waits for Dukcapil. Kept by triggers on the stage, however it moves.
export const numberWaits = sqliteTable('number_waits', {
  householdId: text('household_id').primaryKey().references(() => households.id),
  regionCode: text('region_code').notNull(),
  visitId: text('visit_id').notNull().references(() => visits.id),
  since: text().notNull(),
}, (table) => [index('number_waits_by_place').on(table.regionCode, table.since, table.householdId), index('number_waits_by_visit').on(table.visitId)])

// Numbers that came from Dukcapil, put into a visit without visiting anew. id: of the form; paths: which answers; sha256: the
// photo of the document that shows them.
export const givenNumbers = sqliteTable('given_numbers', {
  id: text().primaryKey(),
  visitId: text('visit_id').notNull().references(() => visits.id),
  visitRevision: integer('visit_revision').notNull(),
  paths: text({ mode: 'json' }).$type<string[]>().notNull(),
  sha256: text().notNull(),
  givenBy: text('given_by').notNull().references(() => users.id),
  givenAt: text('given_at').notNull(),
}, (table) => [index('given_numbers_by_visit').on(table.visitId, table.givenAt)])
