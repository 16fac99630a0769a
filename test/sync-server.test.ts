import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { households, visitPhotos, visits } from '#db/schema/index.ts'
import { connected, make, nine } from '#test/support/connected.ts'
import { cutting, KINDS, queue } from '#test/support/sending.ts'

const server = suite('phone and server')

server('understand one another over a line that is cut again and again', async () => {
  const { db, phone, fetch } = await connected()
  const sent = [await queue(phone, { ...nine, householdId: 'asep' }), await queue(phone, { ...nine, householdId: 'budi', head: 'Budi' })]
  const { air, through } = cutting(fetch, 20_000)
  const status = await phone.sync({ fetch: through })
  assert.equal([status.sentence, status.halt], ['Semua sudah sampai di server.', null])
  assert.ok(air.cuts > 3)
  assert.equal(db.select().from(visits).all().map(({ id, status: stage }) => [id, stage]).sort(), sent.map(({ visitId }) => [visitId, 'submitted']).sort())
  assert.is(db.select().from(visitPhotos).all().length, 2 * KINDS.length)
  assert.equal(new Set(db.select().from(households).all().map(({ stage }) => stage)), new Set(['submitted']))
})

server('pause at the end of a session and go on with the next, whole deliveries at once', async () => {
  const { db, phone, signOut, signIn } = await connected()
  await queue(phone, { ...nine, householdId: 'asep' })
  signOut()
  assert.is((await phone.sync({ good: true })).halt, 'signed_out')
  await signIn()
  assert.is((await phone.sync({ good: true })).counts.arrived, 1)
  assert.is(db.select().from(visits).all().length, 1)
})

server('keep a visit that is not complete, until the officer has mended it', async () => {
  const { db, phone } = await connected()
  const sent = await queue(phone, { photos: 2, make, householdId: 'asep' })
  const status = await phone.sync()
  const row = (await phone.db.get('outbox', sent.id))!
  assert.equal([status.counts.held, row.state, row.reason, row.receipt?.photosComplete], [1, 'held', 'incomplete', true])
  assert.is(db.select().from(visits).all().length, 0)
})

server.run()
