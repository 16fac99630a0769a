import { sumByKey } from '#app/dashboards/counts.ts'
import type { Asked } from '#app/dashboards/progress.ts'
import type { Db } from '#db/connection.ts'

// question: as in a remark, without the row ("members.nik").
export type Reason = { question: string, count: number }
export type Sent = { sent: number, returned: number, rechecked: number }

// What visits were sent back for, the most frequent first; and how many were.
export function readReturns(db: Db, { round, place, range }: Asked) {
  const sent = (codes: string[]): Sent => {
    const moves = sumByKey(db, round, codes, 'move', range)
    return { sent: (moves.submitted ?? 0) + (moves.resubmitted ?? 0), returned: moves.returned ?? 0, rechecked: moves.rechecked ?? 0 }
  }
  const reasons = Object.entries(sumByKey(db, round, place.codes, 'remark', range)).map(([question, count]): Reason => ({ question, count }))
    .sort((one, other) => other.count - one.count || one.question.localeCompare(other.question))
  return { total: sent(place.codes), reasons, parts: place.parts.map(({ code, name }) => ({ code, name, ...sent([code]) })).filter((part) => part.sent + part.returned > 0) }
}
