import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { transitions, visitFlags, visits } from '#db/schema/index.ts'
import { actions, addHousehold, dewi, freshApp, oki, siti, stageOf, tono } from '#test/support/world.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aRecord } from '#test/support/records.ts'

const photo = (seed: number) => new File([new Uint8Array(makeJpeg({ width: 320, height: 240, seed }))], 'foto.jpg', { type: 'image/jpeg' })
const photos = (kinds: readonly string[], from = 1) => Object.fromEntries(kinds.map((kind, i) => [kind, photo(from + i)]))
const ALL = PHOTO_KINDS.map(({ code }) => code)

type Given = { record?: HouseholdRecord, coordinate?: object, activeMs?: number, questionnaireVersion?: string }
const visitOf = ({ record = aRecord({ head: 'Asep Suryana' }), coordinate = {}, activeMs = 25 * 60_000, questionnaireVersion = '2026' }: Given = {}) => JSON.stringify({
  record, activeMs, questionnaireVersion, openedAt: '2026-03-01T02:00:00.000Z',
  coordinate: { latitude: -7.97, longitude: 110.22, accuracyM: 9, locatedAt: '2026-03-01T02:00:00.000Z', ...coordinate },
})

// Siti holds Asep's household; `send` posts a whole visit, as a phone does.
function assigned() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti })
  const id = randomUUID()
  const send = (fields: Record<string, string | File>, officer = siti, visitId = id) => world.as(officer).post(`/field/asep/visits/${visitId}/whole`, fields)
  return { ...world, id, send }
}

const other = (outcome: number, more = {}) => ({ ...aRecord(), household: { ...aRecord().household, hasilVerivali: outcome, ...more } })

const submitting = suite('submitting a whole visit')

submitting('is not found for another officer and for the next village', async () => {
  const { send } = assigned()
  for (const officer of [tono, oki, dewi]) assert.is((await send({ visit: visitOf(), ...photos(ALL) }, officer)).status, 404)
})

submitting('moves the household on, with the visit, its outcome and its receipt', async () => {
  const { db, send, id } = assigned()
  assert.is((await send({ visit: visitOf(), ...photos(ALL) })).status, 303)
  const visit = db.select().from(visits).get()!
  assert.equal([visit.id, visit.status, visit.outcome, visit.activeMs, stageOf(db, 'asep')], [id, 'submitted', 1, 25 * 60_000, 'submitted'])
  assert.is(actions(db).at(-1), 'visit.submitted')
  assert.equal(db.select().from(visitFlags).all(), [])
})

submitting('five times at once makes one row and five equal receipts', async () => {
  const { db, app, id } = assigned()
  const { startSession } = await import('#app/sessions/sessions.ts')
  const cookie = `siks_session=${await startSession(db, 'siti', 'test')}`
  const visit = visitOf()
  const send = () => {
    const body = new FormData()
    body.append('visit', visit)
    for (const [kind, file] of Object.entries(photos(ALL))) body.append(kind, file)
    return app.request(`/field/asep/visits/${id}/whole`, { method: 'POST', body, headers: { Cookie: cookie, Accept: 'application/json' } })
  }
  const answers = await Promise.all([1, 2, 3, 4, 5].map(send))
  const receipts = await Promise.all(answers.map((answer) => answer.text()))
  assert.equal(answers.map(({ status }) => status), [200, 200, 200, 200, 200])
  assert.is(new Set(receipts).size, 1)
  assert.equal([db.select().from(visits).all().length, db.select().from(transitions).all().filter(({ toStage }) => toStage === 'submitted').length], [1, 1])
})

submitting('is a conflict with the same id and another body; the first stays', async () => {
  const { db, send } = assigned()
  await send({ visit: visitOf(), ...photos(ALL) })
  const answer = await send({ visit: visitOf({ record: aRecord({ head: 'Asep Lain' }) }), ...photos(ALL) })
  assert.is(answer.status, 409)
  assert.is(db.select().from(visits).get()!.record.household.headName, 'Asep Suryana')
})

submitting('takes the previous version of the questionnaire, and no older', async () => {
  assert.is((await assigned().send({ visit: visitOf({ questionnaireVersion: '2025' }), ...photos(ALL) })).status, 303)
  const refused = await assigned().send({ visit: visitOf({ questionnaireVersion: '2019' }), ...photos(ALL) })
  assert.is(refused.status, 422)
  assert.match(await refused.text(), /Versi kuesioner tidak dikenal/)
})

const REFUSED: [sentence: string, fields: () => Record<string, string | File>, named: RegExp[]][] = [
  ['without two of the nine photos', () => ({ visit: visitOf(), ...photos(ALL.slice(2)) }), [/Foto KTP belum ada/, /Foto Kartu Keluarga belum ada/]],
  ['without a duration', () => ({ visit: visitOf({ activeMs: 0 }), ...photos(ALL) }), [/Lama wawancara belum tercatat/]],
  ['with a missing answer', () => ({ visit: visitOf({ record: aRecord({ household: { floorType: null } }) }), ...photos(ALL) }), [/Jenis lantai terluas belum diisi/]],
  ['with a code that is not on the form', () => ({ visit: visitOf({ record: aRecord({ household: { roofType: 77 } }) }), ...photos(ALL) }), [/Jenis atap terluas/]],
  ['with a coordinate in another country', () => ({ visit: visitOf({ coordinate: { latitude: 52 } }), ...photos(ALL) }), [/luar Indonesia/]],
  ['of another outcome without any photo', () => ({ visit: visitOf({ record: other(2) }), 'F-KTP': new File([], '') }), [/Sedikitnya satu foto/]],
  ['that was joined to an unknown prelist row', () => ({ visit: visitOf({ record: other(4, { duplicateOfPrelistId: '12345' }) }), ...photos(['F-RUMAH']) }), [/ID prelist 12345 tidak ditemukan/]],
  ['without an outcome', () => ({ visit: visitOf({ record: other(9) }), ...photos(ALL) }), [/Hasil kunjungan belum dipilih/]],
  ['that is no JSON', () => ({ visit: '{rusak', ...photos(ALL) }), [/bukan JSON/]],
]
for (const [sentence, fields, named] of REFUSED) {
  submitting(`refuses a visit ${sentence}, names it and keeps nothing of it`, async () => {
    const { db, send } = assigned()
    const answer = await send(fields())
    assert.is(answer.status, 422)
    const text = await answer.text()
    for (const words of named) assert.match(text, words)
    assert.equal([db.select().from(visits).all().length, stageOf(db, 'asep')], [0, 'downloaded'])
  })
}

submitting('takes another outcome with one photo and the coordinate', async () => {
  const { db, send } = assigned()
  addHousehold(db, 'ujang', { prelistId: '99777' })
  assert.is((await send({ visit: visitOf({ record: other(6, { duplicateOfPrelistId: '99777' }), activeMs: 0 }), ...photos(['F-RUMAH']) })).status, 303)
  assert.is(stageOf(db, 'asep'), 'submitted')
})

submitting.run()

const flags = suite('the flags of a visit')
const flagged = async (fields: Record<string, string | File>, prepare: (world: ReturnType<typeof assigned>) => unknown = () => undefined) => {
  const world = assigned()
  await prepare(world)
  await world.send(fields)
  return world.db.select().from(visitFlags).all().map(({ code }) => code)
}

flags('tell of a short interview and a rough location', async () => {
  assert.equal(await flagged({ visit: visitOf({ activeMs: 60_000, coordinate: { accuracyM: 120 } }), ...photos(ALL) }), ['short_interview', 'rough_location'])
})

flags('tell of a coordinate that was typed', async () => {
  assert.equal(await flagged({ visit: visitOf({ coordinate: { locatedAt: null } }), ...photos(ALL) }), ['typed_location'])
})

flags('tell of a photo that another household already showed', async () => {
  const found = await flagged({ visit: visitOf(), ...photos(ALL) }, async ({ db, as: by }) => {
    addHousehold(db, 'ujang', { stage: 'downloaded', officer: siti })
    await by(siti).post(`/field/ujang/visits/${randomUUID()}/whole`, { visit: visitOf({ record: aRecord({ head: 'Ujang' }) }), ...photos(ALL, 9) })
  })
  assert.equal(found, ['reused_photo'])
})

flags('tell of a NIK that lives elsewhere too', async () => {
  const record = aRecord()
  const found = await flagged({ visit: visitOf({ record }), ...photos(ALL) }, ({ db }) => addHousehold(db, 'kembar', { record }))
  assert.equal(found, ['nik_elsewhere'])
})

flags.run()
