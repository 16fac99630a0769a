import { TABS } from '#app/field/tabs.ts'
import { remarksOf } from '#app/field/tasks.ts'
import type { Stage } from '#app/households/stages.ts'
import type { PackedPhoto, PackedVisit, TaskRow } from '#app/packs/schema.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The stages of the three tabs of the task list: while a household stands here, it is in its officer's pack.
const PACKED = Object.values(TABS).flat()

// Conditions for a query over households h. The officer's own, and still in his regions; both are asked for by name.
export const MINE = `(h.officer_id IS @officer AND h.stage IN (${PACKED.map((stage) => `'${stage}'`).join(', ')}))`
export const IN_REGION = "h.region_code >= r.value AND h.region_code < r.value || ':'"

export type Scope = { officer: string, regions: string }
export const scopeOf = ({ id, regions }: Actor): Scope => ({ officer: id, regions: JSON.stringify(regions) })

const ownTasks = statement<[Scope], number>(`SELECT h.number FROM households h
  WHERE ${MINE} AND EXISTS (SELECT 1 FROM json_each(@regions) r WHERE ${IN_REGION}) ORDER BY h.number`)
export const listOwnTasks = (db: Db, actor: Actor) => ownTasks(db).pluck().all(scopeOf(actor)) as number[]

// The count is that of the task list: what the checker remarked since the visit was sent.
const taskRow = statement<[number], TaskRow>(`SELECT number, id, region_code, prelist_id, head_name, address, sls_name, member_count, stage,
  outcome, musdes_status, version, '' AS note, '[]' AS remarks, NULL AS visit, record,
  CASE WHEN stage = 'returned' THEN (SELECT count(*) FROM remarks k JOIN reviews r ON r.id = k.review_id JOIN visits v ON v.id = k.visit_id
    WHERE k.visit_id = households.visit_id AND r.decided_at >= v.submitted_at) ELSE 0 END AS remark_count
  FROM households WHERE number = ?`)

// One row of the pack, with the visit under way. The caller has found its number within the officer's scope.
export function readTask(db: Db, { id: officerId }: Actor, number: number): TaskRow {
  const row = taskRow(db).get(number)!
  const open = findOpen(db, row.id, officerId)
  if (!open) return row
  const told = remarksOf(db, open.id, row.stage as Stage)
  return { ...row, note: told.note, remarks: JSON.stringify(told.remarks), visit: JSON.stringify(packVisit(db, open, row, told)) }
}

type OpenVisit = {
  id: string, status: string, outcome: number | null, record: string, savedSections: string, revision: number, baseVersion: number
  questionnaireVersion: string, activeMs: number, openedAt: string, latitude: number | null, longitude: number | null
  accuracyM: number | null, locatedAt: string | null
}
const openVisits = statement<[string, string], OpenVisit>(`SELECT id, status, outcome, record, saved_sections AS savedSections, revision,
  base_version AS baseVersion, questionnaire_version AS questionnaireVersion, active_ms AS activeMs, opened_at AS openedAt, latitude, longitude,
  accuracy_m AS accuracyM, located_at AS locatedAt
  FROM visits WHERE household_id = ? AND officer_id = ? AND status IN ('draft', 'returned') ORDER BY opened_at DESC LIMIT 10`)

// The same visit the pages open: the one sent back, or else the draft last begun.
function findOpen(db: Db, householdId: string, officerId: string): OpenVisit | undefined {
  const open = openVisits(db).all(householdId, officerId)
  return open.find(({ status }) => status === 'returned') ?? open[0]
}

const photosOf = statement<[string], PackedPhoto>(`SELECT p.kind, p.sha256, f.bytes, p.added_at AS addedAt, p.taken_at AS takenAt
  FROM visit_photos p JOIN files f ON f.sha256 = p.sha256 WHERE p.visit_id = ? ORDER BY p.kind`)

function packVisit(db: Db, { record, savedSections, latitude, longitude, accuracyM, locatedAt, ...visit }: OpenVisit,
  { id: householdId, head_name: headName }: TaskRow, told: Pick<PackedVisit, 'remarks' | 'note'>): PackedVisit {
  return {
    ...visit, householdId, headName, record: JSON.parse(record), savedSections: JSON.parse(savedSections), photos: photosOf(db).all(visit.id), ...told,
    coordinate: latitude === null || longitude === null || accuracyM === null ? null : { latitude, longitude, accuracyM, locatedAt },
  }
}
