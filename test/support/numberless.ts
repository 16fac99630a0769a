import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { openBatch } from '#app/ratification/batches.ts'
import { gather } from '#app/ratification/gathering.ts'
import type { Db } from '#db/connection.ts'
import { batchItems, numberWaits, visits } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aRecord, withoutNumbers } from '#test/support/records.ts'
import { addVerified } from '#test/support/visit.ts'
import { addHousehold, as, BANTUL, budi, freshApp, rina, siti } from '#test/support/world.ts'

// Asep, who never had a card, and Ujang, who has one: both visited, checked and verified.
export function waitingWorld(wish: { niks?: number[] } = {}) {
  const world = freshApp()
  const record = withoutNumbers(aRecord({ head: 'Asep Suryana', serial: 301 }), wish)
  addHousehold(world.db, 'asep', { record: { ...record, families: [{ familySeq: 1 }] } })
  addHousehold(world.db, 'ujang', { head: 'Ujang Komar' })
  addVerified(world.db, 'asep', siti, budi, { id: 'visit-asep', record })
  addVerified(world.db, 'ujang', siti, budi, { id: 'visit-ujang' })
  return world
}

export const newCard = '9902010112260301'
export const newNik = (db: Db, seq: number) => seq === 1 ? '9902011205800301' : `99020160088403${seq}1`
export const document = (seed = 77) => new File([new Uint8Array(makeJpeg({ width: 320, height: 240, seed }))], 'kk.jpg', { type: 'image/jpeg' })

export const visitOf = (db: Db, id: string) => db.select().from(visits).where(eq(visits.id, id)).get()!
export const waits = (db: Db) => db.select({ id: numberWaits.householdId }).from(numberWaits).all().map(({ id }) => id)

// What goes into a batch that is opened now.
export async function nextBatch(db: Db, at = '2026-03-03T03:00:00.000Z'): Promise<string[]> {
  const batch = as(db, rina, (tx) => openBatch(tx, { id: randomUUID(), regionCode: BANTUL, title: 'Pengesahan' }), at)
  await gather(db, rina, batch, new Date(at))
  return db.select({ id: batchItems.householdId }).from(batchItems).where(eq(batchItems.batchId, batch.id)).all().map(({ id }) => id)
}

export const giving = (db: Db, numbers: Record<string, string>, more: Record<string, string | Blob> = {}, visit = 'visit-asep') =>
  ({ 'id': randomUUID(), 'revision': String(visitOf(db, visit).revision), 'F-KK': document(), ...numbers, ...more })
