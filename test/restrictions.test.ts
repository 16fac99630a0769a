import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'csv-parse/sync'
import { exportsDone } from '#app/exports/export-work.ts'
import { proposeChange } from '#app/programmes/changes.ts'
import { openCase } from '#app/protection/cases.ts'
import { endDue, restrictionOf } from '#app/protection/restrictions.ts'
import { eligibilityRows, eligibilityVillages, exportFiles, households } from '#db/schema/index.ts'
import { addCouple, runRules } from '#test/support/eligibility.ts'
import { asksFor } from '#test/support/protection.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, as, freshApp, nia, oki, rina, type Fields } from '#test/support/world.ts'

const CASE = '00000000-0000-4000-8000-0000000000c1'

// Asep asks that his data be halted; Bejo of the same desa does not.
function world() {
  const made = freshApp()
  addHousehold(made.db, 'asep', { record: aRecord({ head: 'Asep Suryana', spouse: 'Ani Suryani', serial: 951 }) })
  addHousehold(made.db, 'bejo', { record: aRecord({ head: 'Bejo Widodo', serial: 952 }) })
  as(made.db, rina, (tx) => openCase(tx, asksFor(made.db, 'asep', { kind: 'restriction', wish: 'Jangan diserahkan ke pihak lain' })), '2026-03-02T02:00:00.000Z')
  const grant = (fields: Fields = {}) => made.as(rina).post(`/protection/cases/${CASE}/reply`, { revision: '1', status: 'answered', reply: 'Disepakati: tidak keluar sampai sengketa selesai.', exports: '1', programmes: '1', ...fields })
  const exported = async (list: string) => {
    const key = crypto.randomUUID()
    await made.as(rina).post('/exports', { key, list, query: '', format: 'csv', recipientName: 'Sri Wahyuni', recipientInstitution: 'Bappeda', purpose: 'Bahan rapat koordinasi', legalBasis: 'Surat 012/BAP/2026', expiresOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10) })
    await exportsDone(made.db)
    const rows = parse(await (await made.as(rina).get(`/exports/${key}/file`)).text(), { delimiter: ';', bom: true }) as string[][]
    return { text: rows.flat().join('|'), leftOut: made.db.select().from(exportFiles).all().find(({ id }) => id === key)!.leftOut, page: await (await made.as(rina).get(`/exports/${key}`)).text() }
  }
  return { ...made, grant, exported }
}

const restricting = suite('a citizen\'s restriction that was granted')

restricting('leaves the household out of files that leave, and the file says how many rows', async () => {
  const made = world()
  assert.match((await made.exported('members')).text, /Asep Suryana.*Ani Suryani.*Bejo/)
  assert.is((await made.grant()).status, 303)
  for (const [list, rows] of [['households', 1], ['members', 2], ['prelist', 1], ['bdt-households', 1], ['bdt-members', 2]] as const) {
    const { text, leftOut, page } = await made.exported(list)
    assert.not.match(text, /Asep|Ani Suryani/, list)
    assert.match(text, 'Bejo')
    assert.is(leftOut, rows, list)
    assert.match(page, `${rows} baris, karena pemrosesan datanya dibatasi`)
  }
})

restricting('knows a row that names no number by name and desa together', async () => {
  const made = world()
  made.db.$client.exec('UPDATE members SET nik = NULL; UPDATE families SET kk_number = NULL; UPDATE households SET prelist_id = NULL, head_nik = NULL')
  await made.grant()
  const { text, leftOut } = await made.exported('members')
  assert.equal([/Asep|Ani/.test(text), /Bejo/.test(text), leftOut], [false, true, 2])
})

restricting('keeps it from eligibility results and new usulan, and says so in both', async () => {
  const made = freshApp()
  for (const id of ['poor', 'other']) addCouple(made.db, id)
  as(made.db, rina, (tx) => openCase(tx, asksFor(made.db, 'poor', { kind: 'restriction', wish: 'Jangan diproses' })), '2026-03-02T02:00:00.000Z')
  made.db.$client.exec('INSERT OR REPLACE INTO household_desil (household_id, number, region_code, desil, family_count, desil_count) SELECT id, number, region_code, 1, 1, 1 FROM households')
  await made.as(rina).post(`/protection/cases/${CASE}/reply`, { revision: '1', status: 'answered', reply: 'Disepakati dengan kepala bidang.', programmes: '1' })
  const run = await runRules(made.db)
  assert.equal(made.db.select({ id: eligibilityRows.householdId }).from(eligibilityRows).all(), [{ id: 'other' }])
  assert.is(made.db.select().from(eligibilityVillages).get()!.held, 1)
  assert.match(await (await made.as(rina).get(`/eligibility/runs/${run}`)).text(), /1 ditahan: menunggu keputusan nonaktif atau dibatasi/)
  assert.match(await (await made.as(rina).get('/eligibility/families/poor/1')).text(), /dibatasi atas permohonan warga/)
  assert.throws(() => as(made.db, oki, (tx) => proposeChange(tx, { key: crypto.randomUUID(), id: crypto.randomUUID(), programme: 'sembako', kind: 'entry', reasonCode: '', note: '', subject: { householdId: 'poor', familySeq: 1 } })), /dibatasi atas permohonan/)
})

restricting('stands on the household with its reason, and on the list, for whoever reads it', async () => {
  const made = world()
  await made.grant({ untilOn: '2099-12-31' })
  assert.match(await (await made.as(oki).get('/households/asep')).text(), /Pemrosesan dibatasi sejak [\s\S]*sampai 31 Desember 2099[\s\S]*tetap dibayarkan[\s\S]*sengketa selesai[\s\S]*Hanya Dinsos/)
  assert.match(await (await made.as(rina).get('/households/asep')).text(), `/protection/cases/${CASE}`)
  assert.match(await (await made.as(oki).get('/households')).text(), 'Pemrosesan dibatasi')
  assert.match(await (await made.as(rina).get('/protection/cases?show=restricted')).text(), 'Asep Suryana')
})

restricting('is ended with its reason, and held back anew; each twice is once', async () => {
  const made = world()
  await made.grant()
  const page = await (await made.as(rina).get(`/protection/cases/${CASE}`)).text()
  assert.match(page, 'Akhiri pembatasan')
  assert.is((await made.as(rina).post(`/protection/cases/${CASE}/release`, { note: '' })).status, 422)
  for (let time = 0; time < 2; time += 1) assert.is((await made.as(rina).post(`/protection/cases/${CASE}/release`, { note: 'Diminta warga sendiri' })).status, 303)
  assert.match((await made.exported('households')).text, 'Asep')
  assert.is((await made.as(rina).post(`/protection/cases/${CASE}/restriction`, { reply: 'Diminta lagi oleh warga', exports: '1' })).status, 303)
  assert.equal(restrictionOf(made.db, CASE)?.programmes, 0)
  assert.equal(actions(made.db).filter((one) => /restricted|released/.test(one)), ['subject_case.restricted', 'subject_case.released', 'subject_case.restricted'])
})

restricting('ends by itself when its last day is over', async () => {
  const made = world()
  await made.grant({ untilOn: '2099-12-31' })
  endDue(made.db, new Date('2099-12-31T10:00:00Z'))
  assert.ok(restrictionOf(made.db, CASE))
  endDue(made.db, new Date('2099-12-31T18:00:00Z'))
  assert.not.ok(restrictionOf(made.db, CASE))
})

restricting('says what is held back, or is not granted; a refusal holds nothing back; elsewhere it is not found', async () => {
  const made = world()
  for (const wrong of [{ exports: '', programmes: '' }, { untilOn: '2020-01-01' }, { untilOn: 'besok' }] as Fields[]) {
    const answer = await made.grant(wrong)
    assert.is(answer.status, 422)
    assert.match(await answer.text(), 'sengketa selesai')
  }
  assert.is((await made.as(nia).post(`/protection/cases/${CASE}/restriction`, { reply: 'Coba dari tempat lain', exports: '1' })).status, 404)
  assert.is((await made.as(rina).post(`/protection/cases/${CASE}/restriction`, { reply: 'Belum dikabulkan sama sekali', exports: '1' })).status, 409)
  assert.is((await made.grant({ status: 'refused' })).status, 303)
  assert.not.ok(restrictionOf(made.db, CASE))
  assert.is(made.db.select().from(households).all().length, 2)
})

restricting.run()
