import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { paymentPlacesExport, paymentsExport } from '#app/payments/exporting.ts'
import { countPlaces, listLists, totalOf } from '#app/payments/lists.ts'
import { printLines } from '#app/payments/lines.ts'
import { addPaidPeriod, bringResults, cardOf, confirm, intakeOf, LIST, makeList, receives, registryWorld } from '#test/support/payments.ts'
import { as, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const LINES = 600
const sums = suite('the sums of a payment list')

sums('are the same on its page, in the overview, in both exports and on paper, to the rupiah', async () => {
  const world = registryWorld()
  const { db } = world
  addPaidPeriod(db, { startsOn: '2019-12-01', endsOn: '2020-03-31', cutoffOn: '2020-03-01' })
  for (let serial = 1000; serial < 1000 + LINES; serial += 1) receives(db, `Orang ${serial}`, serial, { regionCode: serial % 3 === 0 ? TRIMURTI : PONCOSARI })
  await makeList(db)
  const words = ['Berhasil salur', 'Berhasil salur', 'Gagal salur', 'Exclude', 'SP2D']
  const id = await bringResults(world, Array.from({ length: LINES }, (_, i) => [cardOf(1000 + i), '', words[i % 5]!, i % 5 < 2 ? 'Rp610.000,-' : '']), ['no_kks', 'nik', 'status', 'nominal'])
  await confirm(world, id)
  assert.equal([intakeOf(db, id).appliedCount, intakeOf(db, id).errorCount], [LINES, 0])
  const each = { lines: LINES / 5, amount: LINES / 5 * 610_000 }
  const total = totalOf(countPlaces(db, rina, LIST))
  assert.equal(total, { paid: { lines: 2 * each.lines, amount: 2 * each.amount }, failed: each, excluded: each, waiting: each })
  assert.equal(listLists(db, rina, 'sembako').lists[0]!.totals, total)
  const reader = { db, actor: rina }
  const lines = [...paymentsExport.chunks(reader, { payments: LIST })].flat()
  const inState = (word: string) => lines.filter((row) => row[8] === word).reduce((sum, row) => sum + Number(row[7]), 0)
  assert.equal([lines.length, new Set(lines.map((row) => row[2])).size, inState('Berhasil salur'), inState('SP2D')], [LINES, LINES, 2 * each.amount, each.amount])
  const places = [...paymentPlacesExport.chunks(reader, { payments: LIST })].flat()
  assert.equal([6, 7, 8, 9].map((column) => places.reduce((sum, row) => sum + Number(row[column]), 0)), [2 * each.amount, each.amount, each.amount, each.amount])
  const printed = [PONCOSARI, TRIMURTI].flatMap((village) => as(db, rina, (tx) => printLines(tx, LIST, village)).rows)
  assert.is(printed.reduce((sum, { amount }) => sum + amount, 0), 4 * each.amount)
  const page = await (await world.as(rina).get(`/payments/lists/${LIST}`)).text()
  assert.ok(page.includes(`Rp${(4 * each.amount).toLocaleString('id-ID')}, tanpa yang dikecualikan`))
})

sums.run()
