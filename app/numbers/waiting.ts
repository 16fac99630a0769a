import { regionsIn } from '#app/households/filter.ts'
import { missingNumbers, type MissingNumber } from '#app/questionnaire/missing-numbers.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Where a household stands in the list: its desa, since when it waits, and its id.
export type WaitPlace = { region: string, since: string, id: string }
type Row = { id: string, regionCode: string, since: string, headName: string, address: string, slsName: string, record: string }
export type Waiting = Omit<Row, 'record'> & { village: string, missing: MissingNumber[], record: HouseholdRecord }

const PAGE = 50
export const WAITS_START: WaitPlace = { region: '', since: '', id: '' }

const waitsIn = statement<[WaitPlace & { from: string, to: string, limit: number }], Row>(`SELECT w.household_id AS id, w.region_code AS regionCode, w.since,
    h.head_name AS headName, h.address, h.sls_name AS slsName, v.record
  FROM number_waits w INDEXED BY number_waits_by_place CROSS JOIN households h ON h.id = w.household_id CROSS JOIN visits v ON v.id = w.visit_id
  WHERE w.region_code >= @from AND w.region_code < @to AND (w.region_code, w.since, w.household_id) > (@region, @since, @id)
  ORDER BY w.region_code, w.since, w.household_id LIMIT @limit`)

// Who is checked and verified and waits for a No KK or a NIK: desa by desa, the longest first.
export function listWaits(db: Db, actor: Actor, region: string, after: WaitPlace = WAITS_START, limit = PAGE) {
  demand(actor, 'number.read')
  const found = [...regionsIn(actor, region)].sort().flatMap((code) => waitsIn(db).all({ from: code, to: `${code}:`, ...after, limit: limit + 1 })).slice(0, limit + 1)
  const shown = found.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const last = found.length > limit ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ record: text, ...row }): Waiting => {
      const record = JSON.parse(text) as HouseholdRecord
      return { ...row, village: names.get(row.regionCode)!, record, missing: missingNumbers(record) }
    }),
    next: last && { region: last.regionCode, since: last.since, id: last.id },
  }
}

const countIn = statement<[string, string], number>('SELECT count(*) FROM number_waits WHERE region_code >= ? AND region_code < ?')
export const countWaits = (db: Db, { regions }: Pick<Actor, 'regions'>) => regions.reduce((sum, code) => sum + (countIn(db).pluck().get(code, `${code}:`) as unknown as number), 0)

const waitOf = statement<[string], { since: string, record: string }>('SELECT w.since, v.record FROM number_waits w JOIN visits v ON v.id = w.visit_id WHERE w.household_id = ?')

// Since when this household waits, and for what; undefined when it does not. The caller has read it in its scope.
export function waitFor(db: Db, householdId: string) {
  const wait = waitOf(db).get(householdId)
  return wait && { since: wait.since, missing: missingNumbers(JSON.parse(wait.record) as HouseholdRecord) }
}
