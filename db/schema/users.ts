import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ROLES } from '#app/users/permissions.ts'
import { oneOf } from '#db/schema/one-of.ts'

export const users = sqliteTable('users', {
  id: text().primaryKey(),
  username: text().notNull().unique(),
  name: text().notNull(),
  phone: text(),
  role: text({ enum: ROLES }).notNull(),
  passwordHash: text('password_hash').notNull(),
  status: text({ enum: ['invited', 'active', 'suspended'] }).notNull(),
  createdAt: text('created_at').notNull(),
}, (table) => [
  index('users_by_name').on(table.name, table.id),
  check('user_role_is_known', oneOf('role', ROLES)),
  check('user_status_is_known', sql`${table.status} IN ('invited', 'active', 'suspended')`),
])

// '' is the whole country.
export const userRegions = sqliteTable('user_regions', {
  userId: text('user_id').notNull().references(() => users.id),
  regionCode: text('region_code').notNull(),
}, (table) => [
  primaryKey({ columns: [table.userId, table.regionCode] }),
  index('user_regions_by_region').on(table.regionCode),
])

// idHash: SHA-256 of the token in the cookie; a stolen copy of the database signs nobody in.
export const sessions = sqliteTable('sessions', {
  idHash: text('id_hash').primaryKey(),
  userId: text('user_id').notNull().references(() => users.id),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  userAgent: text('user_agent').notNull(),
}, (table) => [index('sessions_by_user').on(table.userId)])

// Failed sign-ins by name and by address: the brake on guessing survives a restart.
export const signInFailures = sqliteTable('sign_in_failures', {
  id: integer().primaryKey({ autoIncrement: true }),
  subject: text().notNull(),
  at: integer().notNull(),
}, (table) => [index('sign_in_failures_by_subject').on(table.subject, table.at)])
