import { eq } from 'drizzle-orm'
import { invalid, Problem } from '#app/problems.ts'
import { verifyPassword } from '#app/sessions/passwords.ts'
import { startSession } from '#app/sessions/sessions.ts'
import type { Db } from '#db/connection.ts'
import { users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact } from '#db/transaction.ts'

const WINDOW_MS = 15 * 60 * 1000
const LIMIT_PER_NAME = 5
const LIMIT_PER_ADDRESS = 40

const countFailures = statement<[string, number], { n: number }>(
  'SELECT count(*) AS n FROM sign_in_failures WHERE subject = ? AND at > ?')
const addFailure = statement<[string, number], unknown>('INSERT INTO sign_in_failures (subject, at) VALUES (?, ?)')
const sweepOld = statement<[number], unknown>('DELETE FROM sign_in_failures WHERE at < ?')
const clearFailures = statement<[string], unknown>('DELETE FROM sign_in_failures WHERE subject = ?')

export type SignIn = { username: string, password: string, address: string, userAgent: string }

// The new session's token. One answer for a wrong name, a wrong password and a suspended account: nothing is told.
export const signIn = (db: Db, attempt: SignIn, now = Date.now()): Promise<string> =>
  inTurn(attempt.username.toLowerCase(), () => trySignIn(db, attempt, now))

async function trySignIn(db: Db, { username, password, address, userAgent }: SignIn, now: number) {
  const byName = `name:${username.toLowerCase()}`
  const byAddress = `address:${address}`
  refuseGuessing(db, byName, LIMIT_PER_NAME, now)
  refuseGuessing(db, byAddress, LIMIT_PER_ADDRESS, now)

  const user = db.select().from(users).where(eq(users.username, username.toLowerCase())).get()
  const matches = await verifyPassword(user?.passwordHash, password)
  if (!user || !matches || user.status === 'suspended') {
    for (const subject of [byName, byAddress]) addFailure(db).run(subject, now)
    throw new Problem('invalid', 'Nama pengguna atau kata sandi salah.', { password: 'Periksa nama pengguna dan kata sandi.' })
  }
  clearFailures(db).run(byName)
  const actor = { id: user.id, name: user.name, role: user.role, regions: [] }
  transact(db, actor, (tx) => tx.audit('session.started', user.id, { address }))
  return startSession(db, user.id, userAgent)
}

// The own password, asked again before it is changed. Under the same brake as signing in.
export function confirmPassword(db: Db, userId: string, password: string, now = Date.now()): Promise<void> {
  const user = db.select().from(users).where(eq(users.id, userId)).get()
  const byName = `name:${user?.username}`
  return inTurn(user?.username ?? '', async () => {
    refuseGuessing(db, byName, LIMIT_PER_NAME, now)
    if (await verifyPassword(user?.passwordHash, password)) return void clearFailures(db).run(byName)
    addFailure(db).run(byName, now)
    throw invalid({ current: 'Kata sandi sekarang tidak cocok.' })
  })
}

const turns = new Map<string, Promise<unknown>>()

// Attempts on one name wait for one another: guesses sent all at once would otherwise be tried before any is counted.
function inTurn<T>(name: string, attempt: () => Promise<T>): Promise<T> {
  const turn = (turns.get(name) ?? Promise.resolve()).then(attempt, attempt)
  turns.set(name, turn)
  const leave = () => void (turns.get(name) === turn && turns.delete(name))
  turn.then(leave, leave)
  return turn
}

function refuseGuessing(db: Db, subject: string, limit: number, now: number) {
  if (countFailures(db).get(subject, now - WINDOW_MS)!.n < limit) return
  throw new Problem('too_many', 'Terlalu banyak percobaan masuk yang gagal. Tunggu 15 menit, lalu coba lagi.')
}

export const sweepFailures = (db: Db, now = Date.now()) => void sweepOld(db).run(now - WINDOW_MS)
