import { settingOn } from '#app/programmes/settings.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { addMonths, dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'

const DAY_MS = 86_400_000
// What Permensos 21/2019 says, should nobody have set it.
const MONTHS = 6

export type Reactivation = { endedOn: string, months: number, lastDay: string, daysLeft: number, open: boolean }

// How long somebody who was deactivated may still be reactivated: to the end of the last day. daysLeft 0 is that day.
export function reactivationOf(db: Db, { endedOn, stateAt, regionCode }: Pick<Recipient, 'endedOn' | 'stateAt' | 'regionCode'>, today: string): Reactivation {
  const ended = endedOn ?? dayOf(stateAt)
  const months = settingOn(db, 'pbi', 'reactivation.months', ended, regencyOf(regionCode)) ?? MONTHS
  const lastDay = addMonths(ended, months)
  return { endedOn: ended, months, lastDay, daysLeft: Math.round((Date.parse(lastDay) - Date.parse(today)) / DAY_MS), open: today <= lastDay }
}
