import type { Days } from '#app/dashboards/counts.ts'
import { addDays, startOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import type { Stage } from '#app/households/stages.ts'
import { ALIVE } from '#app/households/living.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The households behind one number of one desa. The caller has seen that the desa is the reader's.
export type Row = { id: string, headName: string, address: string, officer: string | null, at: string, note: string, visitId: string | null, stage: Stage, place: string }
const PAGE = 50

const COLUMNS = 'h.id, h.head_name AS headName, h.address, u.name AS officer, h.visit_id AS visitId, h.stage'
const OFFICER = 'LEFT JOIN users u ON u.id = h.officer_id'

type Found = Omit<Row, 'place'> & { number: number }
const waiting = statement<{ stage: Stage, region: string, before: string, at: string, number: number, limit: number }[], Found>(`SELECT ${COLUMNS}, h.stage_at AS at, '' AS note, h.number
  FROM households h INDEXED BY households_by_stage ${OFFICER} WHERE h.stage = @stage AND h.region_code = @region AND h.stage_at < @before AND (h.stage_at, h.number) > (@at, @number)
    AND ${ALIVE('h.id')} ORDER BY h.stage_at, h.number LIMIT @limit`)

// Those in a stage for longer than so many days, the longest first.
export function listWaiting(db: Db, region: string, stage: Stage, { days, today, after }: { days: number, today: string, after: string }) {
  const [at = '', number = '0'] = after.split('~')
  const found = waiting(db).all({ stage, region, before: startOf(addDays(today, -days), zoneOf(region)), at, number: Number(number), limit: PAGE + 1 })
  return pageOf(found.map((row): Row => ({ ...row, place: `${row.at}~${row.number}` })))
}

const lacking = statement<{ region: string, block: string, from: string, to: string, number: number, limit: number }[], Found>(`SELECT ${COLUMNS}, d.visited_on AS at, d.lacks AS note, h.number
  FROM dashboard_households d INDEXED BY dashboard_households_lacking JOIN households h ON h.number = d.number ${OFFICER}
  WHERE d.region_code = @region AND d.lacks <> '' AND instr(d.lacks, @block) > 0 AND d.visited_on BETWEEN @from AND @to AND d.number > @number ORDER BY d.number LIMIT @limit`)

// Finished visits with something unanswered in a block.
export function listLacking(db: Db, region: string, block: string, { from, to, after }: Days & { after: string }) {
  const found = lacking(db).all({ region, block: `,${block},`, from, to, number: Number(after) || 0, limit: PAGE + 1 })
  return pageOf(found.map((row): Row => ({ ...row, place: String(row.number) })))
}

const remarked = statement<{ region: string, pattern: string, from: string, to: string, after: number, limit: number }[], Found>(`SELECT ${COLUMNS}, r.decided_at AS at, m.message AS note, m.id AS number
  FROM visits v INDEXED BY visits_by_region CROSS JOIN remarks m INDEXED BY remarks_by_visit ON m.visit_id = v.id JOIN reviews r ON r.id = m.review_id JOIN households h ON h.id = v.household_id ${OFFICER}
  WHERE v.region_code = @region AND v.submitted_at IS NOT NULL AND h.region_code = @region AND m.path GLOB @pattern AND r.decided_at >= @from AND r.decided_at < @to AND m.id > @after ORDER BY m.id LIMIT @limit`)

// Remarks made at a question, with their words.
export function listRemarked(db: Db, region: string, question: string, { from, to, after }: Days & { after: string }) {
  const [roster, key] = question.split('.')
  const pattern = roster === 'household' ? question : `${roster}.*.${key}`
  const found = remarked(db).all({ region, pattern, from: startOf(from, zoneOf(region)), to: startOf(addDays(to, 1), zoneOf(region)), after: Number(after) || 0, limit: PAGE + 1 })
  return pageOf(found.map((row): Row => ({ ...row, place: String(row.number) })))
}

const pageOf = (rows: Row[]) => ({ rows: rows.slice(0, PAGE), next: rows.length > PAGE ? rows[PAGE - 1]!.place : undefined })
