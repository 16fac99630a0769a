import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What waits to be worked out, in this order: of a visit its figures, then those of its officer, then the verdicts of all
// officers of the kecamatan, who are each other's measure; of a decision the reviewer's day, then the reviewer, then the verdicts of
// all reviewers of the kabupaten.
export const STEP = { visit: 1, officer: 2, place: 3, day: 4, reviewer: 5, colleagues: 6 } as const
export type Step = typeof STEP[keyof typeof STEP]

const put = statement<[number, string], unknown>('INSERT OR IGNORE INTO quality_queue (step, subject) VALUES (?, ?)')
const first = statement<[number], { step: Step, subject: string }>('SELECT step, subject FROM quality_queue ORDER BY step, subject LIMIT ?')
const remove = statement<[number, string], unknown>('DELETE FROM quality_queue WHERE step = ? AND subject = ?')
const waiting = statement<[], number>('SELECT count(*) FROM quality_queue')

// parts: what names the subject; none of them holds a "~".
export const queue = (db: Db, step: Step, ...parts: string[]) => void put(db).run(step, parts.join('~'))

// Taken off before it is worked on: the work may ask for another look.
export function takeNext(db: Db, limit: number) {
  const rows = first(db).all(limit)
  for (const { step, subject } of rows) remove(db).run(step, subject)
  return rows.map(({ step, subject }) => ({ step, parts: subject.split('~') }))
}

export const countQueued = (db: Db) => waiting(db).pluck().get() as number
