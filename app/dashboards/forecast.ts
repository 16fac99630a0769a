import { addDays } from '#app/questionnaire/age.ts'

// When the last visit will have been made, at the pace of late. Pure. Working days are Monday to Friday; what was visited at
// a weekend counts for the Friday before it. Holidays are not known.
export type Forecast = { pace: number, days: number, left: number, earliest: string, likely: string, latest: string | undefined }

const WINDOW = 20
const LEAST_DAYS = 5
const LEAST_VISITS = 10
const MOST_DAYS = 520
// Eight times of ten the end lies in between.
const Z = 1.2816

const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()
const isWorkday = (day: string) => weekday(day) % 6 !== 0
// The Friday before a weekend.
const workdayOf = (day: string) => weekday(day) === 6 ? addDays(day, -1) : weekday(day) === 0 ? addDays(day, -2) : day

export function addWorkdays(day: string, count: number): string {
  let at = day
  for (let left = count; left > 0;) {
    at = addDays(at, 1)
    if (isWorkday(at)) left -= 1
  }
  return at
}

// The last working days that are over, the newest last. The window begins with the first visit in it: days before the work
// began say nothing of its pace.
export function workdaysBefore(today: string, visits: Record<string, number>): number[] {
  const days: string[] = []
  for (let day = addDays(today, -1); days.length < WINDOW; day = addDays(day, -1)) if (isWorkday(day)) days.unshift(day)
  const sums = new Map<string, number>()
  for (const [day, n] of Object.entries(visits)) if (day < today) sums.set(workdayOf(day), (sums.get(workdayOf(day)) ?? 0) + n)
  const counts = days.map((day) => Math.max(0, sums.get(day) ?? 0))
  const first = counts.findIndex((n) => n > 0)
  return first < 0 ? [] : counts.slice(first)
}

// The first day its visits are counted for.
export const windowFrom = (today: string) => addDays(today, -2 * WINDOW)

// How many days of the pace and its spread it takes: the mean itself is only known from the days that were counted.
function daysFor(left: number, { mean, spread, n }: { mean: number, spread: number, n: number }, z: number): number | undefined {
  for (let days = 1; days <= MOST_DAYS; days += 1) if (days * mean + z * spread * Math.sqrt(days + days * days / n) >= left) return days
  return undefined
}

// undefined: too little to tell by. Nothing left is no forecast either.
export function forecast(left: number, visits: Record<string, number>, today: string): Forecast | undefined {
  const counts = workdaysBefore(today, visits)
  const total = counts.reduce((sum, n) => sum + n, 0)
  if (left <= 0 || counts.length < LEAST_DAYS || total < LEAST_VISITS) return undefined
  const [n, mean] = [counts.length, total / counts.length]
  const spread = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1))
  const likely = daysFor(left, { mean, spread: 0, n }, 0)
  const earliest = daysFor(left, { mean, spread, n }, Z)
  const latest = daysFor(left, { mean, spread, n }, -Z)
  if (likely === undefined || earliest === undefined) return undefined
  const on = (days: number) => addWorkdays(addDays(today, -1), days)
  return { pace: mean, days: n, left, earliest: on(earliest), likely: on(likely), latest: latest === undefined ? undefined : on(latest) }
}
