import { randomBytes } from 'node:crypto'
import { and, asc, eq, isNull, lt } from 'drizzle-orm'
import { conflict } from '#app/problems.ts'
import { endSessionsOf } from '#app/sessions/sessions.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { passkeyHandles, passkeys } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

export type Passkey = typeof passkeys.$inferSelect
export type OwnPasskey = Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt' | 'blockedAt' | 'rpId' | 'backedUp'>

const MOST_PASSKEYS = 10

// A key that was blocked still stands in the way of a password alone, but opens nothing itself.
const anyOf = statement<[string], { one: 1 }>('SELECT 1 AS one FROM passkeys WHERE user_id = ? LIMIT 1')
const countUsable = statement<[string], { n: number }>('SELECT count(*) AS n FROM passkeys WHERE user_id = ? AND blocked_at IS NULL')

export const hasPasskey = (db: Db, userId: string) => anyOf(db).get(userId) !== undefined
export const usablePasskeys = (db: Db, userId: string) => countUsable(db).get(userId)!.n

export const passkeysOf = (db: Db, userId: string): Passkey[] =>
  db.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt), asc(passkeys.id)).all()

export const listPasskeys = (db: Db, userId: string): OwnPasskey[] => passkeysOf(db, userId)
  .map(({ id, name, createdAt, lastUsedAt, blockedAt, rpId, backedUp }) => ({ id, name, createdAt, lastUsedAt, blockedAt, rpId, backedUp }))

export const passkeyByCredential = (db: Db, credentialId: string): Passkey | undefined =>
  db.select().from(passkeys).where(eq(passkeys.credentialId, credentialId)).get()

export const handleOfUser = (db: Db, userId: string): string | undefined =>
  db.select({ handle: passkeyHandles.handle }).from(passkeyHandles).where(eq(passkeyHandles.userId, userId)).get()?.handle

// The same for all keys of one account, so that a device replaces its former key instead of keeping two.
export function demandHandle(tx: Tx): string {
  const fresh = randomBytes(32).toString('base64url')
  tx.db.insert(passkeyHandles).values({ userId: tx.actor.id, handle: fresh }).onConflictDoNothing().run()
  return handleOfUser(tx.db, tx.actor.id)!
}

export function demandRoom(db: Db, userId: string) {
  if (passkeysOf(db, userId).length >= MOST_PASSKEYS) throw conflict(`Akun Anda sudah punya ${MOST_PASSKEYS} kunci perangkat. Hapus yang tidak dipakai lagi.`)
}

export function addPasskey(tx: Tx, key: Omit<Passkey, 'userId' | 'createdAt' | 'lastUsedAt' | 'blockedAt'>) {
  demandRoom(tx.db, tx.actor.id)
  if (passkeyByCredential(tx.db, key.credentialId)) throw conflict('Kunci perangkat ini sudah terdaftar.')
  tx.db.insert(passkeys).values({ ...key, userId: tx.actor.id, createdAt: tx.now }).run()
  tx.audit('user.passkey_added', tx.actor.id, { name: key.name })
}

// Of one's own; gone already is as good, since the same post may come twice. Whether it may be the last is for factors.ts to ask.
export function deletePasskey(tx: Tx, id: string) {
  const found = tx.db.select().from(passkeys).where(and(eq(passkeys.id, id), eq(passkeys.userId, tx.actor.id))).get()
  if (!found) return
  forgetPasskey(tx, found)
  tx.audit('user.passkey_removed', tx.actor.id, { name: found.name })
}

export const forgetPasskey = (tx: Tx, { id }: Pick<Passkey, 'id'>) => void tx.db.delete(passkeys).where(eq(passkeys.id, id)).run()

export function forgetPasskeys(tx: Tx, userId: string) {
  tx.db.delete(passkeys).where(eq(passkeys.userId, userId)).run()
}

// The device counts its uses; one that does not always says 0. False when this use came before: of two copies of a key one
// is always behind, and the database decides which.
export function noteUse(tx: Tx, { id }: Passkey, counter: number): boolean {
  const ahead = counter === 0 ? eq(passkeys.counter, 0) : lt(passkeys.counter, counter)
  return tx.db.update(passkeys).set({ counter, lastUsedAt: tx.now }).where(and(eq(passkeys.id, id), isNull(passkeys.blockedAt), ahead)).run().changes === 1
}

// A copy of the key is about. Neither it nor the original is trusted again, and whoever is signed in is asked who they are.
export const blockPasskey = (db: Db, { id, userId, name }: Passkey, now = new Date()) => transact(db, system, (tx) => {
  tx.db.update(passkeys).set({ blockedAt: tx.now }).where(and(eq(passkeys.id, id), isNull(passkeys.blockedAt))).run()
  endSessionsOf(tx.db, userId)
  tx.audit('user.passkey_blocked', userId, { name })
}, now)
