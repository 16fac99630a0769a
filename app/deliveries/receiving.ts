import type { DeliveryPhoto, DeliveryState, DeliveryStatus, DeliveryText } from '#app/deliveries/format.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import { offsetOf } from '#app/deliveries/pieces.ts'
import { signReceipt } from '#app/deliveries/receipts.ts'
import { regionOf, takeUp, type Verdict } from '#app/deliveries/taking-up.ts'
import type { Parsed } from '#app/deliveries/text.ts'
import { recordFile, type StoredFile } from '#app/files/store.ts'
import type { Deps } from '#app/http.tsx'
import { queueCheck } from '#app/integrity/queue.ts'
import { conflict, forbidden, notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { NewPhoto } from '#app/visits/photos.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { onBehalfOf, transactTogether, type Tx } from '#db/transaction.ts'

export type Via = 'network' | 'file' | 'package'
export type Door = Pick<Deps, 'db' | 'dataDirectory'>
// A photo already on the disk under its own hash.
export type StoredPhoto = { kind: string, file: StoredFile }

export type Delivery = {
  id: string, officerId: string, visitId: string, householdId: string, regionCode: string, sha256: string, photoCount: number
  status: DeliveryStatus, reason: string | null, problem: string | null, receivedAt: string, photosAt: string | null, text: string
}
const COLUMNS = `id, officer_id AS officerId, visit_id AS visitId, household_id AS householdId, region_code AS regionCode, sha256,
  photo_count AS photoCount, status, reason, problem, received_at AS receivedAt, photos_at AS photosAt, text`
const findDelivery = statement<[string], Delivery>(`SELECT ${COLUMNS} FROM deliveries WHERE id = ?`)

// The officer's own delivery; anybody else's is not found.
export function getOwnDelivery(db: Db, actor: Actor, id: string): Delivery {
  const delivery = findDelivery(db).get(id)
  if (!delivery || delivery.officerId !== actor.id) throw notFound('Kiriman')
  return delivery
}

const insertDelivery = statement<unknown[], unknown>(`INSERT INTO deliveries (id, device_id, officer_id, sequence, visit_id, household_id,
  region_code, base_version, sha256, photo_count, via, status, reason, problem, received_at, photos_at, settled_at, text)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const insertPhoto = statement<[string, string, string, number, string | null, string | null], unknown>(
  'INSERT INTO delivery_photos (delivery_id, kind, sha256, bytes, taken_at, stored_at) VALUES (?, ?, ?, ?, ?, ?)')
const storePhoto = statement<[string, string, string], unknown>('UPDATE delivery_photos SET stored_at = ? WHERE delivery_id = ? AND kind = ?')
const keptForVisit = statement<{ visit: string, sha256: string }[], unknown>(`SELECT 1 FROM visit_photos WHERE visit_id = @visit AND sha256 = @sha256
  UNION ALL SELECT 1 FROM deliveries d JOIN delivery_photos p ON p.delivery_id = d.id AND p.sha256 = @sha256 AND p.stored_at IS NOT NULL
  WHERE d.visit_id = @visit AND d.status IN ('held', 'waiting_photos')`)

// Takes in a delivery's text, and the photos that came with it. The same text again is answered with the same receipt;
// the same id with another text is a conflict. by: who brings it, the officer himself or an office.
export async function receive(door: Door, by: Actor, parsed: Parsed, photos: StoredPhoto[] = [], via: Via = 'network'): Promise<DeliveryState> {
  return tell(door, await transactTogether(door.db, by, (tx) => takeIn(tx, parsed, photos, via)))
}

function takeIn(tx: Tx, parsed: Parsed, photos: StoredPhoto[], via: Via): Told {
  const { delivery } = parsed
  const officer = officerOf(tx, delivery, via)
  const known = findDelivery(tx.db).get(delivery.id)
  if (known) return repeat(tx, known, parsed, officer, photos)
  const rows = delivery.photos.map((photo): PhotoRow => ({ ...photo, mime: 'image/jpeg', storedAt: storedAt(tx, delivery, photo, photos) }))
  const verdict = rows.every((row) => row.storedAt !== null) ? takeUp(onBehalfOf(tx, officer), delivery, newPhotos(rows, photos)) : undefined
  const told = { ...parsed, ...outcomeOf(tx, verdict), id: delivery.id, visitId: delivery.visitId, receivedAt: tx.now }
  insertDelivery(tx.db).run(delivery.id, delivery.deviceId, delivery.officerId, delivery.sequence, delivery.visitId, delivery.householdId,
    regionOf(tx.db, delivery.householdId) ?? officer.regions[0] ?? '', delivery.baseVersion, parsed.sha256, rows.length, via,
    told.status, told.reason, told.problem, tx.now, told.photosAt, told.settledAt, isHeldByVisit(told) ? '' : parsed.text)
  if (told.status === 'accepted') closeSuperseded(tx, delivery)
  if (isHeldByVisit(told)) return { ...told, photos: [] }
  for (const { file } of photos) recordFile(tx, file)
  for (const row of rows) insertPhoto(tx.db).run(delivery.id, row.kind, row.sha256, row.bytes, row.takenAt, row.storedAt)
  if (told.status === 'held') queueCheck(tx.db, [delivery.householdId])
  if (told.status !== 'accepted') tx.audit(verdict ? 'delivery.held' : 'delivery.text_received', delivery.id, { visitId: delivery.visitId, ...(verdict ? { reason: told.reason } : {}) })
  return { ...told, photos: rows }
}

// Over the network the officer brings his own. An office may bring what others made, within its own region.
function officerOf(tx: Tx, delivery: DeliveryText, via: Via): Actor {
  if (via === 'network') {
    demand(tx.actor, 'visit.submit')
    if (delivery.officerId !== tx.actor.id) throw forbidden('Kiriman ini milik petugas lain.')
    return tx.actor
  }
  demand(tx.actor, 'exchange.take')
  const officer = findOfficer(tx.db, delivery.officerId)
  const region = regionOf(tx.db, delivery.householdId)
  if (!officer || region === undefined || !isWithin(region, tx.actor)) throw notFound('Rumah tangga kiriman ini di wilayah Anda')
  return officer
}

// A visit sent again, returned or mended, brings most of its photos unchanged: what came with it before need not travel twice.
const storedAt = (tx: Tx, { visitId }: DeliveryText, { kind, sha256 }: DeliveryPhoto, photos: StoredPhoto[]) =>
  photos.some((photo) => photo.kind === kind && photo.file.sha256 === sha256) || keptForVisit(tx.db).get({ visit: visitId, sha256 }) ? tx.now : null

function repeat(tx: Tx, known: Delivery, { delivery, sha256 }: Parsed, officer: Actor, photos: StoredPhoto[]): Told {
  if (known.sha256 !== sha256) throw conflict('Kiriman dengan nomor ini sudah diterima dengan isi yang berbeda.')
  if (known.status === 'waiting_photos' && photos.length > 0) keepPhotos(tx, delivery, photos, officer)
  return recall(tx.db, delivery.id)
}

// Photos that arrived later, whole and checked. With the last of them the visit is taken up.
export function keepPhotos(tx: Tx, delivery: DeliveryText, photos: StoredPhoto[], officer: Actor) {
  for (const { kind, file } of photos) {
    recordFile(tx, file)
    storePhoto(tx.db).run(tx.now, delivery.id, kind)
  }
  const rows = listDeliveryPhotos(tx.db, delivery.id)
  if (rows.some((row) => row.storedAt === null)) return
  const { status, reason, problem, photosAt, settledAt } = outcomeOf(tx, takeUp(onBehalfOf(tx, officer), delivery, newPhotos(rows, photos)))
  settle(tx.db).run(status, reason, problem, photosAt, settledAt, isHeldByVisit({ status, reason }) ? 1 : 0, delivery.id)
  if (status === 'accepted') closeSuperseded(tx, delivery)
  else {
    queueCheck(tx.db, [delivery.householdId])
    tx.audit('delivery.held', delivery.id, { visitId: delivery.visitId, reason })
  }
}

const closeIncomplete = statement<[string, string, string, string], unknown>(`UPDATE deliveries SET status = 'closed', settled_at = ?,
  settle_note = ? WHERE visit_id = ? AND id <> ?
  AND status IN ('held', 'waiting_photos') AND (reason IS NULL OR reason = 'incomplete')`)

// The officer has sent the same visit again, mended: what was incomplete before waits for nothing any more.
const closeSuperseded = (tx: Tx, { id, visitId }: DeliveryText) =>
  void closeIncomplete(tx.db).run(tx.now, 'Diganti kiriman yang sudah diperbaiki.', visitId, id)

// The visit itself holds every answer and photo, so the delivery need not. One that was merged keeps what it brought.
const isHeldByVisit = ({ status, reason }: { status: DeliveryStatus, reason: string | null }) => status === 'accepted' && reason === null

const settle = statement<unknown[], unknown>(`UPDATE deliveries SET status = ?, reason = ?, problem = ?, photos_at = ?, settled_at = ?,
  text = CASE WHEN ? THEN '' ELSE text END WHERE id = ?`)

const outcomeOf = (tx: Tx, verdict: Verdict | undefined) => ({
  status: verdict?.status ?? 'waiting_photos' as const, reason: verdict?.reason ?? null, photosAt: verdict ? tx.now : null,
  problem: verdict?.status === 'held' ? JSON.stringify(verdict.problem) : null, settledAt: verdict?.status === 'accepted' ? tx.now : null,
})

type PhotoRow = DeliveryPhoto & { storedAt: string | null, mime: string }
const photosOf = statement<[string], PhotoRow>(`SELECT p.kind, p.sha256, p.bytes, p.taken_at AS takenAt, p.stored_at AS storedAt,
  coalesce(f.mime, 'image/jpeg') AS mime FROM delivery_photos p LEFT JOIN files f ON f.sha256 = p.sha256 WHERE p.delivery_id = ? ORDER BY p.kind`)
export const listDeliveryPhotos = (db: Db, id: string) => photosOf(db).all(id)

// As the visit takes them: those that just came know where they lie, the others are known to the database already.
const newPhotos = (rows: PhotoRow[], came: StoredPhoto[]): NewPhoto[] => rows.map((row) =>
  ({ ...asNewPhoto(row), ...(came.find(({ kind }) => kind === row.kind)) }))
export const asNewPhoto = ({ kind, sha256, mime, bytes, takenAt }: PhotoRow): NewPhoto => ({ kind, takenAt, file: { sha256, mime, bytes } })

type Told = Pick<Delivery, 'id' | 'visitId' | 'sha256' | 'status' | 'reason' | 'problem' | 'receivedAt' | 'photosAt'> & { photos: PhotoRow[] }
const recall = (db: Db, id: string): Told => ({ ...findDelivery(db).get(id)!, photos: listDeliveryPhotos(db, id) })
export const stateOf = (door: Door, id: string) => tell(door, recall(door.db, id))

// What the sender is told, with the receipt he may keep as proof. Offsets are what lies on the disk.
async function tell(door: Door, { id, visitId, sha256, status, reason, problem, receivedAt, photosAt, photos }: Told): Promise<DeliveryState> {
  return {
    receipt: await signReceipt(door.dataDirectory, { id, visitId, sha256, receivedAt, photosComplete: photosAt !== null }),
    status, reason, problem: problem === null ? null : JSON.parse(problem),
    photos: await Promise.all(photos.map(async ({ kind, bytes, storedAt: stored }) =>
      ({ kind, bytes, stored: stored !== null, offset: stored === null ? await offsetOf(door.dataDirectory, id, kind) : bytes }))),
  }
}
