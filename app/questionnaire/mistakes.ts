import { isAsked } from '#app/questionnaire/asking.ts'
import { isDate } from '#app/questionnaire/age.ts'
import { isEmpty, pathOf, rowsOf, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Question, Section } from '#app/questionnaire/types.ts'

export type Severity = 'error' | 'warning'
// path: the answer it is about; code: stable name of the rule; message: Indonesian, tells what to do.
export type Mistake = { path: string, code: string, message: string, severity: Severity }
export type Context = { today: string }

// What single answers get wrong: missing, of the wrong kind, not among the choices, out of range.
export function findAnswerMistakes(section: Section, record: HouseholdRecord, { today }: Context): Mistake[] {
  const mistakes: Mistake[] = []
  rowsOf(record, section.roster).forEach((row, index) => {
    for (const question of section.questions) {
      if (question.automatic || question.type === 'photo' || !isAsked(question, row, record, today)) continue
      const found = judge(question, row, today)
      if (!found) continue
      const [code, severity, message] = found
      mistakes.push({ path: pathOf(section.roster, index, question.key), code, severity, message: `${whose(section, row, index)}${message}` })
    }
  })
  return mistakes
}

const ROW_WORDS: Record<string, string> = { families: 'Keluarga', members: 'ART', children: 'Anak', businesses: 'Usaha' }

// "ART 2 (Siti Aminah): " before what is said of a row.
export function whose({ roster }: Pick<Section, 'roster'>, row: Answers, index: number) {
  if (roster === 'household') return ''
  const name = row.name ?? row.ownerName
  const seq = row.memberSeq ?? row.familySeq ?? index + 1
  return `${ROW_WORDS[roster]} ${roster === 'members' || roster === 'families' ? seq : index + 1}${name ? ` (${name})` : ''}: `
}

type Judgement = [code: string, severity: Severity, message: string]

function judge(question: Question, row: Answers, today: string): Judgement | undefined {
  const value = row[question.key]
  const explained = question.instead !== undefined && !isEmpty(row[question.instead])
  if (isEmpty(value)) {
    if (question.required === false || explained) return undefined
    const severity = question.required === 'warn' ? 'warning' : 'error'
    return ['required', severity, question.label.endsWith('?') ? `Belum dijawab: ${question.label}` : `${question.label} belum diisi.${question.instead ? OR_WHY : ''}`]
  }
  if (explained) return ['both', 'error', `${question.label} sudah diisi, jadi sebab belum ada harus dikosongkan.`]
  const problem = CHECKS[question.type](question, value, today)
  return problem ? ['value', 'error', problem] : undefined
}

const OR_WHY = ' Isi nomornya, atau pilih sebab belum ada.'

type Check = (question: Question, value: Value, today: string) => string | undefined

const choice: Check = ({ label, options = [] }, value) =>
  options.some(({ code }) => code === value) ? undefined : `${label}: pilihan ${String(value)} tidak ada dalam daftar.`

const number: Check = ({ label, min = -Infinity, max = Infinity }, value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${label} harus berupa angka.`
  if (value >= min && value <= max) return undefined
  return max === Infinity ? `${label} paling sedikit ${min}.` : `${label} harus antara ${min} dan ${max}.`
}

const text: Check = ({ label, pattern, type }, value) => {
  if (typeof value !== 'string') return `${label} harus berupa tulisan.`
  if (value.length > 200) return `${label} terlalu panjang (paling banyak 200 huruf).`
  const shape = pattern ?? (type === 'nik' ? '^[0-9]{16}$' : undefined)
  if (!shape || new RegExp(shape).test(value)) return undefined
  const digits = /\{(\d+)(?:,(\d+))?\}/.exec(shape)
  return `${label} harus ${digits?.[1] ?? ''}${digits?.[2] ? `–${digits[2]}` : ''} angka tanpa spasi.`
}

const CHECKS: Record<Question['type'], Check> = {
  single: choice,
  yesno: ({ label }, value) => typeof value === 'boolean' ? undefined : `${label}: pilih Ya atau Tidak.`,
  multi: (question, value) => Array.isArray(value)
    ? value.map((one) => choice(question, one, '')).find(Boolean)
      ?? (value.length > 1 && value.includes(0) ? `${question.label}: "Tidak memiliki" tidak bisa bersama pilihan lain.` : undefined)
    : `${question.label}: pilihan tidak terbaca.`,
  integer: (question, value, today) => typeof value === 'number' && !Number.isInteger(value)
    ? `${question.label} harus bilangan bulat.` : number(question, value, today),
  decimal: number,
  text,
  nik: text,
  date: ({ label, key }, value, today) => {
    if (typeof value !== 'string' || !isDate(value)) return `${label} bukan tanggal yang ada di kalender.`
    return key === 'birthDate' && value > today ? `${label} tidak boleh sesudah hari ini.` : undefined
  },
  photo: () => undefined,
}
