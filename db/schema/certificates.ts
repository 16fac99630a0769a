import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { households } from '#db/schema/households.ts'
import { oneOf } from '#db/schema/one-of.ts'
import { users } from '#db/schema/users.ts'

export const CERTIFICATE_PURPOSES = ['school', 'health', 'energy', 'legal', 'other'] as const

// What every letter has before and after what it says. officeCode: the desa or kabupaten whose letter it is. codeHash: SHA-256 of
// the code by which whoever is shown the letter can ask whether it is genuine.
const numbering = () => ({
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  codeHash: text('code_hash').notNull().unique(),
  letterNumber: text('letter_number').notNull(),
  officeCode: text('office_code').notNull(),
  year: integer().notNull(),
  serial: integer().notNull(),
  regionCode: text('region_code').notNull(),
})
const signing = () => ({
  purpose: text({ enum: CERTIFICATE_PURPOSES }).notNull(),
  purposeNote: text('purpose_note').notNull().default(''),
  validUntil: text('valid_until').notNull(),
  signatoryName: text('signatory_name').notNull(),
  signatoryPosition: text('signatory_position').notNull(),
  signatoryNip: text('signatory_nip').notNull().default(''),
  issuedBy: text('issued_by').notNull().references(() => users.id),
  issuedAt: text('issued_at').notNull(),
  revokedBy: text('revoked_by'),
  revokedAt: text('revoked_at'),
  revokedNote: text('revoked_note').notNull().default(''),
})

// A letter that says somebody is registered. Who that is stands in the master version it was written from, so nothing of a person
// is kept twice; desil and programmes as they were that day.
export const certificates = sqliteTable('certificates', {
  ...numbering(),
  householdId: text('household_id').notNull().references(() => households.id),
  version: integer().notNull(),
  memberSeq: integer('member_seq').notNull(),
  desil: integer(),
  desilLabel: text('desil_label').notNull().default(''),
  programmes: text().notNull().default(''),
  ...signing(),
}, (table) => [
  unique('certificate_number_is_one').on(table.officeCode, table.year, table.serial),
  index('certificates_by_place').on(table.regionCode, table.number),
  index('certificates_by_household').on(table.householdId, table.number),
  check('certificate_purpose_is_known', oneOf('purpose', CERTIFICATE_PURPOSES)),
  check('certificate_revocation_is_whole', sql`(${table.revokedAt} IS NULL) = (${table.revokedBy} IS NULL)`),
])

// A letter that says somebody is not registered: who that is stands here, since no record has him. ruledOut: how many alike were shown to the officer, who
// says in ruledOutNote why none of them is he.
export const absences = sqliteTable('absences', {
  ...numbering(),
  nik: text().notNull(),
  name: text().notNull(),
  birthPlace: text('birth_place').notNull(),
  birthDate: text('birth_date').notNull(),
  sex: integer().notNull(),
  address: text().notNull(),
  ruledOut: integer('ruled_out').notNull().default(0),
  ruledOutNote: text('ruled_out_note').notNull().default(''),
  ...signing(),
}, (table) => [
  unique('absence_number_is_one').on(table.officeCode, table.year, table.serial),
  index('absences_by_place').on(table.regionCode, table.number),
  check('absence_purpose_is_known', oneOf('purpose', CERTIFICATE_PURPOSES)),
  check('absence_sex_is_known', sql`${table.sex} IN (1, 2)`),
  check('absence_ruled_out_says_why', sql`${table.ruledOut} = 0 OR ${table.ruledOutNote} <> ''`),
  check('absence_revocation_is_whole', sql`(${table.revokedAt} IS NULL) = (${table.revokedBy} IS NULL)`),
])
