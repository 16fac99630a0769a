import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rescueExport } from '#app/rescue/exporting.ts'
import { addPeriod, keepUp } from '#test/support/rescue.ts'
import { addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, BALECATUR, freshApp, freshDatabase, nia, PONCOSARI, prita, rina, siti } from '#test/support/world.ts'

const access = suite('the rescue list, who and where')

const today = () => new Date().toISOString()

access('says so when there is no period, and links to the periods for who may see them', async () => {
  const { as: being } = freshApp()
  assert.match(await (await being(rina).get('/rescue')).text(), /Belum ada periode.*\/periods/s)
  assert.not.match(await (await being(siti).get('/rescue')).text(), /href="\/periods"/)
})

access('shows a desa to its own people alone, masked of every number', async () => {
  const { db, as: being } = freshApp()
  addPeriod(db, 5, { from: today() })
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  addHousehold(db, 'tari', { regionCode: BALECATUR, stage: 'assigned', head: 'Tari Sleman' })
  await keepUp(db, today())
  const text = await (await being(siti).get(`/rescue/${PONCOSARI}`)).text()
  assert.match(text, /Asep Suryana/)
  assert.not.match(text, /99\d{14}/)
  assert.is((await being(nia).get(`/rescue/${PONCOSARI}`)).status, 404)
  assert.is((await being(nia).get(`/rescue/${PONCOSARI}/print`)).status, 404)
  assert.match(await (await being(prita).get('/rescue')).text(), /KAB\. SLEMAN/)
  assert.match(await (await being(siti).get(`/rescue/${PONCOSARI}/print`)).text(), /Daftar penyelamatan sebelum batas waktu/)
  assert.ok(actions(db).includes('rescue.printed'))
})

access('leaves as a file with one line for each reason', async () => {
  const db = freshDatabase()
  addPeriod(db, 5, { from: today() })
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  addVisit(db, 'asep', siti, {})
  await keepUp(db, today())
  const rows = [...rescueExport.chunks({ db, actor: rina }, {})].flat()
  assert.equal(rows.map(([village, , , head, , effect]) => [village, head, effect]), [['Poncosari', 'Asep Suryana', 'tidak ikut'], ['Poncosari', 'Asep Suryana', 'tidak ikut']])
  assert.equal([...rescueExport.chunks({ db, actor: nia }, {})].flat(), [])
})

access.run()
