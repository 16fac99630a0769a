import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codeFrom } from '#app/reports/codes.ts'
import { certificates } from '#db/schema/index.ts'
import { addRegistered, CERTIFICATE, issue, letter } from '#test/support/certificates.ts'
import { importDesil, kkOf } from '#test/support/desil.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, budi, freshApp, nia, oki, rina, siti, type Fields } from '#test/support/world.ts'

const letters = suite('letters that somebody is registered')

function world() {
  const fresh = freshApp()
  addRegistered(fresh.db)
  addHousehold(fresh.db, 'new', { head: 'Tukiman' })
  const check = async (code: string) => (await fresh.anybody.post('/cek/surat', { code })).text()
  return { ...fresh, check }
}
const { householdId, days, ...rest } = letter()
const form = (more: Fields = {}): Fields => ({ ...rest, memberSeq: '2', days: String(days), household: householdId, ...more })
const stored = ({ db }: ReturnType<typeof world>) => db.select().from(certificates).all()

letters('are reached from the household, name one who lives there, and print with whole numbers, each printing on record', async () => {
  const here = world()
  assert.match(await (await here.as(oki).get('/households/registered')).text(), '/certificates/new?household=registered')
  assert.match(await (await here.as(oki).get('/certificates/new?household=registered')).text(), 'Sri Mulyati')
  const answer = await here.as(oki).post('/certificates', form())
  assert.is(answer.headers.get('Location'), `/certificates/${CERTIFICATE}`)
  const page = await (await here.as(oki).get(`/certificates/${CERTIFICATE}`)).text()
  assert.ok(page.includes(codeFrom(CERTIFICATE)) && !/99\d{14}/.test(page))
  const paper = await (await here.as(oki).get(`/certificates/${CERTIFICATE}/print`)).text()
  for (const words of [/0001\/SKT-SIKS\/34\.02\.01\.2001\//, /Sri Mulyati/, /99\d{14}/, /Rejo Utomo/, /Program Keluarga Harapan/, /SMA 1 Bantul/, /Lurah Poncosari/, new RegExp(codeFrom(CERTIFICATE)), /\/cek\/surat/]) assert.match(paper, words)
  assert.is(paper.split('<h1').length, 2, 'one heading of the page')
  assert.equal(actions(here.db).filter((one) => one.startsWith('certificate')), ['certificate.issued', 'certificate.printed'])
})

letters('of one form are one, whoever presses twice; each office counts its own', async () => {
  const here = world()
  for (let i = 0; i < 2; i += 1) assert.is((await here.as(oki).post('/certificates', form())).status, 303)
  await here.as(rina).post('/certificates', form({ id: crypto.randomUUID() }))
  await here.as(oki).post('/certificates', form({ id: crypto.randomUUID(), memberSeq: '1' }))
  assert.equal(stored(here).map(({ letterNumber }) => letterNumber.split('/').slice(0, 3).join('/')), ['0001/SKT-SIKS/34.02.01.2001', '0001/SKT-SIKS/34.02', '0002/SKT-SIKS/34.02.01.2001'])
  assert.is((await here.as(rina).post('/certificates', form())).status, 409)
})

letters('are of nobody who was not determined, has gone or never lived there', async () => {
  const here = world()
  assert.not.match(await (await here.as(oki).get('/households/new')).text(), '/certificates/new')
  assert.match(await (await here.as(oki).get('/certificates/new?household=new')).text(), 'belum ditetapkan atau tidak aktif')
  assert.is((await here.as(oki).post('/certificates', form({ household: 'new' }))).status, 409)
  for (const wrong of [{ memberSeq: '7' }, { memberSeq: '' }, { purpose: 'pinjaman' }, { purpose: 'other', purposeNote: '' }, { days: '3650' }, { signatoryName: '' }] as Fields[]) assert.is((await here.as(oki).post('/certificates', form(wrong))).status, 422, JSON.stringify(wrong))
  here.db.$client.prepare("INSERT INTO inactive_households (household_id, reason, since, cause) VALUES ('registered', 'D1', '2026-02-01', 'test')").run()
  assert.is((await here.as(oki).post('/certificates', form())).status, 409)
  assert.is(stored(here).length, 0)
})

letters('belong to those of the place: the kecamatan reads, others find nothing, a petugas may not', async () => {
  const here = world()
  issue(here.db, oki)
  assert.match(await (await here.as(budi).get('/certificates')).text(), 'Sri Mulyati')
  assert.is((await here.as(budi).post('/certificates', form({ id: crypto.randomUUID() }))).status, 403)
  assert.is((await here.as(nia).get(`/certificates/${CERTIFICATE}`)).status, 404)
  assert.is((await here.as(nia).post('/certificates', form({ id: crypto.randomUUID() }))).status, 404)
  assert.is((await here.as(siti).get('/certificates')).status, 403)
})

letters('are found genuine by their code, with no more than the letter says; a wrong code is counted', async () => {
  const here = world()
  issue(here.db, oki, {}, new Date().toISOString())
  const told = await here.check(codeFrom(CERTIFICATE).toLowerCase().replaceAll('-', ' '))
  assert.match(told, /Surat ini asli dan berlaku[\s\S]*Desa\/Kelurahan Poncosari[\s\S]*S\*\* M\*+[\s\S]*masih terdaftar/)
  assert.not.match(told, /Mulyati|99\d{14}/)
  for (let i = 0; i < 10; i += 1) assert.match(await here.check('BCDF-GHJK-MNPQ'), 'Tidak ada surat dengan kode ini')
  assert.is((await here.anybody.post('/cek/surat', { code: codeFrom(CERTIFICATE) })).status, 429)
})

letters('that are taken back say so to whoever asks, and are printed no more; the desa cannot take back what Dinsos signed', async () => {
  const here = world()
  const [desa, dinsos] = [CERTIFICATE, '5a5a5a5a-0000-4000-8000-00000000c002']
  issue(here.db, oki)
  issue(here.db, rina, { id: dinsos })
  assert.is((await here.as(oki).post(`/certificates/${dinsos}/revocation`, { note: 'salah orang' })).status, 404)
  assert.is((await here.as(oki).post(`/certificates/${desa}/revocation`, { note: '' })).status, 422)
  for (let i = 0; i < 2; i += 1) assert.is((await here.as(oki).post(`/certificates/${desa}/revocation`, { note: 'salah orang' })).status, 303)
  assert.match(await here.check(codeFrom(desa)), 'Surat ini sudah dicabut')
  assert.is((await here.as(oki).get(`/certificates/${desa}/print`)).status, 409)
  assert.match(await here.check(codeFrom(dinsos)), /lewat|berlaku/)
  assert.equal(actions(here.db).filter((one) => one === 'certificate.revoked').length, 1)
})

letters('tell the desil in effect that day, and stay as they were when it changes', async () => {
  const here = world()
  await importDesil(here, [{ kk: kkOf(931), desil: 2 }])
  issue(here.db, oki)
  await importDesil(here, [{ kk: kkOf(931), desil: 4 }], { label: 'v2', effectiveOn: '2026-02-28' })
  assert.match(await (await here.as(oki).get(`/certificates/${CERTIFICATE}/print`)).text(), 'pada desil 2 menurut DTSEN v1 per 31 Januari 2026')
})

letters('name by his place whoever has no number in an old record', async () => {
  const here = world()
  const record = aRecord({ head: 'Karto', spouse: 'Mbok Yem', serial: 941 })
  addHousehold(here.db, 'old', { record: { ...record, members: record.members.map((member) => ({ ...member, memberSeq: undefined })) }, stage: 'determined' })
  assert.is((await here.as(oki).post('/certificates', form({ household: 'old', memberSeq: '2' }))).status, 303)
  assert.match(await (await here.as(oki).get(`/certificates/${CERTIFICATE}/print`)).text(), 'Mbok Yem')
})

letters.run()
