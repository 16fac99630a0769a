import { asc } from 'drizzle-orm'
import { isItem, labelOf, OWN_ITEMS, QUESTIONS, questionFor } from '#app/backchecks/items.ts'
import { invalid } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { backcheckItems } from '#db/schema/index.ts'
import type { AskedItem, ItemType } from '#db/schema/backchecks.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Setting = AskedItem & { isAsked: boolean, label: string, number: string }

// Every question a revisit could ask, with how it is set now; what nobody has set is not asked, and may change.
export function listSettings(db: Db): Setting[] {
  const set = new Map(db.select().from(backcheckItems).orderBy(asc(backcheckItems.key)).all().map((row) => [row.key, row]))
  return [...OWN_ITEMS, ...QUESTIONS.map(({ key }) => key)].map((key) => {
    const { type = 2 as ItemType, tolerance = 0, isAsked = false } = set.get(key) ?? {}
    return { key, type, tolerance, isAsked, label: labelOf(key), number: questionFor(key)?.number ?? '' }
  })
}

// What a new round asks unless its planner leaves something out.
export const askedItems = (db: Db): AskedItem[] =>
  listSettings(db).filter(({ isAsked }) => isAsked).map(({ key, type, tolerance }) => ({ key, type, tolerance }))

// Rounds that were planned before keep what they ask.
export function setItems(tx: Tx, key: string, items: AskedItem[]) {
  demand(tx.actor, 'backcheck.configure')
  if (items.some((item) => !isItem(item.key))) throw invalid({ items: 'Ada isian yang tidak dikenal. Muat ulang halaman.' })
  if (items.length < 3) throw invalid({ items: 'Pilih paling sedikit tiga isian.' })
  if (!isFirstTime(tx, key)) return
  const before = new Map(listSettings(tx.db).map((setting) => [setting.key, setting]))
  const chosen = new Map(items.map((item) => [item.key, item]))
  const changed = [...before.values()].map((was) => {
    const { type, tolerance } = chosen.get(was.key) ?? was
    return { was, is: { key: was.key, type, tolerance, isAsked: chosen.has(was.key) } }
  }).filter(({ was, is }) => was.isAsked !== is.isAsked || (is.isAsked && (was.type !== is.type || was.tolerance !== is.tolerance)))
  for (const { is } of changed) {
    const row = { ...is, changedBy: tx.actor.id, changedAt: tx.now }
    tx.db.insert(backcheckItems).values(row).onConflictDoUpdate({ target: backcheckItems.key, set: row }).run()
  }
  if (changed.length > 0) tx.audit('backcheck.items_set', 'backcheck_items', { changed: changed.map(({ is }) => is) })
}
