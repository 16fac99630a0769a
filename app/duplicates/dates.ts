import type { Person } from '#app/duplicates/keys.ts'
import { WEIGHTS, type Weighed } from '#app/duplicates/weights.ts'

// Character by character, without asking the calendar or making new text: this is asked of millions of pairs.
export function compareDates(one: Person, other: Person): Weighed | undefined {
  const [first, second] = [one.birthDate, other.birthDate]
  if (!first || !second) return DATES.unknown
  if (first === second) return isUsual(first) ? DATES.usual : DATES.same
  const [year, month, day] = [isSameAt(first, second, 0, 4), isSameAt(first, second, 5, 7), isSameAt(first, second, 8, 10)]
  if (year && isTurnedAt(first, second)) return DATES.turned
  if (tellsSameDate(one, other) || tellsSameDate(other, one)) return DATES.byNik
  if (year && month) return DATES.dayDiffers
  if (year && day) return DATES.monthDiffers
  if (month && day && isNearYear(first.slice(0, 4), second.slice(0, 4))) return DATES.yearDiffers
  return undefined
}

const DATES = {
  unknown: { bits: 0 },
  same: { bits: WEIGHTS.dateSame, reason: 'tanggal lahir sama' }, usual: { bits: WEIGHTS.dateUsual, reason: 'tanggal lahir sama' },
  turned: { bits: WEIGHTS.dateTurned, reason: 'tanggal dan bulan lahir tertukar' }, byNik: { bits: WEIGHTS.dateByNik, reason: 'tanggal lahir sama menurut NIK' },
  dayDiffers: { bits: WEIGHTS.dayDiffers, reason: 'tanggal lahir beda hari' }, monthDiffers: { bits: WEIGHTS.monthDiffers, reason: 'tanggal lahir beda bulan' },
  yearDiffers: { bits: WEIGHTS.yearDiffers, reason: 'tanggal lahir beda tahun' },
} satisfies Record<string, Weighed>

export function isSameAt(one: string, other: string, from: number, to: number, shift = 0): boolean {
  for (let i = from; i < to; i += 1) if (one.charCodeAt(i) !== other.charCodeAt(i + shift)) return false
  return true
}

// Month and day of one are day and month of the other.
const isTurnedAt = (one: string, other: string) => isSameAt(one, other, 5, 7, 3) && isSameAt(one, other, 8, 10, -3)

// What offices write when nobody knows the day.
const USUAL = new Set(['01-01', '12-31', '07-01', '01-31'])
const isUsual = (date: string) => USUAL.has(date.slice(5))

export function tellsSameDate({ nik }: Person, { birthDate }: Person): boolean {
  if (nik === null || birthDate === null || nik.length !== 16) return false
  if (!isSameAt(nik, birthDate, 8, 10, -3) || !isSameAt(nik, birthDate, 10, 12, -8)) return false
  const [day, born] = [Number(nik.slice(6, 8)), Number(birthDate.slice(8))]
  return day === born || day === born + 40
}

// A slip of one digit, two digits turned round, or a year either way.
const isNearYear = (one: string, other: string) => {
  const apart = [...one].filter((digit, i) => digit !== other[i]).length
  return apart === 1 || Math.abs(Number(one) - Number(other)) === 1 || (one[2] === other[3] && one[3] === other[2] && one.startsWith(other.slice(0, 2)))
}
