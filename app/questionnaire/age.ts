import { WIB, zoneOf } from '#app/questionnaire/zones.ts'

// Whole years on a day, both ISO dates; undefined when the birth date is no date or lies ahead.
export function ageOn(birthDate: string, date: string): number | undefined {
  if (!isDate(birthDate)) return undefined
  const age = Math.floor((numberOf(date) - numberOf(birthDate)) / 10_000)
  return age < 0 ? undefined : age
}

// 2026-03-02 as 20260302: two of them differ by ten thousand for every whole year between them.
const numberOf = (day: string) => (figures(day, 0, 4) * 100 + figures(day, 5, 7)) * 100 + figures(day, 8, 10)

function figures(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i += 1) value = value * 10 + text.charCodeAt(i) - 48
  return value
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

// A real day of the calendar, as yyyy-mm-dd. Asked of everybody in a kabupaten at once, so without making a Date.
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = [figures(text, 0, 4), figures(text, 5, 7), figures(text, 8, 10)]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : MONTH_DAYS[month - 1] ?? 0)
}

const HOUR_MS = 3_600_000

// The calendar day at an instant (ISO, UTC) where the clock is so many hours ahead (zones.ts); unless said otherwise in
// the west of Indonesia, by which the ministry counts.
export const dayOf = (instant: string, zone = WIB): string => isSameDay(instant, zone) ? instant.slice(0, 10) : new Date(Date.parse(instant) + zone * HOUR_MS).toISOString().slice(0, 10)

// As instants are kept, "2026-03-02T03:00:00.000Z": by far the most need no calendar.
const isSameDay = (instant: string, zone: number) => instant.length === 24 && instant.charCodeAt(23) === 90 && figures(instant, 11, 13) + zone < 24

// The same where a place lies.
export const dayIn = (regionCode: string, instant: string): string => dayOf(instant, zoneOf(regionCode))

// The instant at which such a day begins.
export const startOf = (day: string, zone = WIB): string => new Date(Date.parse(day) - zone * HOUR_MS).toISOString()

// A calendar day so many days later; fewer than none is earlier.
export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

// The same day of the month so many months later, fewer than none is earlier; a month without that day gives its last.
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0))
  const wanted = Math.min(date, lastOfMonth.getUTCDate())
  return new Date(Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), wanted)).toISOString().slice(0, 10)
}
