import type { Plan } from '#app/changes/changes.ts'
import { invalid } from '#app/problems.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { CURRENT, findMistakes } from '#app/questionnaire/questionnaire.ts'
import { parsePath, presentMembers, rowsOf, type HouseholdRecord } from '#app/questionnaire/record.ts'

// A record may have old mistakes; a change must not add one. Everything is held to the rules of an interviewed household,
// before and after, so that what nobody has asked yet weighs on neither side.
export function refuseWorse({ revised, created, deactivated }: Plan, on: string, ids: string[]) {
  const old = new Set(revised.flatMap(({ householdId, before }) => errorsOf(before, on).flatMap((mistake) => namesOf(householdId, before, mistake))))
  const isNew = (id: string, record: HouseholdRecord) => (mistake: Mistake) => !namesOf(id, record, mistake).some((name) => old.has(name))
  const gone = deactivated.map(({ householdId }) => householdId)
  const found = [
    ...revised.filter(({ householdId, after }) => !(gone.includes(householdId) && presentMembers(after).length === 0)).flatMap(({ householdId, after }) =>
      errorsOf(after, on).filter(isNew(householdId, after)).map((mistake) => ({ ...mistake, path: ids.indexOf(householdId) > 0 ? `other.${mistake.path}` : mistake.path }))),
    ...created.flatMap(({ id, record }) => errorsOf(record, on).filter(isKnownOfNewHome).filter(isNew(id, record)).map((mistake) => ({ ...mistake, path: `home.${mistake.path}` }))),
  ]
  if (found.length > 0) throw invalid(Object.fromEntries(found.map(({ path, message }) => [path, message])))
}

const errorsOf = (record: HouseholdRecord, today: string) =>
  findMistakes(CURRENT, { ...record, household: { ...record.household, hasilVerivali: 1 } }, { context: { today } }).filter(({ severity }) => severity === 'error')

// How the new house is built is learnt at the first visit.
const KNOWN = ['headName', 'address', 'memberCount', 'familyCount']
const isKnownOfNewHome = ({ path }: Mistake) => !path.startsWith('household.') || KNOWN.includes(path.slice('household.'.length))

// A mistake by where it stands and, for a person who takes it along, by whose it is.
function namesOf(householdId: string, record: HouseholdRecord, { path, code }: Mistake): string[] {
  const place = parsePath(path)
  const row = place && rowsOf(record, place.roster)[place.index]
  if (!place || !row || place.roster === 'household') return [`${householdId} ${path} ${code}`]
  const within = row.memberSeq ?? row.familySeq ?? place.index
  const own = row.nik ?? row.kkNumber ?? row.name ?? row.ownerName
  return [`${householdId} ${place.roster} ${String(within)} ${place.key} ${code}`, ...(own ? [`${place.roster} ${String(own)} ${place.key} ${code}`] : [])]
}
