import { and, count, eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, type Verb } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { savedFilters } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// The lists that filters can be kept for: where they are, and the rights of which one opens them.
const LISTS: Record<string, { href: string, verbs: Verb[] }> = {
  households: { href: '/households', verbs: ['household.read'] },
  reviews: { href: '/reviews', verbs: ['visit.check', 'visit.verify'] },
  prelist: { href: '/prelist/rows', verbs: ['prelist.assign', 'prelist.revoke'] },
  proposals: { href: '/proposals', verbs: ['proposal.read'] },
  'recipient-changes': { href: '/programmes/changes', verbs: ['programme.read'] },
  ...Object.fromEntries(['pkh', 'sembako', 'pbi', 'ppks', 'blt', 'apbd'].map((code) => [`recipients-${code}`, { href: `/programmes/${code}`, verbs: ['programme.read'] satisfies Verb[] }])),
}

const MOST = 20

export type SavedFilter = ReturnType<typeof listFilters>[number]
export type ListFilters = ReturnType<typeof filtersFor>

// What a list's page needs: those that are kept, and the filter it has now, by the address it was asked for.
export const filtersFor = (db: Db, actor: Actor, list: string, url: string) =>
  ({ list, href: LISTS[list]!.href, saved: listFilters(db, actor, list), query: cleanQuery(new URL(url).search), formKey: crypto.randomUUID() })

// One's own, the oldest first: their places do not move.
const kept = statement<[string, string], Pick<typeof savedFilters.$inferSelect, 'id' | 'name' | 'query'>>(
  `SELECT id, name, query FROM saved_filters WHERE user_id = ? AND list = ? ORDER BY saved_at, id LIMIT ${MOST}`)
export const listFilters = (db: Db, actor: Actor, list: string) => kept(db).all(actor.id, list)

// Its page's filter is kept as the address has it, without the place in the list.
function cleanQuery(text: string): string {
  const query = new URLSearchParams([...new URLSearchParams(text)].filter(([name, value]) => value !== '' && name !== 'after' && name !== 'before'))
  query.sort()
  return query.toString()
}

export type NewFilter = { id: string, list: string, name: string, query: string }

export function saveFilter(tx: Tx, { id, list, name, query: text }: NewFilter): string {
  const { href, verbs } = (Object.hasOwn(LISTS, list) ? LISTS[list] : undefined) ?? missing()
  if (!verbs.some((verb) => can(tx.actor, verb))) throw forbidden()
  const query = cleanQuery(text)
  const back = `${href}?${query}`
  if (tx.db.select({ id: savedFilters.id }).from(savedFilters).where(and(eq(savedFilters.id, id), eq(savedFilters.userId, tx.actor.id))).get()) return back
  if (!query) throw invalid({ query: 'Saring daftarnya dahulu, baru disimpan.' })
  demandFreeName(tx, list, name)
  const { n } = tx.db.select({ n: count() }).from(savedFilters).where(and(eq(savedFilters.userId, tx.actor.id), eq(savedFilters.list, list))).get()!
  if (n >= MOST) throw conflict(`Paling banyak ${MOST} saringan untuk satu daftar. Hapus yang tidak dipakai lagi.`)
  tx.db.insert(savedFilters).values({ id, userId: tx.actor.id, list, name, query, savedAt: tx.now }).run()
  tx.audit('filter.saved', id, { list })
  return back
}

export function renameFilter(tx: Tx, id: string, name: string): string {
  const found = getFilter(tx, id)
  if (found.name !== name) {
    demandFreeName(tx, found.list, name)
    tx.db.update(savedFilters).set({ name }).where(eq(savedFilters.id, id)).run()
    tx.audit('filter.renamed', id, { list: found.list })
  }
  return hrefOf(found)
}

export function removeFilter(tx: Tx, id: string): string {
  const found = getFilter(tx, id)
  tx.db.delete(savedFilters).where(eq(savedFilters.id, id)).run()
  tx.audit('filter.removed', id, { list: found.list })
  return hrefOf(found)
}

const missing = (): never => {
  throw notFound('Daftar ini')
}

const hrefOf = ({ list, query }: { list: string, query: string }) => `${LISTS[list]!.href}?${query}`

// Another's is not found.
function getFilter({ db, actor }: Tx, id: string) {
  const found = db.select().from(savedFilters).where(and(eq(savedFilters.id, id), eq(savedFilters.userId, actor.id))).get()
  if (!found) throw notFound('Saringan')
  return found
}

function demandFreeName({ db, actor }: Tx, list: string, name: string) {
  const taken = db.select({ id: savedFilters.id }).from(savedFilters)
    .where(and(eq(savedFilters.userId, actor.id), eq(savedFilters.list, list), eq(savedFilters.name, name))).get()
  if (taken) throw invalid({ name: 'Sudah ada saringan dengan nama ini.' })
}
