import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Finding } from '#app/duplicates/pairs.ts'

// One row for each present member of an active household, as the search for duplicates reads them: normalised, and
// known by household number * 1000 + the member's own.
export const duplicatePeople = sqliteTable('duplicate_people', {
  member: integer().primaryKey(),
  name: text().notNull(),
  sex: integer(),
  birthDate: text('birth_date'),
  nik: text(),
  kkNumber: text('kk_number'),
  mother: text().notNull().default(''),
  regionCode: text('region_code').notNull(),
})

// Where to look for somebody alike: each key is a hash of what two records of one person most likely share.
export const duplicateKeys = sqliteTable('duplicate_keys', {
  key: integer().notNull(),
  member: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.key, table.member] })])

// How many people carry a word in their name: who shares a rare one is more likely the same.
export const duplicateNames = sqliteTable('duplicate_names', {
  word: text().primaryKey(),
  people: integer().notNull(),
})

// Who changed while everybody was being searched at once, and is looked at again when that is over.
export const duplicateLater = sqliteTable('duplicate_later', { householdId: text('household_id').primaryKey() })

export const PAIR_KINDS = ['nik', 'kk', 'person'] as const
export const PAIR_STATUSES = ['open', 'returned', 'merging', 'apart', 'gone'] as const

// Two households that seem to hold the same people. kind: the gravest finding; score: of the surest, in percent. gone: the
// data itself settled it. merging: a proposal is under way. votes: which side wants them kept apart, when the two lie in
// places of different offices. keep: which side a higher office wants to stay. apart: prints of findings that were decided.
export const duplicatePairs = sqliteTable('duplicate_pairs', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  oneHousehold: text('one_household').notNull(),
  otherHousehold: text('other_household').notNull(),
  oneRegion: text('one_region').notNull(),
  otherRegion: text('other_region').notNull(),
  kind: text({ enum: PAIR_KINDS }).notNull(),
  status: text({ enum: PAIR_STATUSES }).notNull(),
  score: integer().notNull(),
  foundAt: text('found_at').notNull(),
  changedAt: text('changed_at').notNull(),
  settledBy: text('settled_by'),
  settledAt: text('settled_at'),
  note: text().notNull().default(''),
  returnedTo: text('returned_to'),
  keep: text({ enum: ['one', 'other'] }),
  votes: text().notNull().default(''),
  proposalId: text('proposal_id'),
  findings: text({ mode: 'json' }).$type<Finding[]>().notNull(),
  apart: text({ mode: 'json' }).$type<string[]>().notNull(),
}, (table) => [
  index('duplicate_pairs_by_score').on(table.status, table.score, table.number),
  index('duplicate_pairs_by_one').on(table.status, table.oneRegion, table.kind, table.score, table.number),
  index('duplicate_pairs_by_other').on(table.status, table.otherRegion, table.kind, table.score, table.number),
  index('duplicate_pairs_of_one').on(table.oneHousehold),
  index('duplicate_pairs_of_other').on(table.otherHousehold),
  check('pair_kind_is_known', sql`${table.kind} IN ('nik', 'kk', 'person')`),
  check('pair_status_is_known', sql`${table.status} IN ('open', 'returned', 'merging', 'apart', 'gone')`),
  check('pair_keep_is_known', sql`${table.keep} IN ('one', 'other')`),
  check('pair_is_of_two_households', sql`${table.oneHousehold} <> ${table.otherHousehold}`),
])
