import { openSync, rmSync, writeFileSync, writeSync, closeSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lostList } from '#app/backup/losses.ts'
import { followLost } from '#app/devices/finding-lost.ts'
import { countLost } from '#app/devices/lost-list.ts'
import { placeOf } from '#app/files/packs.ts'
import { findFile } from '#app/files/store.ts'
import { readJournal } from '#app/offline/journal.ts'
import { readStatus } from '#app/offline/status.ts'
import type { Actor } from '#app/users/actor.ts'
import { connected, nine } from '#test/support/connected.ts'
import { sha256 } from '#test/support/delivery.ts'
import { cutting, queue, silence, type Queued } from '#test/support/sending.ts'
import { actions, agus, budi, nia, rina, siti, tono } from '#test/support/world.ts'

type World = Awaited<ReturnType<typeof connected>>

// One visit of Siti with nine photos, all arrived in one file of the disk.
async function visited(good = true) {
  const world = await connected()
  const sent = await queue(world.phone, { ...nine, householdId: 'asep' })
  await world.phone.sync({ good })
  return { world, sent }
}
const hashOf = (sent: Queued, kind: string) => sha256(sent.photos.get(kind)!)
const placeIn = ({ db, dataDirectory }: World, sent: Queued, kind: string) => placeOf(dataDirectory, findFile(db, hashOf(sent, kind))!)

// As the backup finds it at night, and the server in the hour after.
async function find(world: World, sent: Queued) {
  writeFileSync(lostList(world.dataDirectory), [...sent.photos.values()].map(sha256).join('\n'))
  await followLost(world)
}
async function loseAll(world: World, sent: Queued) {
  rmSync(placeIn(world, sent, 'F-KTP').path)
  await find(world, sent)
}
const shown = async (world: World, { visitId }: Queued, kind: string) => Buffer.from(await (await world.as(rina).get(`/files/visits/${visitId}/${kind}`)).arrayBuffer())
const counts = ({ db }: World, actor: Actor = rina) => countLost(db, actor)
const said = async ({ phone }: World) => (await readJournal(phone.db, async () => 'Asep')).map(({ sentence }) => sentence)

const asking = suite('photos the server has lost')

asking('come back from the phone that keeps them, over a line that is cut again and again', async () => {
  const { world, sent } = await visited()
  await loseAll(world, sent)
  assert.equal(counts(world), { open: 9, gone: 0, waiting: 9, asked: 0, back: 0 })
  const { air, through } = cutting(world.fetch, 20_000)
  const status = await world.phone.sync({ fetch: through })
  assert.equal([status.sentence, status.halt, air.cuts > 1], ['Semua sudah sampai di server.', null, true])
  assert.equal(counts(world), { open: 0, gone: 0, waiting: 0, asked: 0, back: 9 })
  for (const kind of ['F-RUMAH', 'F-JAMBAN']) assert.ok((await shown(world, sent, kind)).equals(sent.photos.get(kind)!))
  assert.match((await said(world)).join('\n'), /foto kunjungan Asep yang diminta server sudah sampai lagi/i)
  assert.equal(actions(world.db).filter((action) => action.startsWith('photo.')), [...Array(9).fill('photo.lost'), 'photo.asked', ...Array(9).fill('photo.returned')])
})

asking('are those that were hurt alone, though others lie in the same file', async () => {
  const { world, sent } = await visited()
  const { path, start } = placeIn(world, sent, 'F-ATAP')
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.from('tertimpa'), 0, 8, start + 400)
  closeSync(file)
  await find(world, sent)
  const asked: string[] = []
  await world.phone.sync({ fetch: (at, init) => { asked.push(`${init.method ?? 'GET'} ${at}`); return world.fetch(at, init) } })
  assert.equal(new Set(asked.filter((line) => line.includes('/lost'))), new Set([`GET /deliveries/lost/${hashOf(sent, 'F-ATAP')}`, `PATCH /deliveries/lost/${hashOf(sent, 'F-ATAP')}`]))
  for (const kind of ['F-ATAP', 'F-LANTAI']) assert.is(sha256(await shown(world, sent, kind)), hashOf(sent, kind))
})

asking('are told on the phone and cleared of it no sooner than they are back', async () => {
  const { world, sent } = await visited()
  await loseAll(world, sent)
  const { phone } = world
  const row = (await phone.db.get('outbox', sent.id))!
  await phone.db.put('outbox', { ...row, receivedAt: '2026-01-01T00:00:00.000Z' })
  // The server's clock, without which a phone clears nothing.
  const dated = async (answer: Promise<Response>) => { const { body, status, headers } = await answer; return new Response(body, { status, headers: { ...Object.fromEntries(headers), Date: new Date().toUTCString() } }) }
  phone.through = (fetch) => (at, init) => init.method === 'PATCH' ? silence() : dated(fetch(at, init))
  assert.equal([(await phone.sync()).halt, (await readStatus(phone.db)).sentence.startsWith('Data aman, 9 foto menunggu.')], ['silent', true])
  assert.match((await said(world)).join('\n'), /Server kehilangan 9 foto kunjungan Asep dan memintanya lagi/)
  assert.is(await phone.db.countFromIndex('photos', 'visit', sent.visitId), 9)
  assert.is(counts(world).asked, 9)
  phone.through = (fetch) => fetch
  await phone.sync()
  assert.equal([counts(world).back, (await phone.db.get('outbox', sent.id))!.wanted], [9, []])
})

asking('and of which the phone keeps no copy are said to be gone, once, with the officer to ask', async () => {
  const { world, sent } = await visited()
  await loseAll(world, sent)
  await world.phone.db.delete('photos', [sent.visitId, 'F-KTP'])
  await world.phone.sync()
  await world.phone.sync()
  assert.equal(counts(world), { open: 1, gone: 1, waiting: 0, asked: 0, back: 8 })
  assert.is((await said(world)).filter((line) => /salinannya tidak ada lagi/.test(line)).length, 1)
  const page = await (await world.as(budi).get('/devices/photos')).text()
  assert.match(page, /Tidak ada lagi di HP[^]*Tanyakan kepada Siti Rahayu/)
  assert.match(page, /href="\/households\/asep"/)
  assert.not.match(await (await world.as(agus).get('/devices/photos')).text(), /households\/asep/, 'an administrator sees no household')
  assert.equal(counts(world, nia), { open: 0, gone: 0, waiting: 0, asked: 0, back: 0 })
})

asking('and found whole again, from a backup, are asked for no longer', async () => {
  const { world, sent } = await visited()
  const { path } = placeIn(world, sent, 'F-KTP')
  const bytes = Buffer.concat([...sent.photos.values()])
  await loseAll(world, sent)
  writeFileSync(path, bytes)
  await followLost(world)
  assert.equal(counts(world), { open: 0, gone: 0, waiting: 0, asked: 0, back: 9 })
  rmSync(path)
  await find(world, sent)
  assert.is(counts(world).waiting, 9, 'lost once more, they are asked for once more')
})

asking('are taken from their own officer alone, and only as what they are', async () => {
  const { world, sent } = await visited()
  await loseAll(world, sent)
  const [hash, photo] = [hashOf(sent, 'F-KTP'), sent.photos.get('F-KTP')!]
  const send = (who: Actor, bytes: Buffer) => world.as(who).send(`/deliveries/lost/${hash}`, { method: 'PATCH', body: new Uint8Array(bytes), headers: { 'Upload-Offset': '0', 'Accept': 'application/json' } })
  assert.equal([(await send(tono, photo)).status, (await send(rina, photo)).status], [404, 403])
  assert.is((await send(siti, Buffer.alloc(photo.length))).status, 422)
  assert.equal([(await send(siti, photo)).status, (await send(siti, photo)).status], [200, 200])
  assert.equal([counts(world).back, actions(world.db).filter((action) => action === 'photo.returned').length], [1, 1])
})

asking.run()
