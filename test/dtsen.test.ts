import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { desilHistoryOf, desilOf } from '#app/dtsen/desil.ts'
import { desilMissingExport, desilRowsExport } from '#app/dtsen/exporting.ts'
import { coverageOf } from '#app/dtsen/reports.ts'
import { listMissing } from '#app/dtsen/rows.ts'
import { snapshotsDone } from '#app/dtsen/snapshot-work.ts'
import { listHouseholds } from '#app/households/households.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { householdDesil, inactiveHouseholds } from '#db/schema/index.ts'
import { importDesil, kkOf, nikOf } from '#test/support/desil.ts'
import { aRecord } from '#test/support/records.ts'
import {
  actions, addHousehold, as as acting, BALECATUR, BANTUL, eko, freshApp, GADINGSARI, mega, nia, oki, PONCOSARI, prita, rina, siti, SRANDAKAN, TRIMURTI,
} from '#test/support/world.ts'

// Asep and Cici in Poncosari, Bayu in Trimurti, Dedi in Gadingsari, Made in Sleman; their cards are 1 to 5.
function world() {
  const app = freshApp()
  const add = (id: string, head: string, serial: number, regionCode = PONCOSARI) => addHousehold(app.db, id, { regionCode, record: aRecord({ head, serial }) })
  add('asep', 'Asep Suryana', 1)
  add('bayu', 'Bayu Wicaksono', 2, TRIMURTI)
  add('cici', 'Cici Lestari', 3)
  add('dedi', 'Dedi Supriadi', 4, GADINGSARI)
  add('made', 'Made Artana', 5, BALECATUR)
  return app
}
const FIRST = [{ kk: kkOf(1), desil: 2 }, { kk: kkOf(2), desil: 3 }, { kk: kkOf(3), desil: 5 }, { kk: kkOf(60), desil: 1, region: PONCOSARI }]
const SECOND = [{ kk: kkOf(1), desil: 4 }, { kk: kkOf(2), desil: 3 }, { kk: kkOf(99), nik: nikOf(4), desil: 1 }, { kk: kkOf(60), desil: 1, region: PONCOSARI }]
const later = { label: 'v2', effectiveOn: '2026-02-28' }
const lowest = (db: Db) => Object.fromEntries(db.select({ id: householdDesil.householdId, desil: householdDesil.desil }).from(householdDesil).all().map(({ id, desil }) => [id, desil]))
const listed = (db: Db, desil: '2' | '1-4' | 'none', actor = rina) => listHouseholds(db, actor, { q: '', region: '', desil }).households.map(({ id }) => id)
const change = (db: Db, id: string, revise: (record: HouseholdRecord) => HouseholdRecord) => acting(db, rina, (tx) => {
  const { record, version } = getHousehold(tx, id)
  reviseHousehold(tx, { id, version }, version, revise(record), 'seed')
})

const effect = suite('the desil in effect')

effect('is that of the newest data, whichever was imported last', async () => {
  const app = world()
  await importDesil(app, SECOND, later)
  await importDesil(app, FIRST)
  const [asep] = desilOf(app.db, 'asep')
  assert.equal({ desil: asep!.desil, label: asep!.label, effectiveOn: asep!.effectiveOn }, { desil: 4, label: 'v2', effectiveOn: '2026-02-28' })
  assert.equal(lowest(app.db), { asep: 4, bayu: 3, cici: null, dedi: 1 })
  assert.equal(desilHistoryOf(app.db, 'asep').map(({ label, desil, current }) => [label, desil, current]), [['v2', 4, true], ['v1', 2, false]])
})

effect('is found by the NIK of the head while the card is another', async () => {
  const app = world()
  await importDesil(app, SECOND, later)
  assert.is(desilOf(app.db, 'dedi')[0]!.desil, 1)
  assert.equal(desilHistoryOf(app.db, 'dedi').map(({ desil }) => desil), [1])
})

effect('follows a card that is corrected, a member who comes, and a card that goes', async () => {
  const app = world()
  await importDesil(app, FIRST)
  change(app.db, 'dedi', (record) => ({ ...record, families: [{ familySeq: 1, kkNumber: kkOf(60) }] }))
  assert.is(lowest(app.db).dedi, 1)
  change(app.db, 'asep', (record) => ({ ...record, families: [...record.families, { familySeq: 2, kkNumber: kkOf(60) }] }))
  assert.is(lowest(app.db).asep, 1, 'the lowest of its families counts')
  change(app.db, 'asep', (record) => ({ ...record, families: [] }))
  assert.is(lowest(app.db).asep, undefined)
})

effect('goes along when a household moves, and rests while it is inactive', async () => {
  const app = world()
  await importDesil(app, FIRST)
  app.db.$client.exec(`UPDATE households SET region_code = '${BALECATUR}' WHERE id = 'bayu'`)
  assert.is(lowest(app.db).bayu, undefined, 'no snapshot is in effect in Sleman')
  app.db.$client.exec(`UPDATE households SET region_code = '${GADINGSARI}' WHERE id = 'bayu'`)
  assert.is(lowest(app.db).bayu, 3)
  app.db.insert(inactiveHouseholds).values({ householdId: 'bayu', reason: 'moved', since: '2026-03-01', cause: 'test' }).run()
  assert.is(lowest(app.db).bayu, undefined)
  app.db.delete(inactiveHouseholds).run()
  assert.is(lowest(app.db).bayu, 3)
})

effect('keeps the sums of each village as they are when counted one by one', async () => {
  const app = world()
  await importDesil(app, FIRST)
  change(app.db, 'cici', (record) => ({ ...record, families: [...record.families, { familySeq: 2, kkNumber: kkOf(71) }] }))
  app.db.$client.exec(`UPDATE households SET region_code = '${TRIMURTI}' WHERE id = 'asep'`)
  app.db.insert(inactiveHouseholds).values({ householdId: 'dedi', reason: 'moved', since: '2026-03-01', cause: 'test' }).run()
  const counted = app.db.$client.prepare(`SELECT region_code AS code, count(DISTINCT household_id) AS households, count(*) AS families, count(desil) AS withDesil
    FROM family_desil GROUP BY 1 ORDER BY 1`).all()
  assert.equal(coverageOf(app.db, rina, SRANDAKAN).map(({ code, households, families, withDesil }) => ({ code, households, families, withDesil })), counted)
})

effect.run()

const lists = suite('households by desil')

lists('are narrowed to one desil, to several, and to those without', async () => {
  const app = world()
  await importDesil(app, SECOND, later)
  assert.equal(listed(app.db, '2'), [])
  assert.equal(listed(app.db, '1-4'), ['asep', 'bayu', 'dedi'])
  assert.equal(listed(app.db, 'none'), ['cici'])
  assert.equal(listed(app.db, '1-4', oki), ['asep'])
  const page = await (await app.as(rina).get('/households?desil=1-4')).text()
  assert.match(page, /data-label="Desil">4</)
  assert.match(page, /<option value="1-4" selected/)
})

lists('tell on the page of a household who sets it, and every snapshot of it', async () => {
  const app = world()
  await importDesil(app, FIRST)
  await importDesil(app, SECOND, later)
  const page = await (await app.as(siti).get('/households/asep')).text()
  assert.match(page, /Desa dan Dinsos tidak menetapkan/)
  assert.match(page, /v2.*Berlaku.*28 Februari 2026[\s\S]*v1.*31 Januari 2026/)
  assert.match(await (await app.as(siti).get('/households/cici')).text(), /Keluarga 1 tidak ada dalam potret desil yang berlaku/)
})

lists.run()

const reports = suite('reports by desil')

reports('count the families of a snapshot by village and desil', async () => {
  const app = world()
  const id = await importDesil(app, FIRST)
  const page = await (await app.as(rina).get(`/dtsen?region=${SRANDAKAN}`)).text()
  assert.match(page, /Poncosari[\s\S]*Trimurti/)
  const csv = await (await app.as(rina).get(`/dtsen/distribution.csv?snapshot=${id}`)).text()
  assert.match(csv, /34\.02\.01;Srandakan;1;1;1;0;1;0;0;0;0;0;4;1/)
  assert.ok(actions(app.db).includes('dtsen.table_downloaded'))
})

reports('show how families went from one snapshot to the next, and who they are', async () => {
  const app = world()
  const [from, to] = [await importDesil(app, FIRST), await importDesil(app, SECOND, later)]
  const csv = await (await app.as(rina).get(`/dtsen/movement.csv?from=${from}&to=${to}`)).text()
  assert.equal(csv.trim().split('\r\n').slice(1).sort(), ['v1;v2;0;1;1', 'v1;v2;1;1;1', 'v1;v2;2;4;1', 'v1;v2;3;3;1', 'v1;v2;5;0;1'])
  const page = await (await app.as(rina).get('/dtsen/movement')).text()
  assert.match(page, /Dari v1 \(31 Januari 2026\) ke v2 \(28 Februari 2026\)/)
  const rows = await (await app.as(rina).get(`/dtsen/movement/rows?from=${from}&to=${to}&was=2&is=4`)).text()
  assert.match(rows, /Dari desil 2 ke desil 4[\s\S]*Asep Suryana/)
  assert.not.match(rows, new RegExp(kkOf(1)))
  assert.match(await (await app.as(rina).get(`/dtsen/movement/rows?from=${from}&to=${to}&was=5&is=0`)).text(), /Cici Lestari/)
})

reports('compare any two snapshots once, when somebody asks', async () => {
  const app = world()
  const ids = [await importDesil(app, FIRST), await importDesil(app, SECOND, later), await importDesil(app, FIRST.slice(0, 2), { label: 'v3', effectiveOn: '2026-03-01' })]
  const pair = { from: ids[0]!, to: ids[2]! }
  assert.match(await (await app.as(rina).get(`/dtsen/movement?${new URLSearchParams(pair)}`)).text(), /Hitung perpindahan/)
  for (const _ of [1, 2]) assert.is((await app.as(rina).post('/dtsen/movement', { ...pair, region: BANTUL })).status, 303)
  await snapshotsDone(app.db)
  assert.match(await (await app.as(rina).get(`/dtsen/movement?${new URLSearchParams(pair)}`)).text(), /class="matrix"/)
  assert.is(actions(app.db).filter((action) => action === 'dtsen.compared').length, 3)
})

reports('list who is in DTSEN and not in the registry, until somebody registers them', async () => {
  const app = world()
  await importDesil(app, FIRST)
  const unknown = async () => (await (await app.as(oki).get('/dtsen/rows?kind=unknown')).text()).includes('data-label="No. KK"')
  assert.is(await unknown(), true)
  addHousehold(app.db, 'eka', { record: aRecord({ head: 'Eka Putri', serial: 60 }) })
  assert.is(await unknown(), false)
})

reports('list families in the registry without a desil', async () => {
  const app = world()
  await importDesil(app, FIRST)
  assert.equal(listMissing(app.db, rina, BANTUL).rows.map(({ id }) => id), ['dedi'])
  assert.match(await (await app.as(rina).get('/dtsen/missing')).text(), /Dedi Supriadi/)
  assert.match(await (await app.as(rina).get('/dtsen/coverage.csv')).text(), /34\.02\.02;Sanden;1;1;0;1/)
})

reports('go on page by page and miss nobody', async () => {
  const app = world()
  await importDesil(app, Array.from({ length: 120 }, (_, i) => ({ kk: kkOf(200 + i), desil: 1 + i % 10, region: i % 3 ? PONCOSARI : TRIMURTI })))
  for (const kind of ['all', 'unknown']) {
    const seen: string[] = []
    for (let path: string | undefined = `/dtsen/rows?kind=${kind}`; path;) {
      const page: string = await (await app.as(rina).get(path)).text()
      seen.push(...[...page.matchAll(/<span class="number">([^<]+)/g)].map(([, kk]) => kk!))
      path = /href="([^"]+after=[^"]+)" rel="next"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    }
    assert.is(new Set(seen).size, 120, kind)
    assert.is(seen.length, 120, kind)
  }
})

reports('leave as exports with the filter of their page', async () => {
  const app = world()
  await importDesil(app, FIRST)
  const reader = { db: app.db, actor: rina }
  const cells = (list: typeof desilRowsExport, query: Record<string, string>) => [...list.chunks(reader, query)].flat()
  assert.equal(cells(desilRowsExport, { kind: 'unknown' }), [[kkOf(60), null, 1, PONCOSARI, 'Poncosari', null, null]])
  assert.equal(cells(desilRowsExport, { desil: '5' }).map((row) => row[5]), ['Cici Lestari'])
  assert.equal(cells(desilMissingExport, {}).map(([name]) => name), ['Dedi Supriadi'])
  assert.is(desilRowsExport.words!(reader, { desil: '5' }), 'KAB. BANTUL, potret desil v1 per 31 Januari 2026, semua keluarga, desil 5')
})

reports('show each reader his own places only', async () => {
  const app = world()
  const id = await importDesil(app, FIRST)
  for (const path of ['/dtsen', '/dtsen/rows', '/dtsen/coverage', '/dtsen/movement', '/dtsen/missing']) {
    assert.is((await app.as(nia).get(`${path}?region=${BANTUL}`)).status, 404, path)
    assert.is((await app.as(siti).get(path)).status, 403, path)
    for (const reader of [oki, prita, mega]) assert.is((await app.as(reader).get(path)).status, 200, `${path} ${reader.id}`)
  }
  assert.is((await app.as(eko).get(`/dtsen?snapshot=${id}`)).status, 404)
  assert.is((await app.as(oki).get(`/dtsen/rows?region=${TRIMURTI}`)).status, 404)
})

reports.run()
