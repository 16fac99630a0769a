import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setAnswer } from '#app/questionnaire/record.ts'
import { ALL, aDelivery, phoneOf, photos } from '#test/support/delivery.ts'
import { aVillage, jpeg, pagesOver } from '#test/support/field.ts'
import { visitOf } from '#test/support/numberless.ts'
import { aPocket } from '#test/support/pocket.ts'
import { aRecord, withoutNumbers } from '#test/support/records.ts'
import { addHousehold, freshApp, siti, stageOf } from '#test/support/world.ts'

const EIGHT = ALL.filter((kind) => kind !== 'F-KK')

const phone = suite('a family without a KK, from the phone')

phone('is filled in and sent without a line, with eight photos', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const where = { householdId: 'asep', visitId: (await pocket.store.beginVisit('asep', randomUUID())).id }
  const save = async (section: 'respondent' | 'families', fields: Record<string, string>) => {
    pocket.clock.count += 60_000
    await pocket.store.saveSection(where, { revision: (await pocket.store.getVisit(where)).revision, activeMs: 60_000, section, fields })
  }
  await save('respondent', { 'household.hasilVerivali': '1' })
  await save('families', { 'families.0.kkNumber': '', 'families.0.kkMissingReason': '4' })
  await pocket.store.setLocation(where, { latitude: -7.9713, longitude: 110.2217, accuracyM: 9, locatedAt: null }, { revision: (await pocket.store.getVisit(where)).revision, activeMs: 30_000 })
  await pocket.store.addPhotos(where, EIGHT.map((kind, i) => ({ kind, bytes: jpeg(i + 1), takenAt: '2026-03-02T02:59:00.000Z' })))
  const page = await (await pagesOver(() => pocket.store).request(`/field/asep/visits/${where.visitId}/photos`)).text()
  assert.match(page, /8 dari 8/)
  assert.match(page, /Foto Kartu Keluarga tidak diminta/)
  assert.equal((await pocket.store.findObstacles(where)).errors, [])
  assert.is((await pocket.store.submitVisit(where)).receivedAt, null, 'it waits on the phone')
})

phone('comes through the door like any other; without its reason it is complete no more', async () => {
  const world = freshApp()
  for (const id of ['asep', 'ujang', 'dede']) addHousehold(world.db, id, { stage: 'assigned', officer: siti })
  const none = withoutNumbers(aRecord({ head: 'Asep Suryana', serial: 401 }))
  const sent = aDelivery({ record: none, photos: photos(EIGHT) })
  assert.equal([(await phoneOf(world).bundle(sent)).status, stageOf(world.db, 'asep')], [200, 'submitted'])
  const silent = aDelivery({ householdId: 'ujang', sequence: 2, record: setAnswer(none, 'families.0.kkMissingReason', undefined), photos: photos(ALL, 20) })
  const answer = await phoneOf(world).bundle(silent)
  assert.is(stageOf(world.db, 'ujang'), 'assigned')
  assert.match(JSON.stringify(answer.state), /Nomor Kartu Keluarga belum diisi/)
})

phone('of a worker that knows no reasons has none left over beside its number', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti })
  const sent = aDelivery({ record: setAnswer(aRecord({ head: 'Asep Suryana', serial: 402 }), 'families.0.kkMissingReason', 1) })
  assert.is((await phoneOf(world).bundle(sent)).status, 200)
  assert.equal([stageOf(world.db, 'asep'), visitOf(world.db, sent.visitId).record.families[0]!.kkMissingReason], ['submitted', undefined])
  assert.is((await phoneOf(world).bundle(sent)).status, 200, 'sent again it is the same visit')
})

phone.run()
