import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { visits } from '#db/schema/visits.ts'

// One decision on one visit. level 1: pengawas/korcam; 2: Dinsos. documents: what the checker typed from KTP/KK.
export const reviews = sqliteTable('reviews', {
  id: text().primaryKey(),
  visitId: text('visit_id').notNull().references(() => visits.id),
  householdId: text('household_id').notNull(),
  visitRevision: integer('visit_revision').notNull(),
  level: integer().notNull(),
  outcome: text({ enum: ['approved', 'returned'] }).notNull(),
  note: text().notNull().default(''),
  documents: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
  bulk: integer({ mode: 'boolean' }).notNull().default(false),
  decidedBy: text('decided_by').notNull(),
  decidedAt: text('decided_at').notNull(),
}, (table) => [
  index('reviews_by_visit').on(table.visitId, table.decidedAt),
  index('reviews_by_reviewer').on(table.decidedBy, table.decidedAt),
  check('review_outcome_is_known', sql`${table.outcome} IN ('approved', 'returned')`),
  check('review_level_is_known', sql`${table.level} IN (1, 2)`),
])

// A remark at the very question: path as in the record ("members.2.nik"), shown to the officer there.
export const remarks = sqliteTable('remarks', {
  id: integer().primaryKey({ autoIncrement: true }),
  reviewId: text('review_id').notNull().references(() => reviews.id),
  visitId: text('visit_id').notNull().references(() => visits.id),
  path: text().notNull(),
  message: text().notNull(),
}, (table) => [index('remarks_by_visit').on(table.visitId, table.id)])
