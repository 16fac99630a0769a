import type { StoredPeriod } from '#app/periods/periods.ts'
import { addDays } from '#app/questionnaire/age.ts'

type Suggested = Pick<StoredPeriod, 'cadence' | 'opensOn' | 'cutoffOn' | 'closesOn'>

const monthEnd = (day: string, months: number) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 0)).toISOString().slice(0, 10)

// A week for the ministry to decide in.
const DECIDING = 7

// Follows on the one before it (its last day), to the end of that month or quarter.
export function suggestPeriod(lastDay: string | undefined, today: string, cadence: StoredPeriod['cadence']): Suggested {
  const opensOn = lastDay && lastDay >= today ? addDays(lastDay, 1) : today
  const month = Number(opensOn.slice(5, 7)) - 1
  const closesOn = monthEnd(opensOn, cadence === 'monthly' ? 1 : 3 - month % 3)
  const cutoffOn = addDays(closesOn, -DECIDING)
  return { cadence, opensOn, cutoffOn: cutoffOn < opensOn ? opensOn : cutoffOn, closesOn }
}

// The period that follows those a place has already.
export const suggestAfter = (periods: StoredPeriod[], regionCode: string, today: string, cadence: StoredPeriod['cadence']) =>
  suggestPeriod(periods.filter((one) => one.regionCode === regionCode && !one.closedAt).map(({ closesOn }) => closesOn).sort().at(-1), today, cadence)
