import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listMoved, movementOf, stretchesOf } from '#app/pictures/movement.ts'
import { paymentsOf, reachOf } from '#app/pictures/pictures.ts'
import { reachDone, refreshReach } from '#app/pictures/reach.ts'
import { moveRecipient } from '#app/programmes/recipients.ts'
import { getHousehold } from '#app/households/records.ts'
import type { Db } from '#db/connection.ts'
import { payments } from '#db/schema/index.ts'
import { AT, follow, runAll, setDesil, setLimit } from '#test/support/crosschecks.ts'
import { addPayments } from '#test/support/payments.ts'
import { addRecipient, recipientNow } from '#test/support/programmes.ts'
import { addHousehold, as, BANTUL, freshApp, freshDatabase, nia, oki, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const numbers = (db: Db, id: string) => {
  const { families, members } = getHousehold({ db, actor: rina }, id).record
  return { kkNumber: String(families[0]!.kkNumber), nik: String(members[0]!.nik) }
}
const SEMBAKO = { programme: 'sembako' as const, region: '' }

// Four families: desil 1 and 3 in Poncosari, 8 there, 2 in Trimurti. The limit is 4; the first and the third receive.
async function world() {
  const made = freshApp(freshDatabase())
  const { db } = made
  for (const [id, regionCode] of [['asep', PONCOSARI], ['bayu', PONCOSARI], ['cici', PONCOSARI], ['dodi', TRIMURTI]] as const) addHousehold(db, id, { head: id, regionCode })
  setLimit(db, 'sembako', 4)
  setLimit(db, 'pbi', 4)
  for (const id of ['asep', 'cici']) addRecipient(db, id, { householdId: id, familySeq: 1, ...numbers(db, id) })
  addRecipient(db, 'stray', { nik: '9902011205809999' })
  setDesil(db, { [numbers(db, 'asep').kkNumber]: 1, [numbers(db, 'bayu').kkNumber]: 3, [numbers(db, 'cici').kkNumber]: 8, [numbers(db, 'dodi').kkNumber]: 2 })
  await follow(db)
  await runAll(db, AT, BANTUL)
  return made
}
const shown = (db: Db, actor = rina, region = '34.02.01') => reachOf(db, actor, { ...SEMBAKO, region }).rows.map(({ name, eligible, reached, missed, outside, unknown }) => [name, eligible, reached, missed, outside, unknown])

const pictures = suite('the pictures')

pictures('count by hand: who is reached, missed, above the limit and without a desil', async () => {
  const { db } = await world()
  assert.equal(shown(db), [['Poncosari', 2, 1, 1, 1, 1], ['Trimurti', 1, 0, 1, 0, 0]])
  assert.equal(reachOf(db, rina, { ...SEMBAKO, programme: 'pbi' }).total!.eligible, 6)
  assert.equal(shown(db, oki, ''), [['Poncosari', 2, 1, 1, 1, 1]])
  assert.throws(() => shown(db, nia, BANTUL), /tidak ditemukan/)
})

pictures('count a desa again after a change in it', async () => {
  const { db } = await world()
  addRecipient(db, 'dodi', { householdId: 'dodi', familySeq: 1, regionCode: TRIMURTI, ...numbers(db, 'dodi') })
  await follow(db)
  assert.ok(reachOf(db, rina, SEMBAKO).isStale)
  refreshReach(db, () => AT)
  await reachDone(db)
  assert.equal(shown(db), [['Poncosari', 2, 1, 1, 1, 1], ['Trimurti', 1, 1, 0, 0, 0]])
})

pictures('tell who came, went and was held back in a month of WIB, and list them', async () => {
  const { db } = await world()
  const turn = (id: string, state: string, at: string) => as(db, rina, (tx) => moveRecipient(tx, recipientNow(db, id)!, state, { cause: 'test' }), at)
  turn('asep', 'suspended', '2026-03-31T16:59:00.000Z')
  turn('asep', 'removed', '2026-03-31T17:01:00.000Z')
  const rows = movementOf(db, rina, SEMBAKO, 'month', '2026-04-10').filter((row) => row.in + row.out + row.paused > 0)
  assert.equal(rows.map((row) => [row.name, row.in, row.out, row.paused]), [['Mar 2026', 3, 0, 1], ['Apr 2026', 0, 1, 0]])
  const april = stretchesOf(db, rina, SEMBAKO, 'month', '2026-04-10').at(-1)!
  assert.equal(listMoved(db, rina, SEMBAKO, april, 'out').rows.map(({ recipientId }) => recipientId), ['asep'])
  assert.equal(listMoved(db, nia, SEMBAKO, april, 'out').rows, [])
})

pictures('sum what was paid in each period', async () => {
  const { db } = await world()
  addPayments(db)
  const all = db.select().from(payments).all()
  const [first] = all
  const found = paymentsOf(db, rina, { programme: first!.programme as 'pkh' | 'sembako', region: '' })
  const of = (kind: string) => all.filter((one) => one.kind === kind && one.programme === first!.programme)
  assert.equal(found.map(({ paid, failed, waiting, excluded }) => paid + failed + waiting + excluded), [all.filter(({ programme }) => programme === first!.programme).length])
  assert.equal([found[0]!.paid, found[0]!.failed, found[0]!.paidAmount], [of('paid').length, of('failed').length, of('paid').reduce((sum, { amount }) => sum + amount, 0)])
  assert.equal(paymentsOf(db, nia, { programme: 'sembako', region: '' }), [])
})

pictures('are drawn with their table, and leave as files', async () => {
  const { as: being } = await world()
  const text = await (await being(rina).get('/programmes/pictures?programme=sembako&region=34.02.01')).text()
  assert.match(text, /<desc>Sudah menerima: 1; Belum menerima: 1<\/desc>/)
  assert.match(text, new RegExp(`/crosschecks/${PONCOSARI}\\?kind=high_desil&amp;programme=sembako`))
  const csv = await (await being(rina).get('/programmes/pictures/reach.csv?programme=sembako&region=34.02.01')).text()
  assert.match(csv, /34\.02\.01\.2001;Poncosari;4;2;1;1;1;1;/)
  assert.match(await (await being(rina).get('/programmes/pictures/movement.csv?programme=sembako')).text(), /waktu;mulai/)
  assert.is((await being(nia).get(`/programmes/pictures?region=${BANTUL}`)).status, 404)
})

pictures.run()
