import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withoutMetadata } from '#app/reports/picture.ts'
import type { Actor } from '#app/users/actor.ts'
import { households, householdVersions, reportMessages, transitions } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aRecord } from '#test/support/records.ts'
import { codeOf, reportOf, send, sendReport, stepsOf } from '#test/support/reports.ts'
import { actions, addHousehold, agus, budi, freshApp, mega, nia, oki, rina, siti, TRIMURTI, type Fields } from '#test/support/world.ts'

type World = ReturnType<typeof freshApp>

// Sends one of the office's forms about the report as it is now.
async function act(world: World, who: Actor, code: string, deed: string, fields: Fields = {}) {
  const { id, revision } = reportOf(world.db, code)
  return world.as(who).post(`/reports/${id}/${deed}`, { key: randomUUID(), revision: String(revision), ...fields })
}

const office = suite('the office examines')

office('in the desa, the kecamatan and Dinsos, each in its own place, and nobody else', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  const { id } = reportOf(world.db, mine)
  for (const who of [oki, budi, rina]) {
    assert.match(await (await world.as(who).get('/reports?show=open')).text(), 'Asep Suryana')
    assert.is((await world.as(who).get(`/reports/${id}`)).status, 200)
  }
  assert.is((await world.as(nia).get(`/reports/${id}`)).status, 404)
  for (const who of [siti, mega, agus]) assert.is((await world.as(who).get(`/reports/${id}`)).status, 403)
  assert.ok(actions(world.db).includes('report.opened'))
})

office('and shows who reported as was asked: the contact to Dinsos alone', async () => {
  const world = freshApp()
  const open = reportOf(world.db, sendReport(world.db)).id
  const secret = reportOf(world.db, sendReport(world.db, { anonymous: true })).id
  const seen = async (who: Actor, id: string) => {
    const html = await (await world.as(who).get(`/reports/${id}`)).text()
    return [html.includes('Karto Wijoyo'), html.includes('0812-0000-1111')]
  }
  assert.equal([await seen(oki, open), await seen(oki, secret)], [[true, false], [false, false]])
  assert.equal([await seen(budi, open), await seen(budi, secret)], [[true, false], [false, false]])
  assert.equal([await seen(rina, open), await seen(rina, secret)], [[true, true], [true, true]])
  for (const who of [oki, budi]) assert.not.match(await (await world.as(who).get('/reports?show=open')).text(), /Karto|0812/)
})

office('asks the reporter back, who answers, and then replies; each step is a row', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  assert.is((await act(world, oki, mine, 'examination')).status, 303)
  assert.is((await act(world, oki, mine, 'question', { text: 'Di RT berapa rumahnya?' })).status, 303)
  const page = await (await world.anybody.get(`/lapor/${mine}`)).text()
  for (const words of ['Petugas bertanya kepada Anda', 'Di RT berapa rumahnya?']) assert.match(page, words)
  assert.not.match(page, 'Oki')
  await world.anybody.post(`/lapor/${mine}/messages`, { key: randomUUID(), text: 'RT 02' })
  assert.is((await act(world, oki, mine, 'answer', { outcome: 'refused', refusalCode: 'tidak_terbukti', text: 'Tokonya milik orang lain.' })).status, 303)
  assert.equal(stepsOf(world, reportOf(world.db, mine).id), ['received@village', 'examining@village', 'needs_more@village', 'examining@village', 'answered@village'])
  const told = await (await world.anybody.get(`/lapor/${mine}`)).text()
  for (const words of ['Laporan tidak diterima', 'Tidak terbukti setelah diperiksa', 'Tokonya milik orang lain.']) assert.match(told, words)
})

office('refuses only with a reason and words, and says so at the field', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  for (const [fields, field] of [[{ outcome: 'refused', text: 'Tidak benar' }, 'f-refusalCode'], [{ outcome: 'accepted', text: '' }, 'f-text'], [{ text: 'ya' }, 'f-outcome']] as const) {
    const answer = await act(world, oki, mine, 'answer', fields)
    assert.is(answer.status, 422)
    assert.match(await answer.text(), `href="#${field}"`)
  }
  assert.equal([reportOf(world.db, mine).status, world.db.select().from(reportMessages).all().length], ['received', 0])
})

office('answers once with one form, and not on a page from before', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  const { id } = reportOf(world.db, mine)
  const form = { key: randomUUID(), revision: '1', outcome: 'accepted', text: 'Diterima' }
  for (let i = 0; i < 2; i += 1) assert.is((await world.as(oki).post(`/reports/${id}/answer`, form)).status, 303)
  assert.is(world.db.select().from(reportMessages).all().length, 1)
  assert.is((await world.as(oki).post(`/reports/${id}/closing`, { ...form, text: 'selesai' })).status, 409)
})

office('never changes a household, whatever is answered; an accepted one leads to a proposal', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'determined' })
  const before = JSON.stringify([world.db.select().from(households).all(), world.db.select().from(householdVersions).all(), world.db.select().from(transitions).all()])
  const mine = sendReport(world.db)
  assert.is((await act(world, oki, mine, 'household', { householdId: 'asep' })).status, 303)
  assert.is((await act(world, oki, mine, 'answer', { outcome: 'accepted', text: 'Benar, kami usulkan.' })).status, 303)
  const { id, householdId } = reportOf(world.db, mine)
  assert.is(householdId, 'asep')
  assert.match(await (await world.as(oki).get(`/reports/${id}`)).text(), `/proposals/new?report=${id}&amp;household=asep`)
  await act(world, rina, mine, 'closing', { text: 'Selesai' })
  assert.is(JSON.stringify([world.db.select().from(households).all(), world.db.select().from(householdVersions).all(), world.db.select().from(transitions).all()]), before)
})

office('links no household of another desa', async () => {
  const world = freshApp()
  addHousehold(world.db, 'ujang', { regionCode: TRIMURTI })
  const mine = sendReport(world.db)
  assert.is((await act(world, rina, mine, 'household', { householdId: 'ujang' })).status, 404)
})

office('says of a tied household that has moved to another desa no more than that', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { record: aRecord({ head: 'Asep Suryana', address: 'Jl. Melati 4' }) })
  const mine = sendReport(world.db)
  await act(world, oki, mine, 'household', { householdId: 'asep' })
  const page = async (who: Actor) => (await world.as(who).get(`/reports/${reportOf(world.db, mine).id}`)).text()
  assert.match(await page(oki), 'Jl. Melati 4')
  world.db.update(households).set({ regionCode: TRIMURTI }).run()
  assert.match(await page(oki), 'sudah pindah ke luar wilayah Anda')
  assert.not.match(await page(oki), 'Jl. Melati 4')
  assert.match(await page(rina), 'Jl. Melati 4')
  assert.is((await act(world, oki, mine, 'household', { householdId: '' })).status, 303)
})

office('leaves notes the reporter never sees, and fills the box from a template', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  const { id } = reportOf(world.db, mine)
  await act(world, budi, mine, 'notes', { text: 'Pernah lapor hal yang sama' })
  assert.not.match(await (await world.anybody.get(`/lapor/${mine}`)).text(), 'Pernah lapor')
  assert.match(await (await world.as(oki).get(`/reports/${id}`)).text(), 'Pernah lapor')
  assert.match(await (await world.as(oki).get(`/reports/${id}?template=minta_foto`)).text(), 'Mohon tambahkan foto rumah')
})

office('shows photos without what the phone wrote into them', async () => {
  const world = freshApp()
  const plain = makeJpeg({ seed: 3 })
  const exif = Buffer.concat([Buffer.from('ffe10020457869660000', 'hex'), Buffer.from('GPS-7.97,110.22 di rumah'.slice(0, 24))])
  const tagged = Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)])
  const mine = codeOf(await send(world, { photo1: new File([new Uint8Array(tagged)], 'foto.jpg', { type: 'image/jpeg' }) }))
  const answer = await world.as(oki).get(`/files/reports/${reportOf(world.db, mine).id}/1`)
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.equal([answer.status, bytes.includes('GPS-7.97'), bytes.equals(withoutMetadata(plain))], [200, false, true])
  assert.is((await world.as(nia).get(`/files/reports/${reportOf(world.db, mine).id}/1`)).status, 404)
})

office('and without what lies behind the picture: the film of a moment, a second picture with a place of its own', () => {
  const plain = makeJpeg({ seed: 3 })
  const listed = Buffer.concat([Buffer.from('ffe20010', 'hex'), Buffer.from('MPF\0MM\0*IFD at')])
  const profile = Buffer.concat([Buffer.from('ffe20012', 'hex'), Buffer.from('ICC_PROFILE\0abcd')])
  const film = Buffer.from('ftypmp42 MotionPhoto -7.9700+110.2200/')
  const second = Buffer.concat([Buffer.from('ffd8ffe1001a457869660000', 'hex'), Buffer.from('GPS-7.97,110.22'), Buffer.from('ffd9', 'hex')])
  const shown = withoutMetadata(Buffer.concat([plain.subarray(0, 2), listed, profile, plain.subarray(2), film, second]))
  assert.ok(shown.equals(withoutMetadata(Buffer.concat([plain.subarray(0, 2), profile, plain.subarray(2)]))))
  assert.equal(['MotionPhoto', 'MPF', 'GPS', 'ICC_PROFILE'].map((words) => shown.includes(words)), [false, false, false, true])
})

office.run()
