import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { crosscheckExport } from '#app/crosschecks/exporting.ts'
import { readOverview } from '#app/crosschecks/overview.ts'
import { dismissFinding } from '#app/crosschecks/settling.ts'
import { getFinding, printOf } from '#app/crosschecks/work-list.ts'
import { moveRecipient } from '#app/programmes/recipients.ts'
import type { Db } from '#db/connection.ts'
import { crosscheckEvents } from '#db/schema/index.ts'
import { findingsNow, follow, member, numbers, pair, receiving, revise, runAll, sentences, setDesil, setLimit, toldNow } from '#test/support/crosschecks.ts'
import { addRecipient, recipientNow } from '#test/support/programmes.ts'
import { as, BANTUL, budi, freshApp, nia, oki, PONCOSARI, prita, rina } from '#test/support/world.ts'

const working = suite('a finding')

const dismissal = (db: Db, actor = oki, note = 'sudah dicek') => as(db, actor, (tx) => {
  const { id } = findingsNow(tx.db)[0]!
  return dismissFinding(tx, id, { key: randomUUID(), note, seen: printOf(getFinding(tx, id)) })
})

working('is dismissed with a reason, which is remembered until the facts change', async () => {
  const db = pair()
  setLimit(db, 'sembako', 4)
  receiving(db, 'one', 'asep')
  const { kkNumber } = numbers(db, 'asep')
  setDesil(db, { [kkNumber]: 8 })
  await runAll(db)
  dismissal(db)
  await runAll(db)
  assert.equal(toldNow(db), ['one high_desil dismissed'])
  setDesil(db, { [kkNumber]: 9 }, 'newer')
  await runAll(db)
  assert.equal(toldNow(db), ['one high_desil'])
  assert.equal(db.select().from(crosscheckEvents).all().map(({ toStatus, note }) => [toStatus, note]), [['dismissed', 'sudah dicek'], ['open', '']])
})

working('is counted per desa and kind, and worded for its own people alone', async () => {
  const made = freshApp(pair())
  receiving(made.db, 'one', 'asep')
  revise(made.db, 'asep', (record) => member(record, 0, { memberPresence: 2 }))
  await follow(made.db)
  assert.equal(readOverview(made.db, rina, '').places.map(({ code, open, kinds }) => [code, open, kinds.dead]), [['34.02.01', 1, 1]])
  const id = findingsNow(made.db)[0]!.id
  assert.match(await (await made.as(oki).get(`/crosschecks/${PONCOSARI}`)).text(), /tetapi Asep tercatat meninggal/)
  for (const path of [`/crosschecks/${PONCOSARI}`, `/crosschecks/findings/${id}`, `/crosschecks/${PONCOSARI}/print`]) assert.is((await made.as(nia).get(path)).status, 404)
  const key = randomUUID()
  const fields = { key, note: 'akta menunggu', seen: printOf(getFinding({ db: made.db, actor: oki }, id)) }
  assert.is((await made.as(oki).post(`/crosschecks/findings/${id}/dismissal`, { ...fields, note: ' ' })).status, 422)
  assert.is((await made.as(nia).post(`/crosschecks/findings/${id}/dismissal`, fields)).status, 404)
  assert.is((await made.as(budi).post(`/crosschecks/findings/${id}/dismissal`, fields)).status, 403)
  assert.is((await made.as(oki).post(`/crosschecks/findings/${id}/dismissal`, { ...fields, seen: 'x' })).status, 409)
  for (let time = 0; time < 2; time++) assert.is((await made.as(oki).post(`/crosschecks/findings/${id}/dismissal`, { ...fields, key: time ? key : randomUUID() })).status, time ? 409 : 303)
  assert.equal([...crosscheckExport.chunks({ db: made.db, actor: rina }, { show: 'dismissed' })].flat().map((row) => row[6]), ['Menerima Sembako sejak 1 Januari 2026, tetapi Asep tercatat meninggal.'])
  assert.equal([...crosscheckExport.chunks({ db: made.db, actor: nia }, { show: 'dismissed' })].flat(), [])
})

working('about a sensitive category of PPKS is there for few, and in no file', async () => {
  const db = pair()
  addRecipient(db, 'secret', { programme: 'ppks', variant: '16', state: 'registered', householdId: 'asep', familySeq: 1, memberSeq: 1, nik: numbers(db, 'asep').nik, name: 'Asep' })
  as(db, rina, (tx) => moveRecipient(tx, recipientNow(db, 'secret')!, 'served', { cause: 'test' }))
  revise(db, 'asep', (record) => member(record, 0, { memberPresence: 2 }))
  await follow(db)
  assert.is(sentences(db, rina).length, 1)
  for (const other of [oki, budi, prita]) assert.equal([sentences(db, other), readOverview(db, other, '').open], [[], 0])
  assert.equal([...crosscheckExport.chunks({ db, actor: rina }, {})].flat(), [])
})

working('is what a run of a whole kabupaten finds from the page', async () => {
  const made = freshApp(pair())
  addRecipient(made.db, 'stray', { nik: '9902011205809999', name: 'Entah' })
  assert.is((await made.as(rina).post('/crosschecks/run', { key: randomUUID() })).status, 303)
  assert.equal(toldNow(made.db), ['stray unregistered'])
  assert.match(await (await made.as(rina).get(`/crosschecks?region=${BANTUL}`)).text(), /Pemeriksaan menyeluruh terakhir/)
})

working.run()
