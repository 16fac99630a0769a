import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { judgeHours } from '#app/evidence/signals/night.ts'
import { listWaiting } from '#app/dashboards/rows.ts'
import type { Problem } from '#app/problems.ts'
import { dayOf, startOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { getCase } from '#app/reviews/case.ts'
import { makeTask } from '#app/tasks/tasks.ts'
import { beginVisit } from '#app/visits/drafts.ts'
import { saveSection } from '#app/visits/sections.ts'
import type { Db } from '#db/connection.ts'
import { households, officerFigures, regions, visits } from '#db/schema/index.ts'
import { count, shownCounts } from '#test/support/dashboards.ts'
import { aPocket } from '#test/support/pocket.ts'
import { keepFigures } from '#test/support/quality.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, as, budi, freshApp, freshDatabase, mega, PONCOSARI, rina, siti } from '#test/support/world.ts'

const SENTANI = '91.03.01.1001'

// A kelurahan near Jayapura beside Bantul.
function world(): Db {
  const db = freshDatabase()
  for (const [code, name] of [['91', 'PAPUA'], ['91.03', 'KAB. JAYAPURA'], ['91.03.01', 'Sentani'], [SENTANI, 'Sentani Kota']] as const) {
    db.insert(regions).values({ code, name, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2020-01-01' }).run()
  }
  for (const [id, regionCode] of [['east', SENTANI], ['west', PONCOSARI]] as const) addHousehold(db, id, { regionCode, stage: 'assigned', officer: siti })
  return db
}
// 00.30 of the first of March in Sentani, 22.30 of the last of February in Bantul.
const AROUND_MIDNIGHT = '2026-02-28T15:30:00.000Z'
const visitBoth = (db: Db) => ['east', 'west'].forEach((id) => addVisit(db, id, siti, { id: `visit-${id}`, at: AROUND_MIDNIGHT }))

const clocks = suite('the clocks of the country')

clocks('are those of its provinces: Bali and Kalimantan Selatan central, Maluku and Papua eastern, Kalimantan Barat and Tengah western', () => {
  const zones = (...codes: string[]) => codes.map(zoneOf)
  assert.equal(zones('11.01', '31.71', '34.02.01.2001', '35', '61', '62', ''), Array(7).fill(7))
  assert.equal(zones('51', '52', '53', '63.71', '64', '65', '71', '73', '76'), Array(9).fill(8))
  assert.equal(zones('81', '82', '91.03', '92', '94', '97'), Array(6).fill(9))
})

clocks('turn the day at their own midnight', () => {
  const days = (at: string) => [7, 8, 9].map((zone) => dayOf(at, zone).slice(8))
  assert.equal(days('2026-03-01T14:59:59.999Z'), ['01', '01', '01'])
  assert.equal(days('2026-03-01T15:00:00.000Z'), ['01', '01', '02'])
  assert.equal(days('2026-03-01T16:00:00.000Z'), ['01', '02', '02'])
  assert.equal(days('2026-03-01T17:00:00.000Z'), ['02', '02', '02'])
  assert.is(startOf('2026-03-02', 9), '2026-03-01T15:00:00.000Z')
})

clocks('agree with the calendar at any instant, and a day begins when it is first that day', () => fc.assert(fc.property(
  fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }), fc.constantFrom(7, 8, 9), (at, zone) => {
    const day = dayOf(at.toISOString(), zone)
    assert.is(day, new Date(at.getTime() + zone * 3_600_000).toISOString().slice(0, 10))
    assert.ok(startOf(day, zone) <= at.toISOString() && dayOf(startOf(day, zone), zone) === day)
  })))

clocks.run()

const local = suite('what is shown of a place')

local('an interview at 05.30 in the east is none of the night', () => {
  const [signal] = judgeHours({ startedMs: Date.parse('2026-03-01T20:30:00.000Z'), locatedMs: null, takenFromMs: null, zone: zoneOf(SENTANI) })
  assert.match(signal!.sentence, 'pukul 05.30 WIT')
  assert.is(signal!.level, 'fine')
})

local('a dashboard counts a visit on the day it was made there, and leads to the same rows', () => {
  const db = world()
  visitBoth(db)
  const lines = shownCounts(count(db)).filter((line) => / move submitted /.test(line) && /^\d\d /.test(line))
  assert.equal(lines, ['34 move submitted 2026-02-28 1', '91 move submitted 2026-03-01 1'])
  const before = (region: string, today: string) => listWaiting(db, region, 'submitted', { days: 1, today, after: '' }).rows.length
  assert.equal([before(SENTANI, '2026-03-02'), before(PONCOSARI, '2026-03-02')], [0, 1])
})

local('an officer’s months are those of the desa', () => {
  const db = world()
  visitBoth(db)
  keepFigures(db, db.select({ id: visits.id }).from(visits).all().map(({ id }) => id))
  const months = db.select({ region: officerFigures.regionCode, month: officerFigures.month }).from(officerFigures).all().filter(({ month }) => month !== '')
  assert.equal(months.map(({ region, month }) => `${region.slice(0, 2)} ${month}`).sort(), ['34 2026-02', '91 2026-03'])
})

local('a child born that day is no mistake where the day has begun, at the office and on the phone', async () => {
  const db = world()
  const officer = { ...siti, regions: [SENTANI, PONCOSARI] }
  const born = (id: string) => as(db, officer, (tx) => {
    beginVisit(tx, id, `visit-${id}`)
    saveSection(tx, id, `visit-${id}`, { revision: 1, section: 'respondent', fields: { 'household.hasilVerivali': '1' } })
    const { mistakes } = saveSection(tx, id, `visit-${id}`, { revision: 2, section: 'members', index: 0, fields: { 'members.0.birthDate': '2026-03-01' } })
    return mistakes.filter(({ path }) => path === 'members.0.birthDate').map(({ code }) => code)
  }, AROUND_MIDNIGHT)
  assert.equal([born('east'), born('west')], [[], ['value']])
  assert.is((await aPocket(db, officer, { at: new Date('2099-02-28T15:30:00.000Z') })).store.today(), '2099-03-01')
})

local('a checker is told of no mistake the officer was not, and a task is given up to the day it is there', () => {
  const db = world()
  const record = structuredClone(db.select().from(households).where(eq(households.id, 'east')).get()!.record)
  record.members[0]!.birthDate = '2026-03-01'
  for (const id of ['east', 'west']) addVisit(db, id, siti, { id: `visit-${id}`, at: AROUND_MIDNIGHT, record })
  const born = (id: string, regions: string[]) => getCase({ db, actor: { ...budi, regions } }, `visit-${id}`).mistakes.filter(({ path, code }) => path === 'members.0.birthDate' && code === 'value').length
  assert.equal([born('east', [SENTANI]), born('west', [PONCOSARI])], [0, 1])

  const make = (regions: string[]) => as(db, { ...rina, regions }, (tx) =>
    makeTask(tx, { id: randomUUID(), title: 'Cek ulang', text: '', assigneeId: siti.id, dueOn: '2026-02-28' }), AROUND_MIDNIGHT)
  assert.throws(() => make(['91', '34']), (problem: Problem) => 'dueOn' in problem.fields)
  make(['34', '91'])
})

local('times carry the name of their clock', async () => {
  const db = world()
  visitBoth(db)
  const text = async (id: string) => (await freshApp(db).as(mega).get(`/households/${id}`)).text()
  assert.match(await text('east'), '1 Maret 2026, 00.30 WIT')
  assert.match(await text('west'), '28 Februari 2026, 22.30 WIB')
})

local.run()
