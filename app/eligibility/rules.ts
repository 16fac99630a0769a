import type { Rules } from '#app/eligibility/judging.ts'
import { settingOn, wordsOn } from '#app/programmes/settings.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// PPKS has no rule of who may receive: it tells who needs what.
export const RULED = ['pkh', 'sembako', 'pbi'] as const
export type Ruled = typeof RULED[number]

// What a programme pays for each month; PKH pays by components.
const MONTHLY: Record<Ruled, string | null> = { pkh: null, sembako: 'amount.month', pbi: 'premium.month' }

const quotasThen = statement<{ programme: string, day: string, from: string, to: string }[], { regionCode: string, value: number }>(`SELECT region_code AS regionCode, value FROM programme_settings
  WHERE programme = @programme AND key = 'quota' AND region_code >= @from AND region_code < @to AND region_code <> '' AND valid_from <= @day AND (valid_to IS NULL OR valid_to > @day)
  ORDER BY region_code, valid_from`)

// The rules as they are set for a day in a kabupaten/kota, of a wider region those of the country; with the quotas of the places within.
export function rulesFor(db: Db, programme: Ruled, day: string, region: string): Rules {
  const on = (key: string) => settingOn(db, programme, key, day, regencyOf(region)) ?? null
  const monthly = MONTHLY[programme]
  return {
    unit: programmeOf(programme).unit, day,
    desilMax: on('desil.max'), needsComponent: on('rule.component') === 1, ageMin: on('age.min'), ageMax: on('age.max'),
    occupations: wordsOn(db, programme, 'excluded_employment', day).map(({ code }) => Number(code)),
    contradicts: wordsOn(db, programme, 'contradicts', day).map(({ code }) => code),
    monthly: monthly === null ? null : on(monthly) ?? 0,
    quotas: Object.fromEntries(quotasThen(db).all({ programme, day, from: region, to: `${region}:` }).map(({ regionCode, value }) => [regionCode, value])),
    quotaEach: { regency: null, village: null },
  }
}

// What is tried instead of what is set; left out, the setting stands. null: no such limit.
export type Trial = { desilMax?: number | null, needsComponent?: boolean, excludesOccupations?: boolean, ageMin?: number | null, ageMax?: number | null, quotaRegency?: number | null, quotaVillage?: number | null }

export const tried = (rules: Rules, { excludesOccupations, quotaRegency, quotaVillage, ...limits }: Trial): Rules => ({
  ...rules, ...Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
  occupations: excludesOccupations === false ? [] : rules.occupations,
  quotaEach: { regency: quotaRegency ?? null, village: quotaVillage ?? null },
})
