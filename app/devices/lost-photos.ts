import type { AskedPhoto } from '#app/deliveries/format.ts'
import type { Actor } from '#app/users/actor.ts'
import { notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// A photo that a row names and the disk has lost is asked of the phone it came from, for as long as that keeps its copy.

type Place = AskedPhoto & { householdId: string, regionCode: string, officerId: string, deviceId: string | null, sequence: number | null }

// The visit that showed it first; else the delivery it came with, which waits still.
const ofVisit = statement<[string], Place>(`SELECT p.sha256, p.visit_id AS visitId, p.kind, v.household_id AS householdId, v.region_code AS regionCode,
    v.officer_id AS officerId, v.device_id AS deviceId, v.device_sequence AS sequence
  FROM files f JOIN visit_photos p ON p.visit_id = f.first_visit_id AND p.sha256 = f.sha256 JOIN visits v ON v.id = p.visit_id WHERE f.sha256 = ?`)
const ofDelivery = statement<[string], Place>(`SELECT p.sha256, d.visit_id AS visitId, p.kind, d.household_id AS householdId, d.region_code AS regionCode,
    d.officer_id AS officerId, d.device_id AS deviceId, d.sequence
  FROM deliveries d JOIN delivery_photos p ON p.delivery_id = d.id AND p.sha256 = ? AND p.stored_at IS NOT NULL WHERE d.status IN ('held', 'waiting_photos') LIMIT 1`)
// A visit mended on the server's pages names no phone any more, and its phone keeps the copy all the same.
const sentBy = statement<[string, string], Pick<Place, 'deviceId' | 'sequence'>>(`SELECT d.device_id AS deviceId, d.sequence FROM devices p
  JOIN deliveries d ON d.device_id = p.id AND d.officer_id = p.user_id AND d.visit_id = ? WHERE p.user_id = ? ORDER BY d.received_at DESC LIMIT 1`)
const placeOf = (db: Db, sha256: string) => ofVisit(db).get(sha256) ?? ofDelivery(db).get(sha256)

// Lost a second time, it is asked for a second time.
const insert = statement<[Place & { now: string }], unknown>(`INSERT INTO lost_photos (sha256, visit_id, kind, household_id, region_code, officer_id, device_id, sequence, found_at)
  VALUES (@sha256, @visitId, @kind, @householdId, @regionCode, @officerId, @deviceId, @sequence, @now)
  ON CONFLICT DO UPDATE SET found_at = excluded.found_at, asked_at = NULL, gone_at = NULL, back_at = NULL, back_from = NULL WHERE back_at IS NOT NULL`)

// What no visit names (a photo that was taken anew, a paper) is nobody's loss here.
export function noteLost(tx: Tx, sha256: string) {
  const place = placeOf(tx.db, sha256)
  if (!place) return
  const noted = insert(tx.db).run({ ...place, ...sentBy(tx.db).get(place.visitId, place.officerId), now: tx.now })
  if (noted.changes > 0) tx.audit('photo.lost', place.visitId, { kind: place.kind, sha256 })
}

const markBack = statement<[string, 'phone' | 'disk', string], { visitId: string, kind: string }>(`UPDATE lost_photos SET back_at = ?, back_from = ?
  WHERE sha256 = ? AND back_at IS NULL RETURNING visit_id AS visitId, kind`)

export function noteBack(tx: Tx, sha256: string, from: 'phone' | 'disk') {
  const back = markBack(tx.db).get(tx.now, from, sha256)
  if (back) tx.audit('photo.returned', back.visitId, { kind: back.kind, sha256, from })
}

const openOf = statement<[string, string], AskedPhoto & { askedAt: string | null }>(`SELECT visit_id AS visitId, kind, sha256, asked_at AS askedAt FROM lost_photos
  WHERE device_id = ? AND officer_id = ? AND back_at IS NULL AND gone_at IS NULL ORDER BY found_at, sha256 LIMIT 100`)
const markAsked = statement<[string, string], unknown>('UPDATE lost_photos SET asked_at = ? WHERE sha256 = ?')

// At a phone's contact. The same are named again until they have come, or it says that it keeps them no more.
export function askForLost(tx: Tx, deviceId: string): AskedPhoto[] {
  const lost = openOf(tx.db).all(deviceId, tx.actor.id)
  const fresh = lost.filter(({ askedAt }) => askedAt === null)
  for (const { sha256 } of fresh) markAsked(tx.db).run(tx.now, sha256)
  if (fresh.length > 0) tx.audit('photo.asked', deviceId, { user: tx.actor.id, photos: fresh.length })
  return lost.map(({ visitId, kind, sha256 }) => ({ visitId, kind, sha256 }))
}

const markGone = statement<[string, string, string, string], unknown>(`UPDATE lost_photos SET gone_at = ?
  WHERE sha256 = ? AND device_id = ? AND officer_id = ? AND back_at IS NULL AND gone_at IS NULL`)

// The phone has looked and keeps them no more. Said twice it counts once.
export function noteGone(tx: Tx, deviceId: string, photos: string[]) {
  demand(tx.actor, 'visit.submit')
  const gone = photos.filter((sha256) => markGone(tx.db).run(tx.now, sha256, deviceId, tx.actor.id).changes > 0)
  if (gone.length > 0) tx.audit('photo.copy_gone', deviceId, { user: tx.actor.id, photos: gone.length })
}

export type LostPhoto = { sha256: string, kind: string, visitId: string, backAt: string | null, bytes: number }
const ownLost = statement<[string, string], LostPhoto>(`SELECT l.sha256, l.kind, l.visit_id AS visitId, l.back_at AS backAt, f.bytes FROM lost_photos l
  JOIN files f ON f.sha256 = l.sha256 WHERE l.sha256 = ? AND l.officer_id = ?`)

// Of one's own visits; anybody else's is not found.
export function getOwnLost(db: Db, actor: Actor, sha256: string): LostPhoto {
  const lost = ownLost(db).get(sha256, actor.id)
  if (!lost) throw notFound('Foto yang diminta')
  return lost
}
