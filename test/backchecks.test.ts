import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reassign } from '#app/backchecks/assigning.ts'
import { previewOf, repeatDrawing } from '#app/backchecks/frame.ts'
import { endRound, getRound, listRounds, planRound } from '#app/backchecks/rounds.ts'
import { listMine } from '#app/backchecks/revisits.ts'
import { askedItems, setItems } from '#app/backchecks/settings.ts'
import type { Db } from '#db/connection.ts'
import { backcheckFrame, backchecks, visits } from '#db/schema/index.ts'
import { addRound, aRound, backcheckOf, drawNow, LATER, revisit } from '#test/support/backchecks.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, as, BALECATUR, budi, contentsOf, eko, freshApp, freshDatabase, mega, nia, oki, PONCOSARI, rina, siti, tono, TRIMURTI, wawan } from '#test/support/world.ts'

// Six visits of Siti and two of Tono in Poncosari, one of Siti's with flags; one in Trimurti by Oki.
function world(): Db {
  const db = freshDatabase()
  const visit = (id: string, officer: typeof siti, regionCode = PONCOSARI) => {
    addHousehold(db, id, { stage: 'assigned', officer, regionCode, head: `Kepala ${id}` })
    addVisit(db, id, officer, { id: `visit-${id}` })
  }
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) visit(id, siti)
  for (const id of ['g', 'h']) visit(id, tono)
  visit('i', oki, TRIMURTI)
  db.update(visits).set({ flagWeight: 4 }).where(eq(visits.id, 'visit-a')).run()
  return db
}

const rounds = suite('a round of revisits')

rounds('is planned by Dinsos and shows how many of each officer and desa would be drawn, but not which', () => {
  const db = world()
  const round = as(db, rina, (tx) => planRound(tx, aRound(db, 'r', { size: 40 })), LATER)
  const preview = previewOf(db, round)
  assert.is(preview.visits, 9)
  assert.is(preview.total, 4)
  assert.equal(preview.officers.map(({ id, count }) => [id, count]), [['siti', 2], ['oki', 1], ['tono', 1]])
  assert.is(Math.round(preview.villages.reduce((sum, { expected }) => sum + expected, 0) * 1e6) / 1e6, 4)
  assert.not.match(JSON.stringify(preview), /visit-/)
  assert.is(db.select().from(backchecks).all().length, 0)
})

rounds('keeps the seed, the frame and every probability when it is drawn, so that the drawing can be repeated', async () => {
  const db = world()
  addRound(db, 'r', { size: 40 })
  const round = getRound({ db, actor: rina }, 'r')
  assert.is(db.select().from(backcheckFrame).all().length, 9)
  assert.equal(await repeatDrawing(db, round), { sameMethod: true, sameFrame: true, sameVisits: true, sameProbabilities: true, visits: 9, drawn: 4 })
  db.update(backcheckFrame).set({ risk: 9 }).where(eq(backcheckFrame.visitId, 'visit-b')).run()
  assert.is((await repeatDrawing(db, round)).sameFrame, false)
  assert.ok(actions(db).includes('backcheck.drawn'))
})

rounds('is drawn once: again with the same form does nothing, with another it is refused', () => {
  const db = world()
  as(db, rina, (tx) => planRound(tx, aRound(db, 'r', { size: 40 })), LATER)
  const key = randomUUID()
  drawNow(db, 'r', { key })
  const drawn = contentsOf(db)
  drawNow(db, 'r', { key, seed: 'lain' })
  assert.is(contentsOf(db), drawn)
  assert.throws(() => drawNow(db, 'r', { seed: 'lain' }), /sudah selesai/)
})

rounds('leaves out what was drawn before, unless that round was cancelled', () => {
  const db = world()
  addRound(db, 'r')
  as(db, rina, (tx) => planRound(tx, aRound(db, 'again')), LATER)
  assert.throws(() => drawNow(db, 'again'), /Tidak ada kunjungan/)
  as(db, rina, (tx) => endRound(tx, 'r', { key: randomUUID(), status: 'cancelled', note: 'salah tanggal' }), LATER)
  drawNow(db, 'again')
  assert.is(db.select().from(backchecks).where(eq(backchecks.roundId, 'again')).all().length, 9)
  assert.is(db.select().from(backchecks).where(eq(backchecks.roundId, 'r')).all().length, 9)
})

rounds('keeps what has come when it is closed and drops the rest', () => {
  const db = world()
  addRound(db, 'r')
  db.update(backchecks).set({ officerId: 'oki' }).where(eq(backchecks.householdId, 'a')).run()
  const { id } = revisit(db, oki, backcheckOf(db, 'a').id)
  as(db, rina, (tx) => endRound(tx, 'r', { key: randomUUID(), status: 'closed', note: 'cukup' }), LATER)
  const left = db.select().from(backchecks).all()
  assert.equal(left.filter(({ status }) => status === 'done').map((one) => one.id), [id])
  assert.is(left.filter(({ status }) => status === 'dropped').length, 8)
})

rounds('names what is wrong with a plan and changes nothing', async () => {
  const world = freshApp()
  const before = contentsOf(world.db)
  const answer = await world.as(rina).post('/backchecks', { id: randomUUID(), title: 'x', region: '34.02', fromDay: '2026-03-05', toDay: '2026-03-01', sizeKind: 'share', size: 'banyak', riskShare: '50', dueOn: '2126-01-01' })
  assert.is(answer.status, 422)
  const html = await answer.text()
  for (const words of ['Isi nama putaran', 'Isi banyaknya dengan angka']) assert.match(html, words)
  assert.is(contentsOf(world.db).length, before.length)
  assert.throws(() => as(world.db, rina, (tx) => planRound(tx, aRound(world.db, 'r', { fromDay: '2026-03-09', toDay: '2026-03-01' })), LATER), /Periksa kembali/)
})

rounds('is not planned for a place that is not one’s own, nor by who has not the right', () => {
  const db = world()
  assert.throws(() => as(db, nia, (tx) => planRound(tx, aRound(db, 'r')), LATER), /tidak ditemukan/)
  assert.throws(() => as(db, budi, (tx) => planRound(tx, aRound(db, 'r', { regionCode: '34.02.01' })), LATER), /tidak berwenang/)
})

rounds('of the kabupaten is seen in its kecamatan, not next door', () => {
  const db = world()
  addRound(db, 'r')
  assert.equal(listRounds(db, budi).rounds.map(({ id }) => id), ['r'])
  assert.equal(listRounds(db, mega).rounds.map(({ id }) => id), ['r'])
  assert.equal(listRounds(db, eko).rounds, [])
  assert.throws(() => getRound({ db, actor: nia }, 'r'), /tidak ditemukan/)
})

rounds.run()

const giving = suite('giving a revisit to somebody')

giving('never chooses who was there first, and prefers field officers of that desa with the least to do', () => {
  const db = world()
  addRound(db, 'r')
  const given = db.select().from(backchecks).all()
  assert.ok(given.every(({ officerId, firstOfficerId }) => officerId !== firstOfficerId))
  const inPoncosari = given.filter(({ regionCode }) => regionCode === PONCOSARI)
  assert.equal([...new Set(inPoncosari.filter(({ firstOfficerId }) => firstOfficerId === 'siti').map(({ officerId }) => officerId))].sort(), ['oki', 'tono'])
  const loads = ['oki', 'tono', 'siti'].map((id) => inPoncosari.filter(({ officerId }) => officerId === id).length)
  assert.ok(Math.max(...loads) - Math.min(...loads) <= 2, loads.join())
  // Nobody but those who check works in Trimurti beside Oki.
  assert.ok(['wawan', 'budi'].includes(given.find(({ regionCode }) => regionCode === TRIMURTI)!.officerId!))
})

giving('leaves a visit without anybody where there is nobody else', () => {
  const db = freshDatabase()
  addHousehold(db, 'x', { stage: 'assigned', officer: siti, regionCode: BALECATUR })
  addVisit(db, 'x', siti, { id: 'visit-x' })
  db.$client.prepare("UPDATE users SET status = 'suspended' WHERE id IN ('dewi', 'eko')").run()
  as(db, nia, (tx) => planRound(tx, aRound(db, 'r', { regionCode: '34.04' })), LATER)
  drawNow(db, 'r', { by: nia })
  assert.is(backcheckOf(db, 'x').officerId, null)
})

giving('can be changed by hand, but not to the first officer, nor by an older page', () => {
  const db = world()
  addRound(db, 'r')
  const { id } = backcheckOf(db, 'a')
  const hand = (officerId: string, revision: number, actor = budi) => as(db, actor, (tx) => reassign(tx, id, { key: randomUUID(), revision, officerId }), LATER)
  assert.throws(() => hand('siti', 1), /Periksa kembali/)
  assert.throws(() => hand('wawan', 1, wawan), /tidak berwenang/)
  assert.throws(() => hand('wawan', 1, eko), /tidak ditemukan/)
  assert.is(hand('wawan', 1).officerId, 'wawan')
  assert.throws(() => hand('budi', 1), /sudah berubah/)
  assert.throws(() => db.update(backchecks).set({ officerId: 'siti' }).where(eq(backchecks.id, id)).run(), /backcheck_is_by_another/)
})

giving.run()

const visiting = suite('making a revisit')

const given = () => {
  const db = world()
  addRound(db, 'r')
  db.update(backchecks).set({ officerId: 'oki' }).where(eq(backchecks.householdId, 'a')).run()
  return { db, id: backcheckOf(db, 'a').id }
}

visiting('shows whom to find and what to ask, and nothing of what was answered or by whom', async () => {
  const { db, id } = given()
  const html = await (await freshApp(db).as(oki).get(`/backchecks/mine/${id}`)).text()
  assert.match(html, 'Kepala a')
  assert.match(html, 'Jenis lantai terluas')
  assert.not.match(html, 'Siti Rahayu')
  assert.not.match(html, /Wati Suryani|value="6" (checked|selected)/)
})

visiting('is found by nobody but who it was given to', async () => {
  const { db, id } = given()
  const { as: client } = freshApp(db)
  for (const person of [siti, tono, wawan, eko]) assert.is((await client(person).get(`/backchecks/mine/${id}`)).status, 404, person.id)
  assert.equal(listMine(db, siti).open.filter((one) => one.id === id), [])
})

const posted = { meeting: 'absent', latitude: '-7,9713', longitude: '110.2217', accuracy: '12', locatedAt: '', note: '' }
const photo = () => new Blob([new Uint8Array(makeJpeg({ width: 160, height: 120, seed: 9 }))], { type: 'image/jpeg' })

visiting('goes through with photo and location, once, however often it is sent', async () => {
  const { db, id } = given()
  const client = freshApp(db).as(oki)
  const form = { ...posted, key: randomUUID(), revision: '1', front: photo() }
  assert.is((await client.post(`/backchecks/mine/${id}`, form)).status, 303)
  const { status, differences, meeting } = backcheckOf(db, 'a')
  assert.equal({ status, differences, meeting }, { status: 'done', differences: 0, meeting: 'absent' })
  const audit = actions(db).filter((action) => action === 'backcheck.submitted').length
  assert.is((await client.post(`/backchecks/mine/${id}`, { ...form, front: photo() })).status, 303)
  assert.is(actions(db).filter((action) => action === 'backcheck.submitted').length, audit)
  assert.is((await client.post(`/backchecks/mine/${id}`, { ...form, key: randomUUID(), revision: '2' })).status, 409)
})

visiting('keeps the photo and what was typed when something else is missing', async () => {
  const { db, id } = given()
  const client = freshApp(db).as(oki)
  const answer = await client.post(`/backchecks/mine/${id}`, { ...posted, meeting: 'met', latitude: '', floorAreaM2: '40', key: randomUUID(), revision: '1', front: photo() })
  assert.is(answer.status, 422)
  const html = await answer.text()
  assert.match(html, 'Ambil lokasi dahulu')
  assert.match(html, 'Foto sudah tersimpan')
  assert.match(html, 'value="40"')
  const again = await client.post(`/backchecks/mine/${id}`, { ...posted, meeting: 'met', key: randomUUID(), revision: '1' })
  assert.match(await again.text(), 'pilih jawaban, atau &quot;Tidak tahu&quot;')
  assert.is(backcheckOf(db, 'a').status, 'open')
})

visiting('is not taken without a photo, nor after its round has ended', async () => {
  const { db, id } = given()
  const client = freshApp(db).as(oki)
  assert.match(await (await client.post(`/backchecks/mine/${id}`, { ...posted, key: randomUUID(), revision: '1' })).text(), 'Foto tampak depan rumah belum ada')
  as(db, rina, (tx) => endRound(tx, 'r', { key: randomUUID(), status: 'closed', note: 'selesai' }), LATER)
  assert.is((await client.post(`/backchecks/mine/${id}`, { ...posted, key: randomUUID(), revision: '2', front: photo() })).status, 409)
})

visiting.run()

const settings = suite('what a revisit asks')

settings('is set by the ministry for the rounds that follow', () => {
  const db = world()
  const round = as(db, rina, (tx) => planRound(tx, aRound(db, 'r')), LATER)
  const items = [{ key: 'found', type: 1 as const, tolerance: 0 }, { key: 'hasTv', type: 2 as const, tolerance: 0 }, { key: 'floorAreaM2', type: 2 as const, tolerance: 30 }]
  assert.throws(() => as(db, rina, (tx) => setItems(tx, randomUUID(), items)), /tidak berwenang/)
  assert.throws(() => as(db, mega, (tx) => setItems(tx, randomUUID(), items.slice(1))), /Periksa kembali/)
  as(db, mega, (tx) => setItems(tx, randomUUID(), items))
  assert.equal(askedItems(db).map(({ key, tolerance }) => [key, tolerance]), [['found', 0], ['floorAreaM2', 30], ['hasTv', 0]])
  assert.is(getRound({ db, actor: rina }, 'r').items.length, round.items.length)
})

settings.run()
