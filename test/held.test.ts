import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { approveVisit } from '#app/reviews/decisions.ts'
import { setAnswer, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { moveStage } from '#app/households/moves.ts'
import { deliveries, households, visitPhotos, visits } from '#db/schema/index.ts'
import { aDelivery, phoneOf, sha256, type Given } from '#test/support/delivery.ts'
import { caseOf, settle } from '#test/support/held.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, as, budi, eko, freshApp, nia, rina, siti, stageOf, tono, wawan } from '#test/support/world.ts'

type World = ReturnType<typeof freshApp>
const BASE = aRecord({ head: 'Asep Suryana', serial: 901 })
const answered = (changes: Record<string, Answers[string]>, record: HouseholdRecord = BASE) =>
  Object.entries(changes).reduce((result, [path, value]) => setAnswer(result, path, value), record)

// Siti holds Asep's household and has two phones; the first has arrived.
async function twoPhones(first: HouseholdRecord, second: HouseholdRecord) {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti, record: BASE })
  const phone = phoneOf(world)
  const [earlier, later] = [aDelivery({ record: first }), aDelivery({ record: second, deviceId: randomUUID() })]
  await phone.bundle(earlier)
  const { state } = await phone.bundle(later)
  return { world, phone, earlier, later, state }
}
const conflicting = () => twoPhones(answered({ 'household.floorType': 5, 'household.bedroomCount': 3 }), answered({ 'household.floorType': 7, 'members.1.schooling': 1, 'household.roofType': 3 }))

const rowOf = ({ db }: World, id: string) => db.select().from(deliveries).where(eq(deliveries.id, id)).get()!
const visitOf = ({ db }: World, id: string) => db.select().from(visits).where(eq(visits.id, id)).get()!
const check = ({ db }: World, id: string) => as(db, budi, (tx) => approveVisit(tx, id, { key: randomUUID(), revision: 1, note: '', documents: { 1: '1' }, remarks: {} }))

const listing = suite('the list of held deliveries')

listing('shows what waits in the reader\'s places, and counts it in the menu', async () => {
  const { world, state } = await conflicting()
  assert.equal([state.status, state.reason], ['held', 'conflict'])
  for (const who of [wawan, budi, rina]) {
    const page = await (await world.as(who).get('/deliveries')).text()
    for (const words of ['Asep Suryana', 'Jawaban berbeda', 'Siti Rahayu', '1<span class="unseen"> menunggu</span>']) assert.match(page, words)
  }
  for (const who of [eko, nia]) assert.not.match(await (await world.as(who).get('/deliveries')).text(), 'Asep Suryana')
  assert.is((await world.as(siti).get('/deliveries')).status, 403)
})

listing('opens no case and no photo to a neighbour or to the officer', async () => {
  const { world, later } = await conflicting()
  for (const [who, status] of [[eko, 404], [nia, 404], [siti, 403], [tono, 403]] as const) {
    assert.is((await world.as(who).get(`/deliveries/${later.id}/case`)).status, status, who.id)
    assert.is((await world.as(who).post(`/deliveries/${later.id}/settlement`, { key: randomUUID(), seen: '', decision: 'close', note: 'coba' })).status, status, who.id)
    assert.is((await world.as(who).get(`/files/deliveries/${later.id}/F-KTP`)).status, status, who.id)
  }
  const photo = await world.as(budi).get(`/files/deliveries/${later.id}/F-RUMAH`)
  assert.is(sha256(new Uint8Array(await photo.arrayBuffer())), sha256(later.photos['F-RUMAH']!))
})

listing.run()

const choosing = suite('two visits with different answers')

choosing('stand side by side, with the master\'s answer, and what is joined without asking', async () => {
  const { world, later } = await conflicting()
  const page = await caseOf(world, budi, later.id)
  for (const words of ['Pilih jawaban untuk 1 isian', 'choice.household.floorType', 'Digabung tanpa perlu dipilih', 'Foto dari kiriman', 'Foto yang tersimpan']) assert.match(page, words)
  assert.not.match(page, 'choice.household.roofType')
  assert.equal(actions(world.db).filter((action) => action === 'delivery.opened').length, 1)
})

choosing('become one: the chosen answers, and all that only one of them changed', async () => {
  const { world, earlier, later } = await conflicting()
  const before = visitOf(world, earlier.visitId)
  assert.is((await settle(world, budi, later.id, { 'decision': 'choose', 'choice.household.floorType': 'theirs' })).status, 204)
  const after = visitOf(world, earlier.visitId)
  const { household, members } = after.record
  assert.equal([household.floorType, household.bedroomCount, household.roofType, members[1]!.schooling], [7, 3, 3, 1])
  assert.equal([after.status, after.revision, stageOf(world.db, 'asep')], ['submitted', before.revision + 1, 'submitted'])
  assert.is.not(after.submittedHash, before.submittedHash)
  assert.equal(world.db.select().from(visits).all().length, 1)
})

choosing('tell the officer what became of it, and keep what was not chosen', async () => {
  const { world, phone, later } = await conflicting()
  await settle(world, budi, later.id, { 'decision': 'choose', 'choice.household.floorType': 'ours', 'note': 'Lantai dicek di foto' })
  const { state } = await phone.state(later)
  assert.equal([state.status, state.reason], ['accepted', 'merged'])
  assert.match(state.problem!.message, 'Budi Santoso: Lantai dicek di foto')
  assert.is(JSON.parse(rowOf(world, later.id).text).visit.record.household.floorType, 7)
  assert.match(await caseOf(world, rina, later.id), 'Digabung oleh Budi Santoso')
  assert.ok(actions(world.db).includes('delivery.settled'))
})

choosing('need an answer for each, and a reason', async () => {
  const { world, later } = await conflicting()
  const unchosen = await settle(world, budi, later.id, { decision: 'choose' })
  assert.is(unchosen.status, 422)
  assert.match(await unchosen.text(), 'f-choice-household-floorType')
  assert.is((await settle(world, budi, later.id, { 'decision': 'choose', 'choice.household.floorType': 'ours', 'note': ' ' })).status, 422)
  assert.is(rowOf(world, later.id).status, 'held')
})

choosing('settled twice with one form have one effect', async () => {
  const { world, earlier, later } = await conflicting()
  const page = await caseOf(world, budi, later.id)
  const fields = { 'decision': 'choose', 'choice.household.floorType': 'theirs' }
  assert.is((await settle(world, budi, later.id, fields, page)).status, 204)
  assert.is((await settle(world, budi, later.id, fields, page)).status, 204)
  assert.is(visitOf(world, earlier.visitId).revision, 2)
  assert.equal(actions(world.db).filter((action) => action === 'delivery.settled').length, 1)
})

choosing('settled by another meanwhile are refused, and so is a page from before the visit changed', async () => {
  const { world, earlier, later } = await conflicting()
  const page = await caseOf(world, rina, later.id)
  const fields = { 'decision': 'choose', 'choice.household.floorType': 'ours' }
  world.db.update(visits).set({ revision: 9 }).where(eq(visits.id, earlier.visitId)).run()
  assert.is((await settle(world, rina, later.id, fields, page)).status, 409)
  assert.is((await settle(world, budi, later.id, fields)).status, 204)
  const late = await settle(world, rina, later.id, fields, page)
  assert.is(late.status, 409)
  assert.match(await late.text(), 'sudah diselesaikan oleh Budi Santoso')
})

choosing('cannot be joined once the first was checked', async () => {
  const { world, earlier, later } = await conflicting()
  const page = await caseOf(world, rina, later.id)
  check(world, earlier.visitId)
  assert.is((await settle(world, rina, later.id, { 'decision': 'choose', 'choice.household.floorType': 'ours' }, page)).status, 409)
  const now = await caseOf(world, rina, later.id)
  assert.match(now, 'sudah diperiksa, jadi jawabannya tidak bisa digabung lagi')
  assert.not.match(now, 'Simpan pilihan')
})

choosing('whose choice breaks a rule are refused as a whole', async () => {
  const { world, earlier, later } = await twoPhones(answered({ 'household.floorAreaM2': 40 }), answered({ 'household.floorAreaM2': 50 }))
  const text = rowOf(world, later.id).text
  world.db.update(deliveries).set({ text: text.replace('"floorAreaM2":50', '"floorAreaM2":-5') }).where(eq(deliveries.id, later.id)).run()
  assert.is((await settle(world, budi, later.id, { 'decision': 'choose', 'choice.household.floorAreaM2': 'theirs' })).status, 422)
  assert.equal([visitOf(world, earlier.visitId).record.household.floorAreaM2, rowOf(world, later.id).status], [40, 'held'])
})

choosing('of the very person who sent it are for somebody else', async () => {
  const { world, later } = await conflicting()
  world.db.update(deliveries).set({ officerId: budi.id }).where(eq(deliveries.id, later.id)).run()
  assert.match(await caseOf(world, budi, later.id), 'Ini kiriman Anda sendiri')
  assert.is((await settle(world, budi, later.id, { decision: 'close' })).status, 403)
})

choosing.run()

const moved = suite('a delivery for a task given to another')

// Siti's visit comes after the household went to Tono.
async function reassigned(given: Given = {}) {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: tono, record: BASE })
  const made = aDelivery({ record: answered({ 'household.floorType': 5 }), ...given })
  const { state } = await phoneOf(world).bundle(made)
  return { world, made, state }
}

moved('is held whole, photos too', async () => {
  const { world, made, state } = await reassigned()
  assert.equal([state.status, state.reason, state.receipt.photosComplete], ['held', 'reassigned', true])
  assert.equal([stageOf(world.db, 'asep'), world.db.select().from(visits).all().length], ['downloaded', 0])
  const page = await caseOf(world, budi, made.id)
  for (const words of ['sudah diberikan kepada petugas lain', 'Gunakan kiriman ini', 'Sekarang tugas ini dipegang Tono Wibowo', 'Perubahan terhadap data induk']) assert.match(page, words)
})

moved('can be used: the task goes back to the sender and the visit is submitted, with every photo', async () => {
  const { world, made } = await reassigned()
  assert.is((await settle(world, budi, made.id, { decision: 'use' })).status, 204)
  const household = world.db.select().from(households).where(eq(households.id, 'asep')).get()!
  assert.equal([household.stage, household.officerId, household.visitId], ['submitted', 'siti', made.visitId])
  assert.equal(world.db.select().from(visitPhotos).all().map((row) => row.sha256).sort(), Object.values(made.photos).map(sha256).sort())
  assert.equal([rowOf(world, made.id).status, rowOf(world, made.id).settledBy], ['accepted', 'budi'])
  assert.equal([visitOf(world, made.visitId).officerId, visitOf(world, made.visitId).record.household.floorType], ['siti', 5])
})

moved('used twice with one form is used once', async () => {
  const { world, made } = await reassigned()
  const page = await caseOf(world, budi, made.id)
  for (const expected of [204, 204]) assert.is((await settle(world, budi, made.id, { decision: 'use' }, page)).status, expected)
  assert.equal(actions(world.db).filter((action) => action === 'visit.submitted').length, 1)
})

moved('can be closed with a reason; it stays, and the officer reads why', async () => {
  const { world, made } = await reassigned()
  assert.is((await settle(world, wawan, made.id, { decision: 'close', note: 'Tono yang berkunjung' })).status, 204)
  const { state } = await phoneOf(world).state(made)
  assert.equal([state.status, state.reason], ['closed', 'reassigned'])
  assert.match(state.problem!.message, 'Ditutup tanpa dipakai oleh Wawan Hidayat: Tono yang berkunjung')
  assert.is(sha256(Buffer.from(rowOf(world, made.id).text)), sha256(made.text))
  assert.match(await caseOf(world, budi, made.id), 'Ditutup tanpa dipakai oleh Wawan Hidayat')
  assert.not.match(await (await world.as(budi).get('/deliveries')).text(), 'Asep Suryana')
})

moved('is not used on a page from before the task moved on', async () => {
  const { world, made } = await reassigned()
  const page = await caseOf(world, budi, made.id)
  as(world.db, rina, (tx) => moveStage(tx, { id: 'asep', stage: 'downloaded' }, 'published', { set: { officerId: null } }))
  assert.is((await settle(world, budi, made.id, { decision: 'use' }, page)).status, 409)
  assert.is(stageOf(world.db, 'asep'), 'published')
})

moved('meets the visit of the new officer, once that is here, answer by answer', async () => {
  const { world, made } = await reassigned()
  const other = aDelivery({ officerId: tono.id, record: answered({ 'household.floorType': 7 }), deviceId: randomUUID() })
  await phoneOf(world, tono).bundle(other)
  assert.match(await caseOf(world, budi, made.id), 'Sekarang kunjungan Tono Wibowo menunggu pemeriksaan')
  assert.is((await settle(world, budi, made.id, { 'decision': 'choose', 'choice.household.floorType': 'theirs' })).status, 204)
  assert.equal([visitOf(world, other.visitId).record.household.floorType, visitOf(world, other.visitId).officerId], [5, 'tono'])
})

moved.run()

const others = suite('what else is held')

others('an incomplete visit names its mistakes, and can be tried again', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti, record: BASE })
  const made = aDelivery({ record: answered({ 'household.floorType': null }) })
  const { state } = await phoneOf(world).bundle(made)
  assert.equal([state.status, state.reason], ['held', 'incomplete'])
  assert.match(await caseOf(world, budi, made.id), Object.values(state.problem!.fields)[0]!.slice(0, 20))
  assert.is((await settle(world, budi, made.id, { decision: 'use' })).status, 422)
  assert.equal([rowOf(world, made.id).status, stageOf(world.db, 'asep')], ['held', 'downloaded'])
})

others('an unknown household is seen where its officer works, and can only be closed', async () => {
  const world = freshApp()
  const made = aDelivery({ householdId: 'tidak-ada', record: BASE })
  assert.is((await phoneOf(world).bundle(made)).state.reason, 'unknown_household')
  const page = await caseOf(world, budi, made.id)
  for (const words of ['Server tidak mengenal rumah tangga ini', 'Asep Suryana', 'Tutup tanpa dipakai']) assert.match(page, words)
  assert.not.match(page, 'Terima kiriman ini')
  assert.is((await settle(world, budi, made.id, { decision: 'close' })).status, 204)
})

others('a visit already checked is shown beside what stands', async () => {
  const { world, earlier } = await conflicting()
  check(world, earlier.visitId)
  const late = aDelivery({ record: answered({ 'household.floorType': 9 }), sequence: 3 })
  assert.is((await phoneOf(world).bundle(late)).state.reason, 'sent_before')
  const page = await caseOf(world, budi, late.id)
  for (const words of ['Beda dengan kunjungan yang tersimpan', 'sudah diperiksa sebelum kiriman ini tiba']) assert.match(page, words)
})

others.run()
