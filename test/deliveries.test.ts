import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { receiptWords } from '#app/deliveries/format.ts'
import { receiptPublicKey } from '#app/deliveries/receipts.ts'
import { readStored } from '#app/files/packs.ts'
import { findFile } from '#app/files/store.ts'
import { returnVisit } from '#app/reviews/decisions.ts'
import { deliveries, deliveryPhotos, households, visitPhotos, visits } from '#db/schema/index.ts'
import { addHousehold, as, budi, contentsOf, freshApp, siti, stageOf, tono, type freshApp as Fresh } from '#test/support/world.ts'
import { aDelivery, ALL, bundleOf, phoneOf, photos, sha256, type Made } from '#test/support/delivery.ts'
import { aRecord } from '#test/support/records.ts'

// Siti holds Asep's household; her phone has one visit to send.
function assigned() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti, record: aRecord({ head: 'Asep Suryana' }) })
  return { ...world, phone: phoneOf(world), made: aDelivery() }
}

type Phone = ReturnType<typeof phoneOf>
// A whole photo in pieces of `size` bytes, from where the server stands.
async function sendPhoto(phone: Phone, made: Made, kind: string, size = 4096) {
  const bytes = made.photos[kind]!
  let state = (await phone.state(made)).state
  for (let at = state.photos.find((one) => one.kind === kind)!.offset; at < bytes.length; at += size) state = (await phone.piece(made, kind, at, bytes.subarray(at, at + size))).state
  return state
}

const isSigned = ({ dataDirectory }: ReturnType<typeof Fresh>, { signature, ...words }: Parameters<typeof receiptWords>[0] & { signature: string }) =>
  verify('sha256', Buffer.from(receiptWords(words)), { key: createPublicKey({ key: receiptPublicKey(dataDirectory) as never, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))

const arriving = suite('a delivery from a phone')

arriving('is safe with its text alone: a signed receipt, and the household not moved yet', async () => {
  const world = assigned()
  const { state, status } = await world.phone.text(world.made)
  assert.equal([status, state.status, state.receipt.photosComplete, state.receipt.sha256], [200, 'waiting_photos', false, sha256(world.made.text)])
  assert.ok(isSigned(world, state.receipt))
  assert.not.ok(isSigned(world, { ...state.receipt, photosComplete: true }))
  assert.equal(state.photos.map(({ offset }) => offset), ALL.map(() => 0))
  assert.equal([stageOf(world.db, 'asep'), world.db.select().from(visits).all().length], ['downloaded', 0])
})

arriving('becomes the submitted visit with the last piece of its last photo', async () => {
  const world = assigned()
  await world.phone.text(world.made)
  for (const kind of ALL) await sendPhoto(world.phone, world.made, kind)
  const { state } = await world.phone.state(world.made)
  assert.equal([state.status, state.receipt.photosComplete, stageOf(world.db, 'asep')], ['accepted', true, 'submitted'])
  assert.ok(isSigned(world, state.receipt))
  assert.equal(world.db.select().from(visitPhotos).all().map((row) => row.sha256).sort(), Object.values(world.made.photos).map(sha256).sort())
})

arriving('in one post keeps every photo byte for byte', async () => {
  const { db, phone, made, dataDirectory } = assigned()
  await phone.bundle(made)
  for (const bytes of Object.values(made.photos)) assert.ok(bytes.equals(await readStored(dataDirectory, findFile(db, sha256(bytes))!)))
})

arriving('keeps its photos though the same number comes again with others', async () => {
  const { db, phone, made, dataDirectory } = assigned()
  await phone.bundle(made)
  assert.is((await phone.bundle(aDelivery({ id: made.id, photos: photos(ALL.slice(0, 5), 60) }))).status, 409)
  for (const bytes of Object.values(made.photos)) assert.ok(bytes.equals(await readStored(dataDirectory, findFile(db, sha256(bytes))!)))
})

arriving('goes on at the offset the server tells, and a piece further on changes nothing', async () => {
  const { phone, made } = assigned()
  await phone.text(made)
  const bytes = made.photos['F-KTP']!
  await phone.piece(made, 'F-KTP', 0, bytes.subarray(0, 1000))
  const wrong = await phone.piece(made, 'F-KTP', 1500, bytes.subarray(1500, 2500))
  assert.equal([wrong.status, wrong.state.photos.find(({ kind }) => kind === 'F-KTP')!.offset], [409, 1000])
  const state = await sendPhoto(phone, made, 'F-KTP')
  assert.ok(state.photos.find(({ kind }) => kind === 'F-KTP')!.stored)
})

arriving('takes a piece sent twice at once only once', async () => {
  const { phone, made } = assigned()
  await phone.text(made)
  const piece = made.photos['F-KTP']!.subarray(0, 1000)
  const answers = await Promise.all([phone.piece(made, 'F-KTP', 0, piece), phone.piece(made, 'F-KTP', 0, piece)])
  assert.equal(answers.map(({ status }) => status), [200, 200])
  assert.is((await phone.state(made)).state.photos.find(({ kind }) => kind === 'F-KTP')!.offset, 1000)
})

arriving('takes of a piece that overlaps only what is new', async () => {
  const { phone, made } = assigned()
  await phone.text(made)
  const bytes = made.photos['F-KTP']!
  await phone.piece(made, 'F-KTP', 0, bytes.subarray(0, 1000))
  const { state } = await phone.piece(made, 'F-KTP', 500, bytes.subarray(500, 1500))
  assert.is(state.photos.find(({ kind }) => kind === 'F-KTP')!.offset, 1500)
  assert.ok((await sendPhoto(phone, made, 'F-KTP')).photos.find(({ kind }) => kind === 'F-KTP')!.stored)
})

arriving('begins a photo anew that came damaged', async () => {
  const { phone, made, db } = assigned()
  await phone.text(made)
  const bytes = Buffer.from(made.photos['F-KTP']!)
  bytes[600]! ^= 1
  const damaged = await phone.piece(made, 'F-KTP', 0, bytes)
  assert.equal([damaged.status, Object.keys(damaged.problem!.fields)], [422, ['F-KTP']])
  assert.is((await phone.state(made)).state.photos.find(({ kind }) => kind === 'F-KTP')!.offset, 0)
  assert.ok(db.select().from(deliveryPhotos).all().every(({ storedAt }) => storedAt === null))
})

arriving('needs no photo again that the returned visit already holds', async () => {
  const { phone, made, db } = assigned()
  await phone.bundle(made)
  db.$client.exec("UPDATE households SET stage = 'returned'; UPDATE visits SET status = 'returned'")
  const record = aRecord({ head: 'Asep Suryana', household: { floorType: 5 } })
  const again = aDelivery({ visitId: made.visitId, sequence: 2, record, photos: { ...made.photos, 'F-KTP': photos(['F-KTP'], 77)['F-KTP']! } })
  const { state } = await phone.text(again)
  assert.equal(state.photos.filter(({ stored }) => !stored).map(({ kind }) => kind), ['F-KTP'])
  assert.is((await sendPhoto(phone, again, 'F-KTP')).status, 'accepted')
})

arriving('of a returned visit that needed no change sends it anew; one that is only late does not', async () => {
  const { phone, db } = assigned()
  const record = aRecord({ head: 'Asep Suryana' })
  const made = aDelivery({ record })
  await phone.bundle(made)
  as(db, budi, (tx) => returnVisit(tx, made.visitId, { key: randomUUID(), revision: 1, note: 'Betulkah lantainya tanah?', documents: {}, remarks: {} }, 'officer'))
  const outcomes: unknown[] = []
  for (const madeAt of ['2026-03-01T02:00:00.000Z', '2099-01-01T00:00:00.000Z']) {
    const { state } = await phone.text(aDelivery({ visitId: made.visitId, sequence: 2, madeAt, record, photos: made.photos }))
    outcomes.push([state.status, stageOf(db, 'asep')])
  }
  assert.equal(outcomes, [['accepted', 'returned'], ['accepted', 'submitted']])
})

arriving('that was incomplete is replaced by the mended one, without its photos travelling again', async () => {
  const { phone, made, db } = assigned()
  const record = aRecord({ head: 'Asep Suryana', household: { floorType: null } })
  assert.is((await phone.bundle(aDelivery({ visitId: made.visitId, record, photos: made.photos }))).state.reason, 'incomplete')
  const mended = aDelivery({ visitId: made.visitId, sequence: 2, photos: made.photos })
  assert.is((await phone.text(mended)).state.status, 'accepted')
  assert.equal(db.select().from(deliveries).orderBy(deliveries.sequence).all().map(({ status }) => status), ['closed', 'accepted'])
  assert.is(db.select().from(visitPhotos).all().length, 9)
})

const BAD: [sentence: string, spoil: (made: Made) => Buffer, status: number][] = [
  ['whose text is no JSON', () => bundleOf({ text: Buffer.from('{rusak'), photos: {} }), 422],
  ['of another number than its address', (made) => bundleOf({ text: Buffer.from(made.text.toString().replace(made.id, randomUUID())), photos: made.photos }), 422],
  ['that lacks its last bytes', (made) => bundleOf(made).subarray(0, -5), 422],
  ['with one byte of a photo changed', (made) => { const body = bundleOf(made); body[body.length - 700]! ^= 1; return body }, 422],
  ['with a PDF as photo', () => { const pdf = { 'F-KTP': Buffer.from('%PDF-1.4 bukan foto') }; return bundleOf(aDelivery({ photos: pdf })) }, 422],
  ['with a photo of 20 MB', (made) => Buffer.concat([bundleOf(made), Buffer.alloc(20 * 2 ** 20)]), 413],
  ['that names a length past its end', () => Buffer.from([0, 9, 0, 0, 1, 2]), 422],
]
for (const [sentence, spoil, expected] of BAD) {
  arriving(`${sentence} is refused and changes nothing`, async () => {
    const { app, db, made } = assigned()
    const { startSession } = await import('#app/sessions/sessions.ts')
    const cookie = `siks_session=${await startSession(db, 'siti', 'test')}`
    const before = contentsOf(db)
    const answer = await app.request(`/deliveries/${made.id}/bundle`, { method: 'POST', body: new Uint8Array(spoil(made)), headers: { Cookie: cookie, Accept: 'application/json' } })
    assert.is(answer.status, expected)
    assert.ok(Object.keys((await answer.json() as { problem: { code: string } }).problem).includes('code'))
    assert.is(contentsOf(db), before)
  })
}

arriving('of another officer is not found', async () => {
  const world = assigned()
  await world.phone.text(world.made)
  assert.is((await phoneOf(world, tono).state(world.made)).status, 404)
  assert.is((await phoneOf(world, tono).piece(world.made, 'F-KTP', 0, Buffer.from('x'))).status, 404)
})

arriving.run()

const meeting = suite('a delivery for a household that moved on')

meeting('is put together with the visit that came first, where they answer different questions', async () => {
  const { phone, db, made } = assigned()
  const { record } = db.select().from(households).get()!
  await phone.bundle(aDelivery({ record: { ...record, household: { ...record.household, hasilVerivali: 1, floorType: 5 } } }))
  const second = { ...record, household: { ...record.household, hasilVerivali: 1, hasFridge: !record.household.hasFridge } }
  const { state } = await phone.bundle({ ...aDelivery({ id: made.id, sequence: 2, record: second, photos: photos(ALL, 40) }) })
  assert.equal([state.status, state.reason], ['accepted', 'merged'])
  const [visit] = db.select().from(visits).all()
  assert.equal([visit!.record.household.floorType, visit!.record.household.hasFridge, db.select().from(visits).all().length], [5, !record.household.hasFridge, 1])
})

meeting('waits for a person where both answer the same question, and is kept whole', async () => {
  const { phone, db } = assigned()
  const { record } = db.select().from(households).get()!
  const answer = (floorType: number) => ({ ...record, household: { ...record.household, hasilVerivali: 1, floorType } })
  await phone.bundle(aDelivery({ record: answer(5) }))
  const second = aDelivery({ sequence: 2, record: answer(2), photos: photos(ALL, 40) })
  const { state } = await phone.bundle(second)
  assert.equal([state.status, state.reason, Object.keys(state.problem!.fields)], ['held', 'conflict', ['household.floorType']])
  assert.is(db.select().from(visits).get()!.record.household.floorType, 5)
  const kept = db.select().from(deliveries).where(eq(deliveries.id, second.id)).get()!
  assert.equal([kept.text, db.select().from(deliveryPhotos).all().length], [second.text.toString(), 9])
})

meeting('that is another officer’s now is kept and said', async () => {
  const { phone, db, made } = assigned()
  db.update(households).set({ officerId: tono.id }).run()
  const { state } = await phone.bundle(made)
  assert.equal([state.status, state.reason, state.receipt.photosComplete], ['held', 'reassigned', true])
  assert.is(stageOf(db, 'asep'), 'downloaded')
})

meeting('that was checked already, or that nobody knows, is kept and said', async () => {
  const { phone, db, made } = assigned()
  db.update(households).set({ stage: 'checked' }).run()
  assert.is((await phone.bundle(made)).state.reason, 'sent_before')
  assert.is((await phone.bundle(aDelivery({ householdId: 'tidak-ada', sequence: 2, photos: photos(ALL, 40) }))).state.reason, 'unknown_household')
})

meeting('of a visit number that another household uses is kept and said', async () => {
  const world = assigned()
  addHousehold(world.db, 'ujang', { stage: 'downloaded', officer: siti })
  await world.phone.bundle(world.made)
  const { state } = await world.phone.bundle(aDelivery({ householdId: 'ujang', visitId: world.made.visitId, sequence: 2, photos: photos(ALL, 40) }))
  assert.equal([state.status, state.reason], ['held', 'conflict'])
})

meeting.run()
