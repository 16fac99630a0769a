import { ageOn } from '#app/questionnaire/age.ts'
import { isPresent, rowsOf, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Condition, Question, Questionnaire, Section, SectionCode } from '#app/questionnaire/types.ts'

// The age counts from the birth date where it is known; the answered age only where it is not.
function answerFor(key: string, row: Answers, record: HouseholdRecord, today: string): Value | undefined {
  if (key === 'age' && typeof row.birthDate === 'string') return ageOn(row.birthDate, today) ?? row.age
  return key in row ? row[key] : record.household[key]
}

function holds(condition: Condition, value: Value | undefined) {
  if ('in' in condition) return condition.in.includes(value as number)
  return typeof value === 'number' && value >= condition.from && value <= (condition.to ?? Infinity)
}

// Is this question asked of this row, given the other answers? Pure. today: ISO date, for ages.
export const isAsked = ({ askedWhen = [] }: Question, row: Answers, record: HouseholdRecord, today: string) =>
  askedWhen.every((condition) => holds(condition, answerFor(condition.key, row, record, today)))

export type Asked = { question: Question, index: number, row: Answers }

// The questions asked now in a section, for one of its rows or for all. Those the system fills itself are left out.
export function asked(section: Section, record: HouseholdRecord, { today, index }: { today: string, index?: number }): Asked[] {
  return rowsOf(record, section.roster).flatMap((row, i) => index !== undefined && i !== index ? [] : section.questions
    .filter((question) => !question.automatic && question.type !== 'photo' && isAsked(question, row, record, today))
    .map((question) => ({ question, index: i, row })))
}

export const sectionOf = ({ sections }: Questionnaire, code: SectionCode): Section =>
  sections.find((section) => section.code === code)!

// What is no longer asked (the mind was changed) does not stay behind in the record. Only an interviewed household is
// tidied, and in it only who lives there: all else is still what the master knew. A death needs the NIK of the dead.
export function withoutUnasked(questionnaire: Questionnaire, record: HouseholdRecord, today: string): HouseholdRecord {
  if (record.household.hasilVerivali !== 1) return record
  const tidy = structuredClone(record)
  for (const section of questionnaire.sections) {
    if (section.code === 'musdes') continue
    for (const row of rowsOf(tidy, section.roster)) {
      if (section.roster === 'members' && !isPresent(row)) continue
      for (const question of section.questions) {
        if (!question.automatic && question.key in row && !isAsked(question, row, tidy, today)) delete row[question.key]
      }
    }
  }
  return tidy
}
