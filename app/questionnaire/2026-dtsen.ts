import { QUESTIONNAIRE_2026 } from '#app/questionnaire/2026.ts'
import { DTSEN, DTSEN_OF_MEMBER } from '#app/questionnaire/2026/dtsen.ts'
import type { Questionnaire, Section } from '#app/questionnaire/types.ts'

const EXTRA: Section = { code: 'dtsen', title: 'Tambahan DTSEN', roster: 'household', questions: DTSEN }

// The questionnaire of a kabupaten that asks the optional block too: a page of its own before the photos, and what is
// asked of each person at the end of that person's page.
export const QUESTIONNAIRE_2026_DTSEN: Questionnaire = {
  version: '2026-dtsen',
  sections: QUESTIONNAIRE_2026.sections.flatMap((section) => {
    if (section.code === 'members') return [{ ...section, questions: [...section.questions, ...DTSEN_OF_MEMBER] }]
    return section.code === 'photos' ? [EXTRA, section] : [section]
  }),
}
