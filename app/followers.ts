import type { Db } from '#db/connection.ts'
import { savepoint } from '#db/savepoint.ts'
import { statement } from '#db/statements.ts'

// Whoever follows the audit trail keeps here how far: up to which line (sequence), and how far the run over all households has
// come (cursor: the number of the last; done of total). round counts the runs begun.
export type Follower = { sequence: number, cursor: number, round: number, done: number, total: number, startedAt: string, finishedAt: string | null }

const one = statement<[string], Follower>(`SELECT sequence, cursor, round, done, total, started_at AS startedAt, finished_at AS finishedAt
  FROM followers WHERE name = ?`)
const begin = statement<[string, string], unknown>(`INSERT INTO followers (name, sequence, total, started_at)
  VALUES (?, (SELECT coalesce(max(seq), 0) FROM audit_entries), (SELECT count(*) FROM households), ?) ON CONFLICT DO NOTHING`)
const beginRound = statement<[string, string], unknown>(`UPDATE followers SET cursor = 0, done = 0, round = round + 1, finished_at = NULL, started_at = ?,
  total = (SELECT count(*) FROM households) WHERE name = ? AND finished_at IS NOT NULL`)
const moveSequence = statement<[number, string], unknown>('UPDATE followers SET sequence = ? WHERE name = ?')
const moveCursor = statement<[number, number, string], unknown>('UPDATE followers SET cursor = ?, done = done + ? WHERE name = ?')
const endRound = statement<[string, string], unknown>('UPDATE followers SET finished_at = ?, done = total WHERE name = ?')
const lastLine = statement<[number, number], number | null>('SELECT max(seq) FROM (SELECT seq FROM audit_entries WHERE seq > ? ORDER BY seq LIMIT ?)')

const LINES = 400

export const readFollower = (db: Db, name: string): Follower | undefined => one(db).get(name)

// At the very first it begins with the newest line and a run over everybody. Asked in each step, so only then they are counted.
export function followerOf(db: Db, name: string, now: string): Follower {
  const known = readFollower(db, name)
  if (known) return known
  begin(db).run(name, now)
  return readFollower(db, name)!
}

// A run over everybody from the beginning; asked for while one is under way, that one goes on.
export function restartRound(db: Db, name: string, now: string) {
  followerOf(db, name, now)
  beginRound(db).run(now, name)
}

// The next lines of the trail are read up to this one; undefined: there are none.
export const nextLine = (db: Db, { sequence }: Pick<Follower, 'sequence'>): number | undefined => (lastLine(db).pluck().get(sequence, LINES) as number | null) ?? undefined

export const followTo = (db: Db, name: string, sequence: number) => void moveSequence(db).run(sequence, name)
export const goOn = (db: Db, name: string, cursor: number, done: number) => void moveCursor(db).run(cursor, done, name)
export const finishRound = (db: Db, name: string, now: string) => void endRound(db).run(now, name)

// What cannot be worked out for one row holds up none of those after it: it is taken back alone, and the log names the row. What the
// disk or the database refuses is no fault of the row, so then everything is tried again.
export function attemptOne(db: Db, words: string, work: () => void) {
  try {
    savepoint(db, work)
  } catch (error) {
    const { code = '' } = error as { code?: string }
    if (!db.$client.inTransaction || (code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT'))) throw error
    console.error(words, error)
  }
}
