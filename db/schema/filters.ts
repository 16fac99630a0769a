import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { users } from '#db/schema/users.ts'

// A filter somebody uses often, under a name of their own. query: as the list's address has it.
export const savedFilters = sqliteTable('saved_filters', {
  id: text().primaryKey(),
  userId: text('user_id').notNull().references(() => users.id),
  list: text().notNull(),
  name: text().notNull(),
  savedAt: text('saved_at').notNull(),
  query: text().notNull(),
}, (table) => [
  uniqueIndex('saved_filters_by_name').on(table.userId, table.list, table.name),
  index('saved_filters_in_order').on(table.userId, table.list, table.savedAt),
])
