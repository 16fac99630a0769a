import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FORMS, readSheet, scoreOf } from '#app/monitoring/forms.ts'
import { listSheets, recordSheet, viewSheet, withdrawSheet, type NewSheet } from '#app/monitoring/sheets.ts'
import { summarise } from '#app/monitoring/summary.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { monitoringSheets } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { actions, as, BALECATUR, budi, contentsOf, eko, freshApp, freshDatabase, nia, PONCOSARI, prita, rina, siti, TRIMURTI, wawan } from '#test/support/world.ts'

const answersFor = (form: keyof typeof FORMS, yes = '1', good = '4') => Object.fromEntries(FORMS[form].questions.flatMap(({ code, type, options }) =>
  type === 'yesno' ? [[code, yes]] : type === 'scale' ? [[code, good]] : type === 'choice' ? [[code, String(options![0]!.code)]] : []))
const sheet = (wanted: Partial<NewSheet> = {}): NewSheet => {
  const form = wanted.form ?? 'musdes'
  return { id: randomUUID(), form, regionCode: PONCOSARI, heldOn: '2026-03-01', place: 'Balai desa', finding: '', subjectId: FORMS[form].subject ? 'siti' : '', fields: answersFor(form), ...wanted }
}
const record = (db: Db, wanted: Partial<NewSheet> = {}, actor: Actor = budi) => as(db, actor, (tx) => recordSheet(tx, sheet(wanted), []))
const ALL = { region: '', from: '', to: '' }

const forms = suite('a monitoring form')

forms('holds the four forms of SIKS-Droid, each question with a code of its own', () => {
  assert.equal(Object.keys(FORMS), ['bimtek', 'musdes', 'enumerator', 'revisit'])
  const codes = Object.values(FORMS).flatMap(({ questions }) => questions.map(({ code }) => code))
  assert.is(new Set(codes).size, codes.length)
  for (const code of ['MK14', 'MK15', 'MK16', 'MK17', 'MK18']) assert.ok(codes.includes(code))
})

forms('is judged between nought and one, and the other way round where yes is worse', () => {
  const of = (code: string) => Object.values(FORMS).flatMap(({ questions }) => questions).find((question) => question.code === code)!
  assert.equal([scoreOf(of('MK14'), '1'), scoreOf(of('MK14'), '2'), scoreOf(of('MK19'), '3'), scoreOf(of('ME8'), '1'), scoreOf(of('ME12'), '45')], [1, 0, 2 / 3, 0, null])
})

forms('names every question that is missing or cannot be read', () => {
  const { mistakes } = readSheet(FORMS.musdes, { ...answersFor('musdes'), MK14: '', MK19: '9', MK4: 'banyak' })
  assert.equal(Object.keys(mistakes).sort(), ['MK14', 'MK19', 'MK4'])
})

forms.run()

const filling = suite('filling a form')

filling('keeps it with its answers, its average and its line of audit, once', () => {
  const db = freshDatabase()
  const filled = sheet({ form: 'enumerator', fields: { ...answersFor('enumerator'), ME8: '2' } })
  as(db, budi, (tx) => recordSheet(tx, filled, []))
  as(db, budi, (tx) => recordSheet(tx, filled, []))
  assert.equal(db.select().from(monitoringSheets).all().map(({ score, subjectId }) => [score, subjectId]), [[1, 'siti']])
  assert.is(actions(db).filter((action) => action === 'monitoring.recorded').length, 1)
})

filling('is for one’s own places, of days gone by, and never of oneself', () => {
  const db = freshDatabase()
  assert.throws(() => record(db, { regionCode: BALECATUR }), /Periksa kembali/)
  assert.throws(() => record(db, { heldOn: '2026-03-09' }), /Periksa kembali/)
  assert.throws(() => record(db, { form: 'enumerator', subjectId: 'dewi' }), /Periksa kembali/)
  assert.throws(() => record(db, { form: 'enumerator', subjectId: 'wawan' }, wawan), /Periksa kembali/)
  assert.throws(() => record(db, {}, siti), /tidak berwenang/)
  assert.is(db.select().from(monitoringSheets).all().length, 0)
})

filling('comes with the attendance list and photos, which open from its page', async () => {
  const { as: client, db } = freshApp()
  const answer = await client(wawan).post('/monitoring', {
    ...answersFor('musdes'), id: 'a0000000-0000-4000-8000-000000000001', form: 'musdes', region: PONCOSARI, heldOn: '2026-03-01', place: 'Balai desa', participants: '40', finding: 'Ramai',
    attendance: new Blob([new Uint8Array(makeJpeg({ width: 160, height: 120, seed: 4 }))], { type: 'image/jpeg' }),
  })
  assert.is(answer.status, 303)
  const html = await (await client(rina).get(answer.headers.get('Location')!)).text()
  const [href] = /\/files\/attachments\/[\w-]+/.exec(html)!
  assert.is((await client(rina).get(href)).headers.get('Content-Type'), 'image/jpeg')
  assert.is((await client(nia).get(href)).status, 404)
  assert.is(db.select().from(monitoringSheets).get()!.participants, 40)
})

filling('that is refused says why at the question and keeps what was typed', async () => {
  const { as: client, db } = freshApp()
  const before = contentsOf(db).length
  const answer = await client(budi).post('/monitoring', { ...answersFor('musdes'), MK14: '', id: randomUUID(), form: 'musdes', region: PONCOSARI, heldOn: '2026-03-01', place: 'Balai RW 3' })
  assert.is(answer.status, 422)
  const html = await answer.text()
  assert.match(html, 'Berita acara ditandatangani: belum diisi.')
  assert.match(html, 'value="Balai RW 3"')
  assert.is(contentsOf(db).length, before)
})

filling('can be withdrawn by who wrote it or by Dinsos, and stays to be read', () => {
  const db = freshDatabase()
  const { id } = record(db)
  const withdraw = (actor: Actor) => as(db, actor, (tx) => withdrawSheet(tx, id, { key: randomUUID(), note: 'salah desa' }))
  assert.throws(() => withdraw(wawan), /Hanya yang mengisi/)
  assert.throws(() => withdraw(eko), /tidak ditemukan/)
  withdraw(budi)
  assert.throws(() => withdraw(rina), /sudah ditarik/)
  assert.is(viewSheet(db, rina, id).withdrawnBy, 'Budi Santoso')
  assert.equal(summarise(db, rina, ALL).places, [])
})

filling.run()

const reading = suite('reading the forms')

reading('stays within the reader’s places and what is asked for', () => {
  const db = freshDatabase()
  record(db, { heldOn: '2026-02-01' })
  record(db, { form: 'enumerator' })
  record(db, { regionCode: TRIMURTI })
  const count = (actor: Actor, filter: Partial<typeof ALL> & { form?: 'musdes' } = {}) => listSheets(db, actor, { ...ALL, ...filter }).sheets.length
  assert.equal([count(rina), count(prita), count(nia), count(rina, { form: 'musdes' }), count(rina, { region: TRIMURTI }), count(rina, { from: '2026-02-15' })], [3, 3, 0, 2, 1, 2])
  assert.throws(() => listSheets(db, siti, ALL), /tidak berwenang/)
  const { sheets: [newest], next } = listSheets(db, rina, ALL, undefined, 1)
  assert.is(newest!.regionCode, TRIMURTI)
  assert.is(listSheets(db, rina, ALL, next, 1).sheets[0]!.form, 'enumerator')
})

reading('is summed up per place and per judged question', () => {
  const db = freshDatabase()
  record(db)
  record(db, { regionCode: TRIMURTI, fields: answersFor('musdes', '2', '1') })
  record(db, { form: 'bimtek' })
  const { places, forms: [bimtek, musdes] } = summarise(db, rina, ALL)
  assert.equal(places.map(({ name, values }) => [name, values]), [['Poncosari', { musdes: 1, bimtek: 1 }], ['Trimurti', { musdes: 1 }]])
  assert.equal([bimtek!.code, musdes!.code], ['bimtek', 'musdes'])
  assert.equal(musdes!.items.filter(({ code }) => code === 'MK14' || code === 'MK19').map(({ count, average, least }) => [count, average, least]), [[2, 0.5, 0], [2, 0.5, 0]])
})

reading('leaves as a file with every answer in words, and a line of audit', async () => {
  const { as: client, db } = freshApp()
  record(db, { finding: '=rumus' })
  const csv = await (await client(rina).get('/monitoring/list.csv?form=musdes')).text()
  assert.match(csv, /^nomor;formulir;[^\r]*MK14 Berita acara ditandatangani/)
  assert.match(csv, "'=rumus")
  assert.match(csv, 'Dibacakan satu per satu')
  assert.ok(actions(db).includes('monitoring.table_downloaded'))
})

reading.run()
