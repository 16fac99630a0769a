import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Visits from before this was judged stand behind all that is sent.
export const OLD = 1e15
export const LAST = `(SELECT coalesce(max(number), 0) FROM evidence_queue WHERE number < ${OLD})`

const enqueue = statement<[string], unknown>(`INSERT INTO evidence_queue (visit_id, number)
  SELECT value, ${LAST} + key + 1 FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`)

// Has these visits judged again soon: for what comes to be known of them later, such as the prints of their photos.
export const queueEvidence = (db: Db, visitIds: readonly string[]) => void (visitIds.length > 0 && enqueue(db).run(JSON.stringify(visitIds)))

const waiting = statement<[], { number: number, visitId: string }>('SELECT number, visit_id AS visitId FROM evidence_queue ORDER BY number LIMIT 1')
const dequeue = statement<[string], unknown>('DELETE FROM evidence_queue WHERE visit_id = ?')

// The next one, taken off: judging it may ask for another look at its neighbours.
export function takeNext(db: Db): string | undefined {
  const next = waiting(db).get()
  if (next) dequeue(db).run(next.visitId)
  return next?.visitId
}

// Whether the flags of a visit are worked out for the sending that stands. visit: what it is called in the query.
export const judgedIn = (visit: string) => `EXISTS (SELECT 1 FROM visit_evidence e WHERE e.visit_id = ${visit}.id AND e.judged_at IS NOT NULL
  AND e.revision = ${visit}.revision AND e.submit_count = ${visit}.submit_count)`
const judged = statement<[string], unknown>(`SELECT 1 FROM visits v WHERE v.id = ? AND ${judgedIn('v')}`)
export const isJudged = (db: Db, visitId: string): boolean => judged(db).get(visitId) !== undefined
