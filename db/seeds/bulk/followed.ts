import { partsOf } from '#app/dashboards/contributions.ts'
import { countChanged, signatureOf, uniformBlocks } from '#app/evidence/answers.ts'
import { cellOf, metresIfKnown } from '#app/evidence/places.ts'
import { projection } from '#app/households/records.ts'
import type { Stage } from '#app/households/stages.ts'
import { askedOn, ON_ITS_WAY } from '#app/integrity/judging.ts'
import { stageGroup } from '#app/map/facets.ts'
import { CELL_SHIFT } from '#app/map/placing.ts'
import { project } from '#app/map/projection.ts'
import { ageOn, dayOf } from '#app/questionnaire/age.ts'
import { CURRENT, findMistakes } from '#app/questionnaire/questionnaire.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { isAboutPresence } from '#app/quality/officer-figures.ts'
import { DISTRICT, REGENCY } from '#app/regions/levels.ts'
import type { Row, TableName, Visit, Written } from '#db/seeds/bulk/tables.ts'

// What those who follow the trail make of a household: what it counts as, its verdict, its point, the facts of its visits.
export type Standing = {
  id: string, serial: number, regionCode: string, stage: Stage, stageAt: string, master: HouseholdRecord, officer: string | null, outcome: number | null, visit: Visit | undefined, visits: readonly Visit[]
  isFlagged: boolean, receives: ReadonlySet<string>
}
type Put = (table: TableName, ...row: Row) => void

export function follow(out: Written, put: Put, standing: Standing, now: string) {
  const { serial, regionCode, stage, officer, outcome, visit } = standing
  const zone = zoneOf(regionCode)
  const [visitedOn, since] = [visit ? dayOf(visit.submittedAt, zone) : null, dayOf(standing.stageAt, zone)]
  put('dashboard_households', serial, regionCode, stage, since, officer, outcome, visitedOn, visit ? `${visit.made.id} 1 1` : '', '', 1)
  for (const part of partsOf({ regionCode, stage, since, officerId: officer, outcome, visitedOn, lacks: [] })) out.parts.push(part)
  for (const one of standing.visits) followVisit(put, standing, one)
  if (stage !== 'withdrawn') judge(put, standing, now)
  if (stage !== 'withdrawn' && hasGaps(standing.master)) out.gaps.push(standing.id)
  placeOnMap(put, standing)
}

// Whoever lacks a number is judged once all are there; of the others only those whose ages are others than written down can have something amiss.
function judge(put: Put, { id, serial, regionCode, stage, visit, outcome, master }: Standing, now: string) {
  const underWay = visit && ON_ITS_WAY.includes(stage) ? visit : undefined
  const record = underWay ? underWay.made.record : { ...master, household: { ...master.household, hasilVerivali: 1 } }
  const today = underWay ? now.slice(0, 10) : askedOn(master, now.slice(0, 10))
  const mistakes = (outcome ?? 1) === 1 && hasAged(record, today) ? findMistakes(CURRENT, record, { context: { today } }) : []
  const sorted = [...mistakes.filter(({ severity }) => severity === 'error').slice(0, 20), ...mistakes.filter(({ severity }) => severity === 'warning').slice(0, 20)]
  sorted.forEach(({ severity, message }, seq) => put('gate_failures', id, seq, serial, regionCode, 'e', severity, now, message))
  const kinds = [...new Set(sorted.map(({ severity }) => severity === 'error' ? 'e' : 'w'))].sort()
  put('gate_verdicts', id, serial, regionCode, now, now, underWay ? 'visit' : 'master', kinds.length > 0 ? `,${kinds.join()},` : '', JSON.stringify(numbersOf(master)))
}

function placeOnMap(put: Put, { id, serial, regionCode, stage, visit, isFlagged, receives }: Standing) {
  const group = stageGroup(stage)
  if (group === undefined) return
  if (!visit) return put('map_unplaced', serial, regionCode)
  const { x, y } = project(visit.made.coordinate)
  put('map_points', id, regionCode, x, y, x >> CELL_SHIFT, y >> CELL_SHIFT, 1, group, isFlagged ? 1 : 0, null, ...['pkh', 'sembako', 'pbi'].map((programme) => Number(receives.has(programme))))
}

function followVisit(put: Put, { id, regionCode }: Standing, { made, officer, submittedAt, flags, before, prelist, returns }: Visit) {
  const { latitude, longitude, accuracyM, locatedAt } = made.coordinate
  const [finished, taken] = [made.outcome === 1, made.photos.map(({ takenAt }) => Date.parse(takenAt))]
  const changes = finished ? countChanged(before, made.record) : null
  const changed = changes && changes.known >= 20 ? changes.changed / changes.known : null
  put('visit_evidence', made.id, id, officer, regionCode, regionCode.slice(0, DISTRICT), regionCode.slice(0, REGENCY), quarterOf(submittedAt), 1, 1, submittedAt, submittedAt, made.outcome,
    Math.max(1, presentMembers(made.record).length), finished ? Math.log(made.activeMs / 60_000) : null, made.activeMs, Date.parse(made.openedAt), Date.parse(submittedAt), Date.parse(locatedAt), Math.min(...taken),
    Math.max(...taken), latitude, longitude, accuracyM, cellOf({ latitude, longitude }), metresIfKnown({ latitude, longitude }, prelist), 0, finished ? signatureOf(made.record) : null, changed,
    finished ? uniformBlocks(made.record) : 0, finished ? 'regency' : '')
  const about = flags.filter(({ code }) => isAboutPresence(code)).reduce((sum, { weight }) => sum + weight, 0)
  put('visit_figures', made.id, officer, regionCode, submittedAt, dayOf(submittedAt, zoneOf(regionCode)).slice(0, 7), made.outcome, made.activeMs, made.record.members.length,
    flags.map(({ code, weight }) => `${code}:${weight}`).sort().join(), flags.length, about, returns, changed, latitude, longitude, prelist.latitude, prelist.longitude)
}

const hasGaps = ({ members, families }: HouseholdRecord) => members.some(({ nik }) => !nik) || families.some(({ kkNumber }) => !kkNumber)
// To another age than the one that was written down: by it questions are asked or not.
const hasAged = (record: HouseholdRecord, today: string) => presentMembers(record).some(({ birthDate, age }) => (ageOn(String(birthDate), today) ?? age) !== age)
const quarterOf = (at: string) => `${dayOf(at).slice(0, 4)}-T${Math.ceil(Number(dayOf(at).slice(5, 7)) / 3)}`

function numbersOf(master: HouseholdRecord): string[] {
  const numbers = [...presentMembers(master).map(({ nik }) => nik), ...master.families.map(({ kkNumber }) => kkNumber)]
  return [projection(master).headName, ...new Set(numbers.filter((number): number is string => typeof number === 'string' && number !== ''))]
}
