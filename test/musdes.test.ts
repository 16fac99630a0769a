import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attachments, musdes, musdesRevisions } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { actions, addHousehold, agus, BALECATUR, dewi, freshApp, nia, PONCOSARI, rina, siti, TRIMURTI, tono, wawan, type Fields } from '#test/support/world.ts'

const pdf = (text = 'berita acara') => new File([`%PDF-1.4 ${text}`], 'ba.pdf', { type: 'application/pdf' })
const photo = (seed: number) => new File([new Uint8Array(makeJpeg({ seed, width: 64, height: 48 }))], `musdes-${seed}.jpg`, { type: 'image/jpeg' })
const nothing = () => new File([], '')

const meeting = (changes: Fields = {}): Fields => ({
  id: randomUUID(), regionCode: PONCOSARI, heldOn: '2026-03-01', startedAt: '09:00', endedAt: '11:30', place: 'Balai desa',
  chairName: 'Sutrisno', chairPosition: 'Lurah', minutesNumber: '140/12/III/2026', rwInvited: '4', rwPresent: '3', rtInvited: '10', rtPresent: '9',
  men: '14', women: '11', communityLeaders: '3', religiousLeaders: '2', officials: '4', others: '', minutes: pdf(), photo: photo(1), ...changes,
})

async function recorded() {
  const world = freshApp()
  const fields = meeting()
  assert.is((await world.as(siti).post('/musdes', fields)).status, 303)
  return { ...world, by: world.as, id: String(fields.id) }
}

const recording = suite('recording a musdes')

recording('is refused to everybody who does not work in a village', async () => {
  const { as: by, db } = freshApp()
  for (const person of [rina, wawan, agus]) {
    assert.is((await by(person).post('/musdes', meeting())).status, 403)
    assert.is((await by(person).get('/musdes/new')).status, 403)
  }
  assert.is(db.select().from(musdes).all().length, 0)
})

recording('finds no village but one\'s own', async () => {
  const { as: by } = freshApp()
  for (const regionCode of [TRIMURTI, BALECATUR, '34.02']) assert.is((await by(siti).post('/musdes', meeting({ regionCode }))).status, 404)
})

recording('keeps the meeting, its minutes and its photo, and says so in the audit trail', async () => {
  const { db, id } = await recorded()
  const [row] = db.select().from(musdes).all()
  assert.equal([row!.id, row!.regionCode, row!.chairName, row!.attendance.women, row!.attendance.others, row!.createdBy], [id, PONCOSARI, 'Sutrisno', 11, 0, 'siti'])
  assert.equal(db.select().from(attachments).all().map(({ kind, subject }) => `${kind} ${subject}`).sort(), [`minutes musdes:${id}`, `photo musdes:${id}`])
  assert.equal(actions(db).slice(-3), ['musdes.recorded', 'musdes.paper_added', 'musdes.paper_added'])
})

recording('sent twice is one meeting', async () => {
  const { as: by, db } = freshApp()
  const fields = meeting()
  for (const _ of [1, 2]) assert.is((await by(siti).post('/musdes', fields)).status, 303)
  assert.equal([db.select().from(musdes).all().length, db.select().from(attachments).all().length], [1, 2])
})

recording('names each field that is wrong, keeps what was typed and changes nothing', async () => {
  const { as: by, db } = freshApp()
  const wrong: [Fields, RegExp][] = [
    [{ heldOn: '' }, /Isi tanggal musdes/], [{ heldOn: '2999-01-01' }, /belum tiba/], [{ startedAt: '25:00' }, /Isi jam/], [{ endedAt: '08:00' }, /sesudah jam mulai/],
    [{ minutesNumber: ' ' }, /Isi nomor berita acara/], [{ rtPresent: '11' }, /RT yang hadir lebih banyak/], [{ men: '', women: '0' }, /jumlah peserta/], [{ men: 'banyak' }, /Isi dengan angka/],
  ]
  for (const [changes, words] of wrong) {
    const answer = await by(siti).post('/musdes', meeting(changes))
    const html = await answer.text()
    assert.is(answer.status, 422, String(words))
    assert.match(html, words)
    assert.match(html, /value="Sutrisno"/)
  }
  assert.equal([db.select().from(musdes).all().length, db.select().from(attachments).all().length], [0, 0])
})

recording('refuses minutes that are neither PDF nor photo', async () => {
  const { as: by, db } = freshApp()
  const script = await by(siti).post('/musdes', meeting({ minutes: new File(['#!/bin/sh'], 'ba.pdf') }))
  assert.is(script.status, 422)
  assert.match(await script.text(), /PDF atau foto JPEG/)
  assert.is(db.select().from(musdes).all().length, 0)
})

recording.run()

const correcting = suite('correcting what was written down of a musdes')

const corrected = (changes: Fields = {}) => {
  const { id: _, regionCode: __, minutes: ___, photo: ____, ...fields } = meeting({ revision: '0', note: 'Tanggal salah tulis', ...changes })
  return fields
}

correcting('keeps what stood before, says who, why and what, and has one effect sent twice', async () => {
  const { by, db, id } = await recorded()
  assert.match(await (await by(siti).get(`/musdes/${id}/correction`)).text(), /value="140\/12\/III\/2026"/)
  for (const _ of [1, 2]) assert.is((await by(siti).post(`/musdes/${id}/correction`, corrected({ heldOn: '2026-02-28', women: '12' }))).status, 303)
  const [row] = db.select().from(musdes).all()
  assert.equal([row!.heldOn, row!.attendance.women, row!.chairName], ['2026-02-28', 12, 'Sutrisno'])
  const kept = db.select().from(musdesRevisions).all()
  assert.equal(kept.map(({ revision, former, changedBy }) => [revision, former.heldOn, former.attendance.women, changedBy]), [[1, '2026-03-01', 11, 'siti']])
  assert.is(actions(db).at(-1), 'musdes.corrected')
  const page = await (await by(rina).get(`/musdes/${id}`)).text()
  assert.match(page, /1 Maret 2026 menjadi 28 Februari 2026/)
  assert.match(page, /Tanggal salah tulis/)
})

correcting('names what is wrong, wants a reason and a change, and changes nothing', async () => {
  const { by, db, id } = await recorded()
  const wrong: [Fields, RegExp][] = [
    [{ heldOn: '2999-01-01' }, /belum tiba/], [{ note: ' ', heldOn: '2026-02-28' }, /mengapa diperbaiki/], [{}, /Belum ada yang diubah/],
  ]
  for (const [changes, words] of wrong) {
    const answer = await by(siti).post(`/musdes/${id}/correction`, corrected(changes))
    assert.is(answer.status, 422)
    assert.match(await answer.text(), words)
  }
  assert.is(db.select().from(musdesRevisions).all().length, 0)
})

correcting('begun before somebody else\'s correction is told so', async () => {
  const { by, id } = await recorded()
  await by(siti).post(`/musdes/${id}/correction`, corrected({ heldOn: '2026-02-28' }))
  assert.is((await by(siti).post(`/musdes/${id}/correction`, corrected({ heldOn: '2026-02-27' }))).status, 409)
})

correcting('is refused to everybody who does not work in a village, and of another village it is not found', async () => {
  const { by, id } = await recorded()
  for (const person of [rina, wawan, agus]) assert.is((await by(person).post(`/musdes/${id}/correction`, corrected({ heldOn: '2026-02-28' }))).status, 403)
  assert.is((await by(dewi).post(`/musdes/${id}/correction`, corrected({ heldOn: '2026-02-28' }))).status, 404)
})

correcting.run()

const papers = suite('the papers of a musdes')

papers('may follow later, the same file only once', async () => {
  const { as: by, db } = freshApp()
  const fields = meeting({ minutes: nothing(), photo: nothing() })
  await by(siti).post('/musdes', fields)
  for (const _ of [1, 2]) assert.is((await by(tono).post(`/musdes/${fields.id}/papers`, { minutes: pdf('sah') })).status, 303)
  assert.is(db.select().from(attachments).all().length, 1)
  assert.match(await (await by(tono).get(`/musdes/${fields.id}`)).text(), new RegExp(db.select().from(attachments).all()[0]!.sha256))
})

papers('are at most six photos', async () => {
  const { by, db, id } = await recorded()
  for (const seed of [2, 3, 4, 5, 6]) assert.is((await by(siti).post(`/musdes/${id}/papers`, { photo: photo(seed) })).status, 303)
  const answer = await by(siti).post(`/musdes/${id}/papers`, { photo: photo(7) })
  assert.is(answer.status, 422)
  assert.match(await answer.text(), /Paling banyak 6 foto/)
  assert.is(db.select().from(attachments).all().length, 7)
})

papers('are refused to Dinsos, not found by the neighbour, and need a file', async () => {
  const { by, id } = await recorded()
  assert.is((await by(rina).post(`/musdes/${id}/papers`, { minutes: pdf('x') })).status, 403)
  assert.is((await by(dewi).post(`/musdes/${id}/papers`, { minutes: pdf('x') })).status, 404)
  assert.is((await by(siti).post(`/musdes/${id}/papers`, { minutes: nothing() })).status, 422)
})

papers.run()

const reading = suite('reading a musdes')

reading('is for those whose region covers the village', async () => {
  const { by, id } = await recorded()
  for (const person of [siti, tono, wawan, rina]) {
    assert.match(await (await by(person).get('/musdes')).text(), /140\/12\/III\/2026/)
    assert.is((await by(person).get(`/musdes/${id}`)).status, 200)
  }
  for (const path of ['', '/results', '/minutes']) assert.is((await by(nia).get(`/musdes/${id}${path}`)).status, 404)
  assert.not.match(await (await by(nia).get('/musdes')).text(), /140\/12/)
  assert.is((await by(agus).get(`/musdes/${id}`)).status, 403)
})

reading('opens the file only to them', async () => {
  const { by, db } = await recorded()
  const file = db.select().from(attachments).all().find(({ kind }) => kind === 'minutes')!
  assert.is((await by(rina).get(`/files/attachments/${file.id}`)).headers.get('content-type'), 'application/pdf')
  assert.is((await by(nia).get(`/files/attachments/${file.id}`)).status, 404)
})

reading('filters by the chosen place', async () => {
  const { by } = await recorded()
  assert.match(await (await by(rina).get('/musdes?region=34.02.01')).text(), /140\/12/)
  assert.not.match(await (await by(rina).get('/musdes?region=34.02.02')).text(), /140\/12/)
})

reading('shows nobody but the field workers a form', async () => {
  const { by, db, id } = await recorded()
  addHousehold(db, 'asep', { head: 'Asep' })
  assert.match(await (await by(siti).get(`/musdes/${id}/results`)).text(), /name="rows.asep.musdesHouseholdStatus"/)
  const shown = await (await by(rina).get(`/musdes/${id}/results`)).text()
  assert.match(shown, /Asep/)
  assert.not.match(shown, /name="rows/)
})

reading('prints the minutes with the right places, on record', async () => {
  const { by, db, id } = await recorded()
  const html = await (await by(rina).get(`/musdes/${id}/minutes`)).text()
  for (const words of ['KAB. BANTUL', 'Kecamatan Srandakan', 'Poncosari', 'Sutrisno', '140/12/III/2026']) assert.ok(html.includes(words), words)
  assert.is(actions(db).at(-1), 'musdes.minutes_printed')
})

reading('is narrowed only to places of the reader', async () => {
  const { as: by } = freshApp()
  const list = await (await by(rina).get('/musdes')).text()
  assert.match(list, />Kecamatan</)
  assert.not.match(list, />Provinsi<|KAB\. SLEMAN|Hapus saringan/)
  assert.match(await (await by(rina).get(`/musdes?region=${PONCOSARI}`)).text(), /Hapus saringan/)
})

reading.run()
