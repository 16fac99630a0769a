import { isEmpty, type Value } from '#app/questionnaire/record.ts'
import type { Question } from '#app/questionnaire/types.ts'

const UNITS: Record<string, string> = { floorAreaM2: 'm²', landAreaM2: 'm²', age: 'tahun', hoursPerWeek: 'jam', interviewDurationMs: 'ms' }

// An answer in the words of the form: "Keramik", "Ya", "45 m²", "KTP, Akta kelahiran"; "–" when there is none.
export function displayAnswer({ key, options = [], type }: Pick<Question, 'key' | 'options' | 'type'>, value: Value | undefined): string {
  if (isEmpty(value)) return '–'
  if (typeof value === 'boolean') return value ? 'Ya' : 'Tidak'
  if (type === 'multi') return [value].flat().map((code) => labelOf(options, code)).join(', ')
  if (type === 'single') return labelOf(options, value)
  return UNITS[key] ? `${String(value)} ${UNITS[key]}` : String(value)
}

const labelOf = (options: NonNullable<Question['options']>, code: unknown) =>
  options.find((option) => option.code === code)?.label ?? String(code)
