import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { devices, households, transitions, visits } from '#db/schema/index.ts'
import { aPhoto, carried, cutFor, idsIn, PHONE, sentBack, tasksIn } from '#test/support/packs.ts'
import { actions, addHousehold, BALECATUR, budi, dewi, GADINGSARI, PONCOSARI, siti, stageOf, tono } from '#test/support/world.ts'

const scope = suite('whose households a pack holds')

scope('the officer\'s own in his villages, and of nobody else', async () => {
  const { db, download } = carried()
  addHousehold(db, 'colleague', { stage: 'assigned', officer: tono, head: 'Milik Tono' })
  addHousehold(db, 'neighbour', { stage: 'assigned', officer: dewi, regionCode: BALECATUR, head: 'Orang Sleman' })
  addHousehold(db, 'elsewhere', { stage: 'assigned', officer: siti, regionCode: GADINGSARI, head: 'Dulu Siti' })
  addHousehold(db, 'free', { stage: 'published', head: 'Belum Diambil' })
  const { pack } = await download()
  assert.equal(idsIn(pack), ['asep'])
  assert.equal(pack.prepare('SELECT DISTINCT household_id FROM members').pluck().all(), ['asep'])
  assert.equal(pack.prepare('SELECT prelist_id, head_name FROM directory ORDER BY 1').all(),
    [{ prelist_id: '99colleague', head_name: 'Milik Tono' }, { prelist_id: '99free', head_name: 'Belum Diambil' }])
  assert.equal(pack.prepare('SELECT code, name FROM villages').all(), [{ code: PONCOSARI, name: 'Poncosari' }])
  assert.not.match(pack.serialize().toString('latin1'), /Orang Sleman|Dulu Siti/)
})

scope('those of the three tabs and no other stage', async () => {
  const { db, store } = carried()
  const stages = ['returned', 'deliberated', 'submitted', 'checked', 'recheck', 'verified', 'batched', 'ratified', 'dispatched', 'determined', 'withdrawn', 'published'] as const
  for (const stage of stages) addHousehold(db, stage, { stage, officer: siti })
  const listed = (await Promise.all((['returned', 'waiting', 'sent'] as const).map((tab) => store.listTasks({ tab, words: '' })))).flatMap(({ tasks }) => tasks.map(({ id }) => id))
  assert.is(listed.length, 10)
  assert.equal(idsIn(cutFor(db, siti)).sort(), listed.sort())
})

scope('is refused to a checker, to a phone that is not known, to another\'s phone and to a revoked one', async () => {
  const { db, get } = carried()
  const before = actions(db).length
  for (const path of ['/packs/current?', '/packs/changes?since=0&schema=1&']) {
    assert.is((await get(`${path}device=${PHONE}`, {}, budi)).status, 403)
    assert.is((await get(`${path}device=${randomUUID()}`)).status, 409)
    assert.is((await get(`${path}device=${PHONE}`, {}, tono)).status, 409)
    assert.is((await get(`${path}device=hp-siti`)).status, 422)
  }
  db.update(devices).set({ revokedAt: '2026-03-01T00:00:00.000Z' }).run()
  for (const path of ['/packs/current?', '/packs/changes?since=0&schema=1&']) {
    const answer = await get(`${path}device=${PHONE}`)
    assert.equal([answer.status, (await answer.json()).problem.code], [403, 'revoked'])
  }
  assert.equal([actions(db).length, stageOf(db, 'asep')], [before, 'assigned'])
})

scope.run()

const inside = suite('what a pack tells')

inside('is what the server\'s own pages read', async () => {
  const world = carried()
  const id = randomUUID()
  await world.store.beginVisit('asep', id)
  await world.store.setLocation({ householdId: 'asep', visitId: id }, { latitude: -7.97, longitude: 110.22, accuracyM: 9, locatedAt: null }, { revision: 1 })
  await world.as(siti).post(`/field/asep/visits/${id}/photos`, { 'F-KTP': aPhoto() })
  addHousehold(world.db, 'ujang', { stage: 'assigned', officer: siti })
  const returnedId = sentBack(world.db, 'ujang')
  // A draft begun beside it, later.
  const beside = world.db.select().from(visits).where(eq(visits.id, returnedId)).get()!
  world.db.insert(visits).values({ ...beside, id: randomUUID(), status: 'draft', openedAt: '2026-03-09T00:00:00.000Z' }).run()
  const { pack } = await world.download()
  assert.is(tasksIn(pack).length, 2)
  for (const row of tasksIn(pack)) {
    const task = await world.store.getTask(row.id)
    const visit = JSON.parse(row.visit!)
    const { household } = task
    assert.equal([row.head_name, row.address, row.sls_name, row.prelist_id, row.member_count, row.stage, row.musdes_status, row.region_code],
      [household.headName, household.address, household.slsName, household.prelistId, household.memberCount, household.stage, household.musdesStatus, PONCOSARI])
    assert.equal({ openVisitId: visit.id, remarks: JSON.parse(row.remarks), note: row.note }, { openVisitId: task.openVisitId, remarks: task.remarks, note: task.note })
    assert.equal(JSON.parse(row.record), world.db.select().from(households).where(eq(households.id, row.id)).get()!.record)
    const shown = { ...await world.store.getVisit({ householdId: row.id, visitId: visit.id }) }
    assert.equal(visit, Object.fromEntries(Object.entries(shown).filter(([key]) => key in visit)))
    for (const key of ['id', 'householdId', 'headName', 'status', 'outcome', 'record', 'savedSections', 'revision', 'questionnaireVersion', 'activeMs', 'coordinate', 'photos', 'remarks', 'note', 'baseVersion', 'openedAt']) assert.ok(key in visit, key)
  }
  const [draft, returned] = tasksIn(pack).map(({ visit }) => JSON.parse(visit!))
  assert.equal([draft.id, draft.coordinate.accuracyM, draft.photos.length, draft.photos[0].sha256.length], [id, 9, 1, 64])
  assert.equal([returned.id, returned.status, returned.photos.length], [returnedId, 'returned', 9])
})

inside('brings the remarks of a returned visit, counted as in the list', async () => {
  const world = carried()
  sentBack(world.db)
  const [row] = tasksIn((await world.download()).pack)
  assert.equal([row!.stage, row!.note, JSON.parse(row!.remarks)], ['returned', 'Perbaiki lantai', [{ path: 'household.floorType', message: 'Lantai di foto keramik' }]])
  const { tasks } = await world.store.listTasks({ tab: 'returned', words: '' })
  assert.equal([row!.remark_count, row!.outcome], [tasks[0]!.remarkCount, tasks[0]!.outcome])
})

inside('holds no visit that another officer began', () => {
  const { db } = carried()
  addHousehold(db, 'ujang', { stage: 'published' })
  sentBack(db, 'ujang')
  db.update(households).set({ officerId: tono.id }).where(eq(households.id, 'ujang')).run()
  assert.equal(tasksIn(cutFor(db, tono)).map(({ id, visit, note }) => ({ id, visit, note })), [{ id: 'ujang', visit: null, note: '' }])
})

inside('names its officer, its sequence and the questionnaire', async () => {
  const { pack, sequence } = await carried().download()
  const meta = Object.fromEntries(pack.prepare<[], { key: string, value: string }>('SELECT * FROM meta').all().map(({ key, value }) => [key, value]))
  assert.equal([meta.schema, meta.userId, meta.questionnaireVersion, meta.sequence], ['1', 'siti', '2026', String(sequence)])
})

inside('travels packed to whoever unpacks it, and is stored nowhere on the way', async () => {
  const { get } = carried()
  const plain = await get(`/packs/current?device=${PHONE}`)
  const packed = await get(`/packs/current?device=${PHONE}`, { 'Accept-Encoding': 'gzip, br' })
  assert.equal([plain, packed].map(({ headers }) => [headers.get('Content-Encoding'), headers.get('Cache-Control'), headers.get('Content-Type'), headers.get('Siks-Schema')]),
    [null, 'gzip'].map((encoding) => [encoding, 'no-store', 'application/vnd.sqlite3', '1']))
  const bytes = gunzipSync(Buffer.from(await packed.arrayBuffer()))
  assert.equal(idsIn(new Database(bytes)), ['asep'])
})

inside.run()

const taking = suite('taking a pack along')

taking('puts what was assigned on the device, and writes down who took what', async () => {
  const { db, download } = carried()
  addHousehold(db, 'sent', { stage: 'submitted', officer: siti })
  addHousehold(db, 'colleague', { stage: 'assigned', officer: tono })
  const before = actions(db).length
  const { pack, sequence } = await download()
  assert.equal(['asep', 'sent', 'colleague'].map((id) => stageOf(db, id)), ['downloaded', 'submitted', 'assigned'])
  assert.equal(tasksIn(pack).map(({ stage }) => stage), ['downloaded', 'submitted'])
  assert.is(db.select().from(transitions).where(eq(transitions.subject, `device:${PHONE}`)).all().length, 1)
  assert.equal(actions(db).slice(before), ['household.downloaded', 'pack.downloaded'])
  const device = db.select().from(devices).get()!
  assert.ok(device.packSequence === sequence && device.packAt !== null && device.lastSeenAt === device.packAt)
})

taking('a second time moves nothing, and its sequence never goes back', async () => {
  const { db, download } = carried()
  const first = await download()
  const second = await download()
  assert.ok(second.sequence >= first.sequence)
  assert.is(db.select().from(transitions).where(eq(transitions.subject, `device:${PHONE}`)).all().length, 1)
})

taking.run()
