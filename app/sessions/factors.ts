import { and, eq, gt, isNull, lt, or } from 'drizzle-orm'
import { conflict, invalid } from '#app/problems.ts'
import { BRAKES, clearFailures, countFailure, inTurn, refuseGuessing, type Subject } from '#app/sessions/brake.ts'
import { deletePasskey, forgetPasskeys, hasPasskey, listPasskeys, usablePasskeys } from '#app/sessions/passkeys.ts'
import { hashPassword, verifyPassword } from '#app/sessions/passwords.ts'
import { groupsOf, makeSecret, newestStep, squaresOf, stepOf } from '#app/sessions/totp.ts'
import type { Actor } from '#app/users/actor.ts'
import { NEEDS_FACTOR } from '#app/users/permissions.ts'
import { randomSigns } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { recoveryCodes, secondFactors, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

const RECOVERY_CODES = 10

const ownFactor = (db: Db, userId: string) => db.select().from(secondFactors).where(eq(secondFactors.userId, userId)).get()
const confirmed = statement<[string], { one: 1 }>('SELECT 1 AS one FROM second_factors WHERE user_id = ? AND secret IS NOT NULL')
const countUnused = statement<[string], { n: number }>('SELECT count(*) AS n FROM recovery_codes WHERE user_id = ? AND used_at IS NULL')

const hasTotp = (db: Db, userId: string) => confirmed(db).get(userId) !== undefined
// An authenticator, or a key of a device: with either the password alone opens nothing.
export const hasFactor = (db: Db, userId: string) => hasTotp(db, userId) || hasPasskey(db, userId)

// By what a second step can be taken; a code for emergencies always can.
export type Ways = { totp: boolean, passkeys: boolean, recovery: boolean }
export const waysOf = (db: Db, userId: string): Ways => ({ totp: hasTotp(db, userId), passkeys: usablePasskeys(db, userId) > 0, recovery: hasFactor(db, userId) })
const recoveryCodesLeft = (db: Db, userId: string) => countUnused(db).get(userId)!.n

export type FactorState = ReturnType<typeof factorOf>

// What one's own page tells: since when, and while it is being set up the key to scan or to type.
export function factorOf(db: Db, actor: Actor) {
  const found = ownFactor(db, actor.id)
  const { username } = db.select({ username: users.username }).from(users).where(eq(users.id, actor.id)).get()!
  return {
    confirmedAt: found?.confirmedAt ?? undefined, passkeys: listPasskeys(db, actor.id), isSet: hasFactor(db, actor.id),
    left: recoveryCodesLeft(db, actor.id), isCompulsory: NEEDS_FACTOR.includes(actor.role), username,
    pending: found?.pendingSecret ? { groups: groupsOf(found.pendingSecret), squares: squaresOf(found.pendingSecret, username) } : undefined,
  }
}

// A key to be set up, the same one until it is confirmed. Whoever has a factor already has shown it before (proveFactor).
export function beginFactor(tx: Tx) {
  if (ownFactor(tx.db, tx.actor.id)?.pendingSecret) return
  const pendingSecret = makeSecret()
  tx.db.insert(secondFactors).values({ userId: tx.actor.id, pendingSecret }).onConflictDoUpdate({ target: secondFactors.userId, set: { pendingSecret } }).run()
  tx.audit('user.factor_begun', tx.actor.id)
}

export function abandonFactor(tx: Tx) {
  tx.db.update(secondFactors).set({ pendingSecret: null }).where(eq(secondFactors.userId, tx.actor.id)).run()
  tx.audit('user.factor_abandoned', tx.actor.id)
}

// The first code of the new key makes it the factor. The codes for emergencies are new with it; they are shown this once.
export async function confirmFactor(db: Db, actor: Actor, typed: string, now = Date.now()): Promise<string[]> {
  const codes = await makeCodes()
  return inTurn(subjectOf(actor), async () => {
    refuseGuessing(db, subjectOf(actor), now)
    const pending = ownFactor(db, actor.id)?.pendingSecret
    if (!pending) throw conflict('Tidak ada verifikasi yang sedang dipasang. Bila kode pemulihan belum tercatat, buat yang baru.')
    const step = stepOf(pending, digitsOf(typed), now)
    if (step === undefined) throw wrongCode(db, actor, now)
    clearFailures(db, subjectOf(actor))
    return transact(db, actor, (tx) => {
      const isNew = !hasTotp(tx.db, actor.id)
      tx.db.update(secondFactors).set({ secret: pending, confirmedAt: tx.now, lastStep: step, pendingSecret: null }).where(eq(secondFactors.userId, actor.id)).run()
      tx.audit(isNew ? 'user.factor_set' : 'user.factor_replaced', actor.id)
      return keepCodes(tx, codes)
    }, new Date(now))
  })
}

export async function renewRecoveryCodes(db: Db, actor: Actor): Promise<string[]> {
  const codes = await makeCodes()
  return transact(db, actor, (tx) => {
    tx.audit('user.recovery_codes_made', actor.id)
    return keepCodes(tx, codes)
  })
}

// The first factor brings the codes for emergencies with it; undefined where they are there already.
export async function keepPasskey(db: Db, actor: Actor, keep: (tx: Tx) => void): Promise<string[] | undefined> {
  const codes = hasFactor(db, actor.id) ? undefined : await makeCodes()
  return transact(db, actor, (tx) => {
    const isFirst = !hasFactor(tx.db, actor.id)
    keep(tx)
    return isFirst && codes ? keepCodes(tx, codes) : undefined
  })
}

export function removeFactor(tx: Tx) {
  if (NEEDS_FACTOR.includes(tx.actor.role) && usablePasskeys(tx.db, tx.actor.id) === 0) throw conflict('Peran Anda wajib memakai verifikasi dua langkah. Pasang di HP lain bila HP diganti.')
  tx.db.delete(secondFactors).where(eq(secondFactors.userId, tx.actor.id)).run()
  tx.audit('user.factor_removed', tx.actor.id)
  forgetUnneededCodes(tx)
}

export function removePasskey(tx: Tx, id: string) {
  deletePasskey(tx, id)
  const { totp, passkeys } = waysOf(tx.db, tx.actor.id)
  if (NEEDS_FACTOR.includes(tx.actor.role) && !totp && !passkeys) throw conflict('Peran Anda wajib memakai verifikasi dua langkah. Pasang dahulu aplikasi autentikator atau kunci perangkat lain, lalu hapus kunci ini.')
  forgetUnneededCodes(tx)
}

function forgetUnneededCodes(tx: Tx) {
  if (!hasFactor(tx.db, tx.actor.id)) tx.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, tx.actor.id)).run()
}

export function forgetFactor(tx: Tx, userId: string) {
  tx.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)).run()
  tx.db.delete(secondFactors).where(eq(secondFactors.userId, userId)).run()
  forgetPasskeys(tx, userId)
}

export type Proof = { kind: 'totp' | 'recovery', left?: number }
const subjectOf = ({ id }: Pick<Actor, 'id'>): Subject => ({ brake: 'code', of: id })
const digitsOf = (typed: string) => typed.replace(/[\s-]/g, '')

// A code of the authenticator, or one of the codes for emergencies. Each counts once: the database decides who was first.
export const proveFactor = (db: Db, actor: Actor, typed: string, now = Date.now()): Promise<Proof> => inTurn(subjectOf(actor), async () => {
  refuseGuessing(db, subjectOf(actor), now)
  const proof = /^\d{6}$/.test(digitsOf(typed)) ? proveByTotp(db, actor, digitsOf(typed), now) : await proveByRecovery(db, actor, typed, now)
  if (!proof) throw wrongCode(db, actor, now)
  clearFailures(db, subjectOf(actor))
  return proof
})

function proveByTotp(db: Db, actor: Actor, code: string, now: number): Proof | undefined {
  const secret = ownFactor(db, actor.id)?.secret
  const step = secret ? stepOf(secret, code, now) : undefined
  if (step === undefined) return undefined
  // A step that has not come yet was spent by a clock that ran ahead; believed, it would refuse every code until that day.
  const isUnspent = or(lt(secondFactors.lastStep, step), gt(secondFactors.lastStep, newestStep(now)))
  const { changes } = transact(db, actor, (tx) =>
    tx.db.update(secondFactors).set({ lastStep: step }).where(and(eq(secondFactors.userId, actor.id), isUnspent)).run())
  if (changes === 0) throw invalid({ code: 'Kode ini sudah dipakai. Tunggu sampai aplikasi menampilkan kode berikutnya.' })
  return { kind: 'totp' }
}

async function proveByRecovery(db: Db, actor: Actor, typed: string, now: number): Promise<Proof | undefined> {
  const code = typed.toLowerCase().replace(/[^a-z0-9]/g, '')
  const own = and(eq(recoveryCodes.userId, actor.id), eq(recoveryCodes.selector, code.slice(0, 4)))
  const found = db.select().from(recoveryCodes).where(own).get()
  if (!await verifyPassword(found?.codeHash, code) || !found) return undefined
  return transact(db, actor, (tx): Proof | undefined => {
    const { changes } = tx.db.update(recoveryCodes).set({ usedAt: tx.now }).where(and(own, isNull(recoveryCodes.usedAt))).run()
    if (changes === 0) return undefined
    const left = recoveryCodesLeft(tx.db, actor.id)
    tx.audit('user.recovery_code_used', actor.id, { left })
    return { kind: 'recovery', left }
  }, new Date(now))
}

function wrongCode(db: Db, actor: Actor, now: number) {
  const failures = countFailure(db, subjectOf(actor), now)
  if (failures === BRAKES.code.free) transact(db, actor, (tx) => tx.audit('session.code_braked', actor.id, { failures }))
  return invalid({ code: hasTotp(db, actor.id) || ownFactor(db, actor.id)?.pendingSecret ? 'Kode tidak cocok. Pastikan jam HP disetel otomatis, lalu ketik kode yang sedang tampil.' : 'Kode pemulihan ini tidak cocok atau sudah dipakai.' })
}

// So many signs that a stolen database tells none.
const SIGNS_IN_CODE = 16

async function makeCodes() {
  const codes = new Map<string, string>()
  while (codes.size < RECOVERY_CODES) {
    const code = randomSigns(SIGNS_IN_CODE)
    codes.set(code.slice(0, 4), code)
  }
  return Promise.all([...codes].map(async ([selector, code]) => ({ selector, code, codeHash: await hashPassword(code) })))
}

function keepCodes(tx: Tx, codes: Awaited<ReturnType<typeof makeCodes>>): string[] {
  tx.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, tx.actor.id)).run()
  for (const { selector, codeHash } of codes) tx.db.insert(recoveryCodes).values({ userId: tx.actor.id, selector, codeHash }).run()
  return codes.map(({ code }) => code.match(/.{4}/g)!.join('-'))
}
