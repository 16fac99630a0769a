import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type VillageSummary = {
  regionCode: string, name: string, households: number, members: number, interviewed: number, notInterviewed: number
  added: number, changed: number, answersChanged: number, failing: number, accepted: number, returned: number
}

// Per desa: how many, how many of them new or with answers that differ from the master's, and how far gates and
// determination are. One pass over the batch (at most 5,000 rows).
const villages = statement<[string], VillageSummary>(`
  SELECT i.region_code AS regionCode, COALESCE(r.name, i.region_code) AS name, count(*) AS households,
    sum(json_array_length(i.record, '$.members')) AS members,
    sum(h.outcome = 1) AS interviewed, sum(h.outcome <> 1) AS notInterviewed,
    sum(h.origin = 'new' AND h.version <= 1) AS added,
    sum(NOT (h.origin = 'new' AND h.version <= 1) AND i.change_count > 0) AS changed, sum(i.change_count) AS answersChanged,
    sum(i.failures <> '[]') AS failing, sum(i.decision = 'accepted') AS accepted, sum(i.decision = 'returned') AS returned
  FROM batch_items i JOIN households h ON h.id = i.household_id LEFT JOIN regions r ON r.code = i.region_code
  WHERE i.batch_id = ? GROUP BY i.region_code ORDER BY i.region_code`)

// The caller has asked getBatch first: the batch is in the reader's scope.
export const summariseVillages = (db: Db, batchId: string) => villages(db).all(batchId)

const gateCounts = statement<[string], { gate: string, count: number }>(`
  SELECT json_extract(f.value, '$.gate') AS gate, count(DISTINCT i.household_id) AS count
  FROM batch_items i, json_each(i.failures) f WHERE i.batch_id = ? GROUP BY 1 ORDER BY 1`)

export const countGateFailures = (db: Db, batchId: string): Record<string, number> =>
  Object.fromEntries(gateCounts(db).all(batchId).map(({ gate, count }) => [gate, count]))

export type ListedRecord = {
  position: number, village: string, headName: string, headNik: string | null, address: string, members: number
  outcome: number, recordHash: string
}

// By name and address, in the frozen order, for the list that is signed. Iterates: never the whole list in memory.
const listed = statement<[string], ListedRecord>(`
  SELECT i.position, COALESCE(r.name, i.region_code) AS village, json_extract(i.record, '$.household.headName') AS headName,
    h.head_nik AS headNik, json_extract(i.record, '$.household.address') AS address,
    json_array_length(i.record, '$.members') AS members, h.outcome, i.record_hash AS recordHash
  FROM batch_items i JOIN households h ON h.id = i.household_id LEFT JOIN regions r ON r.code = i.region_code
  WHERE i.batch_id = ? ORDER BY i.position`)

export const listedRecords = (db: Db, batchId: string) => listed(db).all(batchId)
