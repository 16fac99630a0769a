import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Ruled } from '#app/eligibility/rules.ts'
import { RULE_KEYS, type KeptWord, type Setting } from '#app/programmes/configuring.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { programmeSettings, programmeWords } from '#db/schema/index.ts'

// The words that are rules of who may receive; the settings are RULE_KEYS.
export const RULE_LISTS = ['excluded_employment', 'contradicts'] as const
const MOST = 600

export type RuleList = { settings: (Setting & { regionName: string })[], words: KeptWord[] }

// With what held before and what will hold: a rule is ended, never taken away.
export function listRules(db: Db, actor: Actor, programme: Ruled): RuleList {
  if (!can(actor, 'programme.configure')) demand(actor, 'programme.read')
  const settings = db.select().from(programmeSettings).where(and(eq(programmeSettings.programme, programme), inArray(programmeSettings.key, [...RULE_KEYS])))
    .orderBy(asc(programmeSettings.key), asc(programmeSettings.regionCode), desc(programmeSettings.validFrom)).limit(MOST).all()
  const names = regionNames(db, settings.map(({ regionCode }) => regionCode))
  return {
    settings: settings.map((one) => ({ ...one, regionName: one.regionCode ? names.get(one.regionCode) ?? one.regionCode : 'Seluruh Indonesia' })),
    words: db.select().from(programmeWords).where(and(eq(programmeWords.programme, programme), inArray(programmeWords.list, [...RULE_LISTS])))
      .orderBy(asc(programmeWords.list), asc(programmeWords.code)).limit(MOST).all(),
  }
}
