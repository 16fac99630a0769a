import { and, eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moveStage } from '#app/households/moves.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { listCases } from '#app/rescue/cases.ts'
import { readRescue } from '#app/rescue/overview.ts'
import type { Db } from '#db/connection.ts'
import { deliveries, households, inactiveHouseholds, periodCutoffs, rescueCounts, rescueItems, rescueLists } from '#db/schema/index.ts'
import { addDelivery, addPhone } from '#test/support/held.ts'
import { addFated, recordFated, run } from '#test/support/matching.ts'
import { addPeriod, dayIn, keepUp, NOW } from '#test/support/rescue.ts'
import { addVerified, addVisit } from '#test/support/visit.ts'
import { addHousehold, as, BANTUL, budi, freshDatabase, GADINGSARI, hadi, oki, PONCOSARI, rina, siti, TRIMURTI, wawan } from '#test/support/world.ts'
import { countdown } from '#views/rescue/countdown.ts'
import { wayOut } from '#views/rescue/repair.ts'

const LATER = '2026-03-03T03:00:00.000Z'
const reasonsOf = (db: Db, id: string) => db.select({ reason: rescueItems.reason }).from(rescueItems)
  .where(and(eq(rescueItems.householdId, id))).all().map(({ reason }) => reason).sort()
const openIn = (db: Db, code: string, at = NOW) => listCases(db, rina, code, at, { show: 'open' }).cases
const savedIn = (db: Db, code: string, at = NOW) => listCases(db, rina, code, at, { show: 'saved' }).cases
const move = (db: Db, id: string, to: 'submitted' | 'dispatched' | 'returned', note = '', at = LATER) =>
  as(db, rina, (tx) => moveStage(tx, { id, stage: null }, to, { note, subject: 'test' }), at)

const finding = suite('what would be left out at the cut-off')

finding('is whatever has not been sent to the ministry, each with the step it waits for', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'taken', { stage: 'assigned', officer: siti })
  addHousehold(db, 'verified', { stage: 'assigned', officer: siti })
  addVerified(db, 'verified', siti, budi, { photos: true })
  addHousehold(db, 'sent', { stage: 'dispatched' })
  addHousehold(db, 'unpublished', { stage: 'listed' })
  await keepUp(db)
  assert.equal(openIn(db, PONCOSARI).map(({ id, items }) => [id, items.map(({ message }) => message)]), [
    ['taken', ['Diterima petugas: belum dikunjungi.']], ['verified', ['Disetujui Dinsos: belum masuk berkas pengesahan.']],
  ])
})

finding('names a visit that was sent back, with the words it came back with', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  addVisit(db, 'asep', siti, { photos: true })
  move(db, 'asep', 'returned', 'Foto dapur buram', NOW)
  await keepUp(db)
  assert.equal(reasonsOf(db, 'asep'), ['returned'])
  assert.match(openIn(db, PONCOSARI)[0]!.items[0]!.message, /Foto dapur buram/)
})

finding('names missing photos, of a visit and of one whose photos are still on the phone', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  for (const id of ['few', 'late']) addHousehold(db, id, { stage: 'assigned', officer: siti })
  addVisit(db, 'few', siti, {})
  addPhone(db, siti, { id: 'phone' })
  addDelivery(db, siti, { status: 'waiting_photos' }, { id: 'late', householdId: 'late', deviceId: 'phone' })
  await keepUp(db)
  assert.ok(reasonsOf(db, 'few').includes('photos'))
  assert.equal(reasonsOf(db, 'late'), ['photos', 'unfinished'])
  assert.is(db.select().from(deliveries).get()!.status, 'waiting_photos')
})

finding('names the gates a visit fails, but not those of a household that is still to be visited', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  const broken = recordFated('padan')
  broken.families[0]!.kkNumber = undefined
  addHousehold(db, 'visited', { stage: 'assigned', officer: siti, record: broken })
  addVisit(db, 'visited', siti, { photos: true, record: broken })
  addHousehold(db, 'waiting', { stage: 'assigned', officer: siti, record: { ...broken, members: [] } })
  await keepUp(db)
  assert.ok(reasonsOf(db, 'visited').some((reason) => reason.startsWith('gate_')))
  assert.equal(reasonsOf(db, 'waiting'), ['unfinished'])
})

finding('names once what the register says of a person, as the reason people can act on', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addFated(db, 'asep', 'meninggal', { stage: 'determined' })
  await run(db, { who: ['everyone'] })
  await keepUp(db)
  const [one] = openIn(db, PONCOSARI)
  assert.equal([one!.danger, one!.items.map(({ reason }) => reason)], ['dropped', ['meninggal']])
  assert.match(one!.items[0]!.message, /^ART 1 .*meninggal/)
})

finding('passes over a household that rests', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  db.insert(inactiveHouseholds).values({ householdId: 'asep', reason: 'pindah', since: '2026-01-01', cause: 'test' }).run()
  await keepUp(db)
  assert.equal(openIn(db, PONCOSARI), [])
})

const repairing = suite('a repair')

repairing('is told with its time, its person and what was done, and the household is saved when nothing is open', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  await keepUp(db)
  as(db, siti, (tx) => moveStage(tx, { id: 'asep', stage: null }, 'dispatched'), LATER)
  await keepUp(db, LATER)

  assert.equal(openIn(db, PONCOSARI, LATER), [])
  const [{ items: [item], savedAt }] = savedIn(db, PONCOSARI, LATER) as [ReturnType<typeof savedIn>[number]]
  assert.equal([item!.repairedAt, item!.repairedBy, item!.repairedHow, savedAt], [LATER, 'Siti Rahayu', 'household.dispatched', LATER])
})

repairing('of one reason leaves the others open', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addFated(db, 'asep', 'tidak_padan_nama', { stage: 'assigned', officer: siti })
  await run(db, { who: ['everyone'] })
  await keepUp(db)
  assert.equal(reasonsOf(db, 'asep'), ['tidak_padan_nama', 'unfinished'])
  as(db, rina, (tx) => {
    const household = getHousehold(tx, 'asep')
    const [first, ...others] = household.record.members
    reviseHousehold(tx, household, household.version, { ...household.record, members: [{ ...first, name: 'Nama Yang Benar' }, ...others] }, 'perbaikan:test')
  }, LATER)
  await keepUp(db, LATER)
  const [one] = openIn(db, PONCOSARI, LATER)
  assert.equal(one!.items.map(({ reason, repairedBy }) => [reason, repairedBy]), [['unfinished', null], ['tidak_padan_nama', 'Rina Kartika']])
})

repairing('does not last when the same thing breaks again', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  await keepUp(db)
  move(db, 'asep', 'dispatched')
  await keepUp(db, LATER)
  const again = '2026-03-04T03:00:00.000Z'
  move(db, 'asep', 'submitted', '', again)
  await keepUp(db, again)
  const [one] = openIn(db, PONCOSARI, again)
  assert.equal([one!.items.map(({ repairedAt, foundAt }) => [repairedAt, foundAt]), one!.savedAt, savedIn(db, PONCOSARI, again)], [[[null, again]], null, []])
})

repairing('leaves the next page of the saved where it was, though the last one of the page before is in danger again', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  const ids = Array.from({ length: 53 }, (_, i) => `h${String(i).padStart(2, '0')}`)
  for (const id of ids) addHousehold(db, id, { stage: 'assigned', officer: siti })
  await keepUp(db)
  for (const id of ids) move(db, id, 'dispatched')
  await keepUp(db, LATER)
  const first = listCases(db, rina, PONCOSARI, LATER, { show: 'saved' })
  move(db, first.cases.at(-1)!.id, 'submitted', '', '2026-03-04T03:00:00.000Z')
  await keepUp(db, '2026-03-04T03:00:00.000Z')
  const second = listCases(db, rina, PONCOSARI, LATER, { show: 'saved', after: first.next })
  assert.equal(new Set([...first.cases, ...second.cases].map(({ id }) => id)).size, 53)
})

const counting = suite('the counts of a desa')

counting('are what its list holds, also after a household has moved', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  for (const id of ['one', 'two']) addHousehold(db, id, { stage: 'assigned', officer: siti })
  addHousehold(db, 'far', { stage: 'assigned', regionCode: GADINGSARI })
  await keepUp(db)
  const villages = () => {
    const reading = readRescue(db, rina, '', NOW)
    return reading.kind === 'list' ? Object.fromEntries(reading.villages.map(({ code, open, saved }) => [code, [open, saved]])) : {}
  }
  assert.equal(villages(), { [PONCOSARI]: [2, 0], [GADINGSARI]: [1, 0] })
  db.update(households).set({ regionCode: TRIMURTI }).where(eq(households.id, 'two')).run()
  move(db, 'two', 'submitted')
  move(db, 'one', 'dispatched')
  await keepUp(db, LATER)
  assert.equal(villages(), { [PONCOSARI]: [0, 1], [TRIMURTI]: [1, 0], [GADINGSARI]: [1, 0] })
  assert.equal(db.select().from(rescueLists).all().map(({ openCount, savedCount, status }) => [openCount, savedCount, status]), [[2, 1, 'live']])
  assert.ok(db.select().from(rescueCounts).all().every(({ open, repaired }) => open >= 0 && repaired >= 0))
})

counting('begin anew with the next cut-off, and the last one stays as it was', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  await keepUp(db)
  addPeriod(db, 36, { id: 'april' })
  const after = '2026-03-09T03:00:00.000Z'
  move(db, 'asep', 'dispatched', '', after)
  await keepUp(db, after)
  const reading = readRescue(db, rina, '', after)
  assert.ok(reading.kind === 'list')
  assert.equal([reading.list.periodId, reading.list.openCount, reading.last!.openCount], ['april', 0, 1])
})

counting('go by the earlier cut-off a kabupaten has set for itself', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  await keepUp(db)
  db.insert(periodCutoffs).values({ periodId: 'maret', regionCode: BANTUL, cutoffOn: dayIn(2), setBy: 'rina', setAt: NOW }).run()
  await keepUp(db)
  assert.is(db.select().from(rescueLists).get()!.cutoffOn, dayIn(2))
})

const clock = suite('the countdown')

clock('counts to the end of the last day, in western Indonesia', () => {
  assert.is(countdown('2026-03-07', '2026-03-02T03:00:00.000Z'), 'Tinggal 5 hari 14 jam')
  assert.is(countdown('2026-03-07', '2026-03-07T16:30:00.000Z'), 'Tinggal kurang dari 1 jam')
  assert.is(countdown('2026-03-07', '2026-03-07T17:00:00.000Z'), 'Batas waktu sudah lewat')
})

const way = suite('the way out')

way('leads each to what is theirs to mend', () => {
  const place = { id: 'asep', regionCode: PONCOSARI, visitId: 'visit', officerId: 'siti' }
  const ways = (stage: 'returned' | 'submitted' | 'checked' | 'verified' | 'published' | 'determined', reason: Parameters<typeof wayOut>[2] = 'unfinished') =>
    [siti, wawan, rina, hadi].map((person) => wayOut(person, { ...place, stage }, reason).href)
  assert.equal(ways('returned', 'returned'), ['/field/asep', '/households/asep', '/households/asep', '/households/asep'])
  assert.equal(ways('submitted'), ['/households/asep', '/reviews/visit', '/households/asep', '/households/asep'])
  assert.equal(ways('checked'), ['/households/asep', '/households/asep', '/reviews/visit', '/households/asep'])
  assert.equal(ways('verified'), ['/households/asep', '/households/asep', '/batches', '/batches'])
  assert.is(wayOut(oki, { ...place, stage: 'determined' }, 'meninggal').href, '/proposals/new?household=asep&kind=death')
})

finding.run()
repairing.run()
counting.run()
clock.run()
way.run()
