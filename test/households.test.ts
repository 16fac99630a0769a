import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { getVisitPhoto } from '#app/files/reading.ts'
import { openHousehold } from '#app/households/detail.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { openVersion } from '#app/households/versions.ts'
import { auditEntries, families, households } from '#db/schema/index.ts'
import { aRecord } from '#test/support/records.ts'
import { addVerified, addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, agus, as, aulia, budi, dewi, freshApp, freshDatabase, nia, prita, rina, siti } from '#test/support/world.ts'

// Asep's household with a number nobody else has, for looking at what is shown of it.
const NIK = '9902011205800777'
const KK = '9902011503100777'
const world = () => {
  const { db, ...rest } = freshApp()
  addHousehold(db, 'asep', { record: aRecord({ serial: 777 }), head: 'Asep Suryana' })
  return { db, ...rest }
}
const lines = (db: ReturnType<typeof freshDatabase>) => db.select().from(auditEntries).all().filter(({ action }) => action === 'household.opened')

const opening = suite('opening a household')

opening('shows everything but NIK and No KK, and leaves one line in the trail each time', async () => {
  const { db, as: on } = world()
  const body = await (await on(budi).get('/households/asep')).text()
  for (const shown of ['Asep Suryana', 'Wati Suryani', '99**********0777', 'Jl. Melati 4 RT 02', 'Semen/bata merah', 'Poncosari']) assert.ok(body.includes(shown), shown)
  for (const hidden of [NIK, KK]) assert.not(body.includes(hidden))
  assert.equal(lines(db).map(({ actorId, subject }) => [actorId, subject]), [['budi', 'asep']])
  await on(budi).get('/households/asep')
  assert.is(lines(db).length, 2)
})

opening('is refused to who reads no household: administrator and auditor', async () => {
  const { db, as: on } = world()
  for (const person of [agus, aulia]) {
    assert.is((await on(person).get('/households/asep')).status, 403)
    assert.is((await on(person).get('/households')).status, 403)
    assert.is((await on(person).get('/households/asep/versions/1')).status, 403)
  }
  assert.is(lines(db).length, 0)
})

opening('is not found from next door, and leaves no line', async () => {
  const { db, as: on } = world()
  for (const person of [nia, dewi]) {
    for (const path of ['/households/asep', '/households/asep/versions', '/households/asep/versions/1']) {
      const answer = await on(person).get(path)
      assert.is(answer.status, 404)
      assert.not((await answer.text()).includes('Asep'))
    }
  }
  assert.is(lines(db).length, 0)
})

opening('shows whole numbers for one showing, for a reason that stays in the trail', async () => {
  const { db, as: on } = world()
  for (const path of ['/households/asep/numbers', '/households/asep/versions/1/numbers']) {
    const body = await (await on(rina).post(path, { purpose: 'citizen', note: 'Bu Wati di loket' })).text()
    assert.ok(body.includes(NIK) && body.includes(KK), path)
    assert.match(body, 'tampil utuh hanya sekali ini')
  }
  for (const path of ['/households/asep', '/households/asep/versions/1', '/households/asep/life']) assert.not((await (await on(rina).get(path)).text()).includes(NIK), path)
  const shown = db.select().from(auditEntries).all().filter(({ action }) => action === 'numbers.opened')
  assert.equal(shown.map(({ actorId, subject, details }) => [actorId, subject, JSON.parse(details)]), [
    ['rina', 'asep', { purpose: 'citizen', note: 'Bu Wati di loket' }], ['rina', 'asep', { purpose: 'citizen', note: 'Bu Wati di loket', version: 1 }]])
})

opening('shows no number without a reason, from next door, to the province, or to who reads no household', async () => {
  const { db, as: on } = world()
  const before = actions(db)
  for (const fields of [{}, { purpose: 'curious' }, { purpose: 'other', note: 'mau' }] as Record<string, string>[]) assert.is((await on(rina).post('/households/asep/numbers', fields)).status, 422)
  for (const person of [nia, dewi]) assert.is((await on(person).post('/households/asep/numbers', { purpose: 'document' })).status, 404)
  for (const person of [prita, agus, aulia]) assert.is((await on(person).post('/households/asep/numbers', { purpose: 'document' })).status, 403)
  assert.equal(actions(db), before)
})

opening('never tells the province a whole NIK or KK', async () => {
  const { as: on } = world()
  for (const path of ['/households/asep', '/households/asep/versions/1']) {
    const body = await (await on(prita).get(path)).text()
    assert.not(body.includes(NIK) || body.includes(KK), path)
    assert.not.match(body, 'Tampilkan NIK')
  }
})

opening('shows the photos and the point of the last visit that was accepted', async () => {
  const { db, as: on } = world()
  addVisit(db, 'asep', siti, { id: 'waiting', photos: true })
  assert.not((await (await on(budi).get('/households/asep')).text()).includes('/files/visits/'))
  addVerified(db, 'asep', siti, budi, { id: 'accepted', photos: true })
  const body = await (await on(budi).get('/households/asep')).text()
  assert.ok(body.includes('/files/visits/accepted/F-KTP'))
  assert.not(body.includes('/files/visits/waiting/'))
  assert.ok(body.includes('geo:-7.9713,110.2217'))
})

opening('never shows the province a KTP or KK, whose picture is the number', async () => {
  const { db, as: on } = world()
  addVerified(db, 'asep', siti, budi, { id: 'accepted', photos: true })
  const body = await (await on(prita).get('/households/asep')).text()
  assert.ok(body.includes('/files/visits/accepted/F-RUMAH'))
  assert.not.match(body, /F-KTP|F-KK/)
  for (const kind of ['F-KTP', 'F-KK']) assert.is((await on(prita).get(`/files/visits/accepted/${kind}`)).status, 403)
  assert.is(getVisitPhoto(db, prita, 'accepted', 'F-RUMAH').name, 'F-RUMAH.jpg')
})

opening('says of each block how much is known and which version set it', () => {
  const db = freshDatabase()
  const record = aRecord()
  delete record.household.floorType
  addHousehold(db, 'asep', { record })
  const change = { ...record, household: { ...record.household, hasFridge: true } }
  as(db, rina, (tx) => reviseHousehold(tx, getHousehold(tx, 'asep'), 1, change, 'determination:b1'))
  const { blocks } = as(db, budi, (tx) => openHousehold(tx, 'asep'))
  const of = (code: string) => blocks.find((block) => block.code === code)!
  assert.is(of('housing').asked - of('housing').answered, 1)
  assert.is(of('housing').setBy, 1)
  assert.is(of('assets').setBy, 2)
  assert.is(of('members').asked, of('members').answered)
})

opening('tells every stage with who and why', async () => {
  const { db, as: on } = world()
  addVerified(db, 'asep', siti, budi)
  const body = await (await on(rina).get('/households/asep')).text()
  for (const said of ['Prelist masuk', 'Menunggu pemeriksaan', 'Siti Rahayu', 'Disetujui Dinsos', 'Budi Santoso']) assert.ok(body.includes(said), said)
})

opening.run()

const versions = suite('the versions of a household')

function revised() {
  const shown = world()
  const { record, version } = getHousehold({ db: shown.db, actor: rina }, 'asep')
  const change = { ...record, household: { ...record.household, address: 'Jl. Kenanga 7', floorType: 2 } }
  as(shown.db, rina, (tx) => reviseHousehold(tx, getHousehold(tx, 'asep'), version, change, 'determination:berkas-1'))
  return shown
}

versions('are listed with their cause in words', async () => {
  const { as: on } = revised()
  const body = await (await on(budi).get('/households/asep/versions')).text()
  for (const said of ['Versi 2', 'Penetapan Kemensos', 'Rina Kartika', 'Versi 1', 'Impor prelist']) assert.ok(body.includes(said), said)
})

versions('are each shown beside the one before, and reading one is a line in the trail', async () => {
  const { db, as: on } = revised()
  const body = await (await on(budi).get('/households/asep/versions/2')).text()
  assert.match(body, /<del>Jl\. Melati 4 RT 02<\/del>/)
  assert.match(body, /<ins>Jl\. Kenanga 7<\/ins>/)
  assert.match(body, /<del>Semen\/bata merah<\/del>[\s\S]*<ins>Keramik<\/ins>/)
  assert.is(actions(db).at(-1), 'household.opened')
})

versions('that do not exist are not found', async () => {
  const { as: on } = revised()
  for (const path of ['3', '0', '-1', 'x', '1e3']) assert.is((await on(budi).get(`/households/asep/versions/${path}`)).status, 404)
  assert.is((await on(budi).get('/households/nobody/versions')).status, 404)
})

versions('hide a changed NIK but not that it changed', () => {
  const { db } = world()
  const { record } = getHousehold({ db, actor: rina }, 'asep')
  const members = record.members.map((member, i) => i === 0 ? { ...member, nik: '9902011205800778' } : member)
  as(db, rina, (tx) => reviseHousehold(tx, getHousehold(tx, 'asep'), 1, { ...record, members }, 'prelist:x'))
  const { changes } = as(db, prita, (tx) => openVersion(tx, 'asep', 2))
  assert.equal(changes.map(({ before, after }) => [before, after]), [['99**********0777', '99**********0778']])
})

versions('keep the projection of the newest one', () => {
  const { db } = revised()
  assert.is(db.select().from(households).where(eq(households.id, 'asep')).get()!.address, 'Jl. Kenanga 7')
  assert.is(db.select().from(families).all().length, 1)
})

versions.run()
