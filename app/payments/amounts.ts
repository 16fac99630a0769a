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

// Of what is due in a year the part of these months. What does not divide by twelve is rounded so that the parts of a year,
// however it is cut, come to the whole.
function partOfYear(perYear: number, months: readonly string[]): number {
  const until = (count: number) => Math.floor(perYear * count / 12)
  return months.map((month) => Number(month.slice(5, 7))).reduce((sum, month) => sum + until(month) - until(month - 1), 0)
}

// In rupiah, what a recipient gets in a period; 0: nothing can be worked out. Sembako: so much a month, by what held in each
// month. PKH: what the family's components bring a year on the first day of the period, for as many months.
export function amountFinder(db: Db, { programme, startsOn, endsOn }: Pick<Period, 'programme' | 'startsOn' | 'endsOn'>, regionCode: string): (recipient: Payee) => number {
  if (programme === 'pkh') {
    const [rules, months] = [rulesOn(db, startsOn, regencyOf(regionCode)), monthsOf({ startsOn, endsOn })]
    return ({ householdId, familySeq }) => householdId === null || familySeq === null ? 0 : partOfYear(familyBenefit(db, householdId, familySeq, startsOn, rules), months)
  }
  const amount = monthsOf({ startsOn, endsOn }).reduce((sum, month) => sum + (settingOn(db, programme, 'amount.month', month, regencyOf(regionCode)) ?? 0), 0)
  return () => amount
}
