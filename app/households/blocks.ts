import { completenessOf } from '#app/questionnaire/completeness.ts'
import { isChanged } from '#app/questionnaire/diff.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import { CURRENT, EXTENDED, isAsked } from '#app/questionnaire/questionnaire.ts'
import { emptyRecord, isEmpty, pathOf, rowsOf, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Section, SectionCode } from '#app/questionnaire/types.ts'

export type Version = { version: number, cause: string, createdAt: string, record: HouseholdRecord }
export type Answered = { path: string, label: string, answer: string }
export type Block = {
  code: SectionCode, title: string, asked: number, answered: number
  // The version that last changed something here.
  setAt?: string, setBy?: number
  groups: { title: string, rows: Answered[] }[]
}

// A master record is read as that of an interviewed household, also before its first interview.
const asInterviewed = (record: HouseholdRecord): HouseholdRecord => ({ ...record, household: { ...record.household, hasilVerivali: 1 } })

// The record block by block: its answers, how much of it is known and how old it is. versions: newest first. The optional
// block is there where it was ever answered.
export function blocksOf(record: HouseholdRecord, versions: Version[], today: string): Block[] {
  const judged = asInterviewed(record)
  const complete = completenessOf(CURRENT, judged, today)
  return EXTENDED.sections.filter(({ code }) => code !== 'musdes' && code !== 'photos' && code !== 'respondent').map((section) => {
    const counts = complete.find((one) => one.section === section.code)
    const setter = lastChangeOf(section, versions)
    return {
      code: section.code, title: section.title, asked: counts?.asked ?? 0, answered: counts?.answered ?? 0,
      setAt: setter?.createdAt, setBy: setter?.version,
      groups: rowsOf(record, section.roster).map((row, i) => ({ title: titleOf(section, row, i), rows: answersOf(section, judged, row, i, today) }))
        .filter(({ rows }) => rows.length > 0),
    }
  }).filter(({ code, groups }) => code !== 'dtsen' || groups.length > 0)
}

const answersOf = ({ roster, questions }: Section, record: HouseholdRecord, row: Answers, index: number, today: string): Answered[] => questions
  .filter((question) => question.type !== 'photo' && (!isEmpty(row[question.key]) || (!question.automatic && !question.extension && isAsked(question, row, record, today))))
  .map((question) => ({ path: pathOf(roster, index, question.key), label: question.label, answer: displayAnswer(question, row[question.key]) }))

const titleOf = ({ roster, title }: Section, row: Answers, index: number) =>
  roster === 'household' ? title : String(row.name ?? row.ownerName ?? row.kkNumber ?? `${title} ${index + 1}`)

const lastChangeOf = (section: Section, versions: Version[]) =>
  versions.find(({ record }, i) => isChanged(section, versions[i + 1]?.record ?? emptyRecord(), record))
