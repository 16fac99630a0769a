import { DELIVERY_FORMAT, type DeliveryText } from '#app/deliveries/format.ts'
import type { Submitted } from '#app/field/store.ts'
import { newId } from '#app/ids.ts'
import { sha256 } from '#app/offline/bytes.ts'
import { timeOf } from '#app/offline/clock.ts'
import { ON_DISK, type DraftRow, type OutboxRow, type UserDb } from '#app/offline/database.ts'
import { isUnchanged, sealDraft, type Draft } from '#app/offline/drafts.ts'
import { highestMade } from '#app/offline/outbox.ts'
import { forgetTyped } from '#app/offline/typed.ts'
import { seal } from '#app/offline/vault.ts'
import { demandEditableHere, obstaclesOf, type Holdings, type Opened } from '#app/offline/visits.ts'
import { conflict } from '#app/problems.ts'
import { stale } from '#app/visits/answers.ts'
import { refuseIncomplete } from '#app/visits/obstacles.ts'

// Sending a visit from the phone is to put it into the outbox, whole and unchangeable; its travels are another matter.
// Twice has one effect.
export async function queueVisit(holdings: Holdings, opened: Opened): Promise<Submitted> {
  const { status, draft } = opened
  if (status === 'submitted') return sentBefore(holdings.db, draft.id)
  demandEditableHere(opened)
  const obstacles = await obstaclesOf(holdings, opened)
  if (obstacles.errors.length > 0) throw refuseIncomplete(obstacles)
  const queued = opened.row ? { ...opened.row, status: 'queued' as const } : await sealDraft(holdings.key, draft, 'queued')
  const row = await makeRow(holdings, draft)
  await putBoth(holdings.db, opened.row, queued, row)
  await forgetTyped(holdings, draft.id, draft.record)
  return { visitId: draft.id, receivedAt: null, sha256: row.sha256 }
}

async function sentBefore(db: UserDb, visitId: string): Promise<Submitted> {
  const rows = await db.getAllFromIndex('outbox', 'visit', visitId)
  const last = rows.sort((one, other) => one.sequence - other.sequence).pop()
  if (!last) throw conflict('Kunjungan ini sudah dikirim. Tunggu hasil pemeriksaan.')
  return { visitId, receivedAt: last.receivedAt, sha256: last.sha256 }
}

async function makeRow({ db, key, clock, officerId, deviceId }: Holdings, draft: Draft): Promise<OutboxRow> {
  const sequence = highestMade(await db.getAll('outbox')) + 1
  const [id, madeAt] = [newId(), timeOf(clock)]
  const text = new TextEncoder().encode(JSON.stringify(textOf(draft, { id, officerId, deviceId, sequence, madeAt })))
  return {
    id, visitId: draft.id, householdId: draft.householdId, sequence, state: 'queued', madeAt, sha256: await sha256(text), ...await seal(key, text),
    photos: draft.photos.map(({ kind, sha256: hash, bytes }) => ({ kind, sha256: hash, bytes, offset: 0, stored: false })),
    receipt: null, reason: null, problem: null, attempts: 0, nextAt: null, receivedAt: null,
  }
}

const textOf = ({ id: visitId, householdId, baseVersion, record, coordinate, activeMs, openedAt, questionnaireVersion, photos }: Draft,
  made: Pick<DeliveryText, 'id' | 'officerId' | 'deviceId' | 'sequence' | 'madeAt'>): DeliveryText => ({
  format: DELIVERY_FORMAT, ...made, visitId, householdId, baseVersion, visit: { record, coordinate, activeMs, openedAt, questionnaireVersion },
  photos: photos.map(({ kind, sha256: hash, bytes, takenAt }) => ({ kind, sha256: hash, bytes, takenAt })),
})

// In one transaction: never a draft that is gone from the list and in no outbox, never one number for two deliveries.
async function putBoth(db: UserDb, before: DraftRow | undefined, queued: DraftRow, row: OutboxRow) {
  const tx = db.transaction(['drafts', 'outbox'], 'readwrite', ON_DISK)
  const [drafts, outbox] = [tx.objectStore('drafts'), tx.objectStore('outbox')]
  const free = isUnchanged(before, await drafts.get(row.visitId)) && highestMade(await outbox.getAll()) === row.sequence - 1
  await Promise.all([...free ? [drafts.put(queued), outbox.put(row)] : [], tx.done])
  if (!free) throw stale()
}
