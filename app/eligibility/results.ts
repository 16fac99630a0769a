import { reasonWords } from '#app/eligibility/reasons.ts'
import { getRun, type Run } from '#app/eligibility/runs.ts'
import { placeFor, type Place } from '#app/periods/places.ts'
import { OPEN_STATUSES } from '#app/programmes/steps.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Sums = { families: number, receiving: number, eligible: number, chosen: number, entries: number, exits: number, costNow: number, costThen: number, held: number }
export type PlaceSums = Sums & { code: string, name: string }
export type Result = { run: Run, place: Place, rows: PlaceSums[], total: Sums, exits: { codes: string, reason: string, count: number }[] }

const sums = statement<[number, string, string, string], Sums & { code: string }>(`SELECT substr(region_code, 1, ?) AS code, sum(families) AS families, sum(receiving) AS receiving,
  sum(eligible) AS eligible, sum(chosen) AS chosen, sum(entries) AS entries, sum(exits) AS exits, sum(cost_now) AS costNow, sum(cost_then) AS costThen, sum(held) AS held
  FROM eligibility_villages WHERE run_id = ? AND region_code >= ? AND region_code < ? GROUP BY 1 ORDER BY 1`)
const whyExits = statement<[string, string, string], { reason: string, count: number }>(`SELECT reasons AS reason, count(*) AS count FROM eligibility_rows
  WHERE run_id = ? AND kind = 'exit' AND region_code >= ? AND region_code < ? GROUP BY reasons ORDER BY 2 DESC LIMIT 40`)

// What a run came to, by places; of the parts that lie within the reader's own.
export function readResult({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string, region = ''): Result {
  const run = getRun({ db, actor }, id)
  const place = placeFor(db, actor, run.regionCode, region)
  const range = [place.code, `${place.code}:`] as const
  const found = run.status === 'ready' ? sums(db).all(place.below.length, id, ...range).filter(({ code }) => isWithin(code, actor)) : []
  const names = regionNames(db, found.map(({ code }) => code))
  return {
    run, place, total: totalOf(found), exits: exitsIn(db, run, place),
    rows: found.map((row) => ({ ...row, name: names.get(row.code)! })).sort((one, other) => one.name.localeCompare(other.name, 'id')),
  }
}

// Why those go who would. The caller has found the run, and the place in his scope.
export const exitsIn = (db: Db, { id, status }: Run, { code }: Place): Result['exits'] => status === 'ready'
  ? whyExits(db).all(id, code, `${code}:`).map(({ reason, count }) => ({ codes: reason, reason: reasonWords(reason), count })) : []

const NOTHING: Sums = { families: 0, receiving: 0, eligible: 0, chosen: 0, entries: 0, exits: 0, costNow: 0, costThen: 0, held: 0 }
const totalOf = (rows: Sums[]): Sums => rows.reduce((sum, row) => Object.fromEntries(Object.keys(NOTHING).map((key) => [key, sum[key as keyof Sums] + row[key as keyof Sums]])) as Sums, NOTHING)

export type RowKind = 'entry' | 'exit'
export type ListedRow = {
  regionCode: string, position: number, name: string, householdId: string | null, familySeq: number | null, memberSeq: number | null, recipientId: string | null,
  desil: number | null, components: number, perYear: number, reasons: string, underWay: 0 | 1, village: string, why: string
}
export type RowPlace = { region: string, position: number }

const OPEN = OPEN_STATUSES.map((status) => `'${status}'`).join(', ')
const UNDER_WAY = `(EXISTS (SELECT 1 FROM recipient_changes c WHERE c.household_id = r.household_id AND c.family_seq IS r.family_seq AND c.member_seq IS r.member_seq AND c.programme = @programme
    AND c.status IN (${OPEN}))
  OR EXISTS (SELECT 1 FROM recipients p WHERE p.household_id = r.household_id AND p.family_seq IS r.family_seq AND p.member_seq IS r.member_seq AND p.programme = @programme AND p.phase <> 'ended'))`
// Of who would go: a change of him has begun, or he has gone already.
const GOING = `(EXISTS (SELECT 1 FROM recipient_changes c WHERE c.recipient_id = r.recipient_id AND c.status IN (${OPEN}))
  OR EXISTS (SELECT 1 FROM recipients p WHERE p.id = r.recipient_id AND p.phase = 'ended'))`
type Asked = { reasons: string | null, run: string, kind: RowKind, programme: string, from: string, to: string, region: string, position: number, limit: number }
const listed = statement<[Asked], Omit<ListedRow, 'village' | 'why'>>(`SELECT region_code AS regionCode, position, name, household_id AS householdId, family_seq AS familySeq, member_seq AS memberSeq,
  recipient_id AS recipientId, desil, components, per_year AS perYear, reasons, CASE kind WHEN 'entry' THEN ${UNDER_WAY} ELSE ${GOING} END AS underWay FROM eligibility_rows r
  WHERE run_id = @run AND kind = @kind AND region_code >= @from AND region_code < @to AND (region_code, position) > (@region, @position)
    AND (@reasons IS NULL OR reasons = @reasons) ORDER BY region_code, position LIMIT @limit`)

export const ROWS = 50
// reasons: of who would go, only those of exactly these codes.
export type RowFilter = { kind: RowKind, region?: string, reasons?: string }
export type RowPage = { run: Run, place: Place, kind: RowKind, reasons: string, rows: ListedRow[], next?: RowPlace }

// Who would come in or go, desa by desa in the order a quota follows.
export function listRows({ db, actor }: { db: Db, actor: Actor }, id: string, { kind, region = '', reasons = '' }: RowFilter, after: RowPlace = { region: '', position: 0 }, limit = ROWS): RowPage {
  const run = getRun({ db, actor }, id)
  const place = placeFor(db, actor, run.regionCode, region)
  const range = { from: place.code, to: `${place.code}:` }
  const found = run.status === 'ready' ? listed(db).all({ run: id, kind, reasons: reasons || null, programme: run.programme, ...range, ...after, limit: limit + 1 }) : []
  const shown = found.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const last = shown.at(-1)
  return {
    run, place, kind, reasons, rows: shown.map((row) => ({ ...row, village: names.get(row.regionCode)!, why: reasonWords(row.reasons) })),
    ...(found.length > limit && last && { next: { region: last.regionCode, position: last.position } }),
  }
}
