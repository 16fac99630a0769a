import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { households } from '#db/schema/households.ts'
import { files } from '#db/schema/files.ts'
import { users } from '#db/schema/users.ts'

// A visit begins as a draft (sections saved one by one) under an id made by whoever began it, so a repeat is recognised.
export const visits = sqliteTable('visits', {
  id: text().primaryKey(),
  householdId: text('household_id').notNull().references(() => households.id),
  regionCode: text('region_code').notNull(),
  officerId: text('officer_id').notNull().references(() => users.id),
  status: text({ enum: ['draft', 'submitted', 'returned', 'checked', 'verified'] }).notNull(),
  outcome: integer(),
  record: text({ mode: 'json' }).$type<HouseholdRecord>().notNull(),
  savedSections: text('saved_sections', { mode: 'json' }).$type<Record<string, string>>().notNull(),
  revision: integer().notNull(),
  baseVersion: integer('base_version').notNull(),
  questionnaireVersion: text('questionnaire_version').notNull(),
  latitude: real(),
  longitude: real(),
  accuracyM: real('accuracy_m'),
  locatedAt: text('located_at'),
  openedAt: text('opened_at').notNull(),
  activeMs: integer('active_ms').notNull().default(0),
  submittedAt: text('submitted_at'),
  submitCount: integer('submit_count').notNull().default(0),
  submittedHash: text('submitted_hash'),
  flagCount: integer('flag_count').notNull().default(0),
  flagWeight: integer('flag_weight').notNull().default(0),
  // The phone it came from, the number that phone gave it, and the phone's clock then; null: written on the server's pages.
  deviceId: text('device_id'),
  deviceSequence: integer('device_sequence'),
  madeAt: text('made_at'),
}, (table) => [
  index('visits_by_household').on(table.householdId, table.openedAt),
  index('visits_drafts').on(table.openedAt).where(sql`status = 'draft'`),
  index('visits_by_region').on(table.regionCode, table.submittedAt).where(sql`submitted_at IS NOT NULL`),
  check('visit_status_is_known', sql`${table.status} IN ('draft', 'submitted', 'returned', 'checked', 'verified')`),
  check('visit_outcome_is_known', sql`${table.outcome} BETWEEN 1 AND 6`),
  check('visit_duration_is_positive', sql`${table.activeMs} >= 0`),
  check('visit_submitted_is_complete', sql`${table.submittedAt} IS NULL OR (${table.outcome} IS NOT NULL
    AND ${table.latitude} IS NOT NULL AND ${table.longitude} IS NOT NULL AND ${table.accuracyM} IS NOT NULL)`),
])

export const visitPhotos = sqliteTable('visit_photos', {
  visitId: text('visit_id').notNull().references(() => visits.id),
  kind: text().notNull(),
  sha256: text().notNull().references(() => files.sha256),
  takenAt: text('taken_at'),
  addedAt: text('added_at').notNull(),
}, (table) => [
  primaryKey({ columns: [table.visitId, table.kind] }),
])

// A signal with its sentence. None rejects a visit by itself; all keep it out of bulk approval.
export const visitFlags = sqliteTable('visit_flags', {
  visitId: text('visit_id').notNull().references(() => visits.id),
  code: text().notNull(),
  message: text().notNull(),
  weight: integer().notNull().default(1),
}, (table) => [primaryKey({ columns: [table.visitId, table.code] })])
