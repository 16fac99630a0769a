import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// Kemendagri codes: 34 / 34.02 / 34.02.01 / 34.02.01.2001. The prefix is the tree.
export const regions = sqliteTable('regions', {
  code: text().primaryKey(),
  level: integer().notNull(),
  name: text().notNull(),
  parentCode: text('parent_code'),
  bpsCode: text('bps_code'),
  validFrom: text('valid_from').notNull(),
  validTo: text('valid_to'),
}, (table) => [
  index('regions_by_parent').on(table.parentCode, table.name),
  index('regions_by_level').on(table.level, table.code).where(sql`valid_to IS NULL`),
  index('regions_by_bps').on(table.bpsCode).where(sql`bps_code IS NOT NULL`),
  check('region_level_is_known', sql`${table.level} BETWEEN 1 AND 4`),
])

// Splits, merges and renames: an old code still finds its present one.
export const regionChanges = sqliteTable('region_changes', {
  id: text().primaryKey(),
  kind: text({ enum: ['rename', 'recode', 'split', 'merge'] }).notNull(),
  oldCode: text('old_code').notNull(),
  newCode: text('new_code').notNull(),
  oldName: text('old_name').notNull(),
  newName: text('new_name').notNull(),
  effectiveOn: text('effective_on').notNull(),
  source: text().notNull(),
}, (table) => [
  index('region_changes_by_old').on(table.oldCode),
  check('region_change_kind_is_known', sql`${table.kind} IN ('rename', 'recode', 'split', 'merge')`),
])
