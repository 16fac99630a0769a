import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cutOffPeriod } from '#app/periods/planning.ts'
import { openBatch } from '#app/ratification/batches.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { accept, addPeriod, closeNow, noon, sendBatch, wayOf } from '#test/support/periods.ts'
import { as, BANTUL, freshApp, freshDatabase, mega, nia, rina } from '#test/support/world.ts'

const APRIL = { opensOn: '2026-04-01', cutoffOn: '2026-04-20', closesOn: '2026-04-30' }

const filing = suite('a dispatched batch')

filing('belongs to the period whose cut-off it was sent before, that day included', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  const batch = await sendBatch(db, ['asep'], { prepared: '2026-03-10', sent: '2026-03-20' })
  assert.equal(wayOf(db, batch), [['maret', null, 'in_time', 0]])
})

filing('that is late goes on to the next by itself', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  addPeriod(db, 'april', { ...APRIL, on: '2026-03-01' })
  const batch = await sendBatch(db, ['asep'], { prepared: '2026-03-10', sent: '2026-03-21' })
  assert.equal(wayOf(db, batch), [['april', 'maret', 'late', 0]])
})

filing('that is late while there is no next one is taken up when it is made', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  const batch = await sendBatch(db, ['asep'], { prepared: '2026-03-22' })
  assert.equal(wayOf(db, batch), [[null, 'maret', 'late', 0]])
  addPeriod(db, 'april', { ...APRIL, on: '2026-03-25' })
  assert.equal(wayOf(db, batch), [['april', 'maret', 'late', 0]])
})

filing('is late for the ministry\'s own stop as for the day', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  as(db, mega, (tx) => cutOffPeriod(tx, 'maret'), noon('2026-03-05'))
  const batch = await sendBatch(db, ['asep'], { prepared: '2026-03-06' })
  assert.equal(wayOf(db, batch), [[null, 'maret', 'late', 0]])
})

filing('is determined in the next period once its own has closed', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  addPeriod(db, 'april', { ...APRIL, on: '2026-03-01' })
  const batch = await sendBatch(db, ['asep', 'ujang'], { prepared: '2026-03-10' })
  accept(db, batch, '2026-03-15', ['asep'])
  await closeNow(db, 'maret', '2026-03-25')
  assert.equal(wayOf(db, batch), [['maret', null, 'in_time', 1], ['april', 'maret', 'undetermined', 0]])
  accept(db, batch, '2026-04-02')
  assert.equal(wayOf(db, batch), [['maret', null, 'in_time', 1], ['april', 'maret', 'undetermined', 1]])
})

filing('is not counted in a period that is over but that nobody has closed yet', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  addPeriod(db, 'april', { ...APRIL, on: '2026-03-01' })
  const batch = await sendBatch(db, ['asep'], { prepared: '2026-03-10' })
  accept(db, batch, '2026-04-01')
  assert.equal(wayOf(db, batch), [['maret', null, 'in_time', 0], ['april', 'maret', 'undetermined', 1]])
  assert.is(findBrokenLine(db), undefined)
})

filing('says where it counts on its own page, and on those of both periods', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'maret')
  addPeriod(db, 'april', { ...APRIL, on: '2026-03-01' })
  const batch = await sendBatch(db, ['asep'], { prepared: '2026-03-10', sent: '2026-03-21' })
  assert.match(await (await by(rina).get(`/batches/${batch}`)).text(), /Dikirim setelah batas kirim periode <a href="\/periods\/maret">Periode maret<\/a>, jadi masuk periode <a href="\/periods\/april">/)
  assert.match(await (await by(mega).get('/periods/maret')).text(), /Beralih ke periode berikutnya[\s\S]*Masuk <a href="\/periods\/april">Periode april/)
  assert.match(await (await by(mega).get('/periods/april')).text(), /Terlambat untuk <a href="\/periods\/maret">/)
  assert.match(await (await by(rina).get('/batches')).text(), /Periode april/)
})

filing('of a kabupaten is not named to its neighbour', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'maret')
  const batch = await sendBatch(db, ['asep'], { prepared: '2026-03-10' })
  assert.not.match(await (await by(nia).get('/periods/maret')).text(), new RegExp(batch))
})

filing('is told before it is sent where it would count', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'jauh', { opensOn: '2026-03-01', cutoffOn: '2126-03-20', closesOn: '2126-03-31' })
  const id = randomUUID()
  as(db, rina, (tx) => openBatch(tx, { id, regionCode: BANTUL, title: 'Maret' }))
  assert.match(await (await by(rina).get(`/batches/${id}`)).text(), /Bila dikirim paling lambat 20 Maret 2126, berkas ini masuk periode/)
})

filing.run()
