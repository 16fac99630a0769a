import { COMPONENTS, type Component, type Rules } from '#app/pkh/components.ts'
import { settingOn, wordsOn } from '#app/programmes/settings.ts'
import type { Db } from '#db/connection.ts'

const UNLIMITED = 99

// What is set for a day in a kabupaten/kota, else in the country. An age or a limit that nobody has set leaves nobody out by it.
export function rulesOn(db: Db, day: string, regency: string): Rules {
  const on = (key: string) => settingOn(db, 'pkh', key, day, regency)
  const each = (group: string) => Object.fromEntries(COMPONENTS.map((component) => [component, on(`${group}.${component}`)]).filter(([, value]) => value !== undefined)) as Partial<Record<Component, number>>
  return {
    amounts: each('amount'),
    limits: each('limit'),
    mostMembers: on('limit.members') ?? UNLIMITED,
    ages: {
      earlyChildhoodMax: on('age.early_childhood_max') ?? -1, schoolMin: on('age.school_min') ?? 0, schoolMax: on('age.school_max') ?? UNLIMITED,
      elderlyMin: on('age.elderly_min') ?? Infinity,
    },
    severe: new Set(wordsOn(db, 'pkh', 'severe_disability', day).map(({ code }) => Number(code))),
    pregnancyMonths: on('pregnancy.months') ?? UNLIMITED,
    paymentsPerYear: on('payments.per_year') ?? 1,
  }
}
