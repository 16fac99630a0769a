import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// What runs by itself: when it last ran, when it last ended well, when badly and why; result: what it told then, as JSON.
export const works = sqliteTable('works', {
  name: text().primaryKey(),
  ranAt: text('ran_at').notNull(),
  fineAt: text('fine_at'),
  failedAt: text('failed_at'),
  failure: text(),
  tookMs: integer('took_ms').notNull(),
  result: text(),
})

// The last time of the clock that was believed, and since when it has not been: one row.
export const clock = sqliteTable('clock', {
  id: integer().primaryKey(),
  seenAt: text('seen_at').notNull(),
  doubtedAt: text('doubted_at'),
}, (table) => [check('clock_is_one_row', sql`${table.id} = 1`)])
