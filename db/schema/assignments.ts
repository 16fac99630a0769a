import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// A prelist file on its way in: read → previewed → (confirmed) applying → applied. Nothing is imported before confirmation.
export const prelistImports = sqliteTable('prelist_imports', {
  id: text().primaryKey(),
  fileName: text('file_name').notNull(),
  sha256: text().notNull(),
  regionCode: text('region_code').notNull(),
  uploadedBy: text('uploaded_by').notNull(),
  uploadedAt: text('uploaded_at').notNull(),
  status: text({ enum: ['reading', 'previewed', 'applying', 'applied', 'failed', 'discarded'] }).notNull(),
  bytes: integer().notNull(),
  bytesRead: integer('bytes_read').notNull().default(0),
  householdCount: integer('household_count').notNull().default(0),
  memberCount: integer('member_count').notNull().default(0),
  errorCount: integer('error_count').notNull().default(0),
  newCount: integer('new_count').notNull().default(0),
  changedCount: integer('changed_count').notNull().default(0),
  sameCount: integer('same_count').notNull().default(0),
  busyCount: integer('busy_count').notNull().default(0),
  appliedCount: integer('applied_count').notNull().default(0),
  message: text(),
  finishedAt: text('finished_at'),
}, (table) => [
  index('prelist_imports_by_region').on(table.regionCode, table.uploadedAt),
  check('prelist_import_status_is_known',
    sql`${table.status} IN ('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded')`),
])

// One household of the file. errors: what is wrong with the lines it was made of. record: empty once it is applied or not needed.
export const prelistImportRows = sqliteTable('prelist_import_rows', {
  importId: text('import_id').notNull().references(() => prelistImports.id),
  position: integer().notNull(),
  prelistId: text('prelist_id').notNull(),
  regionCode: text('region_code').notNull(),
  headName: text('head_name').notNull(),
  action: text({ enum: ['new', 'changed', 'same', 'busy', 'error'] }).notNull(),
  record: text({ mode: 'json' }).notNull(),
  errors: text({ mode: 'json' }).$type<{ row: number, column: string, message: string, value?: string }[]>().notNull(),
  applied: integer({ mode: 'boolean' }).notNull().default(false),
}, (table) => [
  primaryKey({ columns: [table.importId, table.position] }),
  index('prelist_import_rows_by_action').on(table.importId, table.action, table.position),
])
