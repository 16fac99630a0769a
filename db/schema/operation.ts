import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

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
