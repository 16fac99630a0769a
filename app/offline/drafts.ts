import type { TaskDetail } from '#app/field/store.ts'
import { ON_DISK, type DraftRow, type UserDb } from '#app/offline/database.ts'
import { openJson, sealJson } from '#app/offline/vault.ts'
import type { PackedPhoto, PackedVisit } from '#app/packs/schema.ts'
import { stale } from '#app/visits/answers.ts'

// A visit as it is being made on this phone. photos: also those only the server has, from before it was sent back.
// task: what the list shows, should the household be given to somebody else meanwhile.
export type Draft = Omit<PackedVisit, 'headName' | 'remarks' | 'note'> & { photos: PackedPhoto[], task: KnownTask }
export type KnownTask = Omit<TaskDetail['household'], 'id' | 'stage'> & { village: string }

export const draftOf = ({ headName: _head, remarks: _remarks, note: _note, ...visit }: PackedVisit, task: KnownTask): Draft => ({ ...visit, task })

export type Kept = { row: DraftRow, draft: Draft }

export async function readDraft(db: UserDb, key: CryptoKey, visitId: string): Promise<Kept | undefined> {
  const row = await db.get('drafts', visitId)
  return row && { row, draft: await openJson<Draft>(key, row) }
}

export const sealDraft = async (key: CryptoKey, draft: Draft, status: DraftRow['status'] = 'draft'): Promise<DraftRow> =>
  ({ visitId: draft.id, householdId: draft.householdId, status, ...await sealJson(key, draft) })

// Sealing takes longer than a transaction waits, so reading and writing are two. Every sealing has a number of its own,
// which tells whether the row is still the one that was read.
export const isUnchanged = (before: DraftRow | undefined, now: DraftRow | undefined) =>
  before?.status === now?.status && String(before?.iv) === String(now?.iv)

// False: it is not, and nothing was written.
export async function writeDraft(db: UserDb, key: CryptoKey, before: DraftRow | undefined, draft: Draft): Promise<boolean> {
  const row = await sealDraft(key, draft)
  const tx = db.transaction('drafts', 'readwrite', ON_DISK)
  const unchanged = isUnchanged(before, await tx.store.get(draft.id))
  await Promise.all([unchanged ? tx.store.put(row) : undefined, tx.done])
  return unchanged
}

const MOST_TRIES = 5

// A photo is kept while answers are saved: whoever finds the row changed meanwhile begins again from what it is now. An
// older page is refused by its revision all the same. work: undefined when it found the row changed.
export async function overFreshRow<T>(work: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const done = await work()
    if (done !== undefined) return done
  }
  throw stale()
}
