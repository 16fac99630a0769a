import { BDT_HOUSEHOLD_COLUMNS, BDT_MEMBER_COLUMNS, toBdtHousehold, toBdtMember } from '#app/assignments/bdt-profile.ts'
import { HOUSEHOLD_QUESTIONS, MEMBER_QUESTIONS } from '#app/assignments/bdt-columns.ts'
import { BDT_FLAT_COLUMNS, toFlatRow } from '#app/assignments/bdt-rows.ts'
import { SECTIONS } from '#app/questionnaire/questionnaire.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Question } from '#app/questionnaire/types.ts'

export type ColumnNote = { column: string, of: 'household' | 'member', label: string, codes: string }

const byKey = (roster: Question['roster']) => new Map(SECTIONS.filter(({ code }) => code !== 'musdes')
  .flatMap(({ questions }) => questions).filter((question) => question.roster === roster).map((question) => [question.key, question]))

// Every column that holds an answer, with the codes it may hold, as the upload page tells them.
export function importColumns(): ColumnNote[] {
  const notes = (of: ColumnNote['of'], columns: readonly string[], keys: Record<string, string>, questions: Map<string, Question>) =>
    columns.filter((column) => column in keys && column !== 'sta_keberadaan_RT').map((column): ColumnNote => {
      const question = questions.get(keys[column]!)!
      return { column, of, label: question.label, codes: codesOf(question) }
    })
  return [
    ...notes('household', BDT_HOUSEHOLD_COLUMNS, HOUSEHOLD_QUESTIONS, byKey('household')),
    ...notes('member', BDT_MEMBER_COLUMNS, MEMBER_QUESTIONS, byKey('members')),
  ]
}

function codesOf({ type, options = [], legacyYesNo: [yes, no] = [1, 2] }: Question) {
  if (type === 'yesno') return `${yes} = Ya, ${no} = Tidak`
  const list = options.map(({ code, label }) => `${code} = ${label}`).join(', ')
  if (type === 'multi') return `jumlah dari: ${list}`
  return list || WORDS[type] || ''
}

const WORDS: Partial<Record<Question['type'], string>> = {
  date: 'tanggal, misalnya 1980-05-12 atau 12/05/1980', integer: 'bilangan bulat', decimal: 'angka', nik: '16 angka, kolom berformat teks',
}

// No such province: left in the file by mistake, the example comes back as an error and never as a household.
const EXAMPLE_PLACE = '99.02.01.2001'
const EXAMPLE: HouseholdRecord = {
  household: {
    address: 'Contoh: Jl. Melati 4', slsName: 'RT 02 RW 01', headName: 'Contoh Asep', memberCount: 2, familyCount: 1, prelistOrderNo: '1',
    buildingTenure: 1, floorAreaM2: 36, floorType: 6, hasGasCylinder: true, hasFridge: false,
  },
  families: [{ familySeq: 1, kkNumber: '9902011503100001' }],
  members: [
    { name: 'Contoh Asep', sex: 1, birthPlace: 'Bantul', birthDate: '1980-05-12', nik: '9902011205800001', relationToHead: 1, familySeq: 1, identityDocs: [4] },
    { name: 'Contoh Wati', sex: 2, birthPlace: 'Bantul', birthDate: '1984-08-20', nik: '9902016008840001', relationToHead: 2, familySeq: 1, identityDocs: [4] },
  ],
  children: [], businesses: [],
}

// The heading and one household of two members.
export function templateRows(): string[][] {
  const household = toBdtHousehold(EXAMPLE, { regionCode: EXAMPLE_PLACE, prelistId: 'CONTOH-1' })
  const rows = EXAMPLE.members.map((member) => toFlatRow(household, toBdtMember(member, EXAMPLE)))
  return [[...BDT_FLAT_COLUMNS], ...rows.map((row) => BDT_FLAT_COLUMNS.map((column) => row[column] ?? ''))]
}
