import { countOf, partsOfMove, type Move, type Part } from '#app/dashboards/contributions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type MoveRow = Move & { id: number, householdId: string }
type Visit = { id: string, regionCode: string, officerId: string }

const rowsAfter = statement<[number, number, number], MoveRow>(`SELECT id, household_id AS householdId, from_stage AS fromStage, to_stage AS toStage, at, subject
  FROM transitions WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`)
const VISIT = 'SELECT v.id, v.region_code AS regionCode, v.officer_id AS officerId FROM'
const visitById = statement<[string], Visit>(`${VISIT} visits v WHERE v.id = ?`)
const visitOfReview = statement<[string], Visit>(`${VISIT} reviews r JOIN visits v ON v.id = r.visit_id WHERE r.id = ?`)
const reviewBefore = statement<[string, number], string>(`SELECT subject FROM transitions WHERE household_id = ? AND id < ? AND subject GLOB 'review:*' ORDER BY id DESC LIMIT 1`)
const pathsOf = statement<[string, string], string>('SELECT path FROM remarks WHERE visit_id = ? AND review_id = ?')

export const movesBetween = (db: Db, after: number, upTo: number, limit: number): MoveRow[] => rowsAfter(db).all(after, upTo, limit)

const idIn = (subject: string) => subject.slice(subject.indexOf(':') + 1)

// What a move counts for, and how often: an approval taken back counts against it. The place and the officer are the
// visit's own, which never change; so it is the same whenever it is counted.
export function partsOfRow(db: Db, row: MoveRow): { parts: Part[], by: 1 | -1 } | undefined {
  const counted = countOf(row)
  if (!counted) return undefined
  const subject = counted.by === -1 ? reviewBefore(db).pluck().get(row.householdId, row.id) as string | undefined : row.subject ?? undefined
  const isReview = subject?.startsWith('review:')
  const visit = subject === undefined ? undefined : isReview ? visitOfReview(db).get(idIn(subject)) : visitById(db).get(idIn(subject))
  if (!visit) return undefined
  const paths = isReview && counted.by === 1 ? pathsOf(db).pluck().all(visit.id, idIn(subject!)) as string[] : []
  return { parts: partsOfMove(counted.move, visit, row.at, paths), by: counted.by }
}
