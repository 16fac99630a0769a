import { forbidden } from '#app/problems.ts'
import { proveByPasskey, type KeyAnswer } from '#app/sessions/passkey-proof.ts'
import { clearFailures } from '#app/sessions/brake.ts'
import { rotateSession, startSession, type Session } from '#app/sessions/sessions.ts'
import { noteStart } from '#app/sessions/sign-in.ts'
import type { Actor } from '#app/users/actor.ts'
import { getUser } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

type Answer = Omit<KeyAnswer, 'purpose' | 'userId'>
type Half = { actor: Actor, session: Session }

// The key alone: whoever unlocks it has it in the hand and is known by finger, face or PIN. A name that wrong passwords have
// shut does not shut it, so nobody can lock its owner out by guessing.
export async function signInByPasskey(db: Db, { userAgent, ...answer }: Answer & { userAgent: string }): Promise<string> {
  const { id, name, role, status } = getUser(db, await proveByPasskey(db, { ...answer, purpose: 'sign_in' }))
  if (status === 'suspended') throw forbidden('Akun ini ditangguhkan. Hubungi admin sistem.')
  clearFailures(db, { brake: 'code', of: id })
  noteStart(db, { id, name, role, regions: [] }, { address: answer.address, factor: 'passkey' })
  return startSession(db, id, userAgent, { address: answer.address })
}

// In the place of the code, after the password.
export async function completeByPasskey(db: Db, { actor, session }: Half, answer: Answer, now = Date.now()): Promise<string> {
  await proveByPasskey(db, { ...answer, purpose: 'code', userId: actor.id }, now)
  clearFailures(db, { brake: 'code', of: actor.id })
  noteStart(db, actor, { address: answer.address, factor: 'passkey' })
  return rotateSession(db, session, now)
}

export async function confirmByPasskey(db: Db, { actor, session }: Half, { purpose, ...answer }: Answer & { purpose: string }, now = Date.now()): Promise<string> {
  await proveByPasskey(db, { ...answer, purpose: 'again', userId: actor.id }, now)
  clearFailures(db, { brake: 'code', of: actor.id })
  transact(db, actor, (tx) => tx.audit('session.confirmed', actor.id, { purpose, factor: 'passkey' }))
  return rotateSession(db, session, now)
}

