import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openBatch } from '#app/ratification/batches.ts'
import { acceptAll } from '#app/ratification/deciding.ts'
import { askDispatch, putPackage } from '#app/ratification/dispatch.ts'
import { cancelBatch } from '#app/ratification/emptying.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { beginGathering } from '#app/ratification/gathering.ts'
import { ratifyBatch } from '#app/ratification/signing.ts'
import { followNow, resumeSteps, stepsDone } from '#app/ratification/step-work.ts'
import { advance, stepOf } from '#app/ratification/steps.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { batches, batchItems, households, householdVersions, users } from '#db/schema/index.ts'
import { freezing } from '#app/ratification/freezing.ts'
import { serverProcess } from '#test/support/process.ts'
import { addVerified } from '#test/support/visit.ts'
import { addHousehold, as, BANTUL, budi, freshApp, freshDatabase, hadi, mega, nia, prita, rina, siti } from '#test/support/world.ts'

const ID = '0b7c5e0e-0000-4000-8000-000000000001'
const AT = new Date('2026-03-10T03:00:00.000Z')
const FILE = { sha256: 'aa'.repeat(32), mime: 'application/zip', bytes: 1, field: 'letter', name: 's.pdf' }
const LETTER = { letterNumber: '460/1', letterDate: '2026-03-10', signatory: 'Bupati' }

// More than one slice of verified households, in a batch that begins to fill.
function opened(db: Db, many: number) {
  for (let i = 0; i < many; i++) {
    addHousehold(db, `h${i}`, { head: `Kepala ${i}` })
    addVerified(db, `h${i}`, siti, budi)
  }
  as(db, rina, (tx) => beginGathering(tx, openBatch(tx, { id: ID, regionCode: BANTUL, title: 'Maret' })), AT.toISOString())
  return db
}
const gathered = (db: Db, many: number) => {
  followNow(opened(db, many), rina, ID, AT)
  return db
}
const dispatched = (db: Db, many: number) => {
  gathered(db, many)
  const steps = [
    [rina, () => as(db, rina, (tx) => freezeBatch(tx, ID))], [hadi, () => as(db, hadi, (tx) => ratifyBatch(tx, ID, LETTER, { ...FILE, id: randomUUID() }))],
    [rina, () => as(db, rina, (tx) => { askDispatch(tx, ID); putPackage(tx, ID, FILE, randomUUID()) })],
  ] as const
  for (const [actor, ask] of steps) {
    ask()
    followNow(db, actor, ID, AT)
  }
  return db
}
const batch = (db: Db) => db.select().from(batches).where(eq(batches.id, ID)).get()!
const stages = (db: Db) => [...new Set(db.select().from(households).all().map(({ stage }) => stage))]
const order = (db: Db) => db.select().from(batchItems).orderBy(batchItems.position).all().map(({ householdId, position }) => [householdId, position])

const following = suite('the rows of a batch')

following('follow in slices, and go on from any of them to the same end after a cut', async () => {
  const db = gathered(freshDatabase(), 230)
  as(db, rina, (tx) => freezeBatch(tx, ID), AT.toISOString())
  assert.equal([batch(db).status, stepOf(db, ID)!.done], ['open', 100])
  const cut = [openDatabase(db.$client.serialize())]
  while (as(db, rina, (tx) => advance(tx, ID, freezing), AT.toISOString())) cut.push(openDatabase(db.$client.serialize()))
  assert.is(cut.length, 2)
  for (const copy of cut) {
    resumeSteps({ db: copy, dataDirectory: '' })
    await stepsDone(copy)
    assert.equal([batch(copy).status, batch(copy).rootHash, order(copy)], ['frozen', batch(db).rootHash, order(db)])
  }
  assert.equal(order(db).map(([, position]) => position), Array.from({ length: 230 }, (_, i) => i + 1))
})

following('let nobody take the next step while they do', async () => {
  const world = freshApp(gathered(freshDatabase(), 120))
  as(world.db, rina, (tx) => freezeBatch(tx, ID))
  const by = world.as(rina)
  assert.is((await by.post(`/batches/${ID}/items/h1/removal`, { note: 'keliru' })).status, 409)
  assert.is((await by.post(`/batches/${ID}/cancellation`, { note: 'keliru' })).status, 409)
  const page = await (await by.get(`/batches/${ID}`)).text()
  assert.match(page, /Berkas sedang dibekukan/)
  assert.match(page, /100 dari 120/)
  assert.not.match(page, /Langkah berikutnya/)
  assert.is((await world.as(nia).get(`/batches/${ID}/progress`)).status, 404)
  assert.is((await by.post(`/batches/${ID}/freeze`)).status, 303)
  assert.equal([batch(world.db).status, stepOf(world.db, ID)!.done], ['frozen', 120])
  assert.match(await (await by.get(`/batches/${ID}/progress`)).text(), /Berkas dibekukan/)
})

following('stand where they are when something is amiss, say so, and go on when asked', async () => {
  const world = freshApp(dispatched(freshDatabase(), 60))
  as(world.db, mega, (tx) => acceptAll(tx, ID))
  world.db.update(users).set({ role: 'auditor' }).where(eq(users.id, mega.id)).run()
  resumeSteps(world)
  await stepsDone(world.db)
  assert.match(stepOf(world.db, ID)!.problem ?? '', /tidak berwenang/)
  world.db.update(users).set({ role: 'ministry_officer' }).where(eq(users.id, mega.id)).run()
  assert.match(await (await world.as(mega).get(`/batches/${ID}`)).text(), /terhenti/)
  assert.is((await world.as(prita).post(`/batches/${ID}/continuation`)).status, 403)
  assert.is((await world.as(mega).post(`/batches/${ID}/continuation`)).status, 303)
  assert.equal([batch(world.db).status, stages(world.db), stepOf(world.db, ID)!.done], ['determined', ['determined'], 60])
})

following('go back to the queue when the batch is cancelled, all of them', async () => {
  const world = freshApp(gathered(freshDatabase(), 120))
  as(world.db, rina, (tx) => cancelBatch(tx, ID, 'salah periode'))
  assert.equal(stages(world.db).sort(), ['batched', 'verified'])
  resumeSteps(world)
  await stepsDone(world.db)
  assert.equal([batch(world.db).status, batch(world.db).itemCount, stages(world.db), findBrokenLine(world.db)], ['cancelled', 0, ['verified'], undefined])
})

following('are determined once each, though the server is killed in the middle', async () => {
  const server = await serverProcess((db) => {
    dispatched(db, 400)
    as(db, mega, (tx) => acceptAll(tx, ID))
  })
  await server.start()
  while (server.read((db) => stepOf(db, ID)!.done) < 75) await pause(5)
  await server.kill()
  const halfway = server.read((db) => stepOf(db, ID)!)
  assert.ok(halfway.done < 400 && halfway.finishedAt === null, `${halfway.done} done`)
  await server.start()
  while (server.read((db) => stepOf(db, ID)!.finishedAt) === null) await pause(20)
  await server.stop()
  server.read((db) => {
    assert.equal([batch(db).status, stages(db), stepOf(db, ID)!.done, findBrokenLine(db)], ['determined', ['determined'], 400, undefined])
    assert.is(db.select().from(householdVersions).all().filter(({ cause }) => cause === `determination:${ID}`).length, 400)
  })
})

following.run()
