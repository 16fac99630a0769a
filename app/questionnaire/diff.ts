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

// Whether anything of one section changed, without putting it in words.
export const isChanged = (section: Section, before: HouseholdRecord, after: HouseholdRecord): boolean =>
  pairsOf(section, before, after).some((pair) => questionsChanged(section, pair).length > 0)

// Whether two records answer every question alike, in as many rows.
export const isAlike = (one: HouseholdRecord, other: HouseholdRecord): boolean =>
  EXTENDED.sections.every((section) => rowsOf(one, section.roster).length === rowsOf(other, section.roster).length && !isChanged(section, one, other))

const diffSection = (section: Section, before: HouseholdRecord, after: HouseholdRecord): Difference[] =>
  pairsOf(section, before, after).flatMap((pair) => diffRow(section, pair))

type Pair = { index: number, before: Answers, after: Answers }

// Each later row beside its earlier one, then the earlier ones that are gone.
function pairsOf({ roster }: Section, before: HouseholdRecord, after: HouseholdRecord): Pair[] {
  const [earlier, later] = [rowsOf(before, roster), rowsOf(after, roster)]
  const counterpart = (row: Answers, i: number, rows: Answers[]) => {
    const key = MATCH[roster]
    return key && row[key] !== undefined ? rows.find((other) => other[key] === row[key]) : rows[i]
  }
  const kept = later.map((row, index) => ({ index, before: counterpart(row, index, earlier) ?? {}, after: row }))
  const gone = earlier.flatMap((row, index) => counterpart(row, index, later) ? [] : [{ index, before: row, after: {} }])
  return [...kept, ...gone]
}

const questionsChanged = ({ questions }: Section, { before, after }: Pair) =>
  questions.filter(({ key, type }) => type !== 'photo' && !same(before[key], after[key]))

function diffRow(section: Section, pair: Pair): Difference[] {
  const { index, before, after } = pair
  const changed = questionsChanged(section, pair)
  if (changed.length === 0) return []
  const name = whose(section, { ...before, ...after }, index)
  return changed.map((question) => ({
    path: pathOf(section.roster, index, question.key), section: section.title, label: `${name}${question.label}`,
    before: displayAnswer(question, before[question.key]), after: displayAnswer(question, after[question.key]),
  }))
}

export const same = (a: Value | undefined, b: Value | undefined) =>
  a === b || (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b)
