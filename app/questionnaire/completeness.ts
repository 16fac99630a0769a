import { asked } from '#app/questionnaire/asking.ts'
import { isEmpty, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Questionnaire, SectionCode } from '#app/questionnaire/types.ts'

export type Completeness = { section: SectionCode, title: string, asked: number, answered: number }

// How much of each block is answered, of what is asked and has to be answered. Blocks that ask nothing count 0 of 0.
export const completenessOf = ({ sections }: Questionnaire, record: HouseholdRecord, today: string): Completeness[] => sections
  .filter(({ code }) => code !== 'musdes' && code !== 'photos')
  .map((section) => {
    const due = asked(section, record, { today }).filter(({ question }) => question.required !== false)
    return { section: section.code, title: section.title, asked: due.length, answered: due.filter(({ question, row }) => !isEmpty(row[question.key])).length }
  })
