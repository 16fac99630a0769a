import { dayOf } from '#app/questionnaire/age.ts'
import { daysUntil, periodAt } from '#app/periods/periods.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'

// Those whose work must be through before a batch is dispatched.
const COUNTING: Role[] = ['village_operator', 'supervisor', 'district_coordinator', 'regency_officer']

export type Countdown = { name: string, cutoffOn: string, days: number }

export function countdownFor(db: Db, { role, regions: [code] }: Actor, now = new Date().toISOString()): Countdown | undefined {
  if (!COUNTING.includes(role) || code === undefined) return undefined
  const today = dayOf(now)
  const period = periodAt(db, code, today)
  return period && { name: period.name, cutoffOn: period.cutoffOn, days: daysUntil(period.cutoffOn, today) }
}
