import { ASSETS } from '#app/questionnaire/2026/assets.ts'
import { BUSINESSES } from '#app/questionnaire/2026/businesses.ts'
import { CHILDREN } from '#app/questionnaire/2026/children.ts'
import { EVIDENCE } from '#app/questionnaire/2026/evidence.ts'
import { HOUSING } from '#app/questionnaire/2026/housing.ts'
import { MEMBERS } from '#app/questionnaire/2026/members.ts'
import { PLACE } from '#app/questionnaire/2026/place.ts'
import { PRELIST } from '#app/questionnaire/2026/prelist.ts'
import { RESPONDENT } from '#app/questionnaire/2026/respondent.ts'
import type { Condition, Question, Questionnaire, Section } from '#app/questionnaire/types.ts'

const of = (questions: readonly Question[], roster: Question['roster']) => questions.filter((question) => question.roster === roster)

// Whether somebody still lives here decides what else is asked of them, so it is asked right after the name.
const presenceFirst = (questions: readonly Question[]) => {
  const early = ['memberSeq', 'name', 'memberPresence']
  const rank = ({ key }: Question) => early.includes(key) ? early.indexOf(key) : early.length
  return [...questions].sort((a, b) => rank(a) - rank(b))
}

// A question that hangs on another is asked only where that other is: each takes over the conditions of those it names.
const withInherited = ({ questions, ...section }: Section): Section => {
  const conditionsOf = (key: string): readonly Condition[] => questions.find((question) => question.key === key)?.askedWhen ?? []
  const all = (own: readonly Condition[]): Condition[] =>
    own.flatMap((condition) => [...all(conditionsOf(condition.key)), condition])
  const once = (conditions: Condition[]) => conditions.filter((one, i) => conditions.findIndex((other) => sameTest(one, other)) === i)
  return { ...section, questions: questions.map((question) => question.askedWhen ? { ...question, askedWhen: once(all(question.askedWhen)) } : question) }
}
const sameTest = (a: Condition, b: Condition) => JSON.stringify(a) === JSON.stringify(b)

// The pages of a visit, in the order of the paper form (blocks I to VI); musdes is block P.
const PAGES: readonly Section[] = [
  { code: 'musdes', title: 'Hasil musdes/muskel', roster: 'household', questions: PRELIST },
  { code: 'respondent', title: 'Hasil kunjungan', roster: 'household', questions: RESPONDENT },
  { code: 'place', title: 'Pengenalan tempat', roster: 'household', questions: of(PLACE, 'household') },
  { code: 'families', title: 'Keluarga dan Nomor KK', roster: 'families', questions: of(PLACE, 'families') },
  { code: 'housing', title: 'Perumahan', roster: 'household', questions: HOUSING },
  { code: 'members', title: 'Anggota rumah tangga', roster: 'members', questions: presenceFirst(MEMBERS) },
  { code: 'children', title: 'Anak tanggungan di luar rumah', roster: 'children', questions: CHILDREN },
  { code: 'assets', title: 'Aset dan program', roster: 'household', questions: ASSETS },
  { code: 'businesses', title: 'Usaha anggota', roster: 'businesses', questions: BUSINESSES },
  { code: 'photos', title: 'Foto dan lokasi', roster: 'household', questions: EVIDENCE },
]
export const SECTIONS = PAGES.map(withInherited)

export const QUESTIONNAIRE_2026: Questionnaire = { version: '2026', sections: SECTIONS }
