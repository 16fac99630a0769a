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

// One row, kept by triggers: its number grows with every change of a name, a role, a status or a place of work.
export const userChanges = sqliteTable('user_changes', {
  id: integer().primaryKey(),
  number: integer().notNull(),
}, (table) => [check('user_changes_is_one_row', sql`${table.id} = 1`)])

// idHash: SHA-256 of the token in the cookie; a stolen copy of the database signs nobody in. confirmedAt: when its owner last
// proved who they are, by everything they have. awaitsCode: the password was right, the second factor is still asked.
export const sessions = sqliteTable('sessions', {
  idHash: text('id_hash').primaryKey(),
  userId: text('user_id').notNull().references(() => users.id),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  userAgent: text('user_agent').notNull(),
  address: text().notNull().default(''),
  lastUsedAt: integer('last_used_at').notNull().default(0),
  confirmedAt: integer('confirmed_at').notNull().default(0),
  awaitsCode: integer('awaits_code', { mode: 'boolean' }).notNull().default(false),
}, (table) => [index('sessions_by_user').on(table.userId)])

// secret: base32 of the authenticator's key, once its owner has shown a code of it. pendingSecret: shown, not yet confirmed.
// lastStep: the half minute whose code was used last; no code of it or before counts again.
export const secondFactors = sqliteTable('second_factors', {
  userId: text('user_id').primaryKey().references(() => users.id),
  secret: text(),
  confirmedAt: text('confirmed_at'),
  lastStep: integer('last_step').notNull().default(0),
  pendingSecret: text('pending_secret'),
}, (table) => [check('second_factor_is_whole', sql`(${table.secret} IS NULL) = (${table.confirmedAt} IS NULL)`)])

// selector: the code's first group, by which it is found; codeHash: argon2id of the whole.
export const recoveryCodes = sqliteTable('recovery_codes', {
  userId: text('user_id').notNull().references(() => users.id),
  selector: text().notNull(),
  codeHash: text('code_hash').notNull(),
  usedAt: text('used_at'),
}, (table) => [primaryKey({ columns: [table.userId, table.selector] })])

// Failed sign-ins by name and by address: the brake on guessing survives a restart.
export const signInFailures = sqliteTable('sign_in_failures', {
  id: integer().primaryKey({ autoIncrement: true }),
  subject: text().notNull(),
  at: integer().notNull(),
}, (table) => [index('sign_in_failures_by_subject').on(table.subject, table.at)])
