import { regionsIn } from '#app/households/filter.ts'
import { isSensitive, ruleOf, sayRule } from '#app/ppks/categories.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// open: registered, served or referred; undefined where so few are not told. parts: only for who may know them.
export type CategoryCount = {
  code: string, label: string, rule: string, sensitive: boolean, open?: number, parts?: { registered: number, served: number, referred: number, ended: number }
}

// Fewer than this in a sensitive category could be recognised.
export const FEW = 5

const counts = statement<[string, string], { variant: string, state: string, n: number }>(`SELECT variant, state, count(*) AS n FROM recipients
  WHERE programme = 'ppks' AND region_code >= ? AND region_code < ? GROUP BY variant, state`)

// How many stand in each category, naming nobody.
export function countCategories(db: Db, actor: Actor, region: string, now: string): CategoryCount[] {
  demand(actor, 'programme.read')
  const found = regionsIn(actor, region).flatMap((code) => counts(db).all(code, `${code}:`))
  const tell = can(actor, 'ppks.sensitive')
  return wordsOn(db, 'ppks', 'category', dayOf(now)).map(({ code, label, kind }) => {
    const of = (state: string) => found.filter((one) => one.variant === code && one.state === state).reduce((sum, { n }) => sum + n, 0)
    const parts = { registered: of('registered'), served: of('served'), referred: of('referred'), ended: of('ended') }
    const open = parts.registered + parts.served + parts.referred
    const sensitive = isSensitive(code)
    return { code, label, rule: sayRule(ruleOf(kind)), sensitive, ...(tell || !sensitive ? { open, parts } : open >= FEW ? { open } : {}) }
  })
}
