import { and, eq, isNotNull } from 'drizzle-orm'
import { notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { attachments, deliveries, deliveryPhotos, files, visitPhotos, visits } from '#db/schema/index.ts'

const FILE = { sha256: files.sha256, mime: files.mime, bytes: files.bytes, pack: files.pack, packOffset: files.packOffset }

export function getAttachment(db: Db, actor: Actor, id: string) {
  demand(actor, 'household.read')
  const file = db.select({ ...FILE, name: attachments.name }).from(attachments)
    .innerJoin(files, eq(files.sha256, attachments.sha256))
    .where(and(eq(attachments.id, id), within(attachments.regionCode, actor))).get()
  if (!file) throw notFound('Berkas')
  return file
}

export function getVisitPhoto(db: Db, actor: Actor, visitId: string, kind: string) {
  demand(actor, 'household.read')
  const file = db.select(FILE).from(visitPhotos)
    .innerJoin(visits, eq(visits.id, visitPhotos.visitId)).innerJoin(files, eq(files.sha256, visitPhotos.sha256))
    .where(and(eq(visitPhotos.visitId, visitId), eq(visitPhotos.kind, kind), within(visits.regionCode, actor))).get()
  if (!file) throw notFound('Foto')
  return { ...file, name: `${kind}.jpg` }
}

// Of a delivery that is held: the visit it belongs to does not have it yet.
export function getDeliveryPhoto(db: Db, actor: Actor, deliveryId: string, kind: string) {
  demand(actor, 'delivery.settle')
  const file = db.select(FILE).from(deliveryPhotos)
    .innerJoin(deliveries, eq(deliveries.id, deliveryPhotos.deliveryId)).innerJoin(files, eq(files.sha256, deliveryPhotos.sha256))
    .where(and(eq(deliveryPhotos.deliveryId, deliveryId), eq(deliveryPhotos.kind, kind), isNotNull(deliveryPhotos.storedAt), within(deliveries.regionCode, actor))).get()
  if (!file) throw notFound('Foto')
  return { ...file, name: `${kind}.jpg` }
}
