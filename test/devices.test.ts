import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startSession } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { devices } from '#db/schema/index.ts'
import { addDelivery, PHONE } from '#test/support/held.ts'
import { actions, agus, budi, eko, freshApp, nia, rina, siti, tono, wawan } from '#test/support/world.ts'

type World = ReturnType<typeof freshApp>
type Answer = { status: number, body: Record<string, any> }

// The phone's side: JSON both ways, with what the phone says of itself.
async function contact({ app, db }: World, officer: Actor, given: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await app.request('/devices', {
    method: 'POST', body: JSON.stringify({ id: PHONE, label: 'Samsung A03', made: 0, ...given }),
    headers: { 'Cookie': `siks_session=${await startSession(db, officer.id, 'test')}`, 'Accept': 'application/json', 'Content-Type': 'application/json', ...headers },
  })
  return { status: answer.status, body: await answer.json() as Record<string, any> }
}
const phones = (db: Db) => db.select().from(devices).all()

const registering = suite('a phone\'s contact')

registering('gives the same secret every time, and another to another user of that phone', async () => {
  const world = freshApp()
  const first = await contact(world, siti)
  assert.is(first.status, 200)
  assert.is(Buffer.from(first.body.secret, 'base64').length, 32)
  assert.is((await contact(world, siti, { label: 'HP desa' })).body.secret, first.body.secret)
  assert.is.not((await contact(world, tono)).body.secret, first.body.secret)
  assert.equal(phones(world.db).map(({ userId, label }) => [userId, label]), [['siti', 'HP desa'], ['tono', 'Samsung A03']])
})

registering('gives the same secret again when the server was restored from before the phone was registered', async () => {
  const world = freshApp()
  const first = await contact(world, siti)
  world.db.delete(devices).run()
  assert.is((await contact(world, siti)).body.secret, first.body.secret)
})

registering('tells how the phone must guard itself, and the keys of the server and the office', async () => {
  const { body } = await contact(freshApp(), siti)
  assert.equal([body.expiryDays, body.idleMinutes, body.keepDays], [14, 15, 7])
  assert.equal([body.receiptKey.kty, body.receiptKey.crv, body.receiptKey.d], ['EC', 'P-256', undefined])
  assert.match(body.recipient, /^age1/)
  assert.equal([body.user.id, body.user.role, body.user.regions], ['siti', 'enumerator', siti.regions])
})

registering('raises the number of visits made and never lowers it', async () => {
  const world = freshApp()
  for (const made of [3, 7, 5]) await contact(world, siti, { made })
  assert.is(phones(world.db)[0]!.highestMade, 7)
  await contact(world, siti, { made: 0 }, { 'Siks-Device': PHONE, 'Siks-Made': '9' })
  assert.is(phones(world.db)[0]!.highestMade, 9)
})

registering('names the numbers of that phone which have not come', async () => {
  const world = freshApp()
  assert.equal((await contact(world, siti, { made: 3 })).body.missing, [{ from: 1, to: 3 }])
  addDelivery(world.db, siti, {}, { sequence: 2 })
  assert.equal((await contact(world, siti, { made: 3 })).body.missing, [{ from: 1, to: 1 }, { from: 3, to: 3 }])
  assert.equal((await contact(world, tono, { made: 1 })).body.missing, [{ from: 1, to: 1 }])
})

registering('leaves one line in the trail, however often it comes', async () => {
  const world = freshApp()
  for (const made of [0, 1, 2]) await contact(world, siti, { made })
  assert.equal(actions(world.db).filter((action) => action.startsWith('device.')), ['device.registered'])
})

registering('under another session than the outbox\'s is refused before anything is kept', async () => {
  const world = freshApp()
  const answer = await contact(world, tono, {}, { 'Siks-User': 'siti' })
  assert.equal([answer.status, answer.body.problem.code], [409, 'wrong_user'])
  assert.is(phones(world.db).length, 0)
})

registering('is refused to whoever does not visit, and asks for a session as JSON', async () => {
  const world = freshApp()
  assert.is((await contact(world, budi)).status, 403)
  const stranger = await world.app.request('/devices', { method: 'POST', headers: { Accept: 'application/json' } })
  assert.equal([stranger.status, (await stranger.json() as Answer['body']).problem.code], [401, 'unauthenticated'])
})

registering('that cannot be read is refused with the field named', async () => {
  const answer = await contact(freshApp(), siti, { id: 'bukan-uuid', label: ' ' })
  assert.is(answer.status, 422)
  assert.equal(Object.keys(answer.body.problem.fields), ['id', 'label'])
})

registering.run()

const revoking = suite('revoking a phone')
const at = (verb: string) => `/devices/${PHONE}/siti/${verb}`

async function registered() {
  const world = freshApp()
  const { body } = await contact(world, siti, { made: 2 })
  return { world, secret: body.secret as string }
}

revoking('shuts it at its next contact, and only that officer on it', async () => {
  const { world } = await registered()
  await contact(world, tono)
  assert.is((await world.as(rina).post(at('revocation'), { note: 'HP hilang di pasar' })).status, 303)
  const answer = await contact(world, siti, { made: 3 }, { 'Siks-Device': PHONE, 'Siks-Made': '3' })
  assert.equal([answer.status, answer.body.problem.code], [403, 'revoked'])
  assert.is(phones(world.db).find(({ userId }) => userId === 'siti')!.highestMade, 3, 'it still tells what it holds')
  assert.is((await contact(world, tono)).status, 200)
})

revoking('is undone with the same secret, so that what it kept can be opened', async () => {
  const { world, secret } = await registered()
  await world.as(agus).post(at('revocation'), { note: 'HP hilang' })
  assert.is((await world.as(rina).post(at('restoration'))).status, 303)
  assert.is((await contact(world, siti)).body.secret, secret)
  assert.equal(actions(world.db).filter((action) => action.startsWith('device.')), ['device.registered', 'device.revoked', 'device.restored'])
})

revoking('needs a reason', async () => {
  const { world } = await registered()
  const answer = await world.htmx(rina).post(at('revocation'), { note: ' ' })
  assert.is(answer.status, 422)
  assert.match(await answer.text(), 'Tuliskan alasan pencabutan.')
})

revoking('twice keeps the first reason and one line', async () => {
  const { world } = await registered()
  await world.as(rina).post(at('revocation'), { note: 'HP hilang' })
  await world.as(agus).post(at('revocation'), { note: 'lagi' })
  assert.equal([phones(world.db)[0]!.revokeNote, phones(world.db)[0]!.revokedBy], ['HP hilang', 'rina'])
  assert.equal(actions(world.db).filter((action) => action === 'device.revoked').length, 1)
})

revoking('is not for checkers, and finds no phone of the neighbour', async () => {
  const { world } = await registered()
  for (const [person, status] of [[wawan, 403], [budi, 403], [siti, 403], [nia, 404], [eko, 403]] as const) {
    assert.is((await world.as(person).post(at('revocation'), { note: 'coba' })).status, status, person.id)
  }
  assert.is(phones(world.db)[0]!.revokedAt, null)
})

revoking.run()
