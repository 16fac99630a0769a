import { Problem } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The brake on guessing passwords and codes. Failures lie in the database, so a restart opens nothing anew, and they are
// counted the same whether the name exists or not.
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

// free: failures without a wait. Each further one waits longer; `stopAt` waits for an administrator.
type Brake = { free: number, windowMs: number, stopAt: number, what: string }

export const BRAKES = {
  name: { free: 5, windowMs: 7 * DAY, stopAt: 100, what: 'Terlalu banyak percobaan masuk yang gagal.' },
  // "<user>:<mark>": one in which this user has signed in before (known-browsers.ts).
  browser: { free: 5, windowMs: 7 * DAY, stopAt: 100, what: 'Terlalu banyak percobaan masuk yang gagal.' },
  // Asked again of whoever is signed in.
  again: { free: 5, windowMs: 7 * DAY, stopAt: 100, what: 'Terlalu banyak kata sandi yang salah.' },
  code: { free: 5, windowMs: 7 * DAY, stopAt: 50, what: 'Terlalu banyak kode yang salah.' },
  // One address may be a whole office behind one line.
  address: { free: 40, windowMs: HOUR, stopAt: Infinity, what: 'Terlalu banyak percobaan masuk yang gagal dari jaringan ini.' },
} satisfies Record<string, Brake>
export type Subject = { brake: keyof typeof BRAKES, of: string }

const WAIT_MINUTES = [1, 2, 4, 8, 15, 30, 60]

// What was noted while the clock ran ahead counts for nothing, or it would shut a name until that day comes.
const failuresOf = statement<[string, number, number], { n: number, last: number | null }>('SELECT count(*) AS n, max(at) AS last FROM sign_in_failures WHERE subject = ? AND at > ? AND at <= ?')
const addFailure = statement<[string, number], unknown>('INSERT INTO sign_in_failures (subject, at) VALUES (?, ?)')
const deleteFailures = statement<[string], unknown>('DELETE FROM sign_in_failures WHERE subject = ?')
const sweepOld = statement<[number], unknown>('DELETE FROM sign_in_failures WHERE at < ?')

const keyOf = ({ brake, of }: Subject) => `${brake}:${of}`

// failures: how many count; openAt: when it is tried again, Infinity once only an administrator opens it, undefined when it is open.
export function standingOf(db: Db, subject: Subject, now: number): { failures: number, openAt?: number } {
  const { free, windowMs, stopAt } = BRAKES[subject.brake]
  const { n, last } = failuresOf(db).get(keyOf(subject), now - windowMs, now)!
  if (n < free) return { failures: n }
  const openAt = n >= stopAt ? Infinity : last! + WAIT_MINUTES[Math.min(n - free, WAIT_MINUTES.length - 1)]! * MINUTE
  return openAt > now ? { failures: n, openAt } : { failures: n }
}

export function refuseGuessing(db: Db, subject: Subject, now: number) {
  const { openAt } = standingOf(db, subject, now)
  if (openAt === undefined) return
  const { what } = BRAKES[subject.brake]
  throw new Problem('too_many', openAt === Infinity
    ? `${what} Minta admin sistem membuka kuncinya.`
    : `${what} Tunggu ${Math.ceil((openAt - now) / MINUTE)} menit, lalu coba lagi.`)
}

// Tells how many there are now.
export function countFailure(db: Db, subject: Subject, now: number): number {
  addFailure(db).run(keyOf(subject), now)
  return standingOf(db, subject, now).failures
}

const browsersOf = statement<[string, string], string>('SELECT DISTINCT subject FROM sign_in_failures WHERE subject > ? AND subject < ?')

// Everything by which this account may be shut.
export const subjectsOf = (db: Db, { id, username }: { id: string, username: string }): Subject[] => [
  { brake: 'name', of: username }, { brake: 'code', of: id }, { brake: 'again', of: id },
  ...(browsersOf(db).pluck().all(`browser:${id}:`, `browser:${id};`) as string[]).map((subject): Subject => ({ brake: 'browser', of: subject.slice('browser:'.length) })),
]

export const clearFailures = (db: Db, subject: Subject) => void deleteFailures(db).run(keyOf(subject))

export const sweepFailures = (db: Db, now = Date.now()) => void sweepOld(db).run(now - 7 * DAY)

const turns = new Map<string, Promise<unknown>>()

// Attempts on one subject wait for one another: guesses sent all at once would otherwise be tried before any is counted.
export function inTurn<T>(subject: Subject, attempt: () => Promise<T>): Promise<T> {
  const key = keyOf(subject)
  const turn = (turns.get(key) ?? Promise.resolve()).then(attempt, attempt)
  turns.set(key, turn)
  const leave = () => void (turns.get(key) === turn && turns.delete(key))
  turn.then(leave, leave)
  return turn
}
