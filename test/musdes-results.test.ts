import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moveStage } from '#app/households/moves.ts'
import { recordMusdes } from '#app/musdes/musdes.ts'
import { households, musdesResults, transitions } from '#db/schema/index.ts'
import { aRecord } from '#test/support/records.ts'
import {
  actions, addHousehold, as, budi, dewi, freshApp, GADINGSARI, oki, PONCOSARI, rina, siti, stageOf, tono, TRIMURTI, type Fields,
} from '#test/support/world.ts'

// A meeting in Poncosari that speaks of Asep (held by Siti), Ujang and Yayah (held by nobody).
function aMeeting() {
  const world = freshApp()
  const id = randomUUID()
  as(world.db, siti, (tx) => recordMusdes(tx, {
    id, regionCode: PONCOSARI, heldOn: '2026-03-01', startedAt: '09:00', endedAt: '11:00', place: 'Balai desa', chairName: 'Sutrisno',
    chairPosition: 'Lurah', minutesNumber: '140/12', attendance: { men: 10, women: 8 },
  }, []))
  addHousehold(world.db, 'asep', { head: 'Asep', stage: 'assigned', officer: siti })
  addHousehold(world.db, 'ujang', { head: 'Ujang' })
  addHousehold(world.db, 'yayah', { head: 'Yayah' })
  const household = (one: string) => world.db.select().from(households).where(eq(households.id, one)).get()!
  const result = (one: string) => world.db.select().from(musdesResults).where(eq(musdesResults.householdId, one)).get()
  const save = (fields: Fields, person = siti, query = '') => world.as(person).post(`/musdes/${id}/results${query}`, fields)
  return { ...world, by: world.as, id, household, result, save }
}

const row = (id: string, answers: Record<string, string>): Fields =>
  Object.fromEntries(Object.entries(answers).map(([key, value]) => [`rows.${id}.${key}`, value]))
const found = (id: string, more: Record<string, string> = {}) =>
  row(id, { musdesHouseholdStatus: '1', isWellOff: 'false', anyMemberDisabled: 'false', anyMemberWorking: 'true', headEmploymentStatus: '6', ...more })

const results = suite('the result of each row')

results('are refused to who checks, and not found from elsewhere', async () => {
  const { save, db } = aMeeting()
  assert.is((await save(found('asep'), budi)).status, 403)
  assert.is((await save(found('asep'), rina)).status, 403)
  assert.is((await save(found('asep'), dewi)).status, 404)
  assert.equal([stageOf(db, 'asep'), db.select().from(musdesResults).all().length], ['assigned', 0])
})

results('are saved many at once; empty rows stay as they are', async () => {
  const { save, household, result, db } = aMeeting()
  const answer = await save({ ...found('asep'), ...row('ujang', { musdesHouseholdStatus: '2', notFoundReason: '1', note: 'ke Sleman' }), ...row('yayah', { musdesHouseholdStatus: '', note: 'nanti' }) })
  assert.is(answer.status, 303)
  assert.match(decodeURIComponent(answer.headers.get('set-cookie')!), /2 baris disimpan/)
  assert.equal(['asep', 'ujang', 'yayah'].map((one) => [household(one).stage, household(one).musdesStatus]), [['deliberated', 1], ['deliberated', 2], ['published', null]])
  assert.is(household('asep').officerId, 'siti')
  assert.equal(result('asep')!.answers, { isWellOff: false, anyMemberWorking: true, headEmploymentStatus: 6, anyMemberDisabled: false })
  assert.equal([result('ujang')!.notFoundReason, result('ujang')!.note, result('yayah')], [1, 'ke Sleman', undefined])
  assert.is(db.select().from(transitions).all().filter(({ toStage }) => toStage === 'deliberated').length, 2)
})

results('sent twice change nothing the second time', async () => {
  const { save, db } = aMeeting()
  await save(found('asep'))
  const [before, rows] = [actions(db).length, db.select().from(transitions).all().length]
  assert.is((await save(found('asep'))).status, 303)
  assert.equal([actions(db).length, db.select().from(transitions).all().length], [before, rows])
})

results('need what the questionnaire asks for each result, every gap named, and then none is saved', async () => {
  const { save, db } = aMeeting()
  const wrong: [Fields, RegExp][] = [
    [row('asep', { musdesHouseholdStatus: '2' }), /Belum dijawab: Jika tidak ditemukan/],
    [row('asep', { musdesHouseholdStatus: '2', notFoundReason: '7' }), /pilihan 7 tidak ada/],
    [found('asep', { headEmploymentStatus: '' }), /status kedudukan dalam pekerjaan belum diisi/],
    [row('asep', { musdesHouseholdStatus: '1' }), /Belum dijawab: Apakah rumah tangga mampu/],
    [row('asep', { musdesHouseholdStatus: '3' }), /Isi ID prelist yang sama/],
    [row('asep', { musdesHouseholdStatus: '9' }), /pilihan 9 tidak ada/],
    [found('asep', { musdesHouseholdStatus: '4' }), /formulirnya sendiri/],
  ]
  for (const [fields, words] of wrong) {
    const answer = await save({ ...fields, ...found('ujang') })
    assert.is(answer.status, 422)
    assert.match(await answer.text(), words)
  }
  assert.equal([stageOf(db, 'asep'), stageOf(db, 'ujang'), db.select().from(musdesResults).all().length], ['assigned', 'published', 0])
})

results('show again what was typed when one of them is refused', async () => {
  const { save } = aMeeting()
  const html = await (await save({ ...row('asep', { musdesHouseholdStatus: '2', note: 'pindah lama' }) })).text()
  assert.match(html, /value="pindah lama"/)
  assert.match(html, /href="#f-rows-asep-notFoundReason"/)
})

results('let fall what is no longer asked, also what hangs on it', async () => {
  const { save, result } = aMeeting()
  await save(found('asep', { musdesHouseholdStatus: '2', notFoundReason: '2', duplicateOf: '99ujang' }))
  assert.equal([result('asep')!.answers, result('asep')!.duplicateOf], [{}, null])
})

results('may name a duplicate anywhere in the kabupaten, but nothing unknown and not the row itself', async () => {
  const { save, db, result } = aMeeting()
  addHousehold(db, 'gading', { regionCode: GADINGSARI, prelistId: '99gading' })
  addHousehold(db, 'sleman', { regionCode: '34.04.01.2001', prelistId: '99sleman' })
  for (const duplicateOf of ['99asep', '99sleman', '12345']) {
    assert.is((await save(row('asep', { musdesHouseholdStatus: '3', duplicateOf }))).status, 422, duplicateOf)
  }
  assert.is((await save(row('asep', { musdesHouseholdStatus: '3', duplicateOf: '99gading' }))).status, 303)
  assert.equal([result('asep')!.duplicateOf, stageOf(db, 'asep')], ['99gading', 'deliberated'])
})

results('know no row of another village', async () => {
  const { save, db } = aMeeting()
  addHousehold(db, 'triyono', { regionCode: TRIMURTI })
  addHousehold(db, 'belum', { stage: 'listed' })
  for (const one of ['triyono', 'belum', 'siapa']) assert.is((await save(found(one))).status, 404, one)
})

results('may be corrected until the visit is sent; the audit trail tells from what', async () => {
  const { save, db, household, result } = aMeeting()
  await save(found('asep'))
  const seen = result('asep')!.recordedAt
  assert.is((await save(row('asep', { seen, musdesHouseholdStatus: '2', notFoundReason: '1' }))).status, 303)
  assert.equal([household('asep').musdesStatus, actions(db).at(-1)], [2, 'musdes.result_corrected'])
  as(db, siti, (tx) => moveStage(tx, household('asep'), 'submitted'))
  const answer = await save(found('asep', { seen: result('asep')!.recordedAt }))
  assert.is(answer.status, 422)
  assert.match(await answer.text(), /tidak bisa diubah lagi/)
  assert.is(household('asep').musdesStatus, 2)
})

results('are not overwritten by a page opened before another filled them in', async () => {
  const { save, household } = aMeeting()
  await save(found('asep'), tono)
  const answer = await save(row('asep', { seen: '', musdesHouseholdStatus: '2', notFoundReason: '1' }), siti)
  assert.match(await answer.text(), /baru saja diisi Tono Wibowo/)
  assert.is(household('asep').musdesStatus, 1)
})

results('are counted on the page', async () => {
  const { save, by, id } = aMeeting()
  await save(found('asep'))
  assert.match(await (await by(siti).get(`/musdes/${id}`)).text(), /1 dari 3 baris/)
  const open = await (await by(siti).get(`/musdes/${id}/results`)).text()
  assert.not.match(open, /rows\.asep/)
  assert.match(await (await by(siti).get(`/musdes/${id}/results?show=all&q=ase`)).text(), /rows\.asep/)
})

results.run()

const proposals = suite('usulan baru')

const proposal = (changes: Fields = {}): Fields => ({
  id: randomUUID(), headName: 'Karyo Utomo', headSex: '1', address: 'Dusun Krajan', headNik: '9902010107750001', headSpouseName: 'Painem', slsName: 'RT 03',
  isWellOff: 'false', anyMemberWorking: 'false', anyMemberDisabled: 'true', ...changes,
})

proposals('are refused to Dinsos and not found from elsewhere', async () => {
  const { by, id, db } = aMeeting()
  assert.is((await by(rina).post(`/musdes/${id}/proposals`, proposal())).status, 403)
  assert.is((await by(dewi).post(`/musdes/${id}/proposals`, proposal())).status, 404)
  assert.is(db.select().from(households).all().length, 3)
})

proposals('become a household that its recorder will visit, and twice is once', async () => {
  const { by, id, household, result, db } = aMeeting()
  const fields = proposal()
  for (const _ of [1, 2]) assert.is((await by(oki).post(`/musdes/${id}/proposals`, fields)).status, 303)
  const made = household(String(fields.id))
  assert.equal([made.origin, made.prelistId, made.stage, made.musdesStatus, made.officerId, made.headName, made.memberCount], ['new', null, 'deliberated', 4, 'oki', 'Karyo Utomo', 2])
  assert.equal([result(made.id)!.status, result(made.id)!.answers], [4, { isWellOff: false, anyMemberWorking: false, anyMemberDisabled: true }])
  assert.is(db.select().from(households).all().length, 4)
})

proposals('name what is missing or wrong and change nothing', async () => {
  const { by, id, db } = aMeeting()
  for (const [changes, words] of [
    [{ headName: '' }, /Nama kepala rumah tangga belum diisi/], [{ headNik: '123' }, /harus 16 angka/], [{ headNik: '1111111111111111' }, /bukan NIK sungguhan/],
    [{ isWellOff: '' }, /Belum dijawab: Apakah rumah tangga mampu/], [{ anyMemberWorking: 'true' }, /kedudukan dalam pekerjaan belum diisi/],
  ] as [Fields, RegExp][]) {
    const answer = await by(siti).post(`/musdes/${id}/proposals`, proposal(changes))
    assert.is(answer.status, 422)
    assert.match(await answer.text(), words)
  }
  assert.is(db.select().from(households).all().length, 3)
})

proposals('ask once more when the NIK is known in the kabupaten, and believe a split', async () => {
  const { by, id, db } = aMeeting()
  const record = aRecord({ head: 'Gading' })
  addHousehold(db, 'gading', { regionCode: GADINGSARI, record })
  const fields = proposal({ headNik: String(record.members[0]!.nik) })
  const answer = await by(siti).post(`/musdes/${id}/proposals`, fields)
  assert.is(answer.status, 422)
  assert.match(await answer.text(), /sudah tercatat pada prelist 99gading/)
  assert.is((await by(siti).post(`/musdes/${id}/proposals`, { ...fields, splitsOff: '1' })).status, 303)
})

proposals('stay usulan baru: never "found", but they may turn out a duplicate', async () => {
  const { by, id, save, result } = aMeeting()
  const fields = proposal()
  await by(siti).post(`/musdes/${id}/proposals`, fields)
  const one = String(fields.id)
  const { recordedAt: seen } = result(one)!
  assert.is((await save(found(one, { seen }))).status, 422)
  assert.is((await save(row(one, { seen, musdesHouseholdStatus: '3', duplicateOf: '99ujang' }))).status, 303)
})

proposals.run()
