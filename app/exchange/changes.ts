import { randomUUID } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import { DELIVERY_FORMAT, type DeliveryPhoto, type DeliveryText } from '#app/deliveries/format.ts'
import { bundlePieces, changesStart } from '#app/exchange/container.ts'
import { readStored } from '#app/files/packs.ts'
import { findFile } from '#app/files/store.ts'
import { conflict, notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { exchangeChanges, exchangeOrigin, visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Origin = typeof exchangeOrigin.$inferSelect

// Where this server was cut from; undefined on a server that is no copy.
export const findOrigin = (db: Db): Origin | undefined => db.select().from(exchangeOrigin).limit(1).get()

function demandCopy(db: Db): Origin {
  const origin = findOrigin(db)
  if (!origin) throw conflict('Server ini bukan salinan dari paket wilayah, jadi tidak ada perubahan yang perlu dibawa.')
  return origin
}

// Visits that were sent on this copy and stand as they were sent. One that was returned since waits until it is sent again.
const sentHere = ({ lastTransition }: Origin) => sql`${visits.status} IN ('submitted', 'checked', 'verified') AND EXISTS (SELECT 1 FROM transitions t
  WHERE t.household_id = ${visits.householdId} AND t.id > ${lastTransition} AND t.to_stage = 'submitted' AND t.subject = 'visit:' || ${visits.id})`
const notPacked = sql`NOT EXISTS (SELECT 1 FROM exchange_changes c WHERE c.visit_id = ${visits.id} AND c.submit_count = ${visits.submitCount})`

// Writes each of them as the delivery it leaves as. Once: every file carries the same text, so it may be taken in again.
export function prepareChanges(tx: Tx): number {
  demand(tx.actor, 'exchange.take')
  const origin = demandCopy(tx.db)
  const rows = tx.db.select().from(visits).where(sql`${sentHere(origin)} AND ${notPacked} AND ${within(visits.regionCode, tx.actor)}`)
    .orderBy(asc(visits.submittedAt), asc(visits.id)).all()
  for (const visit of rows) addChange(tx, origin, visit)
  if (rows.length > 0) tx.audit('exchange.changes_prepared', origin.packageId, { count: rows.length })
  return rows.length
}

function addChange(tx: Tx, { laptopId }: Origin, visit: Visit) {
  const next = (where = sql`true`) => tx.db.select({ n: sql<number>`coalesce(max(${exchangeChanges.position}), 0) + 1`, of: sql<number>`count(*) + 1` }).from(exchangeChanges).where(where).get()!
  const sequence = next(eq(exchangeChanges.officerId, visit.officerId)).of
  const delivery = deliveryOf(visit, photosOf(tx.db, visit.id), { id: randomUUID(), deviceId: laptopId, sequence })
  const text = JSON.stringify(delivery)
  tx.db.insert(exchangeChanges).values({
    deliveryId: delivery.id, visitId: visit.id, submitCount: visit.submitCount, officerId: visit.officerId, sequence, position: next().n, text,
    bytes: Buffer.byteLength(text) + delivery.photos.reduce((sum, { bytes }) => sum + bytes, 0),
  }).run()
}

const photosOf = (db: Db, visitId: string) => db.$client.prepare<[string], DeliveryPhoto>(`SELECT p.kind, p.sha256, f.bytes, p.taken_at AS takenAt
  FROM visit_photos p JOIN files f ON f.sha256 = p.sha256 WHERE p.visit_id = ? ORDER BY p.kind`).all(visitId)

const LONGEST_MS = 86_400_000

const deliveryOf = (visit: Visit, photos: DeliveryPhoto[], numbers: Pick<DeliveryText, 'id' | 'deviceId' | 'sequence'>): DeliveryText => ({
  format: DELIVERY_FORMAT, ...numbers, visitId: visit.id, householdId: visit.householdId, officerId: visit.officerId,
  madeAt: visit.submittedAt!, baseVersion: visit.baseVersion,
  visit: {
    record: visit.record, activeMs: Math.min(visit.activeMs, LONGEST_MS), openedAt: visit.openedAt, questionnaireVersion: visit.questionnaireVersion,
    coordinate: { latitude: visit.latitude!, longitude: visit.longitude!, accuracyM: visit.accuracyM!, locatedAt: visit.locatedAt },
  },
  photos,
})

export type ChangesPart = { part: number, visits: number, bytes: number }
type Line = Pick<typeof exchangeChanges.$inferSelect, 'deliveryId' | 'position' | 'bytes'>
// Half of what the form that takes them in accepts.
const PART_BYTES = 100 * 2 ** 20

export type ChangesView = { origin: Origin | undefined, parts: ChangesPart[], waiting: number, returned: number }

// What leaves in which file, and how many are still to be written.
export function listChanges(db: Db, actor: Actor): ChangesView {
  demand(actor, 'exchange.take')
  const origin = findOrigin(db)
  if (!origin) return { origin, parts: [], waiting: 0, returned: 0 }
  const count = (where: ReturnType<typeof sql>) => db.select({ n: sql<number>`count(*)` }).from(visits).where(sql`${where} AND ${within(visits.regionCode, actor)}`).get()!.n
  return {
    origin, waiting: count(sql`${sentHere(origin)} AND ${notPacked}`), returned: count(sql`${visits.status} = 'returned'`),
    parts: partsOf(db, actor).map((lines, i) => ({ part: i + 1, visits: lines.length, bytes: lines.reduce((sum, { bytes }) => sum + bytes, 0) })),
  }
}

function partsOf(db: Db, actor: Actor): Line[][] {
  const lines = db.select({ deliveryId: exchangeChanges.deliveryId, position: exchangeChanges.position, bytes: exchangeChanges.bytes }).from(exchangeChanges)
    .innerJoin(visits, eq(visits.id, exchangeChanges.visitId)).where(within(visits.regionCode, actor)).orderBy(asc(exchangeChanges.position)).all()
  const parts: Line[][] = []
  let room = 0
  for (const line of lines) {
    if (parts.length === 0 || line.bytes > room) {
      parts.push([])
      room = PART_BYTES
    }
    parts.at(-1)!.push(line)
    room -= line.bytes
  }
  return parts
}

// Giving it out is on record.
export function openChangesPart(tx: Tx, part: number): { origin: Origin, lines: Line[] } {
  demand(tx.actor, 'exchange.take')
  const origin = demandCopy(tx.db)
  const lines = partsOf(tx.db, tx.actor)[part - 1]
  if (!lines) throw notFound('Berkas perubahan ini')
  tx.audit('exchange.changes_downloaded', origin.packageId, { part, count: lines.length })
  return { origin, lines }
}

// The file before it is locked. Photos that never came to this copy stay out: the office they came from holds them.
export async function* changesBytes(db: Db, dataDirectory: string, { origin, lines }: { origin: Origin, lines: Line[] }): AsyncGenerator<Uint8Array> {
  const { packageId, laptopId, regionCode } = origin
  yield changesStart({ packageId, laptopId, regionCode, madeAt: new Date().toISOString() })
  for (const { deliveryId } of lines) {
    const { text } = db.select({ text: exchangeChanges.text }).from(exchangeChanges).where(eq(exchangeChanges.deliveryId, deliveryId)).get()!
    const { photos } = JSON.parse(text) as DeliveryText
    yield* bundlePieces({ text: Buffer.from(text), photos: await Promise.all(photos.map(({ sha256 }) => readPhoto(db, dataDirectory, sha256))) })
  }
}

async function readPhoto(db: Db, dataDirectory: string, sha256: string): Promise<Buffer | null> {
  const file = findFile(db, sha256)
  return file ? readStored(dataDirectory, file).catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return null; throw error }) : null
}
