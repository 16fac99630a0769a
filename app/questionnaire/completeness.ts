import { asked } from '#app/questionnaire/asking.ts'
import { isEmpty, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Questionnaire, SectionCode } from '#app/questionnaire/types.ts'

export type Completeness = { section: SectionCode, title: string, asked: number, answered: number }

// How much of each block is answered, of what an interview has to answer; so a household never visited shows how little
// of it is known. Blocks that ask nothing count 0 of 0.
export const completenessOf = ({ sections }: Questionnaire, record: HouseholdRecord, today: string): Completeness[] => sections
  .filter(({ code }) => code !== 'musdes' && code !== 'respondent' && code !== 'photos')
  .map((section) => {
    const interviewed = { ...record, household: { ...record.household, hasilVerivali: 1 } }
    const due = asked(section, interviewed, { today }).filter(({ question }) => question.required !== false)
    return { section: section.code, title: section.title, asked: due.length, answered: due.filter(({ question: { key, instead }, row }) => !isEmpty(row[key]) || instead !== undefined && !isEmpty(row[instead])).length }
  })
