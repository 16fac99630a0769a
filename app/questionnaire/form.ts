import { pathOf, rowsOf, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import type { Question, Section } from '#app/questionnaire/types.ts'

export type FormFields = Record<string, string | string[] | undefined>
export type ParsedSection = { record: HouseholdRecord, mistakes: Mistake[] }

// Puts a posted section page into the record. Field names are paths ("members.0.nik"); a question whose field was not
// on the page keeps its answer, an empty field clears it, what cannot be read is a mistake and changes nothing.
// `index` limits it to one row of a roster. The row after the last is made; one further on is not of our page.
export function parseSection(section: Section, record: HouseholdRecord, fields: FormFields, { index }: { index?: number } = {}): ParsedSection {
  const next = structuredClone(record)
  const mistakes: Mistake[] = []
  const rows = rowsOf(next, section.roster)
  if (index !== undefined && index > rows.length) {
    return { record, mistakes: [{ path: section.roster, code: 'no_row', severity: 'error', message: 'Baris ini tidak ada. Muat ulang halaman.' }] }
  }
  const count = index === undefined ? rowsWith(section, rows.length, fields) : index + 1
  for (let i = index ?? 0; i < count; i++) {
    const row: Answers = rows[i] ?? (rows[i] = {})
    for (const question of section.questions) {
      if (question.automatic || question.type === 'photo') continue
      const path = pathOf(section.roster, i, question.key)
      if (!(path in fields)) continue
      const value = read(question, fields[path])
      if (value === UNREADABLE) mistakes.push({ path, code: 'unreadable', severity: 'error', message: `${question.label}: ${whyUnreadable(question, String(fields[path]))}` })
      else row[question.key] = value
    }
  }
  return { record: next, mistakes }
}

const UNREADABLE = Symbol('unreadable')

const MOST_ROWS = 98

// The rows there are and the new ones posted right behind them.
function rowsWith({ roster }: Section, known: number, fields: FormFields) {
  if (roster === 'household') return 1
  const names = Object.keys(fields)
  let count = known
  while (count < MOST_ROWS && names.some((name) => name.startsWith(`${roster}.${count}.`))) count++
  return count
}

function read(question: Question, given: string | string[] | undefined): Value | undefined | typeof UNREADABLE {
  const list = given === undefined ? [] : [given].flat().map((one) => String(one).trim()).filter((one) => one !== '')
  if (question.type === 'multi') {
    const codes = [...new Set(list.map(Number))]
    return codes.every((code) => Number.isInteger(code)) ? codes : UNREADABLE
  }
  const text = list.at(-1)
  if (text === undefined) return undefined
  return (isNumberInDigits(question) ? digits : READERS[question.type])?.(text) ?? UNREADABLE
}

// A comma stands before decimals, a point between thousands; many write a point before decimals as well. "1.500" may be
// either, and one of the two is wrong a thousandfold: the officer is asked.
const isEitherNumber = (text: string) => /^[1-9]\d{0,2}\.\d{3}$/.test(text)
const number = (text: string) => /^-?\d{1,12}([.,]\d{1,8})?$/.test(text) && !isEitherNumber(text) ? Number(text.replace(',', '.')) : undefined

function whyUnreadable({ type }: Question, given: string) {
  const text = given.trim()
  return type === 'decimal' && isEitherNumber(text) ? `"${text}" bisa berarti ${text.replace('.', '')} atau ${text.replace('.', ',')}. Tulis salah satunya.`
    : `isian "${given.slice(0, 40)}" tidak terbaca.`
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').slice(0, 500)
// Card and customer numbers are read off in groups; the gaps are not part of them.
const isNumberInDigits = ({ type, pattern }: Question) => type === 'text' && pattern?.startsWith('^[0-9]')
const digits = (text: string) => text.replace(/[\s.-]/g, '').slice(0, 30)

const READERS: Partial<Record<Question['type'], (text: string) => Value | undefined>> = {
  single: (text) => /^\d{1,3}$/.test(text) ? Number(text) : undefined,
  yesno: (text) => text === 'true' || text === '1' ? true : text === 'false' || text === '2' ? false : undefined,
  integer: (text) => /^\d{1,12}$/.test(text) ? Number(text) : undefined,
  decimal: number,
  text: tidy,
  nik: digits,
  date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined,
}
