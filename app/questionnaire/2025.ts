import { QUESTIONNAIRE_2026 } from '#app/questionnaire/2026.ts'
import type { Question, Questionnaire } from '#app/questionnaire/types.ts'

// The version before: the printed prelist knew three reasons of "tidak ditemukan", and the PLN number was asked of
// every PLN household, metered or not, without being required. Phones that began a visit with it may still send it.
const BEFORE: Record<string, (question: Question) => Question> = {
  notFoundReason: (question) => ({ ...question, options: question.options?.filter(({ code }) => code !== 4) }),
  plnCustomerId: (question) => ({ ...question, required: false, askedWhen: [{ key: 'hasilVerivali', in: [1] }, { key: 'lighting', in: [1] }] }),
}

export const QUESTIONNAIRE_2025: Questionnaire = {
  version: '2025',
  sections: QUESTIONNAIRE_2026.sections.map((section) => ({
    ...section, questions: section.questions.map((question) => BEFORE[question.key]?.(question) ?? question),
  })),
}
