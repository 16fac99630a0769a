import { assembleRecord, findFamilyConflicts, fromBdtHousehold, fromBdtMember, isRounded, ROUNDED, type ColumnError } from '#app/assignments/bdt-profile.ts'
import type { HouseholdLines, SheetLine } from '#app/assignments/bdt-rows.ts'
import type { Village } from '#app/assignments/village-codes.ts'
import { findNumberMistakes } from '#app/questionnaire/consistency.ts'
import { findAnswerMistakes, type Mistake } from '#app/questionnaire/mistakes.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'

export type RowError = { row: number, column: string, message: string, value?: string }
// One household as the file tells it. people: the members' answers before anything was filled in.
export type ImportRow = { row: number, prelistId: string, regionCode: string, headName: string, record: HouseholdRecord, people: Answers[], errors: RowError[] }

type Places = (cells: HouseholdLines['household']) => Village

export function readImportRow({ line, idbdt, household: cells, members, errors: found }: HouseholdLines, villageOf: Places, today: string): ImportRow {
  const errors: RowError[] = found.map(({ line: row, column, message }) => ({ row, column, message, value: cells[column] }))
  const note = (own: SheetLine, problems: ColumnError[]) =>
    errors.push(...problems.map(({ column, message }) => ({ row: own.line, column, message, value: own.cells[column] })))
  const head = { line, cells }
  const whole = fromBdtHousehold(cells)
  const people = members.map((member) => {
    const { value, errors: own } = fromBdtMember(member.cells)
    note(member, own)
    return value
  })
  // Members of no household have said all there is to say.
  if (Object.keys(cells).length === 0) {
    return { row: line, prelistId: idbdt, regionCode: '', headName: String(people[0]?.name ?? ''), record: withCounts({}, people), people, errors }
  }
  const village = villageOf(cells)
  note(head, [...idProblems(idbdt), ...village.errors, ...whole.errors])
  findFamilyConflicts(people).forEach((conflict) => note(head, [{ ...conflict, message: 'Satu NUK memuat dua Nomor KK yang berbeda.' }]))
  const record = withCounts(whole.value, people)
  record.household.headName ??= people.find(({ relationToHead }) => relationToHead === 1)?.name
  note(head, identityProblems(record, 'household', today))
  members.forEach((member, i) => note(member, identityProblems(record, `members.${i}`, today)))
  const headName = String(record.household.headName ?? '')
  return { row: line, prelistId: idbdt, regionCode: village.regionCode ?? '', headName, record, people, errors: once(errors) }
}

const idProblems = (id: string): ColumnError[] => id === '' ? [{ column: 'IDBDT', message: 'ID prelist (IDBDT) belum diisi.' }]
  : isRounded(id) ? [{ column: 'IDBDT', message: ROUNDED }]
    : id.length > 40 ? [{ column: 'IDBDT', message: 'ID prelist paling banyak 40 huruf.' }] : []

// A list of heads alone says nothing of how many live there.
function withCounts(household: Answers, people: Answers[]): HouseholdRecord {
  const record = assembleRecord(household, people as Parameters<typeof assembleRecord>[1])
  if (people.length) return record
  return { ...record, household: { ...record.household, memberCount: household.memberCount, familyCount: household.familyCount } }
}

// What tells who it is and where. The rest may be empty or odd: finding out is what the visit is for.
const IDENTITY: Record<string, string> = { headName: 'Nama_KRT', address: 'Alamat', name: 'Nama', nik: 'NIK' }
const PAGES = CURRENT.sections.filter(({ code }) => code === 'place' || code === 'members')
  .map((section) => ({ ...section, questions: section.questions.filter(({ key }) => key in IDENTITY) }))

const judged = new WeakMap<HouseholdRecord, Mistake[]>()

function judge(record: HouseholdRecord, today: string): Mistake[] {
  const interviewed = { ...record, household: { ...record.household, hasilVerivali: 1 } }
  return [...PAGES.flatMap((page) => findAnswerMistakes(page, interviewed, { today })), ...findNumberMistakes(interviewed, { today })]
}

function identityProblems(record: HouseholdRecord, place: string, today: string): ColumnError[] {
  const mistakes = judged.get(record) ?? judge(record, today)
  judged.set(record, mistakes)
  return mistakes.flatMap(({ path, message, severity }) => {
    const [, own, key = ''] = /^(.+)\.(\w+)$/.exec(path) ?? []
    return severity === 'error' && own === place && IDENTITY[key] ? [{ column: IDENTITY[key], message: sentence(message) }] : []
  })
}

const sentence = (message: string) => message.replace(/^ART \d+( \([^)]*\))?: /, '').replace(/^./, (first) => first.toUpperCase())

// An unreadable cell would be told twice: as unreadable and, left out, as missing.
const once = (errors: RowError[]) => errors.filter(({ row, column }, i) =>
  errors.findIndex((other) => other.row === row && other.column === column) === i).sort((a, b) => a.row - b.row)
