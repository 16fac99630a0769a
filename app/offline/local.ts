import type { OutboxRow, UserDb } from '#app/offline/database.ts'
import type { Waiting } from '#app/field/store.ts'

// What this phone itself has of a household: a visit under way, or one that was sent and that the pack does not show yet.
export type Local = { visitId: string, waiting: Waiting | null }

const WAITING: Record<OutboxRow['state'], Waiting | undefined> = {
  queued: 'queued', waiting_photos: 'photos', accepted: 'received', held: 'held', closed: undefined,
}

export async function readLocal(db: UserDb): Promise<Map<string, Local>> {
  const [underWay, rows] = await Promise.all([readUnderWay(db), db.getAll('outbox')])
  return new Map([...rows.sort((one, other) => one.sequence - other.sequence).flatMap(sentOf), ...underWay])
}

// By keys alone: what was answered is not read for a list.
async function readUnderWay(db: UserDb): Promise<[string, Local][]> {
  const found: [string, Local][] = []
  const { store } = db.transaction('drafts')
  for (let at = await store.index('state').openKeyCursor(IDBKeyRange.bound(['draft'], ['draft', []])); at; at = await at.continue()) {
    found.push([at.key[1], { visitId: at.primaryKey, waiting: null }])
  }
  return found
}

export async function readLocalOf(db: UserDb, householdId: string): Promise<Local | undefined> {
  const tx = db.transaction(['drafts', 'outbox'])
  const [drafts, rows] = await Promise.all([
    tx.objectStore('drafts').index('household').getAll(householdId), tx.objectStore('outbox').index('household').getAll(householdId),
  ])
  const draft = drafts.find(({ status }) => status === 'draft')
  if (draft) return { visitId: draft.visitId, waiting: null }
  return rows.sort((one, other) => one.sequence - other.sequence).flatMap(sentOf).pop()?.[1]
}

// The latest of a household counts; the map keeps that one.
function sentOf({ householdId, visitId, state, inPack }: OutboxRow): [string, Local][] {
  const waiting = inPack ? undefined : WAITING[state]
  return waiting ? [[householdId, { visitId, waiting }]] : []
}
