import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { visits } from '#db/schema/visits.ts'

// What one photo of a submitted visit looks like (print; null: too plain, or no picture) and says of itself. sha256: the photo
// it was made from; another one under the same kind is printed anew. sharpness 0–100, brightness 0–255,
// dark and bright: how much of it is black or burnt out, in percent.
export const photoPrints = sqliteTable('photo_prints', {
  number: integer().primaryKey(),
  visitId: text('visit_id').notNull().references(() => visits.id),
  kind: text().notNull(),
  sha256: blob({ mode: 'buffer' }).notNull(),
  print: blob({ mode: 'buffer' }),
  takenAt: text('taken_at'),
  latitude: real(),
  longitude: real(),
  sharpness: integer(),
  brightness: integer(),
  dark: integer(),
  bright: integer(),
}, (table) => [uniqueIndex('photo_prints_by_photo').on(table.visitId, table.kind)])

// Parts of each print, by which it is found: the number of the part and its bits in one integer.
export const photoBands = sqliteTable('photo_bands', {
  band: integer().notNull(),
  number: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.band, table.number] })])

// A photo that shows what a photo of another household showed before. distance: 0 the same to 100 nothing in common.
export const photoMatches = sqliteTable('photo_matches', {
  visitId: text('visit_id').notNull().references(() => visits.id),
  kind: text().notNull(),
  otherVisitId: text('other_visit_id').notNull().references(() => visits.id),
  otherKind: text('other_kind').notNull(),
  distance: integer().notNull(),
  exact: integer({ mode: 'boolean' }).notNull(),
}, (table) => [
  primaryKey({ columns: [table.visitId, table.kind, table.otherVisitId, table.otherKind] }),
  index('photo_matches_by_other').on(table.otherVisitId, table.otherKind),
])
