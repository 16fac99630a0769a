import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countOf, missingRanges } from '#app/devices/gaps.ts'
import { countOverdue, listDevices } from '#app/devices/ledger.ts'
import { viewDevice } from '#app/devices/history.ts'
import { homeOf } from '#app/home/home.ts'
import type { Db } from '#db/connection.ts'
import { addDelivery, addPhone, PHONE } from '#test/support/held.ts'
import { addHousehold, agus, budi, dewi, eko, freshApp, freshDatabase, hadi, nia, oki, rina, siti, tono, TRIMURTI, wawan } from '#test/support/world.ts'

// Of 17 visits on Siti's phone, 5 to 7 and 14 have not come; 9 waits for photos.
function seventeen(): Db {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  addPhone(db, siti, { made: 17 })
  for (const sequence of [1, 2, 3, 4, 8, 10, 11, 12, 13, 15, 16]) addDelivery(db, siti, {}, { sequence })
  addDelivery(db, siti, { status: 'waiting_photos', photoCount: 9 }, { sequence: 9 })
  addDelivery(db, siti, { status: 'held', reason: 'conflict' }, { sequence: 17 })
  return db
}
const NOON = '2026-03-01T12:00:00.000Z'
const TWO_DAYS_LATER = '2026-03-03T12:00:00.000Z'

const gaps = suite('what is missing')

gaps('is every number up to the highest that did not come', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), fc.nat(60), (arrived, told) => {
    const top = Math.max(told, ...arrived, 0)
    const ranges = missingRanges(arrived, top)
    const named = ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
    assert.equal(named, Array.from({ length: top }, (_, i) => i + 1).filter((number) => !arrived.includes(number)))
    assert.is(countOf(ranges), named.length)
  }))
})

gaps('is nothing when all came, whatever the order and how often', () => assert.equal(missingRanges([3, 1, 2, 2], 3), []))

gaps.run()

const ledger = suite('the custody ledger')

ledger('names the visits that have not come, what is held and what waits for photos', async () => {
  const db = seventeen()
  const { rows: [row] } = listDevices(db, budi)
  assert.equal([row!.made, row!.arrived, row!.missing, row!.held, row!.waiting], [17, 13, 4, 1, 1])
  const page = await (await freshApp(db).as(budi).get('/devices')).text()
  for (const words of ['Kunjungan 5–7 dan 14 dari 17 dari HP ini belum tiba.', 'Siti Rahayu', '1 ditahan', '1 menunggu foto']) assert.match(page, words)
})

ledger('puts the worst first, and its pages hold each phone once', () => {
  const db = freshDatabase()
  const ids = Array.from({ length: 120 }, (_, i) => addPhone(db, siti, { id: `phone-${String(i).padStart(3, '0')}`, made: i % 7 }))
  const seen: { id: string, missing: number }[] = []
  for (let place: Parameters<typeof listDevices>[2] | null; ;) {
    const { rows, next } = listDevices(db, rina, place ?? undefined)
    seen.push(...rows)
    if (!next) break
    place = next
  }
  assert.equal(seen.map(({ id }) => id).sort(), ids)
  assert.ok(seen.every(({ missing }, i) => i === 0 || missing <= seen[i - 1]!.missing))
})

ledger('counts a phone by its user: what one officer owes is not the other\'s', () => {
  const db = freshDatabase()
  addPhone(db, siti, { made: 2 })
  addPhone(db, oki, { made: 1 })
  addDelivery(db, oki, {}, { sequence: 1 })
  assert.equal(listDevices(db, budi).rows.map(({ userId, missing }) => [userId, missing]), [['siti', 2], ['oki', 0]])
})

ledger('counts what a file brought as arrived', () => {
  const db = freshDatabase()
  addPhone(db, siti, { made: 1 })
  addDelivery(db, siti, { via: 'file' }, { sequence: 1 })
  assert.is(listDevices(db, budi).rows[0]!.missing, 0)
})

ledger('shows the phones of officers in the reader\'s own places alone', async () => {
  const db = seventeen()
  addPhone(db, dewi, { id: 'of-dewi', made: 1 })
  const seen = (who: typeof budi) => listDevices(db, who).rows.map(({ userId }) => userId)
  for (const who of [wawan, budi, rina]) assert.equal(seen(who), ['siti'], who.id)
  for (const who of [nia, eko]) assert.equal(seen(who), ['dewi'], who.id)
  assert.equal(seen(agus), ['siti', 'dewi'])
  const { as: be } = freshApp(db)
  assert.is((await be(nia).get(`/devices/${PHONE}/siti`)).status, 404)
  for (const who of [siti, hadi]) assert.is((await be(who).get('/devices')).status, 403, who.id)
})

ledger.run()

const history = suite('one phone in the ledger')

history('lists its visits in sequence, with the gaps as rows of their own', () => {
  const { rows, strip } = viewDevice(seventeen(), budi, PHONE, 'siti')
  const words = rows.map((row) => 'missing' in row ? `${row.missing.from}–${row.missing.to} missing` : `${row.arrival.sequence} ${row.arrival.status}`)
  assert.equal(words.slice(3, 9), ['4 accepted', '5–7 missing', '8 accepted', '9 waiting_photos', '10 accepted', '11 accepted'])
  assert.equal(words.slice(-4), ['14–14 missing', '15 accepted', '16 accepted', '17 held'])
  assert.equal(strip.map(({ from, to, state }) => `${from}–${to} ${state}`),
    ['1–4 arrived', '5–7 missing', '8–8 arrived', '9–9 waiting', '10–13 arrived', '14–14 missing', '15–16 arrived', '17–17 held'])
})

history('goes on by number where there are many', () => {
  const db = freshDatabase()
  addPhone(db, siti, { made: 250 })
  addDelivery(db, siti, {}, { sequence: 101 })
  const second = viewDevice(db, budi, PHONE, 'siti', 100)
  assert.equal([second.previous, second.next, second.rows.length], [0, 200, 2])
  assert.equal(second.rows.map((row) => 'missing' in row ? [row.missing.from, row.missing.to] : row.arrival.sequence), [101, [102, 200]])
})

history('names households to those who may read them, in their own places, and never to the administrator', async () => {
  const db = seventeen()
  addHousehold(db, 'jauh', { regionCode: TRIMURTI, head: 'Mbok Jauh', stage: 'assigned', officer: siti })
  addDelivery(db, siti, { regionCode: TRIMURTI }, { householdId: 'jauh', sequence: 14 })
  const poncosari = { ...wawan, regions: siti.regions }
  const { as: be } = freshApp(db)
  assert.match(await (await be(budi).get(`/devices/${PHONE}/siti`)).text(), 'Mbok Jauh')
  const administrator = await (await be(agus).get(`/devices/${PHONE}/siti`)).text()
  for (const name of ['Mbok Jauh', 'Asep Suryana']) assert.not.match(administrator, name)
  const names = viewDevice(db, poncosari, PHONE, 'siti').rows.flatMap((row) => 'missing' in row ? [] : [row.arrival.headName])
  assert.ok(names.includes('Asep Suryana') && names.includes(null) && !names.includes('Mbok Jauh'))
})

history('draws the sequence and says the same in words', async () => {
  const page = await (await freshApp(seventeen()).as(budi).get(`/devices/${PHONE}/siti`)).text()
  for (const words of ['<svg', '5 sampai 7: Belum tiba', 'Belum diketahui', 'Ditahan, putuskan', '0 dari 9']) assert.match(page, words)
  assert.not.match(page, 'c2VjcmV0')
})

history.run()

const overdue = suite('what is overdue')

overdue('is what the phone told of more than a day ago, or what a later visit overtook', () => {
  const db = freshDatabase()
  addPhone(db, siti, { made: 3 })
  addDelivery(db, siti, {}, { sequence: 1 })
  assert.is(countOverdue(db, budi, NOON), 0, 'made this morning')
  assert.is(countOverdue(db, budi, TWO_DAYS_LATER), 2)
  addPhone(db, tono, { id: 'of-tono', made: 4, madeAt: TWO_DAYS_LATER })
  addDelivery(db, tono, {}, { deviceId: 'of-tono', sequence: 2 })
  assert.is(countOverdue(db, budi, TWO_DAYS_LATER), 3, 'number 1 was overtaken, 3 and 4 are new')
})

overdue('is told to the coordinator on the first page, and to nobody else\'s coordinator', () => {
  const db = seventeen()
  const task = (who: typeof budi) => homeOf(db, who).tasks.find(({ key }) => key === 'missing')?.count
  assert.equal([task(budi), task(rina), task(agus), task(eko), task(siti)], [4, 4, 4, undefined, undefined])
})

overdue.run()
