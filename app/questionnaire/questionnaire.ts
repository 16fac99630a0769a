import { QUESTIONNAIRE_2025 } from '#app/questionnaire/2025.ts'
import { QUESTIONNAIRE_2026_DTSEN } from '#app/questionnaire/2026-dtsen.ts'
import { QUESTIONNAIRE_2026 } from '#app/questionnaire/2026.ts'
import { sectionOf } from '#app/questionnaire/asking.ts'
import { findInconsistencies } from '#app/questionnaire/consistency.ts'
import { findAnswerMistakes, type Context, type Mistake } from '#app/questionnaire/mistakes.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Questionnaire, SectionCode } from '#app/questionnaire/types.ts'

export { SECTIONS } from '#app/questionnaire/2026.ts'
export { asked, isAsked, sectionOf, withoutUnasked } from '#app/questionnaire/asking.ts'

// The present version and the one before: a visit begun on a phone before the change is still taken.
const VERSIONS = [QUESTIONNAIRE_2026, QUESTIONNAIRE_2026_DTSEN, QUESTIONNAIRE_2025]
export const CURRENT = QUESTIONNAIRE_2026
// Every question a record may hold an answer to, for whatever shows, compares or hands on whole records.
export const EXTENDED = QUESTIONNAIRE_2026_DTSEN

export const hasSection = (version: string, code: SectionCode) => questionnaireOf(version)?.sections.some((section) => section.code === code) ?? false

export const questionnaireOf = (version: string): Questionnaire | undefined =>
  VERSIONS.find((questionnaire) => questionnaire.version === version)

type Options = { section?: SectionCode, context: Context }

// Everything wrong with a record, errors and warnings, in the order of the pages. Pure; used by the form, the server's
// check and the import. Without a section the whole record is judged, its answers against each other too.
export function findMistakes(questionnaire: Questionnaire, record: HouseholdRecord, { section, context }: Options): Mistake[] {
  if (section) {
    const prefix = sectionOf(questionnaire, section).roster
    const own = findAnswerMistakes(sectionOf(questionnaire, section), record, context)
    const across = interviewed(record) ? findInconsistencies(record, context).filter(({ path }) => belongs(questionnaire, section, prefix, path)) : []
    return [...own, ...across]
  }
  const pages = questionnaire.sections.filter(({ code }) => code !== 'musdes' && (interviewed(record) || code === 'respondent'))
  return [
    ...pages.flatMap((page) => findAnswerMistakes(page, record, context)),
    ...(interviewed(record) ? findInconsistencies(record, context) : []),
  ]
}

const interviewed = ({ household }: HouseholdRecord) => household.hasilVerivali === 1

function belongs(questionnaire: Questionnaire, section: SectionCode, prefix: string, path: string) {
  if (prefix !== 'household') return path.startsWith(prefix)
  const key = path.split('.')[1]
  return path.startsWith('household.') && sectionOf(questionnaire, section).questions.some((question) => question.key === key)
}

// Which page an answer is on.
export function sectionOfPath(questionnaire: Questionnaire, path: string): SectionCode {
  const [roster, ...rest] = path.split('.')
  const key = rest.at(-1)
  const pages = questionnaire.sections.filter(({ code }) => code !== 'musdes')
  return (pages.find((page) => page.roster === roster && (roster !== 'household' || page.questions.some((question) => question.key === key)))
    ?? pages[0]!).code
}
