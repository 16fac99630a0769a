import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { households } from '#db/schema/households.ts'

// Where households lie, each once: by its visit when there is one, else by the prelist. x and y: Web Mercator, 2^26 to the
// whole world (0.6 m). stage: the group of its stage (app/map/facets.ts). A table WITHOUT ROWID.
export const mapPoints = sqliteTable('map_points', {
  householdId: text('household_id').primaryKey().references(() => households.id),
  regionCode: text('region_code').notNull(),
  x: integer().notNull(),
  y: integer().notNull(),
  cellX: integer('cell_x').notNull(),
  cellY: integer('cell_y').notNull(),
  visited: integer().notNull(),
  stage: integer().notNull(),
  flagged: integer().notNull(),
  desil: integer(),
  pkh: integer().notNull(),
  sembako: integer().notNull(),
  pbi: integer().notNull(),
}, (table) => [index('map_points_by_cell').on(table.cellX, table.cellY)])

// The same, summed up for squares of ten sizes (level: 2^level squares to the world's width); kept by triggers.
export const mapCells = sqliteTable('map_cells', {
  level: integer().notNull(),
  x: integer().notNull(),
  y: integer().notNull(),
  regionCode: text('region_code').notNull(),
  visited: integer().notNull(),
  n: integer().notNull(),
  sumX: integer('sum_x').notNull(),
  sumY: integer('sum_y').notNull(),
  stage0: integer('stage_0').notNull(),
  stage1: integer('stage_1').notNull(),
  stage2: integer('stage_2').notNull(),
  stage3: integer('stage_3').notNull(),
  stage4: integer('stage_4').notNull(),
  stage5: integer('stage_5').notNull(),
  flagged: integer().notNull(),
  desilLow: integer('desil_low').notNull(),
  desilMiddle: integer('desil_middle').notNull(),
  desilFive: integer('desil_five').notNull(),
  desilHigh: integer('desil_high').notNull(),
  pkh: integer().notNull(),
  sembako: integer().notNull(),
  pbi: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.level, table.x, table.y, table.regionCode, table.visited] })])

// Households that belong on the map and have no point yet, by their number; and how many in each place, kept by
// triggers (level: how long the codes of its places are).
export const mapUnplaced = sqliteTable('map_unplaced', {
  number: integer().primaryKey(),
  regionCode: text('region_code').notNull(),
}, (table) => [index('map_unplaced_by_region').on(table.regionCode, table.number)])

export const mapUnplacedCounts = sqliteTable('map_unplaced_counts', {
  level: integer().notNull(),
  regionCode: text('region_code').notNull(),
  n: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.level, table.regionCode] })])
