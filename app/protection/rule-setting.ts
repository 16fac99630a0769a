import { and, asc, eq } from 'drizzle-orm'
import { invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { countDue, rulesOn, type Rule } from '#app/protection/retention.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { retentionRules } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// The kinds whose days an office may set, with the fewest: below them a phone's unsent work, the brake against a post taken twice or the proof of
// an answer would go. What has a term of its own elsewhere (exports, sessions) is not here.
export const LEAST_DAYS: Readonly<Record<string, number>> = { drafts: 30, incoming: 14, import_rows: 7, posts: 180, breach_lists: 365, cases: 365 }
export const MOST_DAYS = 7300

const leastDays = (kind: string) => Object.hasOwn(LEAST_DAYS, kind) ? LEAST_DAYS[kind]! : undefined

export type WantedRule = { days: number, validFrom: string, source: string }
export type RuleView = { kind: string, least: number, rule: Rule, rules: Rule[], due?: number }

// days: of how many it would be time today if they were to count. One household's data are not shown, so no region is asked.
export function viewRule(db: Db, actor: Actor, kind: string, days?: number, now = new Date()): RuleView {
  demand(actor, 'protection.configure')
  const least = leastDays(kind)
  const rule = rulesOn(db, dayOf(now.toISOString())).find((one) => one.kind === kind)
  if (least === undefined || !rule) throw notFound('Aturan masa simpan')
  const rules = db.select().from(retentionRules).where(eq(retentionRules.kind, kind)).orderBy(asc(retentionRules.validFrom)).limit(100).all()
  return { kind, least, rule, rules, due: days === undefined ? undefined : countDue(db, kind, days, now) }
}

// A new rule from a day on. What is deleted cannot come back, so no rule reaches into the past.
export function setRule(tx: Tx, kind: string, { days, validFrom, source }: WantedRule) {
  demand(tx.actor, 'protection.configure')
  const least = leastDays(kind)
  if (least === undefined) throw notFound('Aturan masa simpan')
  if (days < least) throw invalid({ days: `Paling sedikit ${least} hari.` })
  if (validFrom < dayOf(tx.now)) throw invalid({ validFrom: 'Pilih hari ini atau sesudahnya.' })
  const known = tx.db.select().from(retentionRules).where(and(eq(retentionRules.kind, kind), eq(retentionRules.validFrom, validFrom))).get()
  if (known?.days === days && known.source === source) return
  const set = { days, source, setBy: tx.actor.id, setAt: tx.now }
  tx.db.insert(retentionRules).values({ kind, validFrom, ...set }).onConflictDoUpdate({ target: [retentionRules.kind, retentionRules.validFrom], set }).run()
  tx.audit('retention.rule_set', kind, { days, validFrom, source })
}
