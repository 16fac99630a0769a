import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { homeOf } from '#app/home/home.ts'
import { progressOf } from '#app/home/progress.ts'
import { moveStage } from '#app/households/moves.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import {
  addHousehold, agus, as, aulia, BALECATUR, BANTUL, budi, eko, freshApp, freshDatabase, GADINGSARI, hadi, mega, nia, PEOPLE, prita, rina, siti, tono, TRIMURTI, wawan,
} from '#test/support/world.ts'

const test = suite('home')

// Poncosari: one assigned to Siti, one returned to her, two submitted. Trimurti: one checked. Gadingsari: one verified. Balecatur: one submitted.
function busyWorld(): Db {
  const db = freshDatabase()
  addHousehold(db, 'assigned', { stage: 'assigned', officer: siti })
  addHousehold(db, 'returned', { stage: 'submitted', officer: siti, head: 'Mbah Karso' })
  as(db, budi, (tx) => moveStage(tx, { id: 'returned', stage: 'submitted' }, 'returned', { note: 'Foto dapur gelap' }))
  addHousehold(db, 'first', { stage: 'submitted', officer: siti })
  addHousehold(db, 'second', { stage: 'submitted', officer: tono })
  addHousehold(db, 'third', { stage: 'checked', regionCode: TRIMURTI, officer: tono })
  addHousehold(db, 'fourth', { stage: 'verified', regionCode: GADINGSARI, officer: tono })
  addHousehold(db, 'neighbour', { stage: 'submitted', regionCode: BALECATUR, officer: tono })
  return db
}
const tasks = (db: Db, actor: Actor) => Object.fromEntries(homeOf(db, actor).tasks.map(({ key, count }) => [key, count]))

const batch = (db: Db, id: string, regionCode: string, status: string) => db.$client.prepare(
  `INSERT INTO batches (id, region_code, title, status, prepared_by, prepared_at) VALUES (?, ?, 'Berkas ' || ?, ?, 'rina', '2026-03-01')`).run(id, regionCode, id, status)

test('everybody has a first page, on an empty database too', async () => {
  const { as: be } = freshApp()
  for (const actor of PEOPLE) assert.is((await be(actor).get('/')).status, 200, actor.name)
})

test('Siti sees first what was returned to her, with its remark, and only her own', async () => {
  const { as: be } = freshApp(busyWorld())
  const page = await (await be(siti).get('/')).text()
  assert.match(page, 'Foto dapur gelap')
  assert.match(page, 'Mbah Karso')
  assert.ok(page.indexOf('Dikembalikan, perlu diperbaiki') < page.indexOf('Tugas baru'))
  assert.not.match(await (await be(tono).get('/')).text(), 'Foto dapur gelap')
})

test('each of her numbers leads to where those households are, though something else came back', async () => {
  const db = busyWorld()
  addHousehold(db, 'free', { head: 'Bu Parmi' })
  addHousehold(db, 'met', { stage: 'deliberated', officer: siti, head: 'Pak Slamet' })
  const { as: be } = freshApp(db)
  const home = await (await be(siti).get('/')).text()
  const behind = async (label: string) => (await be(siti).get(new RegExp(`<a href="([^"]+)">${label}`).exec(home)![1]!)).text()
  assert.match(await behind('Dikembalikan'), 'Mbah Karso')
  assert.match(await behind('Tugas baru'), 'Pak Slamet')
  assert.match(await behind('Siap dikunjungi'), 'Pak Slamet')
  assert.match(await behind('Prelist desa belum diambil'), 'Bu Parmi')
})

test('what came back is seen by those over the place, and by no neighbour', () => {
  const db = busyWorld()
  for (const actor of [budi, rina, mega]) assert.equal(homeOf(db, actor).returned.map(({ headName }) => headName), ['Mbah Karso'], actor.name)
  for (const actor of [nia, eko, tono, agus, aulia]) assert.equal(homeOf(db, actor).returned, [], actor.name)
})

test('each role counts what waits for it, within its own places', () => {
  const db = busyWorld()
  assert.equal(tasks(db, siti), { returned: 1, new: 1 })
  assert.equal(tasks(db, budi), { submitted: 2 })
  assert.equal(tasks(db, wawan), { submitted: 2 })
  assert.equal(tasks(db, eko), { submitted: 1 })
  assert.equal(tasks(db, rina), { checked: 1, batchable: 1 })
  assert.equal(tasks(db, nia), { checked: 0 })
})

test('the oldest one waiting tells its age', async () => {
  const { as: be, db } = freshApp(busyWorld())
  db.$client.exec("UPDATE households SET stage_at = '2025-02-02T02:00:00.000Z' WHERE id = 'neighbour'")
  assert.is(homeOf(db, eko).tasks[0]?.oldest, '2025-02-02T02:00:00.000Z')
  assert.is(homeOf(db, budi).tasks[0]?.oldest, '2026-01-05T01:00:00.000Z')
  assert.match(await (await be(budi).get('/')).text(), /Terlama: \d+ (hari|bulan) lalu/)
})

test('batches wait for the one who may act on them, in the own kabupaten', () => {
  const db = busyWorld()
  batch(db, 'b1', BANTUL, 'frozen')
  batch(db, 'b2', BANTUL, 'dispatched')
  batch(db, 'b3', '34.04', 'frozen')
  batch(db, 'b4', BANTUL, 'ratified')
  assert.equal(tasks(db, hadi), { ratifiable: 1 })
  assert.equal(tasks(db, mega), { determinable: 1 })
  assert.is(tasks(db, rina).dispatchable, 1)
  assert.equal(homeOf(db, hadi).batches.map(({ id }) => id).sort(), ['b1', 'b2', 'b4'])
  assert.equal(homeOf(db, mega).batches.map(({ id }) => id), ['b2'], 'the ministry opens only what was sent to it')
})

test('an officer is shown only what he has to mend, whoever checks also what came back to the checkers', () => {
  const db = busyWorld()
  as(db, budi, (tx) => moveStage(tx, { id: 'returned', stage: 'returned' }, 'submitted'))
  as(db, budi, (tx) => moveStage(tx, { id: 'returned', stage: 'submitted' }, 'checked'))
  as(db, rina, (tx) => moveStage(tx, { id: 'returned', stage: 'checked' }, 'recheck', { note: 'NIK belum dicocokkan' }))
  assert.equal(homeOf(db, siti).returned, [])
  assert.equal(homeOf(db, budi).returned.map(({ note }) => note), ['NIK belum dicocokkan'])
})

test('what the ministry sent back is counted apart for the Dinsos', () => {
  const db = busyWorld()
  batch(db, 'b1', BANTUL, 'determined')
  batch(db, 'b2', BANTUL, 'determined')
  db.$client.prepare(`INSERT INTO visits (id, household_id, region_code, officer_id, status, record, saved_sections, revision, base_version, questionnaire_version, opened_at)
    VALUES ('v', 'third', ?, 'tono', 'draft', '{}', '{}', 1, 1, '2026', '2026-03-01')`).run(TRIMURTI)
  for (const id of ['b1', 'b2']) db.$client.prepare(`INSERT INTO batch_items (batch_id, household_id, visit_id, region_code, position, record, record_hash, decision, reason, failures)
    VALUES (?, 'third', 'v', ?, 1, '{}', 'x', 'returned', 'NIK tidak padan', '[]')`).run(id, TRIMURTI)
  assert.is(tasks(db, rina).refused, 1)
  assert.is(tasks(db, nia).refused, undefined)
  as(db, rina, (tx) => moveStage(tx, { id: 'third', stage: 'checked' }, 'verified'))
  assert.is(tasks(db, rina).refused, undefined)
})

test('progress is counted one level below the reader', () => {
  const db = busyWorld()
  const places = (actor: Actor) => progressOf(db, actor).map(({ name, counts }) => `${name} ${Object.values(counts).reduce((sum, n) => sum + n, 0)}`)
  assert.equal(places(siti), ['Poncosari 4'])
  assert.equal(places(wawan), ['Poncosari 4', 'Trimurti 1'])
  assert.equal(places(budi), ['Poncosari 4', 'Trimurti 1'])
  assert.equal(places(rina), ['Sanden 1', 'Srandakan 5'])
  assert.equal(places(prita), ['KAB. BANTUL 6', 'KAB. SLEMAN 1'])
  assert.equal(places(mega), ['DAERAH ISTIMEWA YOGYAKARTA 7'])
})

test('the chart has a table beside it and leads to the lists', async () => {
  const { as: be } = freshApp(busyWorld())
  const page = await (await be(rina).get('/')).text()
  assert.match(page, 'Kemajuan per kecamatan')
  assert.match(page, '/households?region=34.02.01')
  assert.match(page, '/households?stage=checked')
})

test('Agus sees accounts and sign-ins but no household; Aulia the newest lines and the chain', async () => {
  const { as: be, db } = freshApp(busyWorld())
  db.$client.prepare("UPDATE users SET status = 'suspended' WHERE id = 'dewi'").run()
  as(db, siti, (tx) => tx.audit('session.started', 'siti'))
  const forAgus = await (await be(agus).get('/')).text()
  assert.match(forAgus, '/users?status=suspended')
  assert.match(forAgus, '/users/siti')
  const forAulia = await (await be(aulia).get('/')).text()
  assert.match(forAulia, 'Rantai belum pernah diperiksa')
  for (const page of [forAgus, forAulia]) {
    assert.not.match(page, 'Mbah Karso')
    assert.not.match(page, 'Foto dapur gelap')
    assert.not.match(page, 'Kemajuan per')
  }
})

test.run()
