import { ageOn } from '#app/questionnaire/age.ts'

// A name as words that can be compared: the same cutting as the search index uses.
export const wordsOf = (name: string): string[] =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean)

// Two words, or one of at least three letters that is the whole name. Anything shorter would be a way to leaf through.
export const isWholeName = (words: string[]) => words.some((word) => word.length >= 3) || (words.length >= 2 && words.join('').length >= 4)

// "Budi Santoso" → "B*** S******".
export const maskName = (name: string) => name.split(/\s+/).map((word) => [...word.replace(/[^\p{L}\p{N}]/gu, '')])
  .filter((letters) => letters.length > 0).map((letters) => letters[0]!.toUpperCase() + '*'.repeat(Math.max(1, letters.length - 1))).join(' ')

export type AgeBand = '17-29' | '30-44' | '45-59' | '60+' | 'unknown'
export const ADULT = 17

export function ageBand(birthDate: string | null, today: string): AgeBand {
  const age = birthDate === null ? undefined : ageOn(birthDate, today)
  if (age === undefined) return 'unknown'
  return age >= 60 ? '60+' : age >= 45 ? '45-59' : age >= 30 ? '30-44' : '17-29'
}
