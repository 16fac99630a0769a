import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assignRows } from '#app/assignments/assigning.ts'
import { revokeRows } from '#app/assignments/publishing.ts'
import { switchOn } from '#app/dtsen/extension.ts'
import { createHousehold, getHousehold, reviseHousehold } from '#app/households/records.ts'
import { MOST_CHANGED } from '#app/packs/changes.ts'
import { DROP_DIRECTORY, DROP_MEMBERS, DROP_TASK, PUT_DIRECTORY, PUT_MEMBERS, PUT_TASK, taskValues } from '#app/packs/schema.ts'
import { changeRegion } from '#app/regions/changes.ts'
import { moveUser } from '#app/users/users.ts'
import { aPhoto, carried, cutFor, idsIn, PHONE, sentBack, type Told } from '#test/support/packs.ts'
import { addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, agus, as, BALECATUR, BANTUL, dewi, oki, PONCOSARI, rina, siti, stageOf, tono, TRIMURTI } from '#test/support/world.ts'

// As the phone does it.
function apply(pack: Database.Database, { tasks, removed, directory, directoryRemoved }: Told) {
  const run = (sql: string, ...values: unknown[]) => pack.prepare(sql).run(...values)
  for (const id of removed) { run(DROP_TASK, id); run(DROP_MEMBERS, id) }
  for (const row of tasks) { run(PUT_TASK, ...taskValues(row)); run(DROP_MEMBERS, row.id); run(PUT_MEMBERS, row.id) }
  for (const id of directoryRemoved) run(DROP_DIRECTORY, id)
  for (const { prelist_id, head_name } of directory) run(PUT_DIRECTORY, prelist_id, head_name)
}
const contents = (pack: Database.Database) => ['villages', 'tasks', 'members', 'directory'].map((table) => pack.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())

const difference = suite('the difference')

difference('is under a kilobyte when nothing has changed, whatever the rest of the country did, and leaves no trace', async () => {
  const { db, download, changes, get } = carried()
  const { sequence } = await download()
  addHousehold(db, 'neighbour', { stage: 'assigned', officer: dewi, regionCode: BALECATUR })
  addHousehold(db, 'nextdoor', { stage: 'assigned', officer: oki, regionCode: TRIMURTI })
  await get('/households/asep', { Accept: 'text/html' }, rina)
  const before = actions(db)
  assert.equal(await changes(sequence), { sequence, full: false, tasks: [], removed: [], directory: [], directoryRemoved: [] })
  assert.ok((await (await get(`/packs/changes?device=${PHONE}&since=${sequence}&schema=1`)).arrayBuffer()).byteLength < 1024)
  assert.equal(actions(db), before)
})

difference('brings a revised household with its people', async () => {
  const { db, download, changes } = carried()
  const { pack, sequence } = await download()
  as(db, rina, (tx) => {
    const household = getHousehold(tx, 'asep')
    const record = { ...household.record, members: household.record.members.slice(0, 1) }
    reviseHousehold(tx, household, 1, record, 'prelist:test')
  })
  const told = await changes(sequence)
  assert.equal([told.tasks.map(({ id, version }) => [id, version]), told.sequence > sequence], [[['asep', 2]], true])
  assert.is(pack.prepare('SELECT count(*) FROM members').pluck().get(), 2)
  apply(pack, told)
  assert.is(pack.prepare('SELECT count(*) FROM members').pluck().get(), 1)
  assert.equal((await changes(told.sequence)).tasks, [])
})

type World = ReturnType<typeof carried>
const DRAFTING: [sentence: string, change: (world: World, where: { householdId: string, visitId: string }) => unknown, seen: (visit: any) => unknown, value: unknown][] = [
  ['a section', ({ store }, where) => store.saveSection(where, { revision: 1, section: 'housing', fields: { 'household.bedroomCount': '4' } }),
    ({ revision, record }) => [revision, record.household.bedroomCount], [2, 4]],
  ['the location', ({ store }, where) => store.setLocation(where, { latitude: -7.5, longitude: 110.2, accuracyM: 9, locatedAt: null }, { revision: 1 }),
    ({ coordinate }) => coordinate.latitude, -7.5],
  ['a photo', (world, { visitId }) => world.as(siti).post(`/field/asep/visits/${visitId}/photos`, { 'F-KTP': aPhoto() }),
    ({ photos }) => photos.map(({ kind }: { kind: string }) => kind), ['F-KTP']],
]
for (const [sentence, change, seen, value] of DRAFTING) {
  difference(`brings ${sentence} that was saved online, though no stage has moved`, async () => {
    const world = carried()
    const id = randomUUID()
    await world.download()
    await world.store.beginVisit('asep', id)
    const { sequence } = await world.download()
    await change(world, { householdId: 'asep', visitId: id })
    const [row] = (await world.changes(sequence)).tasks
    assert.equal(seen(JSON.parse(row!.visit!)), value)
  })
}

difference('brings a newly assigned household, and puts it on the device', async () => {
  const { db, download, changes } = carried()
  addHousehold(db, 'ujang', { stage: 'published', head: 'Ujang Komar' })
  const { pack, sequence } = await download()
  as(db, rina, (tx) => assignRows(tx, { key: randomUUID(), village: PONCOSARI, officer: 'siti', ids: ['ujang'] }))
  const told = await changes(sequence)
  assert.equal([told.tasks.map(({ id, stage }) => [id, stage]), told.directoryRemoved, stageOf(db, 'ujang')], [[['ujang', 'downloaded']], ['99ujang'], 'downloaded'])
  assert.is(actions(db).at(-1), 'pack.updated')
  apply(pack, told)
  assert.equal(contents(pack), contents(cutFor(db, siti)))
})

difference('names what was taken away, and nobody else\'s', async () => {
  const { db, download, changes } = carried()
  addHousehold(db, 'colleague', { stage: 'assigned', officer: tono })
  addHousehold(db, 'neighbour', { stage: 'assigned', officer: dewi, regionCode: BALECATUR })
  const { pack, sequence } = await download()
  as(db, { ...rina, regions: ['34'] }, (tx) => revokeRows(tx, { key: randomUUID(), ids: ['asep', 'colleague', 'neighbour'], note: 'pindah tugas' }))
  as(db, rina, (tx) => assignRows(tx, { key: randomUUID(), village: PONCOSARI, officer: 'tono', ids: ['asep'] }))
  const told = await changes(sequence)
  assert.equal([told.tasks, told.removed, told.directory], [[], ['asep'], [{ prelist_id: '99asep', head_name: 'Asep Suryana' }]])
  apply(pack, told)
  assert.equal(idsIn(pack), [])
  assert.equal(contents(pack), contents(cutFor(db, siti)))
})

difference('put into the old pack makes the new one', async () => {
  const world = carried()
  const { db, download, changes } = world
  for (const id of ['ujang', 'cecep', 'dadang', 'euis']) addHousehold(db, id, { stage: 'assigned', officer: siti })
  const { pack, sequence } = await download()
  await world.store.beginVisit('ujang', randomUUID())
  sentBack(db, 'cecep')
  addVisit(db, 'dadang', siti)
  as(db, rina, (tx) => revokeRows(tx, { key: randomUUID(), ids: ['euis'], note: 'pindah' }))
  addHousehold(db, 'baru', { stage: 'published', head: 'Baru Masuk' })
  addHousehold(db, 'usulan', { stage: 'assigned', officer: siti, prelistId: null })
  apply(pack, await changes(sequence))
  assert.equal(contents(pack), contents(cutFor(db, siti)))
  assert.equal(idsIn(pack), ['asep', 'ujang', 'cecep', 'dadang', 'usulan'])
})

const WHOLE: [sentence: string, change: (world: World, sequence: number) => unknown][] = [
  ['the officer was moved', ({ db }) => as(db, agus, (tx) => moveUser(tx, 'siti', { role: 'enumerator', regions: [TRIMURTI] }))],
  ['the village has another name', ({ db }) => as(db, agus, (tx) => changeRegion(tx, PONCOSARI, { id: 'x', kind: 'rename', newCode: '', newName: 'Poncosari Baru', effectiveOn: '2026-01-01', source: 'Perda' }))],
  ['the kecamatan has another code', ({ db }) => as(db, agus, (tx) => changeRegion(tx, '34.02.01', { id: 'x', kind: 'recode', newCode: '34.02.09', newName: '', effectiveOn: '2026-01-01', source: 'Perda' }))],
  ['other questions are asked in the kabupaten', ({ db }) => as(db, agus, (tx) =>
    switchOn(tx, { id: randomUUID(), regionCode: BANTUL, validFrom: '2099-01-01', validTo: null, source: 'Surat' }))],
  ['more has changed than a whole pack holds', ({ db }) => as(db, rina, (tx) => {
    const { record } = getHousehold(tx, 'asep')
    for (let i = 0; i <= MOST_CHANGED; i++) createHousehold(tx, { id: `h${i}`, regionCode: PONCOSARI, prelistId: null, origin: 'new', record, cause: 'test', stage: 'published' })
  })],
  ['the server was put back to an earlier day', ({ db }, sequence) => {
    for (const { name } of db.$client.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'").all()) db.$client.exec(`DROP TRIGGER ${name}`)
    db.$client.exec(`DELETE FROM audit_entries WHERE seq >= ${sequence}`)
  }],
]
for (const [sentence, change] of WHOLE) {
  difference(`gives way to a whole pack when ${sentence}`, async () => {
    const world = carried()
    const { sequence } = await world.download()
    await change(world, sequence)
    assert.is((await world.ask(sequence)).full, true)
  })
}

difference('gives way to a whole pack for another form of pack, and for a phone that never had one', async () => {
  const { get, download, ask, db } = carried()
  assert.is((await ask(1)).full, true)
  assert.is(stageOf(db, 'asep'), 'assigned')
  const { sequence } = await download()
  assert.is((await (await get(`/packs/changes?device=${PHONE}&since=${sequence}&schema=2`)).json()).full, true)
  assert.is((await ask(sequence)).full, false)
})

difference.run()
