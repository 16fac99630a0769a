import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eq } from 'drizzle-orm'
import { assignRows } from '#app/assignments/assigning.ts'
import { publishRows, revokeRows } from '#app/assignments/publishing.ts'
import { households, transitions, users } from '#db/schema/index.ts'
import {
  actions, addHousehold, as, budi, dewi, eko, freshApp, GADINGSARI, nia, oki, PONCOSARI, rina, siti, stageOf, tono, wawan, BALECATUR,
} from '#test/support/world.ts'

const key = () => crypto.randomUUID()
const prelist = suite('assignments')

const officerOf = (db: ReturnType<typeof freshApp>['db'], id: string) =>
  db.select({ officer: households.officerId }).from(households).where(eq(households.id, id)).get()?.officer
const textOf = async (response: Response | Promise<Response>) => (await response).text()

prelist('only Dinsos publishes, only in its own kabupaten, and a form sent twice does it once', () => {
  const { db } = freshApp()
  addHousehold(db, 'asep', { stage: 'listed' })
  const form = { key: key(), ids: ['asep'] }
  assert.throws(() => as(db, budi, (tx) => publishRows(tx, form)), /tidak berwenang/)
  assert.throws(() => as(db, nia, (tx) => publishRows(tx, form)), /tidak ditemukan/)
  assert.is(stageOf(db, 'asep'), 'listed')
  assert.equal([1, 2].map(() => as(db, rina, (tx) => publishRows(tx, form))), [1, undefined])
  assert.is(db.select().from(transitions).where(eq(transitions.toStage, 'published')).all().length, 1)
})

prelist('the koordinator kecamatan gives chosen rows to an officer, also one the musdes already judged; sent twice it is done once', () => {
  const { db } = freshApp()
  addHousehold(db, 'asep')
  addHousehold(db, 'bayu')
  addHousehold(db, 'cici', { stage: 'deliberated' })
  const form = { key: key(), village: PONCOSARI, officer: siti.id, ids: ['asep', 'cici'] }
  assert.throws(() => as(db, siti, (tx) => assignRows(tx, form)), /tidak berwenang/)
  assert.throws(() => as(db, eko, (tx) => assignRows(tx, form)), /tidak ditemukan/)
  for (let time = 0; time < 2; time++) as(db, budi, (tx) => assignRows(tx, form))
  assert.equal(['asep', 'bayu', 'cici'].map((id) => officerOf(db, id)), ['siti', null, 'siti'])
  assert.is(actions(db).filter((action) => action === 'household.assigned').length, 2)
})

prelist('only an active officer of that very village is given rows', () => {
  const { db } = freshApp()
  addHousehold(db, 'asep')
  db.update(users).set({ status: 'suspended' }).where(eq(users.id, 'oki')).run()
  const give = (officer: string, ids = ['asep']) => as(db, rina, (tx) => assignRows(tx, { key: key(), village: PONCOSARI, officer, ids }))
  for (const officer of [dewi.id, wawan.id, oki.id, '']) assert.throws(() => give(officer), ({ fields }: { fields: object }) => 'officer' in fields, officer)
  addHousehold(db, 'gadis', { regionCode: GADINGSARI })
  assert.throws(() => give(siti.id, ['asep', 'gadis']), /tidak ditemukan/)
  assert.equal([officerOf(db, 'asep'), officerOf(db, 'gadis')], [null, null])
})

prelist('Dinsos takes rows back with a reason the officer reads', async () => {
  const { db, as: by } = freshApp()
  addHousehold(db, 'asep', { stage: 'downloaded', officer: siti, head: 'Asep Suryana' })
  const form = { key: key(), ids: ['asep'], note: 'Siti pindah tugas' }
  assert.throws(() => as(db, budi, (tx) => revokeRows(tx, form)), /tidak berwenang/)
  assert.throws(() => as(db, nia, (tx) => revokeRows(tx, form)), /tidak ditemukan/)
  assert.is(officerOf(db, 'asep'), 'siti')
  assert.equal([1, 2].map(() => as(db, rina, (tx) => revokeRows(tx, form), new Date().toISOString())), [1, undefined])
  assert.equal([stageOf(db, 'asep'), officerOf(db, 'asep')], ['published', null])
  assert.match(await textOf(by(siti).get('/prelist/available')), /Siti pindah tugas/)
  assert.not.match(await textOf(by(tono).get('/prelist/available')), /Siti pindah tugas/)
})

prelist('a row already sent in is not taken back, and the others chosen with it stay too', () => {
  const { db } = freshApp()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  addHousehold(db, 'bayu', { stage: 'submitted', officer: siti })
  assert.throws(() => as(db, rina, (tx) => revokeRows(tx, { key: key(), ids: ['asep', 'bayu'], note: 'Salah desa' })), /Tidak ada yang diubah/)
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

prelist('a withdrawn row may be put back with a reason, unless it left the registry', async () => {
  const { db, as } = freshApp()
  for (const id of ['asep', 'bayu']) addHousehold(db, id, { stage: 'withdrawn', head: id })
  addHousehold(db, 'cici')
  db.$client.exec("INSERT INTO inactive_households (household_id, reason, since, cause) VALUES ('bayu', 'pindah', '2026-02-01', 'test')")
  const reinstate = (household: string, actor = rina) => as(actor).post('/prelist/reinstatement', { key: key(), village: PONCOSARI, household, note: 'Ternyata warga' })
  assert.match(await (await as(rina).get(`/prelist/rows?village=${PONCOSARI}&stage=withdrawn`)).text(), 'Masukkan lagi ke prelist')
  assert.is((await reinstate('asep', budi)).status, 403)
  assert.is((await reinstate('asep')).status, 303)
  for (const id of ['bayu', 'cici']) assert.is((await reinstate(id)).status, 409)
  assert.equal(['asep', 'bayu', 'cici'].map((id) => stageOf(db, id)), ['listed', 'withdrawn', 'published'])
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
