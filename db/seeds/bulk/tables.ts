import type { Part } from '#app/dashboards/contributions.ts'
import type { MaybePoint } from '#app/evidence/places.ts'
import type { Stage } from '#app/households/stages.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Flag } from '#app/visits/flags.ts'
import type { Made } from '#db/seeds/bulk/visiting.ts'

export type Value = string | number | null | Uint8Array
export type Row = Value[]
export const TABLES = {
  households: ['number', 'id', 'region_code', 'prelist_id', 'order_no', 'origin', 'head_name', 'head_nik', 'address', 'sls_name', 'member_count', 'programmes', 'version', 'latitude', 'longitude', 'stage',
    'stage_at', 'outcome', 'officer_id', 'visit_id', 'flag_count', 'created_at', 'record', 'flag_weight'],
  household_search: ['rowid', 'names', 'address', 'region'],
  families: ['household_id', 'seq', 'kk_number'],
  members: ['household_id', 'seq', 'family_seq', 'name', 'nik', 'sex', 'birth_date', 'presence', 'relation', 'pregnant', 'disability', 'schooling', 'education', 'employment'],
  household_versions: ['household_id', 'version', 'cause', 'created_by', 'created_at', 'record'],
  visits: ['id', 'household_id', 'region_code', 'officer_id', 'status', 'outcome', 'record', 'saved_sections', 'revision', 'base_version', 'questionnaire_version', 'latitude', 'longitude', 'accuracy_m',
    'located_at', 'opened_at', 'active_ms', 'submitted_at', 'submit_count', 'submitted_hash', 'flag_count', 'flag_weight'],
  visit_photos: ['visit_id', 'kind', 'sha256', 'taken_at', 'added_at'],
  visit_flags: ['visit_id', 'code', 'message', 'weight'],
  reviews: ['id', 'visit_id', 'household_id', 'visit_revision', 'level', 'outcome', 'note', 'documents', 'bulk', 'decided_by', 'decided_at'],
  remarks: ['review_id', 'visit_id', 'path', 'message'],
  batch_items: ['batch_id', 'household_id', 'visit_id', 'region_code', 'position', 'record', 'record_hash', 'change_count', 'failures', 'decision', 'decided_by', 'decided_at'],
  proposals: ['id', 'kind', 'region_code', 'household_id', 'head_name', 'status', 'status_at', 'reason_code', 'note', 'proposed_by', 'proposed_at', 'basis', 'change'],
  proposal_households: ['proposal_id', 'household_id'],
  proposal_steps: ['proposal_id', 'from_status', 'to_status', 'at', 'actor_id', 'note'],
  exclusions: ['household_id', 'region_code', 'proposal_id', 'visit_id', 'outcome', 'since'],
  recipients: ['id', 'programme', 'variant', 'sensitive', 'region_code', 'household_id', 'family_seq', 'member_seq', 'name', 'nik', 'kk_number', 'address', 'number', 'state', 'phase', 'state_at', 'reason_code',
    'started_on', 'ended_on', 'version', 'created_at', 'data'],
  recipient_events: ['recipient_id', 'from_state', 'to_state', 'at', 'actor_id', 'cause', 'reason_code', 'note', 'region_code', 'programme', 'from_phase', 'to_phase', 'data'],
  visit_evidence: ['visit_id', 'household_id', 'officer_id', 'region_code', 'district_code', 'regency_code', 'period', 'revision', 'submit_count', 'submitted_at', 'judged_at', 'outcome', 'size', 'log_minutes',
    'active_ms', 'started_ms', 'ended_ms', 'located_ms', 'taken_from_ms', 'taken_to_ms', 'latitude', 'longitude', 'accuracy_m', 'cell', 'prelist_m', 'near', 'answers', 'changed', 'uniform', 'basis'],
  visit_figures: ['visit_id', 'officer_id', 'region_code', 'submitted_at', 'month', 'outcome', 'active_ms', 'member_count', 'codes', 'flag_count', 'flag_weight', 'returns', 'changed', 'latitude', 'longitude',
    'prelist_latitude', 'prelist_longitude'],
  gate_verdicts: ['household_id', 'household_number', 'region_code', 'judged_at', 'changed_at', 'basis', 'kinds', 'numbers'],
  gate_failures: ['household_id', 'seq', 'household_number', 'region_code', 'gate', 'severity', 'found_at', 'message'],
  dashboard_households: ['number', 'region_code', 'stage', 'since', 'officer_id', 'outcome', 'visited_on', 'visit_mark', 'lacks', 'round'],
  map_points: ['household_id', 'region_code', 'x', 'y', 'cell_x', 'cell_y', 'visited', 'stage', 'flagged', 'desil', 'pkh', 'sembako', 'pbi'],
  map_unplaced: ['number', 'region_code'],
} as const satisfies Record<string, readonly string[]>
export type TableName = keyof typeof TABLES

// A line of audit with the move it tells of, before it has its place in the chain. order: its household and its place in the
// story. action '': the move alone, whose line is another's. details undefined: what a move tells by itself.
export type Line = { at: string, order: number, actor: string, action: string, subject: string, details?: Record<string, unknown>, move?: Move }
export type Move = { from: Stage | null, to: Stage, note: string, subject: string | null }

// Each table's rows end to end in one list, so that a thread hands over few objects.
export type Written = { rows: Record<TableName, Value[]>, lines: Line[], parts: Part[], leaves: Leaf[], gaps: string[] }
// What a batch's manifest says of a household.
export type Leaf = { batchId: string, householdId: string, recordHash: string }

export const newWritten = (): Written => ({
  rows: Object.fromEntries(Object.keys(TABLES).map((name) => [name, []])) as unknown as Written['rows'], lines: [], parts: [], leaves: [], gaps: [],
})

// The photos all visits share: one file for each kind.
export type Photos = Record<string, string>
export type Judged = { now: string, photos: Photos }

// A visit as its story left it. before: the master it began with.
export type Visit = {
  made: Made, record: string, officer: string, submittedAt: string, hash: string, flags: Flag[], baseVersion: number, before: HouseholdRecord, prelist: MaybePoint, status: string, returns: number, draft: boolean
}
