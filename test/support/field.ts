import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { fieldPages } from '#app/field/routes.tsx'
import type { FieldStore } from '#app/field/store.ts'
import { showProblem, type Env } from '#app/http.tsx'
import type { Actor } from '#app/users/actor.ts'
import { beginVisit } from '#app/visits/drafts.ts'
import type { Db } from '#db/connection.ts'
import { remarks, reviews } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aRecord } from '#test/support/records.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, freshDatabase, siti, tono } from '#test/support/world.ts'

// Every state a task can be in: new, with a draft, deliberated, sent, checked, sent back with remarks; and `more` new ones.
export function aVillage({ more = 0 } = {}): Db {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Asep Suryana', serial: 1 }) })
  addHousehold(db, 'ujang', { stage: 'deliberated', officer: siti, record: aRecord({ head: 'Ujang Komar', address: 'Jl. Mawar 9', serial: 2 }) })
  for (const id of ['dede', 'cecep', 'euis']) addHousehold(db, id, { stage: 'assigned', officer: siti, record: aRecord({ head: `Pak ${id}`, serial: 3 }) })
  for (const id of ['dede', 'cecep', 'euis']) addVisit(db, id, siti, { id: `visit-${id}`, photos: true })
  for (let i = 0; i < more; i++) addHousehold(db, `rt-${i}`, { stage: 'assigned', officer: siti, record: aRecord({ head: `Warga ${i}`, serial: 100 + i }) })
  addHousehold(db, 'tetangga', { stage: 'assigned', officer: tono, record: aRecord({ head: 'Tugas Tono', serial: 90 }) })
  addHousehold(db, 'lilis', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Lilis Karlina', serial: 4 }) })
  transact(db, siti, (tx) => beginVisit(tx, 'lilis', 'visit-lilis'))
  db.insert(reviews).values({ id: 'r1', visitId: 'visit-euis', householdId: 'euis', visitRevision: 1, level: 1, outcome: 'returned', note: 'Tolong diperbaiki', documents: {}, decidedBy: 'budi', decidedAt: '2026-03-02T00:00:00.000Z' }).run()
  db.insert(remarks).values({ reviewId: 'r1', visitId: 'visit-euis', path: 'household.floorType', message: 'Lantai di foto adalah keramik' }).run()
  db.$client.exec("UPDATE households SET stage = 'checked' WHERE id = 'cecep'; UPDATE households SET stage = 'returned' WHERE id = 'euis'; UPDATE visits SET status = 'returned' WHERE id = 'visit-euis'")
  return db
}

// The same pages over a store, for this officer.
export const pagesOver = (store: () => FieldStore, actor: Actor = siti) => new Hono<Env>()
  .use(async (c, next) => {
    c.set('actor', actor)
    await next()
  })
  .route('/field', fieldPages(store)).onError(showProblem)

export const jpeg = (seed: number) => new Uint8Array(makeJpeg({ width: 320, height: 240, seed }))
export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
