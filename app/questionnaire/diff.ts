import { displayAnswer } from '#app/questionnaire/display.ts'
import { whose } from '#app/questionnaire/mistakes.ts'
import { EXTENDED } from '#app/questionnaire/questionnaire.ts'
import { isEmpty, pathOf, rowsOf, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Roster, Section } from '#app/questionnaire/types.ts'

// path: in the later record (in the earlier one for a row that is gone). before/after: in words.
export type Difference = { path: string, section: string, label: string, before: string, after: string }

const MATCH: Record<Roster, string | undefined> = {
  household: undefined, families: 'familySeq', members: 'memberSeq', children: undefined, businesses: undefined,
}

// What changed between two records, question by question; people and families are matched by their own numbers.
export function diffRecords(before: HouseholdRecord, after: HouseholdRecord): Difference[] {
  return EXTENDED.sections.filter(({ code }) => code !== 'musdes').flatMap((section) => diffSection(section, before, after))
}

function diffSection(section: Section, before: HouseholdRecord, after: HouseholdRecord): Difference[] {
  const [earlier, later] = [rowsOf(before, section.roster), rowsOf(after, section.roster)]
  const counterpart = (row: Answers, i: number, rows: Answers[]) => {
    const key = MATCH[section.roster]
    return key && row[key] !== undefined ? rows.find((other) => other[key] === row[key]) : rows[i]
  }
  const changed = later.flatMap((row, i) => diffRow(section, i, counterpart(row, i, earlier) ?? {}, row))
  const gone = earlier.flatMap((row, i) => counterpart(row, i, later) ? [] : diffRow(section, i, row, {}))
  return [...changed, ...gone]
}

function diffRow(section: Section, index: number, before: Answers, after: Answers): Difference[] {
  const name = whose(section, { ...before, ...after }, index)
  return section.questions.filter(({ key, type }) => type !== 'photo' && !same(before[key], after[key])).map((question) => ({
    path: pathOf(section.roster, index, question.key), section: section.title, label: `${name}${question.label}`,
    before: displayAnswer(question, before[question.key]), after: displayAnswer(question, after[question.key]),
  }))
}

export const same = (a: Value | undefined, b: Value | undefined) =>
  (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b)
