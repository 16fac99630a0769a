import { displayAnswer } from '#app/questionnaire/display.ts'
import { EXTENDED } from '#app/questionnaire/questionnaire.ts'
import type { Question } from '#app/questionnaire/types.ts'

// What a revisit can ask: five things of its own, and every question of the house itself that has one short answer.
export const OWN_ITEMS = ['found', 'visitedBefore', 'location', 'memberCount', 'memberNames'] as const
export type OwnItem = typeof OWN_ITEMS[number]

const SECTIONS = ['housing', 'assets']
const ANSWERABLE = ['single', 'yesno', 'integer', 'decimal']

export const QUESTIONS: Question[] = EXTENDED.sections.filter(({ code }) => SECTIONS.includes(code))
  .flatMap(({ questions }) => questions.filter(({ roster, type, automatic }) => roster === 'household' && ANSWERABLE.includes(type) && !automatic))

const byKey = new Map(QUESTIONS.map((question) => [question.key, question]))
export const questionFor = (key: string): Question | undefined => byKey.get(key)

export const isItem = (key: string) => byKey.has(key) || OWN_ITEMS.includes(key as OwnItem)

const LABELS: Record<OwnItem, string> = {
  found: 'Rumah tangga ditemukan', visitedBefore: 'Petugas pernah datang', location: 'Letak rumah',
  memberCount: 'Jumlah anggota rumah tangga', memberNames: 'Nama anggota rumah tangga',
}
export const labelOf = (key: string): string => LABELS[key as OwnItem] ?? byKey.get(key)?.label ?? key

export type ShownItem = { key: string, label: string, question?: Question }
// What the officer is asked of these, in the order of the form.
export const shownItems = (keys: string[]): ShownItem[] => [...OWN_ITEMS, ...byKey.keys()]
  .filter((key) => keys.includes(key) && !isObserved(key)).map((key) => ({ key, label: labelOf(key), question: byKey.get(key) }))

// What is drawn from how the visit went, so nobody is asked for it.
export const isObserved = (key: string) => key === 'found' || key === 'location'

export const wordsOf = (key: string, value: string | number | boolean | undefined): string => {
  const question = byKey.get(key)
  return question ? displayAnswer(question, value) : value === undefined || value === '' ? '–' : typeof value === 'boolean' ? value ? 'Ya' : 'Tidak' : String(value)
}

export type { AskedItem, ItemType, Meeting, RevisitAnswers, RoundStatus, Verdict } from '#db/schema/backchecks.ts'
export { MEETINGS, VERDICTS } from '#db/schema/backchecks.ts'
