import type { Standing } from '#app/changes/kinds.ts'
import { isEmpty, isPresent, presentMembers, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'

export const DIED = 2
export const LEFT = 3
const NEW_HERE = 4

// Numbers are never given to somebody else: who died or left keeps the row and the number, and with it the family's.
export const nextMemberSeq = ({ members }: HouseholdRecord) => 1 + Math.max(0, ...members.map(({ memberSeq }) => Number(memberSeq) || 0))
export const nextFamilySeq = (record: HouseholdRecord) => 1 + Math.max(Number(record.household.lastFamilySeq) || 0, highestFamilySeq(record))
const highestFamilySeq = ({ members, families }: HouseholdRecord) => Math.max(0, ...[...families, ...members].map(({ familySeq }) => Number(familySeq) || 0))

// The row stays, with what became of the person and since when. What the person owned goes along, or ends.
export function leave(record: HouseholdRecord, member: Answers, presence: number, on: string): Answers[] {
  Object.assign(member, { memberPresence: presence, presenceSince: on })
  const owned = record.businesses.filter(({ ownerMemberSeq }) => ownerMemberSeq === member.memberSeq)
  record.businesses = record.businesses.filter((business) => !owned.includes(business))
  if (owned.length > 0 && record.businesses.length === 0) record.household.anyMemberHasBusiness = false
  return owned
}

type Arrival = Required<Pick<Standing, 'relationToHead' | 'relationToFamilyHead'>> & { familySeq: number }

// A person comes to live here, on a row of the own; who lived here before gets the old row back.
export function arrive(record: HouseholdRecord, person: Answers, arrival: Arrival, on: string, owned: Answers[] = []): Answers {
  const old = record.members.findIndex((row) => !isPresent(row) && row.memberPresence !== DIED && !isEmpty(row.nik) && row.nik === person.nik)
  const memberSeq = old < 0 ? nextMemberSeq(record) : Number(record.members[old]!.memberSeq)
  const row: Answers = { ...person, ...arrival, memberSeq, memberPresence: NEW_HERE, presenceSince: on }
  if (old < 0) record.members.push(row)
  else record.members[old] = row
  record.businesses.push(...owned.map((business) => ({ ...business, ownerMemberSeq: memberSeq })))
  if (owned.length > 0) record.household.anyMemberHasBusiness = true
  return row
}

export const addFamily = (record: HouseholdRecord, kkNumber: string | null): number => {
  const familySeq = nextFamilySeq(record)
  record.families.push({ familySeq, ...(kkNumber !== null && { kkNumber }) })
  return familySeq
}

export const residents = (record: HouseholdRecord, familySeq: unknown) => presentMembers(record).filter((member) => member.familySeq === familySeq)

// The cards that are still in use when these people are gone.
export const stayingKks = (record: HouseholdRecord, leaving: Answers[]) => record.families
  .filter(({ familySeq }) => residents(record, familySeq).some((member) => !leaving.includes(member))).map(({ kkNumber }) => kkNumber)

// A family whose people are all gone goes; its No KK stays readable in the versions before, its number is not given again.
// A household nobody is left in keeps its cards as they were. Then everybody is counted.
export function recount(before: HouseholdRecord, record: HouseholdRecord) {
  const present = presentMembers(record)
  const ended = ({ familySeq }: Answers) => residents(before, familySeq).length > 0 && residents(record, familySeq).length === 0
  if (present.length > 0) record.families = record.families.filter((family) => !ended(family))
  record.household.memberCount = present.length
  record.household.familyCount = record.families.length
  const last = nextFamilySeq(before) - 1
  if (last > highestFamilySeq(record)) record.household.lastFamilySeq = last
}

// A person as somebody who comes from elsewhere: parents are told by their numbers in the house that is left behind.
export const asNewcomer = ({ motherSeq: _mother, fatherSeq: _father, ...person }: Answers): Answers => person

// The household is named after its head.
export function nameAfterHead(record: HouseholdRecord) {
  const present = presentMembers(record)
  const head = present.find(({ relationToHead }) => relationToHead === 1)
  if (!head) return
  const spouse = present.find(({ relationToHead }) => relationToHead === 2)
  const { household } = record
  Object.assign(household, { headName: head.name, headSex: head.sex ?? household.headSex })
  if ('headNik' in household) household.headNik = head.nik ?? null
  if ('headSpouseName' in household || spouse) household.headSpouseName = spouse?.name ?? null
}
