import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eq } from 'drizzle-orm'
import { households, transitions, users } from '#db/schema/index.ts'
import {
  actions, addHousehold, budi, contentsOf, dewi, eko, freshApp, GADINGSARI, nia, oki, PONCOSARI, rina, siti, stageOf, tono, TRIMURTI, wawan, BALECATUR,
} from '#test/support/world.ts'

const key = () => crypto.randomUUID()
const prelist = suite('assignments')

const officerOf = (db: ReturnType<typeof freshApp>['db'], id: string) =>
  db.select({ officer: households.officerId }).from(households).where(eq(households.id, id)).get()?.officer
const textOf = async (response: Response | Promise<Response>) => (await response).text()

prelist('only Dinsos publishes, and only in its own kabupaten', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { stage: 'listed' })
  assert.is((await as(budi).post('/prelist/publication', { key: key(), village: PONCOSARI })).status, 403)
  assert.is((await as(nia).post('/prelist/publication', { key: key(), village: PONCOSARI })).status, 404)
  assert.is(stageOf(db, 'asep'), 'listed')
})

prelist('publishing moves every listed row of the chosen villages, with a transition each, once', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { stage: 'listed' })
  addHousehold(db, 'bayu', { stage: 'listed', regionCode: TRIMURTI })
  addHousehold(db, 'cici', { stage: 'listed', regionCode: GADINGSARI })
  const form = { key: key(), village: [PONCOSARI, TRIMURTI] }
  assert.is((await as(rina).post('/prelist/publication', form)).status, 303)
  assert.equal(['asep', 'bayu', 'cici'].map((id) => stageOf(db, id)), ['published', 'published', 'listed'])
  assert.is(db.select().from(transitions).where(eq(transitions.toStage, 'published')).all().length, 2)
  const before = contentsOf(db)
  assert.is((await as(rina).post('/prelist/publication', form)).status, 303)
  assert.is(actions(db).filter((action) => action === 'prelist.published').length, 1)
  assert.is(contentsOf(db).length, before.length)
})

prelist('publishing without a village names the field and changes nothing', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { stage: 'listed' })
  const response = await as(rina).post('/prelist/publication', { key: key() })
  assert.is(response.status, 422)
  assert.match(await response.text(), /f-village/)
  assert.is(stageOf(db, 'asep'), 'listed')
})

prelist('assigning is refused to officers, and not found for the neighbour', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep')
  const form = { key: key(), village: PONCOSARI, officer: siti.id, household: 'asep' }
  assert.is((await as(siti).post('/prelist/assignment', form)).status, 403)
  assert.is((await as(eko).post('/prelist/assignment', form)).status, 404)
  assert.is(officerOf(db, 'asep'), null)
})

prelist('the koordinator kecamatan gives chosen rows to an officer; sent twice it is done once', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep')
  addHousehold(db, 'bayu')
  const form = { key: key(), village: PONCOSARI, officer: siti.id, household: 'asep' }
  await as(budi).post('/prelist/assignment', form)
  assert.is((await as(budi).post('/prelist/assignment', form)).status, 303)
  assert.equal([stageOf(db, 'asep'), officerOf(db, 'asep'), stageOf(db, 'bayu')], ['assigned', 'siti', 'published'])
  assert.is(actions(db).filter((action) => action === 'household.assigned').length, 1)
})

prelist('a number of rows is given out from the first; a row the musdes already judged is given too', async () => {
  const { db, as } = freshApp()
  for (const id of ['asep', 'bayu', 'cici']) addHousehold(db, id, { stage: id === 'asep' ? 'deliberated' : 'published' })
  await as(rina).post('/prelist/assignment', { key: key(), village: PONCOSARI, officer: tono.id, scope: 'all', count: '2' })
  assert.equal(['asep', 'bayu', 'cici'].map((id) => officerOf(db, id)), ['tono', 'tono', null])
})

prelist('only an active officer of that very village is given rows', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep')
  db.update(users).set({ status: 'suspended' }).where(eq(users.id, 'oki')).run()
  for (const officer of [dewi.id, wawan.id, oki.id, '']) {
    const response = await as(rina).post('/prelist/assignment', { key: key(), village: PONCOSARI, officer, household: 'asep' })
    assert.is(response.status, 422, officer)
    assert.match(await response.text(), /f-officer/)
  }
  addHousehold(db, 'gadis', { regionCode: GADINGSARI })
  assert.is((await as(rina).post('/prelist/assignment', { key: key(), village: PONCOSARI, officer: siti.id, household: ['asep', 'gadis'] })).status, 404)
  assert.equal([officerOf(db, 'asep'), officerOf(db, 'gadis')], [null, null])
})

prelist('Dinsos takes rows back with a reason the officer reads', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { stage: 'downloaded', officer: siti, head: 'Asep Suryana' })
  const form = { key: key(), village: PONCOSARI, household: 'asep', note: 'Siti pindah tugas' }
  assert.is((await as(budi).post('/prelist/revocation', form)).status, 403)
  assert.is((await as(nia).post('/prelist/revocation', form)).status, 404)
  const silent = await as(rina).post('/prelist/revocation', { ...form, note: ' ' })
  assert.is(silent.status, 422)
  assert.match(await silent.text(), /f-note/)
  assert.is(officerOf(db, 'asep'), 'siti')
  await as(rina).post('/prelist/revocation', form)
  assert.is((await as(rina).post('/prelist/revocation', form)).status, 303)
  assert.equal([stageOf(db, 'asep'), officerOf(db, 'asep')], ['published', null])
  assert.match(await textOf(as(siti).get('/prelist/available')), /Siti pindah tugas/)
  assert.not.match(await textOf(as(tono).get('/prelist/available')), /Siti pindah tugas/)
})

prelist('a row already sent in is not taken back, and the others chosen with it stay too', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  addHousehold(db, 'bayu', { stage: 'submitted', officer: siti })
  const response = await as(rina).post('/prelist/revocation', { key: key(), village: PONCOSARI, household: ['asep', 'bayu'], note: 'Salah desa' })
  assert.is(response.status, 409)
  assert.equal([stageOf(db, 'asep'), stageOf(db, 'bayu')], ['assigned', 'submitted'])
})

prelist('a listed row is withdrawn with a reason; a published one is not', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { stage: 'listed' })
  addHousehold(db, 'bayu')
  const withdraw = (household: string, actor = rina) => as(actor).post('/prelist/withdrawal', { key: key(), village: PONCOSARI, household, note: 'Bukan warga' })
  assert.is((await withdraw('asep', budi)).status, 403)
  assert.is((await withdraw('asep', nia)).status, 404)
  assert.is((await withdraw('asep')).status, 303)
  assert.is((await withdraw('bayu')).status, 409)
  assert.equal([stageOf(db, 'asep'), stageOf(db, 'bayu')], ['withdrawn', 'published'])
})

prelist('of two officers the first takes the row; the second is told who has it', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { head: 'Asep Suryana' })
  addHousehold(db, 'bayu')
  assert.is((await as(rina).post('/prelist/taking', { household: 'asep' })).status, 403)
  assert.is((await as(dewi).post('/prelist/taking', { household: 'asep' })).status, 404)
  assert.is((await as(siti).post('/prelist/taking', {})).status, 422)
  assert.is((await as(siti).post('/prelist/taking', { household: 'asep' })).status, 303)
  const second = await as(tono).post('/prelist/taking', { household: ['bayu', 'asep'] })
  assert.is(second.status, 409)
  assert.match(await second.text(), /Asep Suryana sudah diambil Siti Rahayu/)
  assert.is((await as(siti).post('/prelist/taking', { household: 'asep' })).status, 303)
  assert.equal([officerOf(db, 'asep'), officerOf(db, 'bayu')], ['siti', null])
  assert.is(actions(db).filter((action) => action === 'household.assigned').length, 1)
})

prelist('an officer gives an own row back with a reason, but not a colleague\'s and not one already deliberated', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  addHousehold(db, 'bayu', { stage: 'deliberated', officer: siti })
  const release = (household: string, actor = siti, note = 'Rumah jauh') => as(actor).post('/prelist/release', { key: key(), household, note })
  assert.is((await release('asep', tono)).status, 409)
  assert.is((await release('asep', dewi)).status, 404)
  assert.is((await release('asep', siti, '')).status, 422)
  assert.is((await release('bayu')).status, 409)
  assert.is((await release('asep')).status, 303)
  assert.equal([stageOf(db, 'asep'), officerOf(db, 'asep'), stageOf(db, 'bayu')], ['published', null, 'deliberated'])
})

prelist('lists show the own villages only: all to the officers of a place, nothing to the neighbour', async () => {
  const { db, as } = freshApp()
  addHousehold(db, 'asep', { head: 'Asep Suryana' })
  addHousehold(db, 'wayan', { regionCode: BALECATUR, head: 'Wayan Sukarta' })
  assert.match(await textOf(as(siti).get('/prelist/available?q=surya')), /Asep Suryana/)
  assert.not.match(await textOf(as(siti).get('/prelist/available?q=100%25')), /Asep Suryana/)
  assert.not.match(await textOf(as(dewi).get('/prelist/available')), /Asep Suryana/)
  assert.not.match(await textOf(as(rina).get('/prelist')), /Balecatur/)
  assert.match(await textOf(as(budi).get(`/prelist/rows?village=${PONCOSARI}`)), /99\*|Asep Suryana/)
  assert.is((await as(eko).get(`/prelist/rows?village=${PONCOSARI}`)).status, 404)
  assert.is((await as(siti).get(`/prelist/rows?village=${PONCOSARI}`)).status, 403)
})

prelist('the printed prelist has the right names, masked NIK, a tenth of blank lines, and is on record', async () => {
  const { db, as } = freshApp()
  for (let i = 0; i < 11; i += 1) addHousehold(db, `rt${i}`, { head: `Kepala ${i}` })
  const paper = await textOf(as(siti).get(`/prelist/print?village=${PONCOSARI}`))
  for (const line of ['KAB. BANTUL', 'Kecamatan Srandakan', 'Desa/Kelurahan Poncosari', 'Kepala 10']) assert.match(paper, line)
  assert.is(paper.split('blank-line').length - 1, 2)
  assert.not.match(paper, /\b99020112\d{8}\b/)
  assert.ok(actions(db).includes('prelist.printed'))
  assert.is((await as(dewi).get(`/prelist/print?village=${PONCOSARI}`)).status, 404)
})

prelist.run()
