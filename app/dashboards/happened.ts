import { countOf, partsOfMove, type Move, type Part } from '#app/dashboards/contributions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// A move with the visit it was about, whose place and officer never change; so it counts the same whenever it is counted.
type Visit = { id: string, regionCode: string, officerId: string }
export type MoveRow = Move & { id: number, householdId: string, visitId: string | null, regionCode: string | null, officerId: string | null, remarked: 0 | 1 }

const ROWS = (from: string) => `SELECT t.id, t.household_id AS householdId, t.from_stage AS fromStage, t.to_stage AS toStage, t.at, t.subject,
    v.id AS visitId, v.region_code AS regionCode, v.officer_id AS officerId, EXISTS (SELECT 1 FROM remarks m WHERE m.visit_id = r.visit_id AND m.review_id = r.id) AS remarked
  FROM ${from} LEFT JOIN reviews r ON t.subject GLOB 'review:*' AND r.id = substr(t.subject, 8)
    LEFT JOIN visits v ON v.id = CASE WHEN t.subject GLOB 'visit:*' THEN substr(t.subject, 7) ELSE r.visit_id END`
// What countOf looks at.
const MAY_COUNT = "(t.subject GLOB 'visit:*' OR t.subject GLOB 'review:*' OR t.subject GLOB 'undo:*')"
const rowsAfter = statement<[number, number], MoveRow>(`${ROWS('transitions t')} WHERE t.id > ? ORDER BY t.id LIMIT ?`)
const rowsOf = statement<[string, number], MoveRow>(`${ROWS('json_each(?) h CROSS JOIN transitions t ON t.household_id = h.value')} WHERE t.id <= ? AND ${MAY_COUNT}`)
const visitReviewedBefore = statement<[string, number], Visit>(`SELECT v.id, v.region_code AS regionCode, v.officer_id AS officerId FROM reviews r JOIN visits v ON v.id = r.visit_id
  WHERE r.id = (SELECT substr(subject, 8) FROM transitions WHERE household_id = ? AND id < ? AND subject GLOB 'review:*' ORDER BY id DESC LIMIT 1)`)
const pathsOf = statement<[string, string], string>('SELECT path FROM remarks WHERE visit_id = ? AND review_id = ?')

export const movesAfter = (db: Db, after: number, limit: number): MoveRow[] => rowsAfter(db).all(after, limit)

// All that these households have been through, up to a move, as far as it may count.
export const movesOf = (db: Db, householdIds: string[], upTo: number): MoveRow[] => rowsOf(db).all(JSON.stringify(householdIds), upTo)

// What a move counts for, and how often: an approval taken back counts against the visit it was given to.
export function partsOfRow(db: Db, row: MoveRow): { parts: Part[], by: 1 | -1 } | undefined {
  const counted = countOf(row)
  if (!counted) return undefined
  const visit = counted.by === -1 ? visitReviewedBefore(db).get(row.householdId, row.id) : visitOf(row)
  if (!visit) return undefined
  const paths = counted.by === 1 && row.remarked === 1 ? pathsOf(db).pluck().all(visit.id, row.subject!.slice('review:'.length)) as string[] : []
  return { parts: partsOfMove(counted.move, visit, row.at, paths), by: counted.by }
}

const visitOf = ({ visitId, regionCode, officerId }: MoveRow): Visit | undefined => visitId === null ? undefined : { id: visitId, regionCode: regionCode!, officerId: officerId! }
