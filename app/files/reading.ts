import { and, eq, isNotNull } from 'drizzle-orm'
import { seesPaper } from '#app/files/attachments.ts'
import { seesPhoto } from '#app/households/masking.ts'
import { forbidden, notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { attachments, deliveries, deliveryPhotos, files, households, visitPhotos, visits } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

const FILE = { sha256: files.sha256, mime: files.mime, bytes: files.bytes, pack: files.pack, packOffset: files.packOffset }

function getAttachment(db: Db, actor: Actor, id: string) {
  demand(actor, 'household.read')
  const found = db.select({ ...FILE, name: attachments.name, kind: attachments.kind, subject: attachments.subject }).from(attachments)
    .innerJoin(files, eq(files.sha256, attachments.sha256))
    .where(and(eq(attachments.id, id), within(attachments.regionCode, actor))).get()
  if (!found || !seesSubject(db, actor, found.subject)) throw notFound('Berkas')
  if (!seesPaper(actor, found)) throw withoutNumbers()
  return found
}

const withoutNumbers = () => forbidden('Peran Anda membaca data tanpa NIK dan Nomor KK.')

const BATCH = 'batch:'

// The archive that goes to the ministry holds everybody of a batch: each time it is given out is on record.
export function openAttachment(tx: Tx, id: string) {
  const { subject, kind, ...file } = getAttachment(tx.db, tx.actor, id)
  if (kind === 'package' && subject.startsWith(BATCH)) {
    tx.audit('batch.package_downloaded', subject.slice(BATCH.length), { items: itemsOf(tx.db).pluck().get(subject.slice(BATCH.length)), sha256: file.sha256 })
  }
  return file
}

const itemsOf = statement<[string], number>('SELECT count(*) FROM batch_items WHERE batch_id = ?')

const CHANGE = 'recipient-change:'
const isSensitive = statement<[string], number>('SELECT sensitive FROM recipient_changes WHERE id = ?')

// A paper of a recipient's change is read by whoever may read the change: of a sensitive category of PPKS those are few. Asked
// of the change as it is now, for its category may have been mended after the paper came.
function seesSubject(db: Db, actor: Actor, subject: string): boolean {
  if (!subject.startsWith(CHANGE)) return true
  return can(actor, 'programme.read') && (can(actor, 'ppks.sensitive') || (isSensitive(db).pluck().get(subject.slice(CHANGE.length)) as number | undefined) === 0)
}

// A visit keeps the place it was made in; who may look is asked of where the household lives now.
export function getVisitPhoto(db: Db, actor: Actor, visitId: string, kind: string) {
  demand(actor, 'household.read')
  if (!seesPhoto(actor, kind)) throw withoutNumbers()
  const file = db.select(FILE).from(visitPhotos)
    .innerJoin(visits, eq(visits.id, visitPhotos.visitId)).innerJoin(households, eq(households.id, visits.householdId)).innerJoin(files, eq(files.sha256, visitPhotos.sha256))
    .where(and(eq(visitPhotos.visitId, visitId), eq(visitPhotos.kind, kind), within(households.regionCode, actor))).get()
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
