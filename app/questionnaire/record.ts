import type { Roster } from '#app/questionnaire/types.ts'

// One household as the questionnaire names it: the shape of the master record, the draft, the version and the export.
// multi → number[]; yes/no → boolean (the paper form's 1/2 and 3/4 exist only at import and export).
export type Value = string | number | boolean | number[] | null
export type Answers = Record<string, Value | undefined>
export type HouseholdRecord = {
  household: Answers, families: Answers[], members: Answers[], children: Answers[], businesses: Answers[]
}

export const emptyRecord = (): HouseholdRecord => ({ household: {}, families: [], members: [], children: [], businesses: [] })

// A path names one answer: "household.floorType", "members.2.nik" (row by position, from 0).
export const pathOf = (roster: Roster, index: number, key: string) =>
  roster === 'household' ? `household.${key}` : `${roster}.${index}.${key}`

export type Place = { roster: Roster, index: number, key: string }

export function parsePath(path: string): Place | undefined {
  const found = /^(?:(household)|(families|members|children|businesses)\.(\d{1,2}))\.(\w+)$/.exec(path)
  if (!found) return undefined
  return { roster: (found[1] ?? found[2]) as Roster, index: Number(found[3] ?? 0), key: found[4]! }
}

export const rowsOf = (record: HouseholdRecord, roster: Roster): Answers[] =>
  roster === 'household' ? [record.household] : record[roster]

// A new record with this answer; the given one stays as it was. A row that is not there yet is made.
export function setAnswer(record: HouseholdRecord, path: string, value: Value | undefined): HouseholdRecord {
  const place = parsePath(path)
  if (!place) return record
  if (place.roster === 'household') return { ...record, household: { ...record.household, [place.key]: value } }
  const rows = [...record[place.roster]]
  rows[place.index] = { ...rows[place.index], [place.key]: value }
  return { ...record, [place.roster]: rows }
}

export const isEmpty = (value: Value | undefined): value is undefined | null | '' =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

const PRESENT: readonly unknown[] = [1, 4]
export const isPresent = ({ memberPresence }: Answers) => PRESENT.includes(memberPresence ?? 1)
export const presentMembers = ({ members }: HouseholdRecord) => members.filter(isPresent)
