import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eq } from 'drizzle-orm'
import { paymentsExport } from '#app/payments/exporting.ts'
import { listsDone, workOnList } from '#app/payments/list-work.ts'
import { askList, countPlaces, totalOf } from '#app/payments/lists.ts'
import { eventsOf, recordResult } from '#app/payments/payments.ts'
import { moveRecipient, recipientOf } from '#app/programmes/recipients.ts'
import type { Db } from '#db/connection.ts'
import { paymentLists, payments, recipients } from '#db/schema/index.ts'
import { addPaidPeriod, bringResults, cardOf, confirm, LIST, makeList, outcomeOf, paidWorld, paymentOf, receives, registryWorld } from '#test/support/payments.ts'
import { as, BALECATUR, BANTUL, budi, nia, oki, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const KEY = '00000000-0000-4000-8000-0000000000'
const move = (db: Db, id: string, state: string, set = {}, reasonCode = '') => as(db, rina, (tx) => moveRecipient(tx, recipientOf(db, id)!, state, { cause: 'change:uji', reasonCode }, set))
const result = (db: Db, name: string, status: string, key: string, note = '') => as(db, rina, (tx) => recordResult(tx, paymentOf(db, name).id, { key: `${KEY}${key}`, seen: paymentOf(db, name).version, status, note }))
const state = (db: Db, name: string) => { const { kind, status, reasonCode } = paymentOf(db, name); return [kind, status, reasonCode] }

const renewing = suite('renewing a payment list')

renewing('takes out who died or is held back before the bank has the line, and says why', async () => {
  const { db } = await paidWorld()
  move(db, 'Asep', 'removed', {}, 'deceased')
  move(db, 'Bayu', 'suspended', {}, 'commitment')
  await makeList(db)
  assert.equal([state(db, 'Asep'), state(db, 'Bayu')], [['excluded', 'excluded', 'deceased'], ['excluded', 'excluded', '']])
  assert.equal(eventsOf(db, paymentOf(db, 'Asep').id).map(({ note }) => note), ['', 'Penerima sekarang: Dikeluarkan'])
  assert.equal(totalOf(countPlaces(db, rina, LIST)).waiting, { lines: 0, amount: 0 })
  assert.is(db.select().from(paymentLists).get()!.status, 'ready')
})

renewing('brings back who receives again, but nobody a person has taken out', async () => {
  const { db } = await paidWorld()
  result(db, 'Asep', 'excluded', '01')
  move(db, 'Bayu', 'suspended')
  await makeList(db)
  move(db, 'Bayu', 'active', { data: { bank: 'bni', accountNumber: '5555500001' } })
  await makeList(db)
  assert.equal([state(db, 'Asep')[0], state(db, 'Bayu')[0], paymentOf(db, 'Bayu').account], ['excluded', 'waiting', '5555500001'])
})

renewing('leaves to a person what is with the bank already, and shows which those are', async () => {
  const world = await paidWorld()
  result(world.db, 'Asep', 'sp2d', '02')
  move(world.db, 'Asep', 'removed', {}, 'deceased')
  await makeList(world.db)
  assert.equal(state(world.db, 'Asep'), ['waiting', 'sp2d', ''])
  const gone = await (await world.as(rina).get(`/payments/lists/${LIST}/lines?kind=gone`)).text()
  assert.match(gone, /Asep/)
  assert.not.match(gone, /Bayu/)
  assert.match(await (await world.as(rina).get(`/payments/${paymentOf(world.db, 'Asep').id}`)).text(), /Penerima ini sekarang “Dikeluarkan”/)
})

renewing('says of lines not sent yet what holds now: amount, card, account', async () => {
  const { db } = registryWorld()
  addPaidPeriod(db, { programme: 'pkh' })
  db.$client.exec(`UPDATE members SET birth_date = '1940-05-12' WHERE household_id IN ('asep', 'bayu') AND seq = 1`)
  receives(db, 'Asep', 1, { programme: 'pkh', number: null, householdId: 'asep', familySeq: 1 })
  receives(db, 'Bayu', 2, { programme: 'pkh', number: null, householdId: 'bayu', familySeq: 1 })
  await makeList(db)
  db.$client.exec(`UPDATE members SET birth_date = '1990-05-12' WHERE household_id = 'asep' AND seq = 1; UPDATE members SET pregnant = 0, schooling = 1, education = 7, birth_date = '2009-05-12' WHERE household_id = 'bayu' AND seq = 1`)
  move(db, 'Bayu', 'active', { number: '9900000000001', data: { bank: 'bri', accountNumber: '7777700001' } })
  await makeList(db)
  const { amount, number, account, id } = paymentOf(db, 'Bayu')
  assert.equal([state(db, 'Asep')[0], amount, number, account], ['excluded', 500_000, '9900000000001', '7777700001'])
  assert.is(eventsOf(db, id).at(-1)!.note, 'Nominal semula Rp750.000')
  await makeList(db)
  assert.is(paymentOf(db, 'Bayu').version, 2)
})

renewing('and making a list late give nothing to who began after the period', async () => {
  const { db } = await paidWorld()
  receives(db, 'Cici', 9, { startedOn: '2026-04-01' })
  receives(db, 'Dodo', 10, { startedOn: '2026-03-31' })
  await makeList(db)
  assert.equal(db.select({ name: payments.name }).from(payments).orderBy(payments.name).all().map(({ name }) => name), ['Asep', 'Bayu', 'Dodo'])
  assert.is(db.select().from(paymentLists).get()!.withoutAmount, 1)
})

renewing('and making a list pay a family once for a month, also after it moved here from another kabupaten', async () => {
  const { db } = registryWorld()
  for (const [id, regionCode] of [['here', BANTUL], ['there', '34.04']] as const) addPaidPeriod(db, { id, regionCode, name: id })
  receives(db, 'Asep', 1, { regionCode: BALECATUR })
  const there = as(db, nia, (tx) => askList(tx, { id: 'there-list', periodId: 'there', regionCode: '34.04' }))
  workOnList(db, there)
  await listsDone(db)
  move(db, 'Asep', 'removed', {}, 'moved')
  receives(db, 'Asep baru', 1, { number: cardOf(88) })
  const here = () => makeList(db, { periodId: 'here' })
  await here()
  assert.equal(db.select({ name: payments.name }).from(payments).all(), [{ name: 'Asep' }])
  as(db, nia, (tx) => recordResult(tx, paymentOf(db, 'Asep').id, { key: `${KEY}11`, seen: 1, status: 'failed' }))
  await here()
  assert.equal(db.select({ name: payments.name }).from(payments).orderBy(payments.name).all(), [{ name: 'Asep' }, { name: 'Asep baru' }])
})

const again = suite('paying once more')

again('goes to the account and card of today, not to those it failed with', async () => {
  const { db } = await paidWorld()
  result(db, 'Asep', 'failed', '03')
  move(db, 'Asep', 'active', { number: cardOf(77), data: { bank: 'bni', accountNumber: '8888800001' } })
  result(db, 'Asep', 'spm', '04')
  assert.equal([...paymentsExport.chunks({ db, actor: rina }, { payments: LIST, q: 'Asep' })].flat().map((row) => [row[2], row[5], row[6]]), [[cardOf(77), 'BNI', '8888800001']])
})

again('an account that the payer has checked stands in the lines not sent yet', async () => {
  const world = await paidWorld()
  await world.as(rina).post(`/payments/${paymentOf(world.db, 'Bayu').id}/account`, { key: `${KEY}05`, seen: '1', bank: 'bri', state: 'good', accountNumber: '4444400001' })
  assert.is(paymentOf(world.db, 'Bayu').account, '4444400001')
})

again('a new card is found in the bank’s answer to a list made with the lost one', async () => {
  const world = await paidWorld()
  move(world.db, 'Asep', 'active', { number: cardOf(77) })
  const id = await bringResults(world, [[cardOf(77), '', 'Berhasil salur', '']])
  assert.equal(outcomeOf(world.db, id), ['2 changed'])
  await confirm(world, id)
  assert.is(paymentOf(world.db, 'Asep').kind, 'paid')
})

again('after it was paid asks a person why', async () => {
  const world = await paidWorld()
  result(world.db, 'Asep', 'paid', '06')
  const post = (note: string, key: string) => world.as(rina).post(`/payments/${paymentOf(world.db, 'Asep').id}/status`, { key: `${KEY}${key}`, seen: '2', status: 'verification', note })
  assert.is((await post('', '07')).status, 422)
  assert.is((await post('Salah baris', '08')).status, 303)
})

const moving = suite('a family that moves to another desa')

moving('takes what is not paid yet along, and whoever works there can open it', async () => {
  const world = await paidWorld()
  const { id } = paymentOf(world.db, 'Asep')
  result(world.db, 'Asep', 'failed', '09')
  move(world.db, 'Asep', 'active', { regionCode: TRIMURTI })
  assert.is((await world.as(budi).get(`/payments/${id}`)).status, budi.regions.some((code) => TRIMURTI.startsWith(code)) ? 200 : 404)
  assert.is((await world.as(oki).get(`/payments/${id}`)).status, 404)
  assert.not.match(await (await world.as(oki).get('/payments/failed')).text(), /Asep/)
  assert.equal(countPlaces(world.db, rina, LIST).map(({ code, totals }) => [code, totals.failed.lines, totals.waiting.lines]), [[TRIMURTI, 1, 1]])
})

moving('leaves what was paid where it was paid, and open to who paid it there', async () => {
  const world = await paidWorld()
  result(world.db, 'Asep', 'paid', '10')
  move(world.db, 'Asep', 'active', { regionCode: TRIMURTI })
  assert.is(paymentOf(world.db, 'Asep').regionCode, PONCOSARI)
  const page = await (await world.as(oki).get(`/payments/${paymentOf(world.db, 'Asep').id}`)).text()
  assert.match(page, /Berhasil salur/)
  assert.not.match(page, /Buka penerima/)
  assert.is(world.db.select().from(recipients).where(eq(recipients.id, 'Asep')).get()!.regionCode.slice(0, 5), BANTUL)
})

renewing.run()
again.run()
moving.run()
