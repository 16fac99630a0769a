import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deliveries, transitions, visitFlags, visits } from '#db/schema/index.ts'
import { actions, addHousehold, dewi, freshApp, siti, stageOf } from '#test/support/world.ts'
import { aDelivery, ALL, phoneOf, photos, type Given } from '#test/support/delivery.ts'
import { aRecord } from '#test/support/records.ts'

// Siti holds Asep's household; `send` brings a whole visit in one post, as her phone does.
function assigned() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti })
  const send = (given: Given = {}) => phoneOf(world).bundle(aDelivery(given))
  return { ...world, send }
}

const other = (outcome: number, more = {}) => ({ ...aRecord(), household: { ...aRecord().household, hasilVerivali: outcome, ...more } })

const submitting = suite('submitting a whole visit')

submitting('moves the household on, with the visit and its outcome', async () => {
  const { db, send } = assigned()
  const { state } = await send()
  assert.equal([state.status, state.receipt.photosComplete], ['accepted', true])
  const visit = db.select().from(visits).get()!
  assert.equal([visit.id, visit.status, visit.outcome, visit.activeMs, stageOf(db, 'asep')], [state.receipt.visitId, 'submitted', 1, 25 * 60_000, 'submitted'])
  assert.is(actions(db).at(-1), 'visit.submitted')
  assert.equal(db.select().from(visitFlags).all(), [])
})

submitting('five times at once makes one row and five equal receipts', async () => {
  const world = assigned()
  const made = aDelivery()
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => phoneOf(world).bundle(made)))
  assert.equal(answers.map(({ status }) => status), [200, 200, 200, 200, 200])
  assert.is(new Set(answers.map(({ state }) => JSON.stringify(state.receipt))).size, 1)
  const { db } = world
  assert.equal([db.select().from(visits).all().length, db.select().from(transitions).all().filter(({ toStage }) => toStage === 'submitted').length], [1, 1])
})

submitting('is a conflict with the same id and another body; the first stays', async () => {
  const world = assigned()
  const { id, visitId } = aDelivery()
  await phoneOf(world).bundle(aDelivery({ id, visitId }))
  const { status, problem } = await phoneOf(world).bundle(aDelivery({ id, visitId, record: aRecord({ head: 'Asep Lain' }) }))
  assert.equal([status, problem!.code], [409, 'conflict'])
  assert.is(world.db.select().from(visits).get()!.record.household.headName, 'Asep Suryana')
})

submitting('takes the previous version of the questionnaire, and no older', async () => {
  assert.is((await assigned().send({ questionnaireVersion: '2025' })).state.status, 'accepted')
  const { status, problem } = await assigned().send({ questionnaireVersion: '2019' })
  assert.is(status, 422)
  assert.match(problem!.fields['visit.questionnaireVersion']!, /Versi kuesioner tidak dikenal/)
})

const INCOMPLETE: [sentence: string, given: () => Given, named: RegExp[]][] = [
  ['without two of the nine photos', () => ({ photos: photos(ALL.slice(2)) }), [/Foto KTP belum ada/, /Foto Kartu Keluarga belum ada/]],
  ['without a duration', () => ({ activeMs: 0 }), [/Lama wawancara belum tercatat/]],
  ['without a coordinate and a photo', () => ({ coordinate: null, photos: photos(ALL.slice(1)) }), [/Lokasi \(koordinat\) belum diambil/, /Foto KTP belum ada/]],
  ['with a missing answer', () => ({ record: aRecord({ household: { floorType: null } }) }), [/Jenis lantai terluas belum diisi/]],
  ['with a code that is not on the form', () => ({ record: aRecord({ household: { roofType: 77 } }) }), [/Jenis atap terluas/]],
  ['with a coordinate in another country', () => ({ coordinate: { latitude: 52 } }), [/luar Indonesia/]],
  ['of another outcome without any photo', () => ({ record: other(2), photos: {} }), [/Sedikitnya satu foto/]],
  ['that was joined to an unknown prelist row', () => ({ record: other(4, { duplicateOfPrelistId: '12345' }), photos: photos(['F-RUMAH']) }), [/ID prelist 12345 tidak ditemukan/]],
  ['without an outcome', () => ({ record: other(9) }), [/Hasil kunjungan belum dipilih/]],
]
for (const [sentence, given, named] of INCOMPLETE) {
  submitting(`does not submit a visit ${sentence}, names it, and keeps what was sent`, async () => {
    const { db, send } = assigned()
    const { status, state } = await send(given())
    assert.equal([status, state.status, state.reason], [200, 'held', 'incomplete'])
    for (const words of named) assert.match(Object.values(state.problem!.fields).join(' '), words)
    assert.equal([db.select().from(visits).all().length, stageOf(db, 'asep')], [0, 'downloaded'])
    assert.ok(db.select().from(deliveries).get()!.text.length > 0)
  })
}

submitting('takes another outcome with one photo and the coordinate', async () => {
  const { db, send } = assigned()
  addHousehold(db, 'ujang', { prelistId: '99777' })
  const { state } = await send({ record: other(6, { duplicateOfPrelistId: '99777' }), activeMs: 0, photos: photos(['F-RUMAH']) })
  assert.equal([state.status, stageOf(db, 'asep')], ['accepted', 'submitted'])
})

submitting('in the name of another officer is refused and keeps nothing', async () => {
  const world = assigned()
  const { status } = await phoneOf(world, dewi).bundle(aDelivery())
  assert.equal([status, world.db.select().from(deliveries).all().length], [403, 0])
})

submitting.run()

const flags = suite('the flags of a visit')
const flagged = async (given: Given, prepare: (world: ReturnType<typeof assigned>) => unknown = () => undefined) => {
  const world = assigned()
  await prepare(world)
  await world.send(given)
  return world.db.select().from(visitFlags).all().map(({ code }) => code)
}

flags('tell of a short interview and a rough location', async () => {
  assert.equal(await flagged({ activeMs: 60_000, coordinate: { accuracyM: 120 } }), ['short_interview', 'rough_location'])
})

flags('tell of a coordinate that was typed', async () => {
  assert.equal(await flagged({ coordinate: { locatedAt: null } }), ['typed_location'])
})

flags('tell of a photo that another household already showed', async () => {
  const found = await flagged({}, async ({ db, send }) => {
    addHousehold(db, 'ujang', { stage: 'downloaded', officer: siti })
    await send({ householdId: 'ujang', record: aRecord({ head: 'Ujang' }), photos: photos(ALL, 9) })
  })
  assert.equal(found, ['reused_photo'])
})

flags('tell of a NIK that lives elsewhere too', async () => {
  const record = aRecord()
  assert.equal(await flagged({ record }, ({ db }) => addHousehold(db, 'kembar', { record })), ['nik_elsewhere'])
})

flags.run()
