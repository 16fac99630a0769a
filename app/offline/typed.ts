import type { Where } from '#app/field/store.ts'
import { ON_DISK, type TypedRow, type UserDb } from '#app/offline/database.ts'
import { openJson, sealJson } from '#app/offline/vault.ts'
import type { Holdings } from '#app/offline/visits.ts'
import type { FormFields } from '#app/questionnaire/form.ts'

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

// Sent: what was typed beside it and never saved is not part of it.
export const forgetTyped = (db: UserDb, visitId: string) => db.delete('line', IDBKeyRange.bound(`typed ${visitId} `, `typed ${visitId} \uffff`))

export const savedTyped = (db: UserDb, where: Placed, revision: number) => db.put('line', { key: keyOf(where), revision, sealed: null })

// Rows went, and the names of the fields mean other rows now: of a page and of the pages of its rows.
export async function dropTyped(db: UserDb, where: Placed) {
  const first = keyOf(where)
  const tx = db.transaction('line', 'readwrite', ON_DISK)
  await Promise.all([tx.store.delete(first), tx.store.delete(IDBKeyRange.bound(`${first}.`, `${first}.\uffff`)), tx.done])
}
