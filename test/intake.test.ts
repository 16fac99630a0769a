import ExcelJS from 'exceljs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { intakesDone, resumeIntakes } from '#app/intake/intake-work.ts'
import { intakes } from '#db/schema/index.ts'
import { kkOf, nikOf } from '#test/support/desil.ts'
import { bring, cardOf, confirm, csvOf, intakeForm, intakeOf, outcomeOf, receives, recipientsIn, registryWorld, rowsOf } from '#test/support/payments.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, BALECATUR, budi, GADINGSARI, mega, nia, oki, PONCOSARI, rina, siti } from '#test/support/world.ts'

const line = (serial: number, name: string, more: Partial<Record<'card' | 'nik' | 'kk' | 'region' | 'state', string>> = {}) =>
  [more.card ?? cardOf(serial), more.nik ?? nikOf(serial), more.kk ?? kkOf(serial), name, more.region ?? '', more.state ?? '']

const intake = suite('imports of recipients')

intake('are for Dinsos in its own kabupaten and for the ministry everywhere', async () => {
  const { db, as } = registryWorld()
  const form = () => intakeForm(csvOf([['nik', 'nama'], [nikOf(1), 'Asep']]))
  for (const person of [siti, oki, budi]) assert.is((await as(person).post('/intake', form())).status, 403)
  assert.is((await as(nia).post('/intake', form())).status, 404)
  assert.is((await as(rina).post('/intake', { ...form(), region: '34' })).status, 422)
  assert.is(db.select().from(intakes).all().length, 0)
  assert.is((await as(mega).post('/intake', form())).status, 303)
  await intakesDone(db)
})

intake('tell what they found and change nothing before they are confirmed', async () => {
  const world = registryWorld()
  receives(world.db, 'Bayu', 2, { householdId: 'bayu', familySeq: 1 })
  const id = await bring(world, [
    line(1, 'Asep Suryana'), line(2, 'Bayu', { state: 'Penerima aktif' }), line(40, 'Tidak Dikenal', { region: GADINGSARI }), line(41, 'Rusak', { nik: '9,90201E+15' }), line(42, 'Rusak', { card: '123' }),
    line(43, '', {}), line(44, 'Jauh', { region: BALECATUR }), line(45, 'Salah', { state: 'entah' }), line(1, 'Dua Kali', { card: cardOf(99) }), line(46, 'Salah', { kk: '9902011503100000' }),
  ])
  assert.equal(outcomeOf(world.db, id), ['2 new', '3 same', '4 unmatched', '5 error nik', '6 error no_kks', '7 error nama', '8 error kode_wilayah', '9 error status', '10 error nik', '11 error no_kk'])
  assert.match(rowsOf(world.db, id)[3]!.errors[0]!.message, /dibulatkan oleh Excel/)
  assert.is(intakeOf(world.db, id).status, 'previewed')
  assert.equal(recipientsIn(world.db).map(({ name }) => name), ['Bayu'])
  const page = await (await world.as(rina).get(`/intake/${id}`)).text()
  assert.match(page, /Penerima baru/)
  assert.not.match(page, new RegExp(nikOf(1)), 'numbers are masked')
  const report = await (await world.as(rina).get(`/intake/${id}/errors.csv`)).text()
  assert.match(report, /8;Jauh;kode_wilayah;34.04.01.2001;Desa\/kelurahan ini di luar wilayah/)
  assert.not.match(report, new RegExp(nikOf(1)))
  assert.ok(actions(world.db).includes('intake.errors_downloaded'))
})

intake('write once confirmed; confirming twice and bringing the list again change nothing', async () => {
  const world = registryWorld()
  const rows = [line(1, 'Asep Suryana'), line(2, 'Bayu')]
  const id = await confirm(world, await bring(world, rows))
  await confirm(world, id)
  const [asep, bayu] = recipientsIn(world.db)
  assert.equal([asep!.householdId, asep!.familySeq, asep!.regionCode, asep!.state, asep!.number], ['asep', 1, PONCOSARI, 'active', cardOf(1)])
  assert.equal([bayu!.householdId, bayu!.version], ['bayu', 1])
  assert.is(actions(world.db).filter((action) => action === 'recipient.created').length, 2)
  assert.is(await bring(world, rows), id, 'the same file is recognised')
  const other = await bring(world, rows, { sign: ',' })
  assert.is.not(other, id)
  assert.equal(outcomeOf(world.db, other), ['2 same', '3 same'])
  await confirm(world, other)
  assert.equal(recipientsIn(world.db).map(({ version }) => version), [1, 1])
})

intake('find by NIK first, then by No KK, and say what differs', async () => {
  const world = registryWorld()
  const id = await bring(world, [line(1, 'Asep', { kk: kkOf(70) }), line(2, 'Bayu', { nik: nikOf(71) })])
  const [byNik, byKk] = rowsOf(world.db, id)
  assert.equal([byNik!.householdId, byNik!.matchedBy], ['asep', 'nik'])
  assert.match(byNik!.remark, /No KK di registri berbeda/)
  assert.equal([byKk!.householdId, byKk!.matchedBy], ['bayu', 'kk'])
  assert.match(byKk!.remark, /NIK-nya tidak ada di registri/)
  assert.match(await (await world.as(rina).get(`/intake/${id}`)).text(), /Perlu diperhatikan/)
})

intake('find a family by the NIK of any of its members, a person only as himself', async () => {
  const world = registryWorld()
  const wife = aRecord({ serial: 1 }).members[1]!.nik as string
  const family = await bring(world, [line(1, 'Wati Suryani', { nik: wife })])
  assert.equal([rowsOf(world.db, family)[0]!.householdId, rowsOf(world.db, family)[0]!.memberSeq], ['asep', null])
  const heading = ['nomor_kartu_jkn', 'nik', 'no_kk', 'nama', 'segmen', 'status']
  const persons = await bring(world, [['0001234567890', wife, '', 'Wati Suryani', 'pbi', ''], ['0001234567891', nikOf(72), kkOf(1), 'asep  SURYANA', '', ''], ['0001234567892', nikOf(73), kkOf(1), 'Orang Lain', '', '']], { programme: 'pbi', heading })
  assert.equal(rowsOf(world.db, persons).map(({ action, memberSeq, matchedBy }) => [action, memberSeq, matchedBy]), [['new', 2, 'nik'], ['new', 1, 'kk'], ['unmatched', null, null]])
})

intake('of PPKS take one person in several categories, each once', async () => {
  const world = registryWorld()
  const heading = ['nik', 'nama', 'kategori', 'status']
  const id = await bring(world, [[nikOf(1), 'Asep', '9', ''], [nikOf(1), 'Asep', 'Fakir miskin', ''], [nikOf(1), 'Asep', '9', ''], [nikOf(1), 'Asep', 'entah', '']], { programme: 'ppks', defaultState: 'registered', heading })
  assert.equal(outcomeOf(world.db, id), ['2 new', '3 new', '4 error nik', '5 error kategori'])
  await confirm(world, id)
  assert.equal(recipientsIn(world.db).map(({ variant }) => variant).sort(), ['24', '9'])
})

intake('tell nobody who is registered in another kabupaten, and never move a number', async () => {
  const world = registryWorld()
  receives(world.db, 'Made', 3, { regionCode: BALECATUR, householdId: 'made', familySeq: 1 })
  const id = await bring(world, [line(3, 'Made', { card: cardOf(50) }), line(1, 'Asep', { card: cardOf(3) })])
  assert.equal(outcomeOf(world.db, id), ['2 unmatched', '3 error no_kks'])
  assert.is(rowsOf(world.db, id)[0]!.householdId, null)
  assert.not.match(rowsOf(world.db, id)[1]!.errors[0]!.message, /Made|Sleman/)
})

intake('bring what changed and leave a state alone that the file does not name', async () => {
  const world = registryWorld()
  receives(world.db, 'Asep', 1, { state: 'suspended' })
  const heading = ['no_kks', 'nik', 'no_kk', 'nama', 'bank', 'no_rekening']
  await confirm(world, await bring(world, [[cardOf(1), nikOf(1), kkOf(1), 'Asep', 'BRI', "'1234-5678-90"]], { heading }))
  const [asep] = recipientsIn(world.db)
  assert.equal([asep!.state, asep!.householdId, asep!.data.bank, asep!.data.accountNumber, asep!.data.accountState], ['suspended', 'asep', 'bri', '1234567890', 'unchecked'])
  await confirm(world, await bring(world, [line(1, 'Asep', { state: 'aktif' })]))
  assert.is(recipientsIn(world.db)[0]!.state, 'active')
})

intake('say when a family changes the person it stands under, and when somebody has ended', async () => {
  const world = registryWorld()
  receives(world.db, 'Asep', 1, { householdId: 'asep', familySeq: 1 })
  receives(world.db, 'Bayu', 2, { state: 'removed' })
  const wife = aRecord({ serial: 1 }).members[1]!.nik as string
  const id = await bring(world, [line(80, 'Wati Suryani', { nik: wife, kk: kkOf(1) }), line(2, 'Bayu')])
  assert.equal(rowsOf(world.db, id).map(({ action }) => action), ['changed', 'changed'])
  assert.match(rowsOf(world.db, id).map(({ remark }) => remark).join('|'), /atas nama orang lain[\s\S]*\|.*Sudah berakhir/)
  await confirm(world, id)
  assert.equal(recipientsIn(world.db).map(({ name, nik, number, state }) => [name, nik, number, state]), [['Bayu', nikOf(2), cardOf(2), 'removed'], ['Wati Suryani', wife, cardOf(80), 'active']])
})

intake('of a file without the needed columns fail and say which', async () => {
  const world = registryWorld()
  const id = await bring(world, [['x', 'y']], { heading: ['alamat', 'catatan'] })
  assert.is(intakeOf(world.db, id).status, 'failed')
  assert.match(intakeOf(world.db, id).message!, /NIK atau No KK dan Nama/)
})

intake('read a workbook too, and a number that Excel rounded in it is refused', async () => {
  const world = registryWorld()
  const book = new ExcelJS.Workbook()
  book.addWorksheet('KPM').addRows([['No. KKS', 'NIK Pengurus', 'Nama Penerima', 'Entah'], [cardOf(1), nikOf(1), 'Asep', 1], [cardOf(2), 9.90201120580001e20, 'Bayu', 1]])
  const response = await world.as(rina).post('/intake', intakeForm(new Uint8Array(await book.xlsx.writeBuffer())))
  await intakesDone(world.db)
  const id = response.headers.get('Location')!.split('/').at(-1)!
  assert.equal(outcomeOf(world.db, id), ['2 new', '3 error nik'])
  assert.match(intakeOf(world.db, id).message!, /Entah/)
})

intake('take the day somebody began from a workbook, as Excel keeps it', async () => {
  const world = registryWorld()
  const book = new ExcelJS.Workbook()
  book.addWorksheet('KPM').addRows([['No. KKS', 'NIK Pengurus', 'Nama Penerima', 'TMT'], [cardOf(1), nikOf(1), 'Asep', new Date('2026-01-31T00:00:00Z')]])
  const response = await world.as(rina).post('/intake', intakeForm(new Uint8Array(await book.xlsx.writeBuffer())))
  await intakesDone(world.db)
  await confirm(world, response.headers.get('Location')!.split('/').at(-1)!)
  assert.equal(recipientsIn(world.db).map(({ startedOn }) => startedOn), ['2026-01-31'])
})

intake('broken off by a restart go on: a half read file from its beginning, a half written one where it stopped', async () => {
  const world = registryWorld()
  const id = await bring(world, [line(1, 'Asep'), line(2, 'Bayu')])
  world.db.$client.exec("UPDATE intakes SET status = 'reading'")
  resumeIntakes(world.db, world.dataDirectory)
  await intakesDone(world.db)
  assert.equal(outcomeOf(world.db, id), ['2 new', '3 new'])
  await confirm(world, id)
  world.db.$client.exec("UPDATE intakes SET status = 'applying', applied_to = 2, applied_count = 1")
  resumeIntakes(world.db, world.dataDirectory)
  await intakesDone(world.db)
  assert.equal([recipientsIn(world.db).length, intakeOf(world.db, id).status], [2, 'applied'])
})

intake('killed between two chunks write every row exactly once', async () => {
  const world = registryWorld()
  for (let serial = 100; serial < 230; serial += 1) addHousehold(world.db, `kk${serial}`, { record: aRecord({ serial }) })
  const id = await bring(world, Array.from({ length: 130 }, (_, i) => line(100 + i, `Keluarga ${i}`)))
  world.db.$client.exec("UPDATE intakes SET status = 'applying', confirmed_by = 'rina', confirmed_at = '2026-03-01'")
  world.db.$client.exec("CREATE TRIGGER power_cut BEFORE INSERT ON recipients WHEN (SELECT count(*) FROM recipients) >= 70 BEGIN SELECT raise(ABORT, 'power cut'); END")
  const { error } = console
  console.error = () => undefined
  resumeIntakes(world.db, world.dataDirectory)
  await intakesDone(world.db)
  console.error = error
  assert.equal([recipientsIn(world.db).length, intakeOf(world.db, id).appliedTo], [50, 51])
  assert.match(await (await world.as(rina).get(`/intake/${id}`)).text(), /Pemasukan baris terhenti/)
  world.db.$client.exec('DROP TRIGGER power_cut')
  resumeIntakes(world.db, world.dataDirectory)
  await intakesDone(world.db)
  assert.equal([recipientsIn(world.db).length, intakeOf(world.db, id).appliedCount, intakeOf(world.db, id).status], [130, 130, 'applied'])
  assert.is(new Set(recipientsIn(world.db).map(({ nik }) => nik)).size, 130)
})

intake('that are discarded leave nothing', async () => {
  const world = registryWorld()
  const id = await bring(world, [line(1, 'Asep')])
  await world.as(rina).post(`/intake/${id}/discard`)
  await intakesDone(world.db)
  assert.equal([rowsOf(world.db, id), recipientsIn(world.db)], [[], []])
  assert.is((await world.as(rina).post(`/intake/${id}/confirmation`)).status, 409)
})

intake('are in the history, and keep what was typed when the form is wrong', async () => {
  const world = registryWorld()
  await bring(world, [line(1, 'Asep')])
  assert.match(await (await world.as(rina).get('/intake')).text(), /penerima\.csv/)
  assert.not.match(await (await world.as(nia).get('/intake')).text(), /penerima\.csv/)
  const wrong = await world.as(rina).post('/intake', { programme: 'pbi', defaultState: 'active', region: '34.02', source: 'x' })
  assert.is(wrong.status, 422)
  assert.match(await wrong.text(), /Berkas PBI-JK[\s\S]*dari mana berkas ini/)
  for (const programme of ['pkh', 'sembako', 'pbi', 'ppks']) assert.is((await world.as(rina).get(`/intake/new?programme=${programme}`)).status, 200)
  assert.match(await (await world.as(rina).get('/intake/template.csv?programme=ppks')).text(), /kategori/)
})

intake.run()
