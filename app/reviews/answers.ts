import { diffRecords, type Difference } from '#app/questionnaire/diff.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import { asked, CURRENT, findMistakes, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import { pathOf, rowsOf, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Section } from '#app/questionnaire/types.ts'

// path is absent for a row that is gone: the officer has no question there to read a remark at.
export type Change = { path?: string, label: string, before: string, after: string }
export type AnswerGroup = { title: string, rows: { path: string, label: string, answer: string }[] }
type Made = { version: string, today: string }

// What a visit says: what it changes in the master record, all its answers, and what is odd about them.
export function readAnswers(before: HouseholdRecord, after: HouseholdRecord, { version, today }: Made) {
  const questionnaire = questionnaireOf(version) ?? CURRENT
  return {
    changes: inShort(diffRecords(before, after).filter(isAnswered)),
    answers: questionnaire.sections.filter(({ code }) => code !== 'musdes').flatMap((section) => groupsOf(section, after, today)),
    mistakes: findMistakes(questionnaire, after, { context: { today } }),
  }
}

// What the system fills in itself (who, when, where) changes with every visit and tells a checker nothing here.
const FILLED = new Set(CURRENT.sections.flatMap(({ questions }) => questions.filter(({ automatic }) => automatic).map(({ key }) => key)))
const isAnswered = ({ path }: Difference) => !FILLED.has(path.split('.').at(-1)!)

// A person who is new or gone is one change, not thirty.
function inShort(differences: Difference[]): Change[] {
  const rows = new Map<string, Difference[]>()
  for (const difference of differences) rows.set(rowOf(difference), [...rows.get(rowOf(difference)) ?? [], difference])
  return [...rows.values()].flatMap((row): Change[] => {
    const [{ path, label }] = row as [Difference]
    const who = label.split(': ')[0]!
    if (!row.some(namesRow)) return row
    if (row.every(({ before }) => before === NONE)) return [{ path, label: who, before: NONE, after: `Baru, ${row.length} isian` }]
    return row.every(({ after }) => after === NONE) ? [{ label: who, before: 'Ada', after: 'Tidak ada lagi' }] : row
  })
}

const NONE = '–'
// A row whose own number or name came or went is a row that came or went.
const namesRow = ({ path }: Difference) => /^(members\.\d+\.memberSeq|families\.\d+\.familySeq|children\.\d+\.name|businesses\.\d+\.ownerName)$/.test(path)
const rowOf = ({ path, label }: Difference) => path.startsWith('household.') ? path : `${path.split('.', 2).join('.')} ${label.split(': ')[0]}`

function groupsOf(section: Section, record: HouseholdRecord, today: string): AnswerGroup[] {
  return rowsOf(record, section.roster).map((row, index) => ({
    title: titleOf(section, row, index),
    rows: asked(section, record, { today, index }).map(({ question }) => ({
      path: pathOf(section.roster, index, question.key), label: question.label, answer: displayAnswer(question, row[question.key]),
    })),
  })).filter(({ rows }) => rows.length > 0)
}

const titleOf = ({ roster, title }: Section, row: Answers, index: number) =>
  roster === 'household' ? title : `${title}: ${row.name ?? row.ownerName ?? row.kkNumber ?? index + 1}`
