import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { catchUp as followAll } from '#app/integrity/following.ts'
import { listInView, readMap, readPlaces, readUnplaced, wholeView, type Asked } from '#app/map/map.ts'
import { placeOnMap } from '#app/map/placing.ts'
import { boxOf, drawnAt, moved, project, unproject, viewOf, type View } from '#app/map/projection.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { inactiveHouseholds, regions } from '#db/schema/index.ts'
import { aRecord } from '#test/support/records.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, agus, as, BALECATUR, budi, freshApp, freshDatabase, nia, PONCOSARI, rina, siti, TRIMURTI } from '#test/support/world.ts'

const catchUp = (db: Db) => followAll(db, [placeOnMap])

const PLACES = { asep: [-7.9712, 110.2216], bambang: [-7.9714, 110.2219], tuti: [-7.94, 110.25], far: [-7.79, 110.32] } as const
type Name = keyof typeof PLACES
const recordAt = ([latitude, longitude]: readonly [number, number], head: string) => aRecord({ head, household: { latitude, longitude } })
const addAt = (db: Db, name: Name, regionCode: string) => addHousehold(db, name, { regionCode, record: recordAt(PLACES[name], `Kepala ${name}`) })

// Two neighbours in Poncosari, one in the next desa, one in another kabupaten.
async function village(db = freshDatabase()) {
  addAt(db, 'asep', PONCOSARI)
  addAt(db, 'bambang', PONCOSARI)
  addAt(db, 'tuti', TRIMURTI)
  addAt(db, 'far', BALECATUR)
  await catchUp(db)
  return db
}
const ALL: Asked = { region: '', seen: 'all', colour: 'stage' }
const around = (zoom: number): View => ({ latitude: -7.96, longitude: 110.235, zoom })
const read = (db: Db, actor: Actor, zoom: number, asked: Partial<Asked> = {}) => readMap(db, actor, around(zoom), { ...ALL, ...asked })

const projecting = suite('the projection of the map')

projecting('is that of map tiles: London lies in tile 511/340 of zoom 10', () => {
  const { x, y } = project({ latitude: 51.5074, longitude: -0.1278 })
  assert.equal([x >> 16, y >> 16], [511, 340])
})

projecting('finds every place of Indonesia back to a metre', () => fc.assert(fc.property(
  fc.record({ latitude: fc.double({ min: -11, max: 6, noNaN: true }), longitude: fc.double({ min: 95, max: 141, noNaN: true }) }), (place) => {
    const back = unproject(project(place))
    assert.ok(Math.abs(back.latitude - place.latitude) < 1e-5 && Math.abs(back.longitude - place.longitude) < 1e-5)
  })))

projecting('draws the middle of a view in the middle, and moves it by as many dots as it is pulled', () => {
  const view = around(12)
  const [middle, pulled] = [drawnAt(view, project(view)), drawnAt(view, project(moved(view, 100, -50)))]
  assert.equal([middle, pulled].map(({ x, y }) => [Math.round(x), Math.round(y)]), [[360, 270], [460, 220]])
})

projecting('shows all points it is asked to show', () => {
  const points = Object.values(PLACES).map(([latitude, longitude]) => project({ latitude, longitude }))
  const { left, right, top, bottom } = boxOf(viewOf(points)!)
  assert.ok(points.every(({ x, y }) => x > left && x < right && y > top && y < bottom))
})

const mapping = suite('the map')

mapping('gathers from afar what it shows one by one from near', async () => {
  const db = await village()
  assert.equal(read(db, rina, 8).marks.map(({ n }) => n), [3])
  const near = readMap(db, rina, { latitude: -7.9713, longitude: 110.2217, zoom: 18 }, ALL)
  assert.equal(near.marks.map(({ n, householdId }) => [n, householdId]).sort(), [[1, 'asep'], [1, 'bambang']])
})

mapping('never counts a household outside the reader’s region', async () => {
  const db = await village()
  assert.equal([rina, budi, siti, nia].map((actor) => read(db, actor, 9).total.n), [3, 3, 2, 1])
  assert.is(read(db, rina, 9, { region: BALECATUR }).total.n, 0)
  assert.equal(listInView(db, siti, around(14), ALL, 50).map(({ id }) => id), ['asep', 'bambang'])
})

mapping('takes the place from the visit once there is one', async () => {
  const db = await village()
  addVisit(db, 'tuti', siti, { flags: 2 })
  await catchUp(db)
  const visited = read(db, rina, 10, { seen: 'visited' })
  assert.equal([visited.total, read(db, rina, 10, { seen: 'visited', colour: 'flag' }).total.flagged], [{ n: 1, stage_0: 0, stage_1: 1, stage_2: 0, stage_3: 0, stage_4: 0, stage_5: 0 }, 1])
  const { latitude, longitude } = unproject(visited.marks[0]!)
  assert.equal([latitude.toFixed(4), longitude.toFixed(4)], ['-7.9713', '110.2217'])
  assert.is(read(db, rina, 10, { seen: 'unvisited' }).total.n, 2)
})

mapping('forgets who is withdrawn or no longer active', async () => {
  const db = await village()
  as(db, rina, (tx) => moveStage(tx, { id: 'asep', stage: 'published' }, 'withdrawn', {}))
  as(db, rina, (tx) => {
    tx.db.insert(inactiveHouseholds).values({ householdId: 'tuti', reason: 'mampu', since: '2026-03-02', cause: 'test' }).run()
    tx.audit('household.deactivated', 'tuti', {})
  })
  await catchUp(db)
  assert.equal(read(db, rina, 10).places.map(({ code, n }) => [code, n]), [['34.02.01', 1]])
})

mapping('counts apart whom it cannot show, place by place, until a visit brings their point', async () => {
  const db = await village()
  for (const [id, regionCode] of [['nun', PONCOSARI], ['ida', TRIMURTI], ['una', TRIMURTI], ['away', BALECATUR]] as const) addHousehold(db, id, { regionCode })
  await catchUp(db)
  const unplaced = (actor: Actor, asked: Partial<Asked> = {}) => {
    const { total, places } = readUnplaced(db, actor, { ...ALL, ...asked })
    return [total, ...places.map(({ name, n }) => `${name} ${n}`)]
  }
  assert.equal(unplaced(rina), [3, 'Srandakan 3'])
  assert.equal(unplaced(budi), [3, 'Trimurti 2', 'Poncosari 1'])
  assert.equal([unplaced(siti), unplaced(nia), unplaced(rina, { seen: 'visited' })], [[1, 'Poncosari 1'], [1, 'Gamping 1'], [0]])
  assert.equal([unplaced(budi, { region: TRIMURTI }), unplaced(rina, { region: BALECATUR })], [[2, 'Trimurti 2'], [0]])
  addVisit(db, 'ida', siti)
  as(db, rina, (tx) => moveStage(tx, { id: 'nun', stage: 'published' }, 'withdrawn', {}))
  await catchUp(db)
  assert.equal(unplaced(budi), [1, 'Trimurti 1'])
})

mapping('names the hundred largest places beside the drawing, and all of them in the file', async () => {
  const db = await village()
  for (let n = 0; n < 100; n += 1) {
    const code = `34.02.01.3${String(n).padStart(3, '0')}`
    db.insert(regions).values({ code, name: `Desa ${n}`, level: 4, parentCode: '34.02.01', validFrom: '2026-01-01' }).run()
    addHousehold(db, code, { regionCode: code, record: recordAt(PLACES.asep, 'Kepala') })
  }
  await catchUp(db)
  const { places, hasMorePlaces } = read(db, rina, 12)
  const all = readPlaces(db, rina, around(12), ALL)
  assert.equal([places.length, hasMorePlaces, all.length, all[0]!.name, all[0]!.n], [100, true, 102, 'Poncosari', 2])
  assert.equal(all.slice(0, 100), places)
  assert.not(read(db, budi, 12, { region: PONCOSARI }).hasMorePlaces)
})

mapping('begins with all that the reader may see, whatever lies alone at sea', async () => {
  const db = await village()
  const view = wholeView(db, rina, ALL)!
  const { left, right, top, bottom } = boxOf(view)
  for (const name of ['asep', 'tuti'] as const) {
    const { x, y } = project({ latitude: PLACES[name][0], longitude: PLACES[name][1] })
    assert.ok(x > left && x < right && y > top && y < bottom, name)
  }
  assert.is(wholeView(db, { ...rina, regions: ['11'] }, ALL), undefined)
})

mapping('keeps its sums whatever happens to households', () => fc.assert(fc.asyncProperty(
  fc.array(fc.record({ who: fc.constantFrom<Name>('asep', 'bambang', 'tuti'), what: fc.constantFrom('move', 'lose', 'visit', 'withdraw', 'nothing'), by: fc.integer({ min: -40, max: 40 }) }), { maxLength: 8 }), async (events) => {
    const db = await village()
    for (const { who, what, by } of events) {
      const { stage, version } = getHousehold({ db, actor: rina }, who)
      if (what === 'move') as(db, rina, (tx) => reviseHousehold(tx, getHousehold(tx, who), version, recordAt([PLACES[who][0] + by / 50, PLACES[who][1] - by / 70], who), 'test'))
      if (what === 'lose') as(db, rina, (tx) => reviseHousehold(tx, getHousehold(tx, who), version, aRecord({ head: who }), 'test'))
      if (what === 'visit' && stage === 'published') addVisit(db, who, siti, { flags: by > 0 ? 1 : 0 })
      if (what === 'withdraw' && stage === 'published') as(db, rina, (tx) => moveStage(tx, { id: who, stage }, 'withdrawn', {}))
      await catchUp(db)
    }
    const kept = db.$client.prepare('SELECT level, x, y, region_code, visited, n, sum_x, sum_y, stage_0, stage_1, flagged FROM map_cells WHERE n <> 0 ORDER BY 1, 2, 3, 4, 5').all()
    const counted = db.$client.prepare(`SELECT level, x >> (26 - level) AS x, y >> (26 - level) AS y, region_code, visited, count(*) AS n, sum(x) AS sum_x, sum(y) AS sum_y,
      sum(stage = 0) AS stage_0, sum(stage = 1) AS stage_1, sum(flagged) AS flagged FROM map_points, (SELECT value AS level FROM json_each('[6,7,8,9,10,11,12,13,14,15]'))
      GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`).all()
    assert.equal(kept, counted)
    const unplaced = db.$client.prepare(`SELECT level, substr(h.region_code, 1, level) AS region_code, count(*) AS n FROM households h, (SELECT value AS level FROM json_each('[2,5,8,13]'))
      WHERE h.stage <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM map_points p WHERE p.household_id = h.id) GROUP BY 1, 2 ORDER BY 1, 2`).all()
    assert.equal(db.$client.prepare('SELECT * FROM map_unplaced_counts WHERE n <> 0 ORDER BY 1, 2').all(), unplaced)
  }), { numRuns: 15 }))

const page = suite('the page of the map')

page('is drawn by the server, each mark a link that says what it holds', async () => {
  const html = await (await freshApp(await village()).as(rina).get('/map')).text()
  assert.match(html, /<svg[^>]*class="map"/)
  assert.match(html, /aria-label="\d rumah tangga: belum dikunjungi \d"|aria-label="Satu rumah tangga: belum dikunjungi"/)
  assert.match(html, /3 rumah tangga dalam tampilan ini/)
  assert.not.match(html, /Kepala far/)
})

page('moves by plain links, colours by what is asked and gives its table as a file', async () => {
  const { get } = freshApp(await village()).as(rina)
  const html = await (await get('/map?lat=-7.9713&lon=110.2217&zoom=18&colour=desil')).text()
  assert.match(html, /href="\/households\/asep"/)
  assert.match(html, /Belum ada desil: 2/)
  const farther = /href="(\/map\?[^"]*)" aria-label="Perkecil"/.exec(html)![1]!.replaceAll('&amp;', '&')
  assert.match(await (await get(farther)).text(), /2 rumah tangga dalam tampilan ini/)
  const csv = await (await get('/map/places.csv')).text()
  assert.match(csv, /34\.02\.01[^;]*;.*;\d/)
})

page('says how many it cannot show, and leads to their rows', async () => {
  const db = await village()
  for (const [id, regionCode] of [['nun', PONCOSARI], ['ida', TRIMURTI]] as const) addHousehold(db, id, { regionCode, head: `Kepala ${id}` })
  await catchUp(db)
  const { get } = freshApp(db).as(budi)
  const html = await (await get('/map')).text()
  assert.match(html, /Tanpa titik: 2 rumah tangga/)
  const rows = async (name: RegExp) => {
    const href = name.exec(html)![1]!.replaceAll('&amp;', '&')
    return [...(await (await get(href)).text()).matchAll(/>Kepala (\w+)</g)].map(([, head]) => head)
  }
  assert.equal(await rows(/href="([^"]*)"[^>]*>Lihat daftarnya/), ['ida', 'nun'])
  assert.equal(await rows(/href="([^"]*)" aria-label="Daftar rumah tangga tanpa titik di Trimurti: 1"/), ['ida'])
  assert.not.match(await (await freshApp(await village()).as(budi).get('/map')).text(), /Tanpa titik/)
})

page('says so when there is nothing to show, and takes nonsense for the whole', async () => {
  const app = freshApp()
  for (const query of ['', '?lat=abc&lon=1&zoom=99', '?region=11.01.01.2001', '?colour=x&seen=y']) {
    const answer = await app.as(rina).get(`/map${query}`)
    assert.is(answer.status, 200)
    assert.match(await answer.text(), /Belum ada titik di sini/)
  }
  assert.is((await app.as(agus).get('/map')).status, 403)
})

projecting.run()
mapping.run()
page.run()
