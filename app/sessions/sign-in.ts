import { eq } from 'drizzle-orm'
import { invalid, Problem } from '#app/problems.ts'
import { networkOf } from '#app/public/brake.ts'
import { BRAKES, clearFailures, countFailure, inTurn, refuseGuessing, type Subject } from '#app/sessions/brake.ts'
import { hasFactor, proveFactor } from '#app/sessions/factors.ts'
import { knownAs } from '#app/sessions/known-browsers.ts'
import { verifyPassword } from '#app/sessions/passwords.ts'
import { rotateSession, startSession, type Session } from '#app/sessions/sessions.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { demandUnexpired } from '#app/users/one-time.ts'
import type { Db } from '#db/connection.ts'
import { users } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

// marks: what the browser keeps of who signed in there before.
export type SignIn = { username: string, password: string, address: string, userAgent: string, marks?: string }

const nameSubject = (username: string): Subject => ({ brake: 'name', of: username.toLowerCase() })

// The new session's token; with awaitsCode it opens nothing but the page that asks for the code. One answer for a wrong name,
// a wrong password and a suspended account: nothing is told.
export const signIn = (db: Db, attempt: SignIn, now = Date.now()) => inTurn(nameSubject(attempt.username), () => trySignIn(db, attempt, now))

async function trySignIn(db: Db, { username, password, address, userAgent, marks }: SignIn, now: number): Promise<{ token: string, userId: string, awaitsCode: boolean }> {
  const user = db.select().from(users).where(eq(users.username, username.toLowerCase())).get()
  const mark = user && knownAs(marks, user)
  const brakes: Subject[] = mark ? [{ brake: 'browser', of: `${user.id}:${mark}` }] : [nameSubject(username), { brake: 'address', of: networkOf(address) }]
  for (const brake of brakes) refuseGuessing(db, brake, now)

  const matches = await verifyPassword(user?.passwordHash, password)
  if (!user || !matches || user.status === 'suspended') {
    const [failures] = brakes.map((brake) => countFailure(db, brake, now))
    noteBrake(db, failures!, { userId: user?.id, address })
    throw new Problem('invalid', 'Nama pengguna atau kata sandi salah.', { password: 'Periksa nama pengguna dan kata sandi.' })
  }
  demandUnexpired(db, user.id, 'password', now)
  clearFailures(db, brakes[0]!)
  const awaitsCode = hasFactor(db, user.id)
  if (!awaitsCode) noteStart(db, { id: user.id, name: user.name, role: user.role, regions: [] }, { address })
  return { token: await startSession(db, user.id, userAgent, { address, awaitsCode }), userId: user.id, awaitsCode }
}

export const noteStart = (db: Db, actor: Actor, details: { address: string, factor?: string }) =>
  transact(db, actor, (tx) => tx.audit('session.started', actor.id, details))

// When the waiting begins, and when only an administrator opens it: not every failure is a line, or anybody could fill the trail.
function noteBrake(db: Db, failures: number, { userId, address }: { userId?: string, address: string }) {
  if (userId && (failures === BRAKES.name.free || failures === BRAKES.name.stopAt)) transact(db, system, (tx) => tx.audit('session.braked', userId, { failures, address }))
}

// The second half of a sign-in. The token given for the password is worth nothing afterwards.
export async function completeSignIn(db: Db, { actor, session }: { actor: Actor, session: Session }, typed: string, address: string, now = Date.now()): Promise<{ token: string, left?: number }> {
  const { kind, left } = await proveFactor(db, actor, typed, now)
  noteStart(db, actor, { address, factor: kind })
  return { token: rotateSession(db, session, now), left }
}

// The own password, asked again before something weighty. Only whoever is signed in comes here, so it has a brake of its own: those
// who guess the name from outside shut nobody out who is at work.
export function confirmPassword(db: Db, userId: string, password: string, now = Date.now()): Promise<void> {
  const brake: Subject = { brake: 'again', of: userId }
  return inTurn(brake, async () => {
    refuseGuessing(db, brake, now)
    const user = db.select().from(users).where(eq(users.id, userId)).get()
    if (user && await verifyPassword(user.passwordHash, password)) {
      demandUnexpired(db, user.id, 'current', now)
      return clearFailures(db, brake)
    }
    const failures = countFailure(db, brake, now)
    if (failures === BRAKES.again.free) transact(db, system, (tx) => tx.audit('session.braked', userId, { failures }))
    throw invalid({ current: 'Kata sandi sekarang tidak cocok.' })
  })
}

// Everything is asked again: the password, and the code where there is one. The session goes on under a new token.
export async function signInAgain(db: Db, actor: Actor, session: Session, { password, code, purpose }: { password: string, code: string, purpose: string }, now = Date.now()): Promise<string> {
  await confirmPassword(db, actor.id, password, now)
  if (hasFactor(db, actor.id)) await proveFactor(db, actor, code, now)
  transact(db, actor, (tx) => tx.audit('session.confirmed', actor.id, { purpose }))
  return rotateSession(db, session, now)
}
