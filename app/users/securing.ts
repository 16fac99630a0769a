import { conflict } from '#app/problems.ts'
import { clearFailures, standingOf, subjectsOf } from '#app/sessions/brake.ts'
import { forgetFactor, hasFactor, waysOf } from '#app/sessions/factors.ts'
import { forgetPasskey, passkeysOf } from '#app/sessions/passkeys.ts'
import { endSessionsOf } from '#app/sessions/sessions.ts'
import { demand } from '#app/users/permissions.ts'
import { demandAnother, getUser, resetPassword } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// What an administrator does to the ways into another's account. Nothing here reads or sets what only its owner may know.

// After a lost phone: its owner signs in with the password that only they know and sets up another.
export function resetFactor(tx: Tx, id: string, reason: string) {
  demand(tx.actor, 'user.manage')
  const user = getUser(tx.db, id)
  demandAnother(tx, id)
  if (user.status === 'suspended') throw conflict('Akun ini ditangguhkan. Pulihkan dahulu.')
  if (!hasFactor(tx.db, id)) throw conflict('Akun ini tidak memakai verifikasi dua langkah.')
  demandOtherHand(tx, id, 'user.password_reset', 'Kata sandi akun ini baru saja Anda setel ulang. Verifikasi dua langkahnya harus disetel ulang oleh admin lain.')
  forgetFactor(tx, id)
  clearFailures(tx.db, { brake: 'code', of: id })
  endSessionsOf(tx.db, id)
  tx.audit('user.factor_reset', id, { reason })
}

// One device that is lost, while its owner still has another way in: the others stay. The last way is the reset's, where one hand is
// not enough. Gone already is as good.
export function dropPasskey(tx: Tx, id: string, passkeyId: string, reason: string) {
  demand(tx.actor, 'user.manage')
  getUser(tx.db, id)
  demandAnother(tx, id)
  const key = passkeysOf(tx.db, id).find((one) => one.id === passkeyId)
  if (!key) return
  forgetPasskey(tx, key)
  const { totp, passkeys } = waysOf(tx.db, id)
  if (!totp && !passkeys) throw conflict('Tanpa kunci ini akun tidak punya verifikasi dua langkah lagi. Pakai “Setel ulang verifikasi dua langkah”.')
  endSessionsOf(tx.db, id)
  tx.audit('user.passkey_removed', id, { name: key.name, reason })
}

const HANDS_APART_MS = 7 * 24 * 60 * 60 * 1000
const lastOf = statement<[string, string, string], { at: string | null }>('SELECT max(at) AS at FROM audit_entries WHERE subject = ? AND action = ? AND actor_id = ?')

// Whoever renews both the password and the second factor of an account could sign with it in its owner's name. So one
// administrator renews one of them, and another the other.
function demandOtherHand(tx: Tx, id: string, action: 'user.password_reset' | 'user.factor_reset', words: string) {
  const { at } = lastOf(tx.db).get(id, action, tx.actor.id)!
  if (at && Date.parse(tx.now) - Date.parse(at) < HANDS_APART_MS) throw conflict(words)
}

export function renewPassword(tx: Tx, id: string, passwordHash: string) {
  demandOtherHand(tx, id, 'user.factor_reset', 'Verifikasi dua langkah akun ini baru saja Anda setel ulang. Kata sandinya harus disetel ulang oleh admin lain.')
  resetPassword(tx, id, passwordHash)
}

export function signOutUser(tx: Tx, id: string) {
  demand(tx.actor, 'user.manage')
  getUser(tx.db, id)
  demandAnother(tx, id)
  endSessionsOf(tx.db, id)
  tx.audit('user.signed_out', id)
}

// Opens what wrong passwords and codes have shut. The failures themselves stay in the trail.
export function unlockUser(tx: Tx, id: string): boolean {
  demand(tx.actor, 'user.manage')
  const user = getUser(tx.db, id)
  demandAnother(tx, id)
  if (!lockOf(tx.db, user)) return false
  for (const subject of subjectsOf(tx.db, user)) clearFailures(tx.db, subject)
  tx.audit('user.unlocked', id)
  return true
}

// How many attempts failed and until when none counts; undefined where nothing is shut.
export function lockOf(db: Db, user: { id: string, username: string }, now = Date.now()) {
  const shut = subjectsOf(db, user).map((subject) => standingOf(db, subject, now)).filter(({ openAt }) => openAt !== undefined)
  const openAt = Math.max(...shut.map(({ openAt = 0 }) => openAt))
  return shut.length === 0 ? undefined : { failures: Math.max(...shut.map(({ failures }) => failures)), openAt: openAt === Infinity ? undefined : new Date(openAt).toISOString() }
}
