import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { households } from '#db/schema/households.ts'

const IN_USE = sql`status IN ('applying', 'applied')`

// One snapshot of DTSEN as it came in a file: read → previewed → (confirmed) applying → applied. Once confirmed it is
// read-only; triggers of the migration see to it. effective_on: the day the data is of. region_code: the place it is
// whole for, '' the whole country. applied_to: the last household whose desil has been brought up to date.
export const dtsenSnapshots = sqliteTable('dtsen_snapshots', {
  id: text().primaryKey(),
  label: text().notNull(),
  source: text().notNull(),
  effectiveOn: text('effective_on').notNull(),
  regionCode: text('region_code').notNull(),
  fileName: text('file_name').notNull(),
  sha256: text().notNull(),
  bytes: integer().notNull(),
  bytesRead: integer('bytes_read').notNull().default(0),
  uploadedBy: text('uploaded_by').notNull(),
  uploadedAt: text('uploaded_at').notNull(),
  confirmedBy: text('confirmed_by'),
  confirmedAt: text('confirmed_at'),
  status: text({ enum: ['reading', 'previewed', 'applying', 'applied', 'failed', 'discarded'] }).notNull(),
  rowCount: integer('row_count').notNull().default(0),
  matchedCount: integer('matched_count').notNull().default(0),
  nikCount: integer('nik_count').notNull().default(0),
  unmatchedCount: integer('unmatched_count').notNull().default(0),
  errorCount: integer('error_count').notNull().default(0),
  appliedTo: integer('applied_to').notNull().default(0),
  finishedAt: text('finished_at'),
  message: text(),
}, (table) => [
  index('dtsen_snapshots_by_region').on(table.regionCode, table.uploadedAt),
  uniqueIndex('dtsen_snapshot_label_once').on(table.regionCode, table.label).where(IN_USE),
  check('dtsen_snapshot_status_is_known', sql`${table.status} IN ('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded')`),
])

// One family of a snapshot. match: how it was found in the registry when it came in. region_code: the village it was found
// in, or else the one the file names, or else the place of the snapshot.
export const dtsenRows = sqliteTable('dtsen_rows', {
  snapshotId: text('snapshot_id').notNull().references(() => dtsenSnapshots.id),
  position: integer().notNull(),
  kkNumber: text('kk_number').notNull(),
  nik: text(),
  desil: integer().notNull(),
  regionCode: text('region_code').notNull(),
  match: text({ enum: ['kk', 'nik', 'none'] }).notNull(),
  householdId: text('household_id'),
  reference: text(),
}, (table) => [
  primaryKey({ columns: [table.snapshotId, table.position] }),
  uniqueIndex('dtsen_rows_by_kk').on(table.kkNumber, table.snapshotId),
  index('dtsen_rows_by_nik').on(table.nik, table.snapshotId, table.match).where(sql`nik IS NOT NULL`),
  index('dtsen_rows_by_match').on(table.snapshotId, table.match, table.regionCode, table.position),
  index('dtsen_rows_by_region').on(table.snapshotId, table.regionCode, table.desil, table.position),
  check('dtsen_desil_is_1_to_10', sql`${table.desil} BETWEEN 1 AND 10`),
  check('dtsen_match_is_known', sql`${table.match} IN ('kk', 'nik', 'none')`),
])

// A line of the file that cannot come in, and why.
export const dtsenErrors = sqliteTable('dtsen_errors', {
  snapshotId: text('snapshot_id').notNull().references(() => dtsenSnapshots.id),
  position: integer().notNull(),
  column: text().notNull(),
  message: text().notNull(),
  value: text().notNull(),
}, (table) => [primaryKey({ columns: [table.snapshotId, table.position] })])

// How many families of each desil a snapshot has in each village: counted once, because a snapshot never changes.
export const dtsenCounts = sqliteTable('dtsen_counts', {
  snapshotId: text('snapshot_id').notNull().references(() => dtsenSnapshots.id),
  regionCode: text('region_code').notNull(),
  desil: integer().notNull(),
  matched: integer().notNull(),
  unmatched: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.snapshotId, table.regionCode, table.desil] })])

// Which snapshot is in effect in each kabupaten/kota: the newest by its date.
export const dtsenEffective = sqliteTable('dtsen_effective', {
  regionCode: text('region_code').primaryKey(),
  snapshotId: text('snapshot_id').notNull().references(() => dtsenSnapshots.id),
})

// Two snapshots compared, once for ever. phase and done_to: how far the background has come.
export const dtsenComparisons = sqliteTable('dtsen_comparisons', {
  fromId: text('from_id').notNull().references(() => dtsenSnapshots.id),
  toId: text('to_id').notNull().references(() => dtsenSnapshots.id),
  phase: text({ enum: ['to', 'from', 'done'] }).notNull(),
  doneTo: integer('done_to').notNull().default(0),
  requestedBy: text('requested_by').notNull(),
  requestedAt: text('requested_at').notNull(),
  finishedAt: text('finished_at'),
}, (table) => [
  primaryKey({ columns: [table.fromId, table.toId] }),
  check('dtsen_comparison_phase_is_known', sql`${table.phase} IN ('to', 'from', 'done')`),
])

// Families by where they were and where they are; desil 0: not in that snapshot.
export const dtsenMoves = sqliteTable('dtsen_moves', {
  fromId: text('from_id').notNull(),
  toId: text('to_id').notNull(),
  regionCode: text('region_code').notNull(),
  fromDesil: integer('from_desil').notNull(),
  toDesil: integer('to_desil').notNull(),
  families: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.fromId, table.toId, table.regionCode, table.fromDesil, table.toDesil] })])

// The desil in effect of every active household in a kabupaten that has a snapshot: the lowest of its families, null when
// none of them is in it. Written by triggers of the migration alone, so that no change of a family can escape it.
export const householdDesil = sqliteTable('household_desil', {
  householdId: text('household_id').primaryKey().references(() => households.id),
  number: integer().notNull(),
  regionCode: text('region_code').notNull(),
  desil: integer(),
  familyCount: integer('family_count').notNull(),
  desilCount: integer('desil_count').notNull(),
}, (table) => [
  index('household_desil_by_region').on(table.regionCode, table.desil, table.number),
  index('household_desil_missing').on(table.regionCode, table.number).where(sql`desil_count < family_count`),
])

// The same, summed up by village; kept by triggers.
export const desilCoverage = sqliteTable('desil_coverage', {
  regionCode: text('region_code').primaryKey(),
  householdCount: integer('household_count').notNull(),
  familyCount: integer('family_count').notNull(),
  desilCount: integer('desil_count').notNull(),
})

// Where and when an optional block of questions is asked. valid_to: the last day, null while open.
export const questionnaireExtensions = sqliteTable('questionnaire_extensions', {
  id: text().primaryKey(),
  extension: text({ enum: ['dtsen'] }).notNull(),
  regionCode: text('region_code').notNull(),
  validFrom: text('valid_from').notNull(),
  validTo: text('valid_to'),
  source: text().notNull(),
  setBy: text('set_by').notNull(),
  setAt: text('set_at').notNull(),
}, (table) => [
  index('questionnaire_extensions_by_region').on(table.regionCode, table.extension, table.validFrom),
  check('questionnaire_extension_is_known', sql`${table.extension} IN ('dtsen')`),
  check('questionnaire_extension_ends_after_it_begins', sql`${table.validTo} IS NULL OR ${table.validTo} >= ${table.validFrom}`),
])
