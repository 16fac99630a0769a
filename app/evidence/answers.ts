import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import { isEmpty, isPresent, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import { same } from '#app/questionnaire/diff.ts'
import type { Question, SectionCode } from '#app/questionnaire/types.ts'

// What is told about a visit's answers without comparing whole records: a byte for each, the share that was changed, and the
// blocks answered with one code. Pure.

const questionsOf = (code: SectionCode): readonly Question[] => CURRENT.sections.find((section) => section.code === code)!.questions
  .filter(({ automatic, type }) => !automatic && !['text', 'photo', 'nik', 'date'].includes(type))
const keysOf = (code: SectionCode) => questionsOf(code).map(({ key }) => key)

const HOUSE = [...keysOf('housing'), ...keysOf('assets')]
// Of people, what an interview tells and a family card does not.
const PERSON = ['maritalStatus', 'disabilityType', 'chronicIllness', 'schooling', 'educationLevel', 'highestGrade', 'highestCertificate',
  'working', 'hoursPerWeek', 'industry', 'employmentStatus', 'hasKks', 'hasPbi', 'hasKip', 'hasPkh', 'hasSembako'] as const

// A byte for each answer about house and belongings, 0 where none was given. The first tells which questions these are.
export function signatureOf({ household }: HouseholdRecord): Uint8Array {
  const bytes = new Uint8Array(HOUSE.length + 1)
  bytes[0] = EDITION
  HOUSE.forEach((key, i) => { bytes[i + 1] = byteOf(household[key]) })
  return bytes
}

const EDITION = hash(HOUSE.join())
const byteOf = (value: Value | undefined): number => isEmpty(value) ? 0 : 1 + hash(JSON.stringify(value)) % 255

// FNV-1a.
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0
  return value
}

export type Changed = { known: number, changed: number }

// Of the answers the record already had when the visit began, how many the officer found otherwise.
export function countChanged(before: HouseholdRecord, after: HouseholdRecord): Changed {
  const count = { known: 0, changed: 0 }
  tally(count, HOUSE, before.household, after.household)
  for (const person of after.members) {
    const known = person.memberSeq === undefined ? undefined : before.members.find(({ memberSeq }) => memberSeq === person.memberSeq)
    if (known && isPresent(person)) tally(count, PERSON, known, person)
  }
  return count
}

function tally(count: Changed, keys: readonly string[], before: Answers, after: Answers) {
  for (const key of keys) {
    if (isEmpty(before[key])) continue
    count.known += 1
    if (!same(before[key], after[key])) count.changed += 1
  }
}

// Blocks in which a hurried hand gives one code throughout. rows: the answers that would have to be equal, person by person.
type Block = { title: string, rows: (record: HouseholdRecord) => Value[] }
const yesNo = (code: SectionCode, from: string, to: string) => {
  const keys = questionsOf(code).filter(({ type }) => type === 'yesno').map(({ key }) => key)
  return keys.slice(keys.indexOf(from), keys.indexOf(to) + 1)
}
const ASSETS = yesNo('assets', 'hasGasCylinder', 'hasShip')
const PROGRAMMES = yesNo('assets', 'progKks', 'progKur')
const householdBlock = (title: string, keys: string[]): Block =>
  ({ title, rows: ({ household }) => keys.map((key) => household[key]).filter((value) => !isEmpty(value)) as Value[] })
// Everybody of whom it was asked, as one value for each person.
const personBlock = (title: string, keys: string[]): Block => ({
  title, rows: ({ members }) => members.filter(isPresent).filter((person) => keys.every((key) => !isEmpty(person[key])))
    .map((person) => keys.map((key) => String(person[key])).join('/')),
})

export const BLOCKS: readonly Block[] = [
  householdBlock('aset', ASSETS), householdBlock('program bantuan', PROGRAMMES),
  personBlock('disabilitas dan penyakit', ['disabilityType', 'chronicIllness']),
  personBlock('pendidikan', ['educationLevel', 'highestGrade', 'highestCertificate']),
  personBlock('pekerjaan', ['hoursPerWeek', 'industry', 'employmentStatus']),
]
const LEAST_ROWS = 3

// A bit for each block with one and the same answer for at least three rows.
export const uniformBlocks = (record: HouseholdRecord): number => BLOCKS.reduce((bits, { rows }, i) => {
  const values = rows(record)
  return values.length >= LEAST_ROWS && values.every((value) => value === values[0]) ? bits | (1 << i) : bits
}, 0)
