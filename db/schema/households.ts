import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { STAGES, type Stage } from '#app/households/stages.ts'
import { oneOf } from '#db/schema/one-of.ts'
import { users } from '#db/schema/users.ts'

// As a household's record names them: what the list of households can be narrowed to.
export const LISTED_PROGRAMMES = ['pkh', 'kks', 'sembako', 'pbi', 'kip', 'kur'] as const

// The rumah tangga (one kitchen) and where its record stands. `record` is the whole master record as the
// questionnaire names it; the other columns are its projection for lists and search, written by one function.
export const households = sqliteTable('households', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  regionCode: text('region_code').notNull(),
  prelistId: text('prelist_id').unique(),
  orderNo: text('order_no'),
  origin: text({ enum: ['prelist', 'new'] }).notNull(),
  headName: text('head_name').notNull(),
  headNik: text('head_nik'),
  address: text().notNull(),
  slsName: text('sls_name').notNull().default(''),
  memberCount: integer('member_count').notNull(),
  programmes: text().notNull().default(''),
  version: integer().notNull(),
  latitude: real(),
  longitude: real(),
  stage: text({ enum: STAGES }).$type<Stage>().notNull(),
  stageAt: text('stage_at').notNull(),
  outcome: integer(),
  musdesStatus: integer('musdes_status'),
  officerId: text('officer_id').references(() => users.id),
  visitId: text('visit_id'),
  flagCount: integer('flag_count').notNull().default(0),
  createdAt: text('created_at').notNull(),
  // Last, because it is long: SQLite reads what stands before it without following the row into its overflow pages.
  record: text({ mode: 'json' }).$type<HouseholdRecord>().notNull(),
  // The weights of its flags together. Behind the record, so read it by its index.
  flagWeight: integer('flag_weight').notNull().default(0),
}, (table) => [
  // Both carry what the list filters by, so that passing over a row costs no look into the table.
  index('households_by_name').on(table.regionCode, table.headName, table.number, table.stage, table.outcome, table.flagCount),
  index('households_in_name_order').on(table.headName, table.number, table.regionCode, table.stage, table.outcome, table.flagCount),
  // Those of a search are known by number: their names beside it lie close together, the rows themselves do not.
  index('households_named').on(table.number, table.headName, table.regionCode),
  index('households_by_stage').on(table.stage, table.regionCode, table.stageAt, table.number, table.flagCount, table.outcome, table.officerId),
  index('households_checked').on(sql`substr(region_code, 1, 5)`, table.stageAt, table.number, table.officerId, table.outcome, table.flagCount).where(sql`stage = 'checked'`),
  index('households_checked_by_weight').on(sql`substr(region_code, 1, 5)`, sql`flag_weight DESC`, table.stageAt, table.number, table.officerId, table.outcome).where(sql`stage = 'checked' AND flag_weight > 0`),
  index('households_by_officer').on(table.officerId, table.stage, table.number),
  index('households_by_outcome').on(table.outcome, table.regionCode, table.number).where(sql`outcome IS NOT NULL`),
  index('households_by_place').on(table.regionCode, table.number, table.id),
  index('households_flagged').on(table.regionCode, table.number).where(sql`flag_count > 0`),
  index('households_by_weight').on(table.stage, table.regionCode, sql`flag_weight DESC`, table.stageAt, table.number, table.officerId, table.outcome).where(sql`flag_weight > 0`),
  index('households_by_head_nik').on(table.headNik),
  ...LISTED_PROGRAMMES.map((programme) => index(`households_with_${programme}`).on(table.regionCode, table.headName, table.number, table.programmes).where(sql.raw(`instr(programmes, ',${programme},') > 0`))),
  check('household_stage_is_known', oneOf('stage', STAGES)),
  check('household_outcome_is_known', sql`${table.outcome} BETWEEN 1 AND 6`),
  check('household_musdes_status_is_known', sql`${table.musdesStatus} BETWEEN 1 AND 4`),
])

// How many stand at each stage, per desa, officer ('' nobody) and whether flagged; kept by triggers. A table WITHOUT ROWID.
export const householdCounts = sqliteTable('household_counts', {
  stage: text({ enum: STAGES }).$type<Stage>().notNull(),
  regionCode: text('region_code').notNull(),
  officerId: text('officer_id').notNull(),
  flagged: integer().notNull(),
  n: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.stage, table.regionCode, table.officerId, table.flagged] })])

export const families = sqliteTable('families', {
  householdId: text('household_id').notNull().references(() => households.id),
  seq: integer().notNull(),
  kkNumber: text('kk_number'),
}, (table) => [
  primaryKey({ columns: [table.householdId, table.seq] }),
  index('families_by_kk').on(table.kkNumber),
])

// relation: to the head of the family; the codes of pregnant to employment are those of the questionnaire (412–421).
export const members = sqliteTable('members', {
  householdId: text('household_id').notNull().references(() => households.id),
  seq: integer().notNull(),
  familySeq: integer('family_seq'),
  name: text().notNull(),
  nik: text(),
  sex: integer(),
  birthDate: text('birth_date'),
  presence: integer(),
  relation: integer(),
  pregnant: integer({ mode: 'boolean' }),
  disability: integer(),
  schooling: integer(),
  education: integer(),
  employment: integer(),
}, (table) => [
  primaryKey({ columns: [table.householdId, table.seq] }),
  index('members_by_nik').on(table.nik),
])

// Every master version, whole, with its cause ("prelist:<import>", "determination:<batch>").
export const householdVersions = sqliteTable('household_versions', {
  householdId: text('household_id').notNull().references(() => households.id),
  version: integer().notNull(),
  cause: text().notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: text('created_at').notNull(),
  record: text({ mode: 'json' }).$type<HouseholdRecord>().notNull(),
}, (table) => [primaryKey({ columns: [table.householdId, table.version] })])

// Each change of stage: who, when, why.
export const transitions = sqliteTable('transitions', {
  id: integer().primaryKey(),
  householdId: text('household_id').notNull().references(() => households.id),
  fromStage: text('from_stage').$type<Stage>(),
  toStage: text('to_stage').$type<Stage>().notNull(),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  note: text().notNull().default(''),
  subject: text(),
}, (table) => [index('transitions_by_household').on(table.householdId, table.id)])

// Nonaktif: out of the registry's living part, with the reason and the change that put it there. No row is active; the
// record itself and its versions stay.
export const inactiveHouseholds = sqliteTable('inactive_households', {
  householdId: text('household_id').primaryKey().references(() => households.id),
  reason: text().notNull(),
  since: text().notNull(),
  cause: text().notNull(),
  note: text().notNull().default(''),
})

// The same by number, kept by triggers, so that a list in the order of its index need not look into each row.
export const inactiveNumbers = sqliteTable('inactive_numbers', { number: integer().primaryKey() })

// The words of names and addresses under each form by which one that was mistyped is found; see app/households/words.ts. A table WITHOUT ROWID.
export const searchWords = sqliteTable('search_words', {
  form: text().notNull(),
  word: text().notNull(),
}, (table) => [primaryKey({ columns: [table.form, table.word] })])
