import { familyBenefit } from '#app/pkh/families.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import type { Period } from '#app/programmes/periods.ts'
import { settingOn } from '#app/programmes/settings.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'

// The first day of every calendar month a period touches.
export function monthsOf({ startsOn, endsOn }: Pick<Period, 'startsOn' | 'endsOn'>): string[] {
  const months: string[] = []
  for (let [year, month] = startsOn.split('-').map(Number) as [number, number]; ; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1]
    const day = `${year}-${String(month).padStart(2, '0')}-01`
    if (day > endsOn) return months
    months.push(day)
  }
}

type Payee = Pick<Recipient, 'householdId' | 'familySeq'>

// In rupiah, what a recipient gets in a period; 0: nothing can be worked out. Sembako: so much a month, by what held in each
// month. PKH: what the family's components bring on the first day of the period.
export function amountFinder(db: Db, { programme, startsOn, endsOn }: Pick<Period, 'programme' | 'startsOn' | 'endsOn'>, regionCode: string): (recipient: Payee) => number {
  if (programme === 'pkh') {
    const rules = rulesOn(db, startsOn)
    return ({ householdId, familySeq }) => householdId === null || familySeq === null ? 0 : familyBenefit(db, householdId, familySeq, startsOn, rules).perPayment
  }
  const amount = monthsOf({ startsOn, endsOn }).reduce((sum, month) => sum + (settingOn(db, programme, 'amount.month', month, regencyOf(regionCode)) ?? 0), 0)
  return () => amount
}
