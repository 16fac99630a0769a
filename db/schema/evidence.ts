import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { visits } from '#db/schema/visits.ts'

// What the rules compare of a visit, in columns of its own, so that the visits themselves carry no index for it. judgedAt
// with the visit's own revision and submit count: its flags are worked out. Times in milliseconds, by the phone's clock.
export const visitEvidence = sqliteTable('visit_evidence', {
  visitId: text('visit_id').primaryKey().references(() => visits.id),
  householdId: text('household_id').notNull(),
  officerId: text('officer_id').notNull(),
  regionCode: text('region_code').notNull(),
  districtCode: text('district_code').notNull(),
  regencyCode: text('regency_code').notNull(),
  // The determination period it was sent in, or else the quarter of the year.
  period: text().notNull(),
  revision: integer().notNull(),
  submitCount: integer('submit_count').notNull(),
  submittedAt: text('submitted_at').notNull(),
  judgedAt: text('judged_at'),
  outcome: integer().notNull(),
  size: integer().notNull(),
  logMinutes: real('log_minutes'),
  activeMs: integer('active_ms').notNull(),
  startedMs: integer('started_ms').notNull(),
  endedMs: integer('ended_ms').notNull(),
  locatedMs: integer('located_ms'),
  takenFromMs: integer('taken_from_ms'),
  takenToMs: integer('taken_to_ms'),
  latitude: real().notNull(),
  longitude: real().notNull(),
  accuracyM: real('accuracy_m').notNull(),
  // A square of about 11 m; its neighbours differ by one, or by a row of squares.
  cell: integer().notNull(),
  prelistM: real('prelist_m'),
  near: integer().notNull().default(0),
  answers: blob({ mode: 'buffer' }),
  // The share of answers that differ from the record the visit began with.
  changed: real(),
  // Blocks answered with one code throughout, a bit each.
  uniform: integer().notNull().default(0),
  deviceId: text('device_id'),
  deviceSequence: integer('device_sequence'),
  madeMs: integer('made_ms'),
  // Whose durations this one was held against.
  basis: text({ enum: ['', 'village', 'district', 'regency', 'unknown'] }).notNull().default(''),
}, (table) => [
  index('evidence_by_village').on(table.regionCode, table.period, table.submittedAt, table.officerId),
  index('evidence_by_district').on(table.districtCode, table.period, table.submittedAt, table.officerId),
  index('evidence_by_regency').on(table.regencyCode, table.period, table.submittedAt, table.officerId),
  index('evidence_by_officer').on(table.officerId, table.startedMs),
  index('evidence_by_cell').on(table.cell),
  index('evidence_by_device').on(table.deviceId, table.deviceSequence).where(sql`device_id IS NOT NULL`),
  check('evidence_basis_is_known', sql`${table.basis} IN ('', 'village', 'district', 'regency', 'unknown')`),
])

// Visits of each officer in a place and period, with and without an interview: of the desa, its kecamatan, its kabupaten.
export const evidenceGroups = sqliteTable('evidence_groups', {
  regionCode: text('region_code').notNull(),
  period: text().notNull(),
  officerId: text('officer_id').notNull(),
  finished: integer().notNull().default(0),
  unfinished: integer().notNull().default(0),
}, (table) => [primaryKey({ columns: [table.regionCode, table.period, table.officerId] })])

// Visits to be judged, in the order they were asked for.
export const evidenceQueue = sqliteTable('evidence_queue', {
  visitId: text('visit_id').primaryKey(),
  number: integer().notNull(),
}, (table) => [index('evidence_queue_in_order').on(table.number)])

// Flags that stand no longer: of an earlier sending, or taken back by a later judging.
export const pastFlags = sqliteTable('past_flags', {
  visitId: text('visit_id').notNull().references(() => visits.id),
  code: text().notNull(),
  message: text().notNull(),
  weight: integer().notNull(),
  clearedAt: text('cleared_at').notNull(),
  why: text({ enum: ['sent_again', 'judged_again'] }).notNull(),
}, (table) => [
  primaryKey({ columns: [table.visitId, table.code, table.clearedAt] }),
  check('past_flag_why_is_known', sql`${table.why} IN ('sent_again', 'judged_again')`),
])
