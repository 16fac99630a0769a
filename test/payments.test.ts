import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Exportable } from '#app/exports/exportable.ts'
import { monthsOf } from '#app/payments/amounts.ts'
import { failedPaymentsExport, paymentPlacesExport, paymentsExport } from '#app/payments/exporting.ts'
import { resumeLists, listsDone } from '#app/payments/list-work.ts'
import { countPlaces, listLists, totalOf } from '#app/payments/lists.ts'
import { eventsOf } from '#app/payments/payments.ts'
import { proposeChange } from '#app/programmes/changes.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { recipients, paymentEvents, paymentLists, payments, programmeWords } from '#db/schema/index.ts'
import { eq } from 'drizzle-orm'
import { addPaidPeriod, bringResults, cardOf, confirm, intakeOf, LIST, makeList, outcomeOf, paidWorld, paymentOf, PERIOD, receives, registryWorld } from '#test/support/payments.ts'
import { nikOf } from '#test/support/desil.ts'
import { actions, as, BANTUL, budi, freshApp, hadi, mega, nia, oki, PONCOSARI, rina, siti, TRIMURTI } from '#test/support/world.ts'

const KEY = '00000000-0000-4000-8000-0000000000'
const lists = suite('payment lists')

lists('touch every calendar month of a period', () => {
  assert.equal(monthsOf({ startsOn: '2025-11-01', endsOn: '2026-01-31' }), ['2025-11-01', '2025-12-01', '2026-01-01'])
  assert.equal(monthsOf({ startsOn: '2026-02-01', endsOn: '2026-02-28' }), ['2026-02-01'])
})

lists('hold who receives, with what each month is worth; twice is once, and who came later is added', async () => {
  const { db } = await paidWorld()
  assert.equal(db.select({ name: payments.name, amount: payments.amount, kind: payments.kind, status: payments.status, bank: payments.bank }).from(payments).orderBy(payments.name).all(),
    [{ name: 'Asep', amount: 600_000, kind: 'waiting', status: 'verification', bank: 'bri' }, { name: 'Bayu', amount: 600_000, kind: 'waiting', status: 'verification', bank: null }])
  receives(db, 'Cici', 9)
  receives(db, 'Tunda', 10, { state: 'suspended' })
  await makeList(db)
  await makeList(db, { id: '00000000-0000-4000-8000-0000000b0009' })
  assert.equal(db.select().from(payments).all().length, 3)
  assert.equal(db.select({ lines: paymentLists.lineCount, status: paymentLists.status }).from(paymentLists).all(), [{ lines: 3, status: 'ready' }])
})

lists('follow the amounts of their own months', async () => {
  const { db } = registryWorld()
  addPaidPeriod(db, { startsOn: '2019-12-01', endsOn: '2020-03-31', cutoffOn: '2020-03-01' })
  receives(db, 'Asep', 1)
  await makeList(db)
  assert.is(paymentOf(db, 'Asep').amount, 110_000 + 150_000 + 150_000 + 200_000)
})

lists('of PKH pay by the components of the family, and say of whom nothing can be worked out', async () => {
  const { db } = registryWorld()
  addPaidPeriod(db, { programme: 'pkh' })
  db.$client.exec(`UPDATE members SET birth_date = '1940-05-12' WHERE household_id = 'asep' AND seq = 1`)
  receives(db, 'Asep', 1, { programme: 'pkh', number: null, householdId: 'asep', familySeq: 1 })
  receives(db, 'Bayu', 2, { programme: 'pkh', number: null, householdId: 'bayu', familySeq: 1 })
  receives(db, 'Hilang', 3, { programme: 'pkh', number: null })
  await makeList(db)
  assert.equal(db.select({ name: payments.name, amount: payments.amount }).from(payments).all(), [{ name: 'Asep', amount: 750_000 }])
  assert.is(db.select().from(paymentLists).get()!.withoutAmount, 2)
})

lists('half made when the server stopped are finished, each recipient once', async () => {
  const { db } = registryWorld()
  addPaidPeriod(db)
  for (let serial = 100; serial < 520; serial += 1) receives(db, `K${serial}`, serial)
  db.$client.exec("CREATE TRIGGER power_cut BEFORE INSERT ON payments WHEN (SELECT count(*) FROM payments) >= 250 BEGIN SELECT raise(ABORT, 'power cut'); END")
  const { error } = console
  console.error = () => undefined
  await makeList(db)
  console.error = error
  assert.equal([db.select().from(payments).all().length, db.select().from(paymentLists).get()!.status], [200, 'making'])
  db.$client.exec('DROP TRIGGER power_cut')
  resumeLists(db)
  await listsDone(db)
  assert.equal([db.select().from(payments).all().length, db.select().from(paymentLists).get()!.lineCount, db.select().from(paymentEvents).all().length], [420, 420, 420])
})

lists('are made by Dinsos and the ministry, seen in one’s own places only', async () => {
  const world = await paidWorld()
  const form = { id: `${KEY}01`, period: PERIOD, region: BANTUL, programme: 'sembako' }
  for (const person of [siti, oki, budi, hadi]) assert.is((await world.as(person).post('/payments/lists', form)).status, 403)
  assert.is((await world.as(nia).post('/payments/lists', form)).status, 404)
  assert.is((await world.as(rina).post('/payments/lists', { ...form, period: '' })).status, 422)
  assert.is((await world.as(nia).get(`/payments/lists/${LIST}`)).status, 404)
  assert.is((await world.as(siti).get('/payments')).status, 403)
  const page = await (await world.as(oki).get(`/payments/lists/${LIST}/lines`)).text()
  assert.match(page, /Asep/)
  assert.not.match(page, /Bayu|123456789012345/)
  assert.not.match(page, new RegExp(`${nikOf(1)}|${cardOf(1)}`))
  assert.is((await world.as(oki).get(`/payments/${paymentOf(world.db, 'Bayu').id}`)).status, 404)
  assert.is((await world.as(oki).get(`/payments/lists/${LIST}/lines?region=${TRIMURTI}`)).status, 404)
  assert.equal(countPlaces(world.db, oki, LIST).map(({ code }) => code), [PONCOSARI])
})

lists('are found by name and by number, and go on paper with a trace', async () => {
  const world = await paidWorld()
  for (const q of ['ase', nikOf(1), cardOf(1)]) assert.match(await (await world.as(rina).get(`/payments/lists/${LIST}/lines?q=${q}`)).text(), /Asep/)
  assert.match(await (await world.as(rina).get(`/payments/lists/${LIST}/lines?kind=paid`)).text(), /Tidak ada penerima yang cocok/)
  assert.match(await (await world.as(oki).get(`/payments/lists/${LIST}/print?village=${PONCOSARI}`)).text(), /1 penerima, Rp600\.000[^]*No\. KKS[^]*class="to-sign">1\./)
  assert.is((await world.as(oki).get(`/payments/lists/${LIST}/print?village=${TRIMURTI}`)).status, 404)
  assert.ok(actions(world.db).includes('payment_list.printed'))
})

lists('of many periods are paged, and those of other kabupaten take no place of one’s own', async () => {
  const world = await paidWorld()
  for (let n = 10; n < 35; n += 1) {
    addPaidPeriod(world.db, { id: `elsewhere-${n}`, regionCode: '', name: `Lain ${n}`, startsOn: `20${n + 20}-01-01`, endsOn: `20${n + 20}-03-31`, cutoffOn: `20${n + 20}-03-01` })
    world.db.insert(paymentLists).values({ id: `list-${n}`, programme: 'sembako', periodId: `elsewhere-${n}`, regionCode: n < 32 ? '34.04' : BANTUL, status: 'ready', madeBy: 'nia', madeAt: '2026-01-01' }).run()
  }
  assert.equal(listLists(world.db, oki, 'sembako').lists.map(({ id }) => id), ['list-34', 'list-33', 'list-32', LIST])
  const { lists: first, next } = listLists(world.db, mega, 'sembako')
  assert.equal([first.length, listLists(world.db, mega, 'sembako', next).lists.map(({ id }) => id)], [20, ['list-14', 'list-13', 'list-12', 'list-11', 'list-10', LIST]])
  assert.match(await (await world.as(mega).get('/payments')).text(), /after=2035-01-01~34\.04~list-15/)
})

lists('leave as files within one’s own places, line by line and by desa', async () => {
  const { db } = await paidWorld()
  const rows = (list: Exportable, actor = oki, query = {}) => [...list.chunks({ db, actor }, { payments: LIST, ...query })].flat()
  assert.equal(rows(paymentsExport).map(([name, , , code, , bank, , amount]) => [name, code, bank, amount]), [['Asep', PONCOSARI, 'BRI', 600_000]])
  assert.equal(rows(paymentPlacesExport, rina).map(([code, , paid, failed, waiting]) => [code, paid, failed, waiting]), [[PONCOSARI, 0, 0, 1], [TRIMURTI, 0, 0, 1]])
  assert.equal(rows(failedPaymentsExport, rina), [])
  assert.throws(() => rows(paymentsExport, nia), /tidak ditemukan/)
  assert.ok(paymentsExport.columns.filter(({ kind }) => kind === 'card').some(({ label }) => label === 'Nomor rekening'))
})

const results = suite('results of payments')

const post = (world: Awaited<ReturnType<typeof paidWorld>>, fields: Record<string, string>, name = 'Asep', who = rina) =>
  world.as(who).post(`/payments/${paymentOf(world.db, name).id}/status`, { key: `${KEY}02`, seen: '1', status: 'failed', ...fields })

results('are written by hand with their history; twice is once, an old page is refused', async () => {
  const world = await paidWorld()
  for (const _ of [1, 2]) assert.is((await post(world, { reasonCode: 'deceased', note: 'kata Pak RT' })).status, 303)
  const { id, kind, reasonCode, version } = paymentOf(world.db, 'Asep')
  assert.equal([kind, reasonCode, version], ['failed', 'deceased', 2])
  assert.equal(eventsOf(world.db, id).map(({ to, note }) => [to, note]), [['verification', ''], ['failed', 'kata Pak RT']])
  assert.is((await post(world, { key: `${KEY}03` })).status, 409)
  assert.is((await post(world, { key: `${KEY}04`, seen: '2', status: 'entah' })).status, 422)
  assert.is((await post(world, { key: `${KEY}05`, seen: '2' }, 'Asep', oki)).status, 403)
  assert.is((await post(world, { key: `${KEY}05`, seen: '2' }, 'Asep', nia)).status, 404)
  assert.throws(() => world.db.$client.exec('DELETE FROM payment_events'), /append-only/)
})

results('come in a file by number or NIK; what is wrong is told with its column', async () => {
  const world = await paidWorld()
  const id = await bringResults(world, [[cardOf(1), '', 'Gagal salur', 'Meninggal dunia'], ['', nikOf(2), 'berhasil salur', ''], [cardOf(99), '', 'Berhasil salur', ''], [cardOf(1), '', 'entah', ''], ['', '3,4E+15', 'Berhasil salur', ''], ['', nikOf(2), 'Exclude', '']])
  assert.equal(outcomeOf(world.db, id), ['2 changed', '3 changed', '4 error no_kks', '5 error status', '6 error nik', '7 error nik'])
  assert.is(paymentOf(world.db, 'Asep').kind, 'waiting')
  await confirm(world, id)
  assert.equal([paymentOf(world.db, 'Asep').kind, paymentOf(world.db, 'Asep').reasonCode, paymentOf(world.db, 'Bayu').kind], ['failed', 'deceased', 'paid'])
  const total = totalOf(countPlaces(world.db, rina, LIST))
  assert.equal([total.paid, total.failed.lines], [{ lines: 1, amount: 600_000 }, 1])
  const again = await bringResults(world, [['', nikOf(2), 'Berhasil salur', '', ''], [cardOf(1), '', 'Gagal salur', 'Meninggal dunia']])
  assert.equal(outcomeOf(world.db, again), ['2 same', '3 same'])
  await confirm(world, again)
  assert.is(paymentOf(world.db, 'Asep').version, 2)
})

results('of the same file twice are one file', async () => {
  const world = await paidWorld()
  const id = await bringResults(world, [[cardOf(1), '', 'Berhasil salur', '']])
  await confirm(world, id)
  assert.is(await bringResults(world, [[cardOf(1), '', 'Berhasil salur', '']]), id)
  assert.is(intakeOf(world.db, id).status, 'applied')
})

results('that failed are a work list with the next step, until they are mended', async () => {
  const world = await paidWorld()
  const failed = async (who = oki) => (await world.as(who).get('/payments/failed')).text()
  assert.match(await failed(), /Tidak ada yang gagal salur/)
  await post(world, { reasonCode: 'moved' })
  assert.match(await failed(), /Asep[\s\S]*Pindah ke luar[\s\S]*kind=replacement&amp;replaced=Asep/)
  await post(world, { key: `${KEY}06`, seen: '2', reasonCode: 'account_closed' })
  assert.match(await failed(), /#rekening[\s\S]*Periksa rekening/)
  await post(world, { key: `${KEY}07`, seen: '3', reasonCode: '' })
  assert.match(await failed(), /Catat dahulu alasan/)
  assert.not.match(await failed(nia), /Asep/)
  await post(world, { key: `${KEY}08`, seen: '4', status: 'paid' })
  assert.match(await failed(), /Tidak ada yang gagal salur/)
})

results('of PKH lead to what is right there: mending, holding back or going out, and to nobody in its place', async () => {
  const world = registryWorld()
  addPaidPeriod(world.db, { programme: 'pkh' })
  receives(world.db, 'Asep', 1, { programme: 'pkh', number: null, householdId: 'asep', familySeq: 1 })
  const fail = (reasonCode: string) => {
    world.db.insert(paymentLists).values({ id: LIST, programme: 'pkh', periodId: PERIOD, regionCode: BANTUL, status: 'ready', madeBy: 'rina', madeAt: '2026-01-01' }).onConflictDoNothing().run()
    world.db.insert(payments).values({ id: 'paid', listId: LIST, recipientId: 'Asep', programme: 'pkh', periodId: PERIOD, regionCode: PONCOSARI, name: 'Asep', amount: 750_000, status: 'failed', kind: 'failed', reasonCode, statusAt: '2026-01-01' })
      .onConflictDoUpdate({ target: payments.id, set: { reasonCode } }).run()
  }
  const ways = async (path: string, who = oki) => [...(await (await world.as(who).get(path)).text()).matchAll(/href="([^"]+)">(?=Periksa rekening|Perbaiki data|Periksa keluarga|Tangguhkan|Keluarkan|Graduasi|Usulkan pengganti|Lihat usulan|Buka data)/g)].map(([, href]) => href)
  const change = (kind: string) => `/programmes/pkh/changes/new?kind=${kind}&amp;recipient=Asep`
  const EXPECTED: Record<string, string[]> = {
    account_closed: ['/payments/paid#rekening', change('suspension')], deceased: ['/households/asep', change('suspension')],
    moved: ['/households/asep', change('suspension'), change('exit')], capable: [change('graduation_independent'), change('exit')],
  }
  for (const [reason, hrefs] of Object.entries(EXPECTED)) {
    fail(reason)
    assert.equal(await ways('/payments/failed?programme=pkh'), hrefs, reason)
    assert.equal(await ways('/payments/paid'), hrefs, reason)
  }
  for (const href of Object.values(EXPECTED).flat()) assert.is((await world.as(oki).get(href.replaceAll('&amp;', '&'))).status, 200, href)
  assert.equal(await ways('/payments/failed?programme=pkh', budi), ['/programmes/pkh/recipients/Asep'])
  assert.equal([...failedPaymentsExport.chunks({ db: world.db, actor: rina }, { programme: 'pkh' })].flat().map((row) => row.at(-1)), ['Usulkan graduasi'])
  as(world.db, rina, (tx) => proposeChange(tx, { key: `${KEY}60`, id: 'stop', programme: 'pkh', kind: 'exit', recipientId: 'Asep', reasonCode: wordsOn(world.db, 'pkh', 'exit', '2026-03-02')[0]!.code }))
  assert.equal(await ways('/payments/failed?programme=pkh'), ['/programmes/changes/stop'])
})

results('are told by words that an administrator may change', async () => {
  const world = await paidWorld()
  world.db.insert(programmeWords).values({ programme: 'sembako', list: 'payment', code: 'burekol', label: 'Burekol', kind: 'waiting', validFrom: '2026-01-01', source: 'uji' }).run()
  assert.is((await post(world, { status: 'burekol' })).status, 303)
  assert.equal([paymentOf(world.db, 'Asep').status, paymentOf(world.db, 'Asep').kind], ['burekol', 'waiting'])
})

const accounts = suite('accounts')

accounts('are checked for the recipient, shown by their last digits only, and keep the number that is not typed again', async () => {
  const world = await paidWorld()
  const { id } = paymentOf(world.db, 'Asep')
  const check = (fields: Record<string, string>) => world.as(rina).post(`/payments/${id}/account`, { key: `${KEY}10`, seen: '1', bank: 'bni', state: 'good', accountNumber: '', ...fields })
  assert.is((await check({ accountNumber: 'abc', key: `${KEY}11` })).status, 422)
  assert.is((await check({ bank: 'entah', key: `${KEY}12` })).status, 422)
  assert.match(await (await check({ accountNumber: '987654321', key: `${KEY}15` })).text(), /Usulkan “Perbaiki kartu, bank, atau rekening”, agar diperiksa orang lain/)
  for (const _ of [1, 2]) assert.is((await check({})).status, 303)
  const { data, version } = world.db.select().from(recipients).where(eq(recipients.id, 'Asep')).get()!
  assert.equal([data.bank, data.accountNumber, data.accountState, version], ['bni', '123456789012345', 'good', 2])
  assert.is((await check({ key: `${KEY}13` })).status, 409)
  const page = await (await world.as(oki).get('/programmes/sembako/recipients/Asep')).text()
  assert.match(page, /Rekening dan penyaluran[\s\S]*BNI[\s\S]*\*+2345[\s\S]*Sesuai[\s\S]*Triwulan I 2026/)
  assert.not.match(await (await world.as(rina).get(`/payments/${id}`)).text(), /123456789012345/)
})

accounts('are nobody’s but the payer’s to change', async () => {
  const world = await paidWorld()
  const { id } = paymentOf(world.db, 'Asep')
  for (const [person, status] of [[oki, 403], [budi, 403], [nia, 404]] as const) {
    assert.is((await world.as(person).post(`/payments/${id}/account`, { key: `${KEY}14`, seen: '1', bank: 'bni', state: 'good' })).status, status)
  }
})

accounts('have no page where nobody is paid', async () => {
  const { as: client } = freshApp()
  assert.match(await (await client(rina).get('/payments')).text(), /Belum ada daftar salur/)
  assert.match(await (await client(oki).get('/payments?programme=pkh')).text(), /Dinsos kabupaten\/kota menyusunnya/)
})

lists.run()
results.run()
accounts.run()
