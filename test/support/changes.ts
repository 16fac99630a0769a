import { plan, type Change, type Plan } from '#app/changes/changes.ts'
import { Problem } from '#app/problems.ts'
import { presentMembers, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { aRecord } from '#test/support/records.ts'

// Families for the life events: a couple with grown-up children, all with NIK of province 99.
export type Child = { name: string, sex: 1 | 2, birthDate: string, serial: number }

const nikOf = ({ sex, birthDate, serial }: Omit<Child, 'name'>) => {
  const [year, month, day] = birthDate.split('-') as [string, string, string]
  return `990201${String(Number(day) + (sex === 2 ? 40 : 0)).padStart(2, '0')}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`
}

export const kkOf = (serial: number) => `990201150310${String(serial).padStart(4, '0')}`

export function aFamily({ head, spouse, serial, children = [] }: { head: string, spouse: string, serial: number, children?: Child[] }): HouseholdRecord {
  const record = JSON.parse(JSON.stringify(aRecord({ head, spouse, serial }))) as HouseholdRecord
  const [, pattern] = record.members
  children.forEach((child, i) => record.members.push({
    ...pattern, memberSeq: 3 + i, name: child.name, sex: child.sex, birthDate: child.birthDate, age: 2026 - Number(child.birthDate.slice(0, 4)), nik: nikOf(child),
    relationToHead: 3, relationToFamilyHead: 3, maritalStatus: 1, motherMaidenName: spouse, pregnant: false,
  } as Answers))
  record.household.memberCount = record.members.length
  return record
}

// Two families of two desa: Asep's with a grown-up son and daughter, Bambang's with a daughter.
export const asep = () => aFamily({ head: 'Asep Suryana', spouse: 'Wati Suryani', serial: 11, children: [
  { name: 'Dani Suryana', sex: 1, birthDate: '2003-02-11', serial: 12 }, { name: 'Lilis Suryani', sex: 2, birthDate: '2005-07-21', serial: 13 },
] })
export const bambang = () => aFamily({ head: 'Bambang Riyadi', spouse: 'Endang Lestari', serial: 21, children: [{ name: 'Fitri Riyadi', sex: 2, birthDate: '2004-03-02', serial: 22 }] })

export const records = () => new Map([['asep', asep()], ['bambang', bambang()]])

export const planned = (change: Change, from = records()): Plan => plan(change, from)
export const afterOf = ({ revised }: Plan, id: string): HouseholdRecord => revised.find(({ householdId }) => householdId === id)!.after
export const memberOf = ({ members }: HouseholdRecord, name: string): Answers => members.find((member) => member.name === name)!
export const namesIn = (record: HouseholdRecord) => presentMembers(record).map(({ name }) => name)

// The fields a refusal names.
export function refusal(change: Change, from = records()): Record<string, string> {
  try {
    planned(change, from)
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid') return error.fields
    throw error
  }
  throw new Error('nothing was refused')
}
