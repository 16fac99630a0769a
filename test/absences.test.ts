import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { scanHousehold } from '#app/duplicates/scanning.ts'
import { codeFrom } from '#app/reports/codes.ts'
import { absences, auditEntries } from '#db/schema/index.ts'
import { ABSENCE, absence } from '#test/support/certificates.ts'
import { nikOf } from '#test/support/protection.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, BALECATUR, budi, freshApp, nia, oki, PONCOSARI, rina, siti, type Fields } from '#test/support/world.ts'

const { regionCode, days, sex, ...rest } = absence()
const form = (more: Fields = {}): Fields => ({ ...rest, region: regionCode, days: String(days), sex: String(sex), ...more })

function world() {
  const made = freshApp()
  addHousehold(made.db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 961 }) })
  addHousehold(made.db, 'far', { record: aRecord({ head: 'Dirjo Sleman', serial: 971 }), regionCode: BALECATUR })
  for (const id of ['asep', 'far']) scanHousehold(made.db, id, '2026-03-02T01:00:00.000Z')
  const ask = async (more: Fields = {}, who = oki) => {
    const answer = await made.as(who).post('/certificates/absent', form(more))
    return { status: answer.status, text: await answer.text() }
  }
  const check = async () => (await made.anybody.post('/cek/surat', { code: codeFrom(ABSENCE) })).text()
  return { ...made, ask, check, born: (id: string) => made.db.$client.prepare('SELECT birth_date FROM members WHERE household_id = ? AND seq = 1').pluck().get(id) as string }
}
type World = ReturnType<typeof world>
const letters = ({ db }: World) => db.select().from(absences).all()
const seenIn = (text: string) => /name="seen" value="(\w+)"/.exec(text)?.[1] ?? ''

const denying = suite('a letter that somebody is not registered')

denying('is written, numbered by its office, printed with the whole NIK, and found genuine by its code', async () => {
  const made = world()
  assert.match(await (await made.as(oki).get('/certificates/absent/new')).text(), 'tidak terdaftar')
  for (let time = 0; time < 2; time += 1) assert.is((await made.ask()).status, 303)
  assert.is((await made.ask({ id: crypto.randomUUID(), nik: '9902014507880088' })).status, 303)
  assert.equal(letters(made).map(({ letterNumber }) => letterNumber.split('/').slice(0, 3).join('/')), ['0001/SKTT-SIKS/34.02.01.2001', '0002/SKTT-SIKS/34.02.01.2001'])
  const paper = await (await made.as(oki).get(`/certificates/absent/${ABSENCE}/print`)).text()
  for (const words of ['Wahyu Purnomo', '9902014507880077', 'tidak terdaftar dalam data terpadu', 'Lurah Poncosari', codeFrom(ABSENCE)]) assert.match(paper, words)
  assert.not.match(await (await made.as(oki).get(`/certificates/absent/${ABSENCE}`)).text(), '9902014507880077')
  const told = await made.check()
  assert.match(told, /asli dan berlaku[\s\S]*Tidak terdaftar[\s\S]*W\*+ P\*+[\s\S]*Masih tidak terdaftar/)
  assert.equal(actions(made.db).filter((one) => one.startsWith('certificate')), ['certificate.sought', 'certificate.absence_issued', 'certificate.sought', 'certificate.absence_issued', 'certificate.absence_printed'])
  assert.not.match(JSON.stringify(made.db.select().from(auditEntries).all()), '9902014507880077')
})

denying('is refused where the number is known, with the way on; of elsewhere nothing but the kabupaten is told', async () => {
  const made = world()
  const own = await made.ask({ nik: nikOf(made.db, 'asep') })
  assert.is(own.status, 409)
  assert.match(own.text, /NIK ini tercatat[\s\S]*Asep Suryana[\s\S]*\/households\/asep/)
  const far = await made.ask({ nik: nikOf(made.db, 'far') })
  assert.is(far.status, 409)
  assert.match(far.text, /Tercatat di [^,]*Sleman, di luar wilayah Anda/i)
  assert.not.match(far.text, /Dirjo|\/households\/far/)
  assert.is(letters(made).length, 0)
})

denying('shows first whoever is alike: a slip in the number, the same name in the desa', async () => {
  const made = world()
  const nik = nikOf(made.db, 'asep')
  const slip = nik.slice(0, 13) + String((Number(nik[13]) + 1) % 10) + nik.slice(14)
  const { status, text } = await made.ask({ nik: slip, name: 'Asep Suriana', birthDate: made.born('asep') })
  assert.is(status, 409)
  assert.match(text, /Periksa dahulu: ada yang mirip[\s\S]*Asep Suryana[\s\S]*NIK beda satu angka/)
  assert.match((await made.ask({ name: 'H. Asep Suryana' })).text, 'nama sama di desa ini')
  assert.is(letters(made).length, 0)
})

denying('is written once the officer says why none of those shown is the one, and keeps that', async () => {
  const made = world()
  const first = await made.ask({ name: 'Asep Suryana' })
  const seen = seenIn(first.text)
  assert.is((await made.ask({ name: 'Asep Suryana', seen })).status, 409)
  addHousehold(made.db, 'other', { record: aRecord({ head: 'Asep Suryana', serial: 981 }) })
  assert.is((await made.ask({ name: 'Asep Suryana', seen, ruledOutNote: 'Nama ibunya lain' })).status, 409, 'another one came')
  assert.is((await made.ask({ name: 'Asep Suryana', seen: seenIn((await made.ask({ name: 'Asep Suryana' })).text), ruledOutNote: 'Nama ibunya lain' })).status, 303)
  assert.equal(letters(made).map(({ ruledOut, ruledOutNote }) => [ruledOut, ruledOutNote]), [[2, 'Nama ibunya lain']])
  assert.match(await (await made.as(budi).get(`/certificates/absent/${ABSENCE}`)).text(), /2 yang mirip diperiksa[\s\S]*Nama ibunya lain/)
})

denying('that is no longer true is printed no more, and says so to whoever checks it; taken back too', async () => {
  const made = world()
  await made.ask()
  addHousehold(made.db, 'now', { record: aRecord({ head: 'Wahyu Purnomo', serial: 991 }) })
  made.db.$client.exec("UPDATE members SET nik = '9902014507880077' WHERE household_id = 'now' AND seq = 1")
  assert.match(await made.check(), /Tidak benar lagi[\s\S]*sekarang tercatat/)
  assert.is((await made.as(oki).get(`/certificates/absent/${ABSENCE}/print`)).status, 409)
  for (let time = 0; time < 2; time += 1) assert.is((await made.as(oki).post(`/certificates/absent/${ABSENCE}/revocation`, { note: 'sudah terdaftar' })).status, 303)
  assert.match(await made.check(), 'sudah dicabut')
})

denying('belongs to those of the place, and what is missing or wrong is named', async () => {
  const made = world()
  for (const wrong of [{ nik: '123' }, { nik: '1111111111111111' }, { birthDate: '2099-01-01' }, { birthDate: 'x' }, { sex: '' }, { address: '' }, { purpose: 'other' }, { days: '9' }, { region: BALECATUR }, { region: '34.02' }] as Fields[]) assert.is((await made.ask(wrong)).status, 422, JSON.stringify(wrong))
  assert.is((await made.ask({}, siti)).status, 403)
  assert.is((await made.ask({}, budi)).status, 403)
  await made.ask({}, rina)
  assert.match(letters(made)[0]!.letterNumber, '0001/SKTT-SIKS/34.02/')
  assert.match(await (await made.as(budi).get('/certificates/absent')).text(), 'Wahyu Purnomo')
  assert.is((await made.as(nia).get(`/certificates/absent/${ABSENCE}`)).status, 404)
  assert.is((await made.as(oki).post(`/certificates/absent/${ABSENCE}/revocation`, { note: 'bukan milik desa' })).status, 404)
  assert.is(regionCode, PONCOSARI)
})

denying.run()
