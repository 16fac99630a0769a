import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { childrenOf, findRegion, pathTo, presentCodeOf, searchRegions } from '#app/regions/regions.ts'
import { regionsOf } from '#app/users/users.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { loadRegions, titleCase } from '#db/seeds/regions.ts'
import { actions, agus, BANTUL, freshApp, freshDatabase, PONCOSARI, rina, siti, SRANDAKAN, TRIMURTI } from '#test/support/world.ts'

const test = suite('regions')
const change = (fields: Record<string, string>) =>
  ({ key: randomUUID(), effectiveOn: '2025-06-01', source: 'Kepmendagri 300.2.2-2430/2025', ...fields })

test('the tree is read by code, children by name', () => {
  const db = freshDatabase()
  assert.equal(childrenOf(db, SRANDAKAN).map(({ name }) => name), ['Poncosari', 'Trimurti'])
  assert.equal(childrenOf(db, '').map(({ code }) => code), ['34'])
  assert.equal(pathTo(db, PONCOSARI).map(({ code }) => code), ['34', BANTUL, SRANDAKAN, PONCOSARI])
})

test('Siti browses down to her village and finds it by name, but cannot change it', async () => {
  const { db, as } = freshApp()
  const page = await (await as(siti).get(`/regions/${SRANDAKAN}`)).text()
  assert.match(page, 'Poncosari')
  assert.match(page, PONCOSARI)
  assert.match(page, '3402010001')
  assert.not.match(page, 'Catat perubahan')
  assert.match(await (await as(siti).get('/regions?q=gading')).text(), 'Gadingsari')
  assert.is((await as(rina).post(`/regions/${PONCOSARI}/bps-code`, { bpsCode: '3402010009' })).status, 403)
  assert.is((await as(rina).post(`/regions/${PONCOSARI}/changes`, change({ kind: 'rename', newName: 'Baru' }))).status, 403)
  assert.is((await as(siti).get('/regions/99.99')).status, 404)
  assert.equal(actions(db), [])
  assert.is(findRegion(db, PONCOSARI)?.name, 'Poncosari')
})

test('a region is found by any part of its name and by either code, and a change is seen at once', async () => {
  const { db, as } = freshApp()
  const found = (text: string) => searchRegions(db, text).map(({ name }) => name)
  assert.equal(found('SARI'), ['Gadingsari', 'Poncosari'])
  assert.equal(found('srandakan\t'), ['Srandakan'])
  assert.equal(found(PONCOSARI), ['Poncosari'])
  assert.equal(found('3402010001'), ['Poncosari'])
  for (const nothing of ['', '%', '2001', 'sari\tgading']) assert.equal(found(nothing), [])
  assert.is((await as(agus).post(`/regions/${PONCOSARI}/changes`, change({ kind: 'rename', newName: 'Poncomulyo' }))).status, 303)
  assert.equal(found('ponco'), ['Poncomulyo'])
  assert.equal(searchRegions(db, 'a', 2).length, 2)
})

test('children are only options for htmx, and a whole page without it', async () => {
  const { as, htmx } = freshApp()
  const options = await (await htmx(siti).get(`/regions/${SRANDAKAN}/children`)).text()
  assert.match(options, `<option value="${PONCOSARI}">Poncosari</option>`)
  assert.not.match(options, '<html')
  assert.is((await as(siti).get(`/regions/${SRANDAKAN}/children`)).headers.get('Location'), `/regions/${SRANDAKAN}`)
})

test('a change in the picker loads only the lists below it, and empties those further down', async () => {
  const { htmx } = freshApp()
  const part = await (await htmx(siti).get(`/regions/children?name=region&above=2&deepest=4&region=${BANTUL}`)).text()
  assert.match(part, `<option value="${SRANDAKAN}">`)
  assert.not.match(part, PONCOSARI)
  assert.not.match(part, 'Provinsi')
  assert.match(part, 'Desa/kelurahan')
})

test('without script the chosen branch is drawn again; a branch left behind by a changed select is ignored', async () => {
  const { as } = freshApp()
  const drawn = await (await as(agus).get(`/users?region=34&region=${BANTUL}&region=${SRANDAKAN}`)).text()
  assert.match(drawn, `<option value="${SRANDAKAN}" selected="">`)
  assert.match(drawn, `<option value="${PONCOSARI}">`)
  const moved = await (await as(agus).get(`/users?region=34&region=34.04&region=${SRANDAKAN}`)).text()
  assert.match(moved, '<option value="34.04" selected="">')
  assert.match(moved, '<option value="34.04.01">')
})

test('Agus records a BPS code; one of the wrong length or already taken names the field', async () => {
  const { db, as } = freshApp()
  assert.is((await as(agus).post(`/regions/${PONCOSARI}/bps-code`, { bpsCode: '3402010077' })).status, 303)
  assert.is(findRegion(db, PONCOSARI)?.bpsCode, '3402010077')
  assert.equal(actions(db), ['region.bps_recorded'])
  for (const bpsCode of ['34020', '3402010002']) {
    const refused = await as(agus).post(`/regions/${PONCOSARI}/bps-code`, { bpsCode })
    assert.is(refused.status, 422)
    assert.match(await refused.text(), '#f-bpsCode')
  }
  assert.is(findRegion(db, PONCOSARI)?.bpsCode, '3402010077')
})

test('a rename keeps the code and the old name in the history; sent twice it is recorded once', async () => {
  const { db, as } = freshApp()
  const form = change({ kind: 'rename', newName: 'Poncosari Baru' })
  for (let time = 0; time < 2; time += 1) assert.is((await as(agus).post(`/regions/${PONCOSARI}/changes`, form)).status, 303)
  const page = await (await as(agus).get(`/regions/${PONCOSARI}`)).text()
  assert.match(page, 'Ganti nama')
  assert.match(page, '>Poncosari</a>')
  assert.match(page, '>Poncosari Baru</a>')
  assert.equal(actions(db), ['region.renamed'])
})

test('a recode closes the branch, opens it under the new code, and its people work in both', async () => {
  const { db, as } = freshApp()
  assert.is((await as(agus).post(`/regions/${SRANDAKAN}/changes`, change({ kind: 'recode', newCode: '34.02.09' }))).status, 303)
  assert.is(findRegion(db, PONCOSARI)?.validTo, '2025-06-01')
  assert.equal(childrenOf(db, '34.02.09').map(({ code }) => code), ['34.02.09.2001', '34.02.09.2002'])
  assert.is(presentCodeOf(db, PONCOSARI), '34.02.09.2001')
  assert.equal(regionsOf(db, 'siti'), [PONCOSARI, '34.02.09.2001'])
  assert.equal(regionsOf(db, 'budi'), [SRANDAKAN, '34.02.09'])
  assert.is((await as(agus).post(`/regions/${SRANDAKAN}/changes`, change({ kind: 'recode', newCode: '34.02.10' }))).status, 409)
})

test('a village is split from another and merged into another', async () => {
  const { db, as } = freshApp()
  await as(agus).post(`/regions/${PONCOSARI}/changes`, change({ kind: 'split', newCode: '34.02.01.2003', newName: 'Poncosari Kidul' }))
  assert.is(findRegion(db, '34.02.01.2003')?.name, 'Poncosari Kidul')
  assert.is(findRegion(db, PONCOSARI)?.validTo, null)
  await as(agus).post(`/regions/${PONCOSARI}/changes`, change({ kind: 'merge', newCode: TRIMURTI }))
  assert.is(presentCodeOf(db, PONCOSARI), TRIMURTI)
  assert.equal(childrenOf(db, SRANDAKAN).map(({ name }) => name), ['Poncosari Kidul', 'Trimurti'])
})

test('a change that cannot be is refused and names its field', async () => {
  const { db, as } = freshApp()
  const wrong: [string, Record<string, string>][] = [
    ['newName', { kind: 'rename' }], ['newCode', { kind: 'recode', newCode: TRIMURTI }], ['newCode', { kind: 'recode', newCode: '34.77.01.2001' }],
    ['newCode', { kind: 'merge', newCode: SRANDAKAN }], ['effectiveOn', { kind: 'rename', newName: 'Baru', effectiveOn: '2999-01-01' }],
    ['source', { kind: 'rename', newName: 'Baru', source: '' }], ['kind', { kind: 'sold' }],
  ]
  for (const [field, fields] of wrong) {
    const refused = await as(agus).post(`/regions/${PONCOSARI}/changes`, change(fields))
    assert.is(refused.status, 422, field)
    assert.match(await refused.text(), `#f-${field}`)
  }
  assert.equal(actions(db), [])
})

test('names in capitals become readable, and DKI stays', () => {
  assert.equal(['KABUPATEN BANTUL', 'DKI JAKARTA', 'Koto XI Tarusan', 'Soka"an'].map(titleCase),
    ['Kabupaten Bantul', 'DKI Jakarta', 'Koto XI Tarusan', 'Soka"an'])
})

test('the whole country is loaded once: 83,763 villages, each with its parents', () => {
  const db = openDatabase(':memory:')
  migrate(db)
  assert.is(loadRegions(db), 91_592)
  assert.is(loadRegions(db), 0)
  const levels = db.$client.prepare('SELECT count(*) FROM regions GROUP BY level ORDER BY level').pluck().all()
  assert.equal(levels, [38, 514, 7277, 83_763])
  const orphans = `SELECT count(*) FROM regions r WHERE length(r.code) > 2 AND NOT EXISTS (SELECT 1 FROM regions p
    WHERE p.code = r.parent_code AND p.level = r.level - 1 AND r.code LIKE p.code || '.%')`
  assert.is(db.$client.prepare(orphans).pluck().get(), 0)
  assert.is(findRegion(db, BANTUL)?.name, 'Kabupaten Bantul')
  assert.is(findRegion(db, PONCOSARI)?.bpsCode, null)
})

test.run()
