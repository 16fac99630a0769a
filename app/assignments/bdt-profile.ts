import { CARRIED_HOUSEHOLD_COLUMNS, CARRIED_MEMBER_COLUMNS, HOUSEHOLD_QUESTIONS, MEMBER_QUESTIONS } from '#app/assignments/bdt-columns.ts'
import { SECTIONS } from '#app/questionnaire/2026.ts'
import { isDate } from '#app/questionnaire/age.ts'
import { emptyRecord, isEmpty, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Question, Roster } from '#app/questionnaire/types.ts'

export { BDT_HOUSEHOLD_COLUMNS, BDT_MEMBER_COLUMNS } from '#app/assignments/bdt-columns.ts'

// The SIKS-NG BDT profile: legacy cells ⇄ answers. Yes/no is 1/2 or 3/4 there, codes may be "01", identity documents
// are a bit sum. What cannot be read is an error of its column, never dropped in silence.
export type Cells = Record<string, string | undefined>
export type ColumnError = { column: string, message: string }
export type Read<T> = { value: T, errors: ColumnError[] }

const questionsOf = (roster: Roster) => new Map(SECTIONS.filter(({ code }) => code !== 'musdes')
  .flatMap(({ questions }) => questions).filter((question) => question.roster === roster).map((question) => [question.key, question]))
const BITS = [1, 2, 4, 8]

type Column = { column: string, key: string, question: Question }
const columnsOf = (keys: Record<string, string>, questions: Map<string, Question>): Column[] => Object.entries(keys).map(([column, key]) => ({ column, key, question: questions.get(key)! }))
const HOUSEHOLD_CELLS = columnsOf(HOUSEHOLD_QUESTIONS, questionsOf('household'))
const MEMBER_CELLS = columnsOf(MEMBER_QUESTIONS, questionsOf('members'))

// The outcome in the file is that of an earlier campaign: this visit has none yet.
export const fromBdtHousehold = (cells: Cells): Read<Answers> => {
  const { value, errors } = readCells(cells, HOUSEHOLD_CELLS, CARRIED_HOUSEHOLD_COLUMNS)
  return { value: { ...value, hasilVerivali: undefined }, errors: errors.filter(({ column }) => column !== 'sta_keberadaan_RT') }
}

// A member's answers; NoKK travels beside them, because it belongs to the family.
export function fromBdtMember(cells: Cells): Read<Answers & { kkNumber?: string }> {
  const { value, errors } = readCells(withIndustryOfS5(cells), MEMBER_CELLS, CARRIED_MEMBER_COLUMNS)
  const kkNumber = clean(cells.NoKK)
  if (isRounded(kkNumber)) errors.push({ column: 'NoKK', message: ROUNDED })
  else if (kkNumber && !/^\d{16}$/.test(kkNumber)) errors.push({ column: 'NoKK', message: 'Nomor KK harus 16 angka.' })
  return { value: { ...value, ...(kkNumber ? { kkNumber } : {}) }, errors }
}

// A local variant of the list has 21 = TKI and moves Lainnya to 22.
const withIndustryOfS5 = (cells: Cells): Cells => clean(cells.Lapangan_usaha) === '22' ? { ...cells, Lapangan_usaha: '21' } : cells

function clean(cell: string | undefined): string {
  if (cell === undefined || cell === '') return ''
  const trimmed = cell.trim()
  return trimmed.startsWith("'") ? trimmed.slice(1) : trimmed
}

// Excel keeps fifteen digits of a number: 3,40201E+15 has lost the rest for good.
export const isRounded = (cell: string) => /^\d[.,]\d+E\+\d+$/i.test(cell)
export const ROUNDED = 'Nomor ini sudah dibulatkan oleh Excel. Ubah kolomnya menjadi teks di berkas asal, lalu simpan ulang.'
const LONGEST = 500

function readCells(cells: Cells, columns: readonly Column[], carried: readonly string[]): Read<Answers> {
  const value: Answers = {}
  const errors: ColumnError[] = []
  for (const { column, key, question } of columns) {
    const cell = clean(cells[column])
    if (cell === '') continue
    const read = readCell(question, cell)
    if ((question.type === 'nik' || question.pattern) && isRounded(cell)) errors.push({ column, message: ROUNDED })
    else if (read === undefined) errors.push({ column, message: `Isi "${cell.slice(0, 30)}" tidak dikenal untuk ${question.label}.` })
    else if (String(read).length > LONGEST) errors.push({ column, message: `Isi terlalu panjang (paling banyak ${LONGEST} huruf).` })
    else value[key] = read
  }
  for (const column of carried) {
    const cell = clean(cells[column])
    if (cell.length > LONGEST) errors.push({ column, message: `Isi terlalu panjang (paling banyak ${LONGEST} huruf).` })
    else if (cell !== '') value[column] = cell
  }
  return { value, errors }
}

function readCell({ type, options = [], legacyYesNo = [1, 2] }: Question, cell: string): Value | undefined {
  if (type === 'yesno') return yesNo(cell, legacyYesNo)
  if (type === 'multi') return bits(cell)
  if (type === 'single') {
    const code = /^\d{1,2}$/.test(cell) ? Number(cell) : undefined
    return options.some((option) => option.code === code) ? code : undefined
  }
  if (type === 'integer' || type === 'decimal') {
    const number = /^-?\d{1,12}([.,]\d{1,12})?$/.test(cell) ? Number(cell.replace(',', '.')) : NaN
    return Number.isFinite(number) && (type === 'decimal' || Number.isInteger(number)) ? number : undefined
  }
  if (type === 'date') return date(cell)
  return type === 'nik' ? cell.replace(/[\s.]/g, '') : cell.replace(/\s+/g, ' ')
}

// 0 is "no" in files that never had the 1/2–3/4 habit.
function yesNo(cell: string, [yes, no]: readonly [number, number]): boolean | undefined {
  const code = /^\d{1,2}$/.test(cell) ? Number(cell) : undefined
  if (code === yes || code === 1) return true
  if (code === no || code === 0 || code === 2) return false
  return undefined
}

function bits(cell: string): number[] | undefined {
  const sum = /^\d{1,2}$/.test(cell) ? Number(cell) : -1
  if (sum < 0 || sum > 15) return undefined
  return sum === 0 ? [0] : BITS.filter((bit) => sum & bit)
}

// yyyy-mm-dd, dd/mm/yyyy, dd-mm-yyyy or yyyymmdd, with or without a time behind it.
function date(cell: string): string | undefined {
  const found = /^(?:(\d{4})-?(\d{2})-?(\d{2})|(\d{1,2})[/-](\d{1,2})[/-](\d{4}))(?:[T ].*)?$/.exec(cell)
  if (!found) return undefined
  const [, y, m, d, day, month, year] = found
  const text = y ? `${y}-${m}-${d}` : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  return isDate(text) ? text : undefined
}

// A file without NUK knows one family a household.
const nukOf = ({ familySeq }: Answers) => typeof familySeq === 'number' ? familySeq : 1

// Puts the parts of one household together; families are made from the members' NUK and NoKK.
export function assembleRecord(household: Answers, people: (Answers & { kkNumber?: string })[]): HouseholdRecord {
  const record = { ...emptyRecord(), household: { ...household } }
  const kkOf = new Map<number, string | undefined>()
  people.forEach(({ kkNumber, ...member }, i) => {
    const familySeq = nukOf(member)
    kkOf.set(familySeq, kkOf.get(familySeq) ?? kkNumber)
    record.members.push({ memberPresence: 1, ...member, familySeq, memberSeq: i + 1 })
  })
  record.families = [...kkOf].sort(([a], [b]) => a - b).map(([familySeq, kkNumber]) => ({ familySeq, ...(kkNumber ? { kkNumber } : {}) }))
  record.household.headSex ??= record.members.find(({ relationToHead }) => relationToHead === 1)?.sex
  record.household.memberCount ??= people.length
  record.household.familyCount ??= record.families.length
  return record
}

// Members who share a NUK share one card; a second number under it would be lost in the assembled record.
export function findFamilyConflicts(people: Answers[]): ColumnError[] {
  const kkOf = new Map<number, Value>()
  return people.flatMap((person) => {
    const [nuk, kkNumber] = [nukOf(person), person.kkNumber]
    if (isEmpty(kkNumber)) return []
    const first = kkOf.get(nuk) ?? kkNumber
    kkOf.set(nuk, first)
    return first === kkNumber ? [] : [{ column: 'NoKK', message: `NUK ${nuk} memuat dua Nomor KK: ${String(first)} dan ${String(kkNumber)}.` }]
  })
}

type Identity = { regionCode: string, prelistId: string | null, bpsCode?: string | null }

export function toBdtHousehold({ household }: HouseholdRecord, { regionCode, prelistId, bpsCode }: Identity): Record<string, string> {
  const bps = bpsCode?.length === 10 ? bpsCode : undefined
  return {
    IDBDT: prelistId ?? '', KODE_KEMENDAGRI: regionCode, KDPROP: bps?.slice(0, 2) ?? '', KDKAB: bps?.slice(2, 4) ?? '',
    KDKEC: bps?.slice(4, 7) ?? '', KDDESA: bps?.slice(7) ?? '', ...writeCells(household, HOUSEHOLD_CELLS, CARRIED_HOUSEHOLD_COLUMNS),
    // A visit is younger than whatever the file of the prelist said.
    ...(isEmpty(household.visitDate) ? {} : { LastUpdateData: String(household.visitDate) }),
  }
}

export function toBdtMember(member: Answers, { families }: Pick<HouseholdRecord, 'families'>): Record<string, string> {
  const family = families.find(({ familySeq }) => familySeq === member.familySeq)
  return { NoKK: String(family?.kkNumber ?? ''), ...writeCells(member, MEMBER_CELLS, CARRIED_MEMBER_COLUMNS) }
}

const writeCells = (answers: Answers, columns: readonly Column[], carried: readonly string[]) =>
  Object.fromEntries([
    ...columns.map(({ column, key, question }) => [column, writeCell(question, answers[key])]),
    ...carried.map((column) => [column, String(answers[column] ?? '')]),
  ]) as Record<string, string>

function writeCell({ type, legacyYesNo = [1, 2] }: Question, value: Value | undefined): string {
  if (type === 'multi' && Array.isArray(value)) return String(value.reduce((sum, bit) => sum | bit, 0))
  if (isEmpty(value)) return ''
  if (typeof value === 'boolean') return String(value ? legacyYesNo[0] : legacyYesNo[1])
  return String(value)
}
