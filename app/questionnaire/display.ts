import { isDate } from '#app/questionnaire/age.ts'
import { isEmpty, type Value } from '#app/questionnaire/record.ts'
import type { Question } from '#app/questionnaire/types.ts'

const UNITS: Record<string, string> = { floorAreaM2: 'm²', landAreaM2: 'm²', age: 'tahun', hoursPerWeek: 'jam', interviewDurationMs: 'ms', goldGram: 'gram', farmlandHa: 'ha' }

// An answer in the words of the form: "Keramik", "Ya", "45 m²", "KTP, Akta kelahiran"; "–" when there is none.
export function displayAnswer({ key, options = [], type }: Pick<Question, 'key' | 'options' | 'type'>, value: Value | undefined): string {
  if (isEmpty(value)) return '–'
  if (typeof value === 'boolean') return value ? 'Ya' : 'Tidak'
  if (type === 'multi') return [value].flat().map((code) => labelOf(options, code)).join(', ')
  if (type === 'single') return labelOf(options, value)
  if (type === 'date') return inWords(String(value))
  const text = asTyped(value)
  return UNITS[key] ? `${text} ${UNITS[key]}` : text
}

// As people here type it: a comma before decimals.
export const asTyped = (value: unknown): string => typeof value === 'number' ? String(value).replace('.', ',') : String(value)

export const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember']

// 1980-05-12 → 12 Mei 1980; anything else (a time, an unreadable date) as it is.
export function inWords(text: string) {
  const [year, month, day] = isDate(text) ? text.split('-').map(Number) : []
  return month ? `${day} ${MONTHS[month - 1]} ${year}` : text
}

const labelOf = (options: NonNullable<Question['options']>, code: unknown) =>
  options.find((option) => option.code === code)?.label ?? String(code)
