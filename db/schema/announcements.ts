import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Role } from '#app/users/permissions.ts'
import { users } from '#db/schema/users.ts'

// What an office has to say to those who work in its place: shown until the last day, or until it was read. region_code: '' the whole
// country; roles: whom it is for, none of them everybody.
export const announcements = sqliteTable('announcements', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  title: text().notNull(),
  text: text().notNull(),
  untilOn: text('until_on').notNull(),
  regionCode: text('region_code').notNull(),
  roles: text({ mode: 'json' }).$type<Role[]>().notNull(),
  writtenBy: text('written_by').notNull().references(() => users.id),
  writtenAt: text('written_at').notNull(),
  endedBy: text('ended_by').references(() => users.id),
  endedAt: text('ended_at'),
}, (table) => [
  index('announcements_by_day').on(table.untilOn, table.number),
  index('announcements_by_region').on(table.regionCode, table.number),
])

export const announcementReadings = sqliteTable('announcement_readings', {
  announcementId: text('announcement_id').notNull().references(() => announcements.id),
  userId: text('user_id').notNull().references(() => users.id),
  readAt: text('read_at').notNull(),
}, (table) => [primaryKey({ columns: [table.announcementId, table.userId] })])
