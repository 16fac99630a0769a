import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { SeenAccount } from '#app/access/accounts.ts'
import { users } from '#db/schema/users.ts'

export const accessReviews = sqliteTable('access_reviews', {
  id: text().primaryKey(),
  openedBy: text('opened_by').notNull().references(() => users.id),
  openedAt: text('opened_at').notNull(),
  closedBy: text('closed_by').references(() => users.id),
  closedAt: text('closed_at'),
}, (table) => [
  index('access_reviews_by_closing').on(table.closedAt),
  check('access_review_closing_is_whole', sql`(${table.closedAt} IS NULL) = (${table.closedBy} IS NULL)`),
])

// seen: the account as it stood when the review was opened. position: the order of its list, what is remarkable first.
export const accessReviewRows = sqliteTable('access_review_rows', {
  reviewId: text('review_id').notNull().references(() => accessReviews.id),
  position: integer().notNull(),
  userId: text('user_id').notNull().references(() => users.id),
  seen: text({ mode: 'json' }).$type<SeenAccount>().notNull(),
  decision: text({ enum: ['kept', 'suspended'] }),
  note: text().notNull().default(''),
  decidedBy: text('decided_by'),
  decidedAt: text('decided_at'),
}, (table) => [
  primaryKey({ columns: [table.reviewId, table.position] }),
  uniqueIndex('access_review_rows_by_user').on(table.reviewId, table.userId),
  check('access_decision_is_known', sql`${table.decision} IN ('kept', 'suspended')`),
  check('access_decision_is_whole', sql`(${table.decision} IS NULL) = (${table.decidedAt} IS NULL)`),
  check('access_decided_by_another', sql`${table.decidedBy} IS NULL OR ${table.decidedBy} <> ${table.userId}`),
])
