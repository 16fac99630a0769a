import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runsDone } from '#app/matching/run-work.ts'
import type { Db } from '#db/connection.ts'
import { households, matchingRuns } from '#db/schema/index.ts'
import { addFated, run } from '#test/support/matching.ts'
import { actions, BALECATUR, budi, freshApp, nia, PONCOSARI, rina, siti } from '#test/support/world.ts'

const record = (db: Db, id: string) => db.select().from(households).where(eq(households.id, id)).get()!.record

const access = suite('matching, who and where')

access('is begun by Dinsos and the ministry only, in their own places', async () => {
  const { db, as: being } = freshApp()
  const form = { key: crypto.randomUUID(), region: PONCOSARI, who: 'never', method: 'file' }
  assert.is((await being(siti).post('/matching', form)).status, 403)
  assert.is((await being(nia).post('/matching', form)).status, 404)
  assert.is((await being(rina).post('/matching', { ...form, who: [] })).status, 422)
  assert.is((await being(rina).post('/matching', form)).status, 303)
  await runsDone(db)
  assert.equal(actions(db), ['matching.started', 'matching.done'])
})

access('shows Siti the people of her desa, masked, and Nia nobody', async () => {
  const { db, as: being } = freshApp()
  addFated(db, 'asep', 'nik_tidak_ditemukan', { head: 'Asep Suryana' })
  addFated(db, 'far', 'nik_tidak_ditemukan', { head: 'Tari Sleman', regionCode: BALECATUR })
  await run(db)
  const text = await (await being(siti).get('/matching/people?outcome=nik_tidak_ditemukan')).text()
  assert.match(text, /Asep Suryana/)
  assert.match(text, /\/proposals\/new\?household=asep/)
  const read = await (await being(budi).get('/matching/people?outcome=nik_tidak_ditemukan')).text()
  assert.match(read, /Asep Suryana/)
  assert.not.match(read, /\/proposals\/new/, 'who proposes nothing is offered no usulan')
  assert.not.match(text, new RegExp(record(db, 'asep').members[0]!.nik as string))
  assert.not.match(await (await being(nia).get('/matching/people?outcome=nik_tidak_ditemukan')).text(), /Asep/)
  assert.is((await being(nia).get(`/matching/${db.select().from(matchingRuns).get()!.id}`)).status, 404)
})

access('tells each member\'s answers on the page of the household', async () => {
  const { db, as: being } = freshApp()
  addFated(db, 'asep', 'meninggal')
  await run(db)
  const text = await (await being(siti).get('/households/asep')).text()
  assert.match(text, /Pemadanan Dukcapil/)
  assert.match(text, /Tercatat meninggal/)
  assert.match(text, /Riwayat pemadanan \(2\)/)
})

access.run()
