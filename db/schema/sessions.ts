import { sql } from 'drizzle-orm'
import { blob, check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { users } from '#db/schema/users.ts'

// credentialId: what the device calls the key (base64url). publicKey: COSE. counter: the highest the device has told; a lower one
// comes from a copy. rpId: the address it was made for and works at. backedUp: its maker keeps it on other devices too.
// blockedAt: a copy was seen, so it proves nothing any more.
export const passkeys = sqliteTable('passkeys', {
  id: text().primaryKey(),
  userId: text('user_id').notNull().references(() => users.id),
  credentialId: text('credential_id').notNull().unique(),
  publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
  counter: integer().notNull(),
  transports: text({ mode: 'json' }).$type<string[]>().notNull(),
  rpId: text('rp_id').notNull(),
  backedUp: integer('backed_up', { mode: 'boolean' }).notNull(),
  name: text().notNull(),
  createdAt: text('created_at').notNull(),
  lastUsedAt: text('last_used_at'),
  blockedAt: text('blocked_at'),
}, (table) => [index('passkeys_by_user').on(table.userId)])

// Under which number a device knows its owner: random, so that a lost device tells nothing of them.
export const passkeyHandles = sqliteTable('passkey_handles', {
  userId: text('user_id').primaryKey().references(() => users.id),
  handle: text().notNull().unique(),
})

export const CHALLENGE_PURPOSES = ['registration', 'sign_in', 'code', 'again'] as const

// What a device is to sign, once and soon. idHash: of the cookie of the browser that asked for it.
export const passkeyChallenges = sqliteTable('passkey_challenges', {
  idHash: text('id_hash').primaryKey(),
  challenge: text().notNull(),
  purpose: text({ enum: CHALLENGE_PURPOSES }).notNull(),
  userId: text('user_id'),
  expiresAt: integer('expires_at').notNull(),
}, (table) => [
  index('passkey_challenges_by_end').on(table.expiresAt),
  check('challenge_purpose_is_known', sql`${table.purpose} IN ('registration', 'sign_in', 'code', 'again')`),
])

// Whose password was made by an administrator, and until when it opens the door to a password of their own.
export const oneTimePasswords = sqliteTable('one_time_passwords', {
  userId: text('user_id').primaryKey().references(() => users.id),
  expiresAt: text('expires_at').notNull(),
})
