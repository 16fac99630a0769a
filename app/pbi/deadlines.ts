import { settingOn } from '#app/programmes/settings.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Db } from '#db/connection.ts'

const DAY_MS = 86_400_000
// What Permensos 21/2019 says, should nobody have set it.
const MONTHS = 6

// The same day of the month so many months later; a month without that day gives its last.
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0))
  const wanted = Math.min(date, lastOfMonth.getUTCDate())
  return new Date(Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), wanted)).toISOString().slice(0, 10)
}

export type Reactivation = { endedOn: string, months: number, lastDay: string, daysLeft: number, open: boolean }

// How long somebody who was deactivated may still be reactivated: to the end of the last day. daysLeft 0 is that day.
export function reactivationOf(db: Db, { endedOn, stateAt, regionCode }: Pick<Recipient, 'endedOn' | 'stateAt' | 'regionCode'>, today: string): Reactivation {
  const ended = endedOn ?? dayOf(stateAt)
  const months = settingOn(db, 'pbi', 'reactivation.months', ended, regionCode.slice(0, 5)) ?? MONTHS
  const lastDay = addMonths(ended, months)
  return { endedOn: ended, months, lastDay, daysLeft: Math.round((Date.parse(lastDay) - Date.parse(today)) / DAY_MS), open: today <= lastDay }
}
