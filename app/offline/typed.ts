import type { Where } from '#app/field/store.ts'
import { ON_DISK, type TypedRow, type UserDb } from '#app/offline/database.ts'
import { openJson, sealJson } from '#app/offline/vault.ts'
import type { Holdings } from '#app/offline/visits.ts'
import type { FormFields } from '#app/questionnaire/form.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { firstUnsaved } from '#app/questionnaire/unsaved.ts'
import { movedUp } from '#app/visits/following-rows.ts'

// What stands in a form and was never sent: the system takes a page's memory back at any moment, and the answers of a long
// page cannot be asked again. It lies beside the draft, sealed like that, until the page is saved.

type Placed = Pick<Where, 'visitId'> & { section: string }
const keyOf = ({ visitId, section }: Placed): TypedRow['key'] => `typed ${visitId} ${section}`

export async function keepTyped({ db, key }: Pick<Holdings, 'db' | 'key'>, where: Placed, fields: FormFields) {
  const row: TypedRow = { key: keyOf(where), revision: Number(fields.revision), sealed: await sealJson(key, fields) }
  const tx = db.transaction('line', 'readwrite', ON_DISK)
  const known = await tx.store.get(row.key) as TypedRow | undefined
  // Told before the page was saved, and come after.
  if (!(known && known.revision > row.revision)) await tx.store.put(row)
  await tx.done
}

export async function readTyped({ db, key }: Pick<Holdings, 'db' | 'key'>, where: Placed): Promise<FormFields | undefined> {
  const row = await db.get('line', keyOf(where)) as TypedRow | undefined
  return row?.sealed ? openJson<FormFields>(key, row.sealed).catch(() => undefined) : undefined
}

// Of each page that has any: the page, and the first answer that stands there and not in the visit.
export async function listUnsaved({ db, key }: Pick<Holdings, 'db' | 'key'>, visitId: string, record: HouseholdRecord): Promise<{ page: string, path: string }[]> {
  const found = await Promise.all((await rowsOfVisit(db, visitId)).map(async ({ key: name }) => {
    const page = name.slice(keyOf({ visitId, section: '' }).length)
    const path = firstUnsaved(await readTyped({ db, key }, { visitId, section: page }) ?? {}, record)
    return path === undefined ? [] : [{ page, path }]
  }))
  return found.flat()
}

const rowsOfVisit = async (db: UserDb, visitId: string, from = '') =>
  await db.getAll('line', IDBKeyRange.bound(`typed ${visitId} ${from}`, `typed ${visitId} ${from}\uffff`)) as TypedRow[]

// Sent: what is left is the same as what was saved. What came in between stays.
export async function forgetTyped(holdings: Pick<Holdings, 'db' | 'key'>, visitId: string, record: HouseholdRecord) {
  const left = (await listUnsaved(holdings, visitId, record)).map(({ page }) => keyOf({ visitId, section: page }))
  const rows = await rowsOfVisit(holdings.db, visitId)
  await Promise.all(rows.filter(({ key }) => !left.includes(key)).map(({ key }) => holdings.db.delete('line', key)))
}

export const savedTyped = (db: UserDb, where: Placed, revision: number) => db.put('line', { key: keyOf(where), revision, sealed: null })

// A row went, and those behind it moved up: what was typed moves with its row, on the page of all rows and on the page of each.
export async function rowTaken({ db, key }: Pick<Holdings, 'db' | 'key'>, { visitId, section: roster }: Placed, index: number, revision: number) {
  const pages = await Promise.all((await rowsOfVisit(db, visitId, roster)).map(async ({ key: name }) => {
    const page = name.slice(keyOf({ visitId, section: '' }).length)
    return { page, fields: await readTyped({ db, key }, { visitId, section: page }) }
  }))
  const moved = await Promise.all(pages.map(async ({ page, fields }) => {
    const to = page === roster ? page : movedUp(page, roster, index)
    if (!fields || to === undefined) return []
    const kept = Object.entries(fields).flatMap(([path, typed]) => { const now = movedUp(path, roster, index); return now === undefined ? [] : [[now, typed] as const] })
    return [{ key: keyOf({ visitId, section: to }), revision, sealed: await sealJson(key, { ...Object.fromEntries(kept), revision: String(revision) }) }]
  }))
  // Told before the row went, and come after: of these too.
  const emptied = [roster, ...pages.map(({ page }) => page)].map((page): TypedRow => ({ key: keyOf({ visitId, section: page }), revision, sealed: null }))
  const tx = db.transaction('line', 'readwrite', ON_DISK)
  await Promise.all([...[...emptied, ...moved.flat()].map((row) => tx.store.put(row)), tx.done])
}
