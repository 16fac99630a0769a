// Whole years on a day, both ISO dates; undefined when the birth date is no date or lies ahead.
export function ageOn(birthDate: string, date: string): number | undefined {
  if (!isDate(birthDate)) return undefined
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number]
  const [thenYear, thenMonth, thenDay] = date.slice(0, 10).split('-').map(Number) as [number, number, number]
  const had = thenMonth > month || (thenMonth === month && thenDay >= day)
  const age = thenYear - year - (had ? 0 : 1)
  return age < 0 ? undefined : age
}

// A real day of the calendar, as yyyy-mm-dd.
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const WIB_MS = 7 * 3_600_000

// The calendar day at an instant (ISO, UTC) as western Indonesia reads it: before seven in the morning UTC is still at yesterday.
export const dayOf = (instant: string): string => new Date(Date.parse(instant) + WIB_MS).toISOString().slice(0, 10)

// A calendar day so many days later; fewer than none is earlier.
export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
