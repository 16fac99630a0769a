import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import * as assert from 'uvu/assert'
import { serverStore } from '#app/field/server-store.ts'
import { cutPack } from '#app/packs/pack.ts'
import type { PackChanges, TaskRow } from '#app/packs/schema.ts'
import { returnVisit } from '#app/reviews/decisions.ts'
import { startSession } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { devices } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, as, budi, freshApp, siti } from '#test/support/world.ts'

export const PHONE = 'd0000000-0000-4000-8000-000000000001'
const AT = '2026-03-01T00:00:00.000Z'
const addDevice = (db: Db, { id: userId }: Actor, id = PHONE) =>
  db.insert(devices).values({ id, userId, label: 'HP', secret: 's', registeredAt: AT, lastSeenAt: AT }).run()

export type Told = Exclude<PackChanges, { full: true }>

// Siti's phone, and her household of Asep.
export function carried() {
  const world = freshApp()
  addDevice(world.db, siti)
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  const get = async (path: string, headers: Record<string, string> = {}, actor = siti) =>
    world.app.request(path, { headers: { Accept: 'application/json', Cookie: `siks_session=${await startSession(world.db, actor.id, 'test')}`, ...headers } })
  const download = async () => {
    const answer = await get(`/packs/current?device=${PHONE}`)
    assert.is(answer.status, 200)
    return { pack: new Database(Buffer.from(await answer.arrayBuffer())), sequence: Number(answer.headers.get('Siks-Sequence')) }
  }
  const ask = async (since: number) => await (await get(`/packs/changes?device=${PHONE}&since=${since}&schema=1`)).json() as PackChanges
  const changes = async (since: number): Promise<Told> => {
    const told = await ask(since)
    if (told.full) throw new Error('a whole pack is asked for')
    return told
  }
  return { ...world, get, download, ask, changes, store: serverStore(world.db, siti) }
}

export const tasksIn = (pack: Database.Database) => pack.prepare<[], TaskRow>('SELECT * FROM tasks ORDER BY number').all()
export const idsIn = (pack: Database.Database) => tasksIn(pack).map(({ id }) => id)
export const cutFor = (db: Db, actor: Actor) => new Database(cutPack(db, actor).bytes)
export const aPhoto = () => new File([new Uint8Array(makeJpeg({ width: 320, height: 240, seed: 7 }))], 'foto.jpg', { type: 'image/jpeg' })

// Sent by Siti, sent back by Budi with a remark.
export function sentBack(db: Db, id = 'asep') {
  const visitId = addVisit(db, id, siti, { photos: true })
  as(db, budi, (tx) => returnVisit(tx, visitId, { key: randomUUID(), revision: 1, note: 'Perbaiki lantai', documents: {}, remarks: { 'household.floorType': 'Lantai di foto keramik' } }, 'officer'))
  return visitId
}
