import { recount } from '#app/integrity/counts.ts'
import { queueCheck } from '#app/integrity/queue.ts'
import { findWarnings } from '#app/integrity/warnings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { findGateFailures, type Gate } from '#app/ratification/gates.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Standing = { id: string, number: number, regionCode: string, headName: string, stage: string, outcome: number | null, visitId: string | null, inactive: 0 | 1, record: string }
type UnderWay = { record: string, outcome: number | null, questionnaireVersion: string, status: string }
type Verdict = { regionCode: string, kinds: string, numbers: string, changedAt: string }
type Failure = { gate: Gate, severity: 'error' | 'warning', message: string }

const standing = statement<[string], Standing>(`SELECT h.id, h.number, h.region_code AS regionCode, h.head_name AS headName, h.stage, h.outcome, h.visit_id AS visitId,
  EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) AS inactive, h.record FROM households h WHERE h.id = ?`)
const underWay = statement<[string], UnderWay>('SELECT record, outcome, questionnaire_version AS questionnaireVersion, status FROM visits WHERE id = ?')
const verdictOf = statement<[string], Verdict>('SELECT region_code AS regionCode, kinds, numbers, changed_at AS changedAt FROM gate_verdicts WHERE household_id = ?')
const failuresOf = statement<[string], Failure & { foundAt: string }>(
  'SELECT gate, severity, message, found_at AS foundAt FROM gate_failures WHERE household_id = ? ORDER BY seq')
const dropFailures = statement<[string], unknown>('DELETE FROM gate_failures WHERE household_id = ?')
const dropVerdict = statement<[string], unknown>('DELETE FROM gate_verdicts WHERE household_id = ?')
const addFailure = statement<[string, number, number, string, string, string, string, string], unknown>(`INSERT INTO gate_failures
  (household_id, seq, household_number, region_code, gate, severity, found_at, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
const putVerdict = statement<[string, number, string, string, string, string, string, string], unknown>(`INSERT INTO gate_verdicts
  (household_id, household_number, region_code, judged_at, changed_at, basis, kinds, numbers) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (household_id) DO UPDATE SET region_code = excluded.region_code, judged_at = excluded.judged_at, changed_at = excluded.changed_at,
  basis = excluded.basis, kinds = excluded.kinds, numbers = excluded.numbers`)
const neighbours = statement<{ numbers: string, self: string }[], string>(`SELECT m.household_id FROM json_each(@numbers) n
  JOIN members m ON m.nik = n.value WHERE m.household_id <> @self
  UNION SELECT f.household_id FROM json_each(@numbers) n JOIN families f ON f.kk_number = n.value WHERE f.household_id <> @self LIMIT 200`)

// The judge is findGateFailures; here its verdict is kept. Whoever shares a number that came, went or changed its household's
// name is judged anew as well.
export function judgeHousehold(db: Db, householdId: string, now: string) {
  const household = standing(db).get(householdId)
  const before = verdictOf(db).get(householdId)
  const isActive = household !== undefined && household.inactive === 0 && household.stage !== 'withdrawn'
  const numbers = isActive ? numbersOf(household) : []
  if (isActive) keepVerdict(db, household, before, numbers, now)
  else forget(db, householdId, before)
  const known: string[] = before ? JSON.parse(before.numbers) : []
  const [headName, knownHead] = [numbers[0], known[0]]
  const moved = headName === knownHead ? symmetric(numbers.slice(1), known.slice(1)) : [...numbers.slice(1), ...known.slice(1)]
  if (moved.length > 0) queueCheck(db, neighbours(db).pluck().all({ numbers: JSON.stringify(moved), self: householdId }) as string[])
}

// First the name by which others are told of it, then its numbers.
function numbersOf({ headName, record }: Standing): string[] {
  const master = JSON.parse(record) as HouseholdRecord
  const numbers = [...presentMembers(master).map(({ nik }) => nik), ...master.families.map(({ kkNumber }) => kkNumber)]
  return [headName, ...new Set(numbers.filter((number): number is string => typeof number === 'string' && number !== ''))]
}

const symmetric = (one: string[], other: string[]) => [...one.filter((number) => !other.includes(number)), ...other.filter((number) => !one.includes(number))]

function forget(db: Db, householdId: string, before: Verdict | undefined) {
  if (!before) return
  dropFailures(db).run(householdId)
  dropVerdict(db).run(householdId)
  recount(db, counted(before), undefined)
}

const counted = ({ regionCode, kinds }: Pick<Verdict, 'regionCode' | 'kinds'>) => {
  const list = kinds.split(',').filter(Boolean)
  return { regionCode, kinds: ['judged', ...(list.some((kind) => kind !== 'w') ? ['failing'] : []), ...list] }
}

function keepVerdict(db: Db, household: Standing, before: Verdict | undefined, numbers: string[], now: string) {
  const { failures, basis } = judge(db, household, dayOf(now))
  const known = failuresOf(db).all(household.id)
  const same = known.length === failures.length && known.every(({ gate, severity, message }, i) =>
    gate === failures[i]!.gate && severity === failures[i]!.severity && message === failures[i]!.message)
  const moved = before?.regionCode !== household.regionCode
  if (!same || moved) {
    dropFailures(db).run(household.id)
    failures.forEach(({ gate, severity, message }, seq) => addFailure(db).run(household.id, seq, household.number, household.regionCode, gate, severity,
      known.find((one) => one.gate === gate && one.message === message)?.foundAt ?? now, message))
  }
  const kinds = kindsOf(failures)
  putVerdict(db).run(household.id, household.number, household.regionCode, now, before && same && !moved ? before.changedAt : now, basis, kinds, JSON.stringify(numbers))
  recount(db, before && counted(before), counted({ regionCode: household.regionCode, kinds }))
}

const kindsOf = (failures: Failure[]) => {
  const kinds = new Set(failures.map(({ gate, severity }) => severity === 'error' ? gate : 'w'))
  return kinds.size === 0 ? '' : `,${[...kinds].sort().join(',')},`
}

// A visit on its way to the ministry stands for the household: it is what would be determined. Else the master does, read
// as that of an interviewed household also before its first interview.
export const ON_ITS_WAY: readonly string[] = ['submitted', 'checked', 'recheck', 'verified', 'batched', 'ratified', 'dispatched']

function judge(db: Db, household: Standing, today: string): { failures: Failure[], basis: 'master' | 'visit' } {
  const visit = household.visitId && ON_ITS_WAY.includes(household.stage) ? underWay(db).get(household.visitId) : undefined
  const outcome = visit ? visit.outcome ?? 1 : household.outcome ?? 1
  const record = JSON.parse(visit?.record ?? household.record) as HouseholdRecord
  const judged = { record: visit ? record : asInterviewed(record), questionnaireVersion: visit?.questionnaireVersion ?? CURRENT.version, today: visit ? today : askedOn(record, today) }
  const failures = findGateFailures(db, { householdId: household.id, outcome, ...judged }).map((failure): Failure => ({ ...failure, severity: 'error' }))
  const warnings = outcome === 1 ? findWarnings(db, judged).map((warning): Failure => ({ ...warning, severity: 'warning' })) : []
  return { failures: [...failures, ...warnings], basis: visit ? 'visit' : 'master' }
}

// A master holds what was true when it was asked, or when its youngest was born: a child who turns five since, or an age that has
// grown, is no fault of the record.
export function askedOn({ household: { visitDate }, members }: HouseholdRecord, today: string): string {
  if (typeof visitDate !== 'string' || visitDate === '') return today
  const born = members.map(({ birthDate }) => birthDate).filter((day): day is string => typeof day === 'string' && day <= today)
  return [visitDate, ...born].reduce((one, other) => one > other ? one : other)
}

const asInterviewed = (record: HouseholdRecord): HouseholdRecord => ({ ...record, household: { ...record.household, hasilVerivali: 1 } })
