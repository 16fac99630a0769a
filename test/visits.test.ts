import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { deliveryPhotos, households, visitFlags, visits } from '#db/schema/index.ts'
import { actions, addHousehold, freshApp, siti, stageOf } from '#test/support/world.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aDelivery, phoneOf, photos, type Given } from '#test/support/delivery.ts'
import { aRecord } from '#test/support/records.ts'

const photo = (seed: number) => new File([new Uint8Array(makeJpeg({ width: 320, height: 240, seed }))], 'foto.jpg', { type: 'image/jpeg' })
const nine = (from = 1) => Object.fromEntries(PHOTO_KINDS.map(({ code }, i) => [code, photo(from + i)]))
const fix = { latitude: '-7.9713', longitude: '110.2217', accuracy: '12', locatedAt: '2026-03-01T02:00:00.000Z' }

// Siti holds the household of Asep and has begun a visit; `post` saves from the newest page.
async function begun() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Asep Suryana' }) })
  const id = randomUUID()
  await world.as(siti).post('/field/asep/visits', { id })
  const base = `/field/asep/visits/${id}`
  const visit = () => world.db.select().from(visits).where(eq(visits.id, id)).get()!
  const post = (address: string, fields: Record<string, string> = {}) =>
    world.as(siti).post(`${base}/${address}`, { revision: String(visit().revision), activeMs: '60000', ...fields })
  return { ...world, id, base, visit, post }
}

const drafts = suite('a visit under way')

drafts('refuses an outcome that is none of the six, and saves nothing', async () => {
  const { post, visit, db } = await begun()
  const lines = actions(db).length
  for (const code of ['0', '9']) {
    const answer = await post('respondent', { 'household.hasilVerivali': code })
    assert.is(answer.status, 422)
    assert.match(await answer.text(), /#f-household-hasilVerivali/)
  }
  assert.equal([visit().outcome, visit().revision, actions(db).length], [null, 1, lines])
})

drafts('keeps every answer when the outcome was mistaken and is put right', async () => {
  const { post, visit } = await begun()
  await post('respondent', { 'household.hasilVerivali': '2' })
  await post('respondent', { 'household.hasilVerivali': '1' })
  assert.equal([visit().record.household.floorType, visit().record.members.length], [6, 2])
})

drafts('keeps a member of the prelist, though first marked as new', async () => {
  const { post, visit } = await begun()
  await post('members/1', { 'members.1.memberPresence': '4' })
  assert.is((await post('members/rows/1/removal')).status, 422)
  assert.is(visit().record.members.length, 2)
})

drafts('does not find a person that is not on the list', async () => {
  const { post, visit } = await begun()
  assert.is((await post('members/50', { 'members.50.name': 'Siapa' })).status, 404)
  assert.is(visit().record.members.length, 2)
})

drafts('from an older page shows what stands there now beside what was typed, and takes the typed when saved again', async () => {
  const { post, visit } = await begun()
  const old = String(visit().revision)
  await post('respondent', { 'household.hasilVerivali': '1' })
  await post('housing', { 'household.floorAreaM2': '40' })
  const answer = await post('housing', { revision: old, 'household.floorAreaM2': '77', 'household.bedroomCount': '2' })
  assert.is(answer.status, 409)
  const text = await answer.text()
  assert.match(text, /sudah disimpan dari halaman atau HP lain/)
  assert.match(text, /value="77"/)
  assert.is(text.match(/Yang tersimpan sekarang/g)?.length, 1)
  assert.match(text, /Yang tersimpan sekarang: 40/)
  const revision = /name="revision" value="(\d+)"/.exec(text)![1]!
  assert.is((await post('housing', { revision, 'household.floorAreaM2': '77' })).status, 303)
  assert.is(visit().record.household.floorAreaM2, 77)
})

drafts('says on the photo page itself which photo was refused', async () => {
  const { as, base } = await begun()
  const answer = await as(siti).post(`${base}/photos`, { 'F-KK': new File(['%PDF-1.4 bukan foto'], 'kk.jpg', { type: 'image/jpeg' }) })
  const text = await answer.text()
  assert.is(answer.status, 422)
  for (const words of [/Periksa kembali isian berikut/, /href="#f-photos-F-KK"/, /id="f-photos-F-KK-error"/]) assert.match(text, words)
})

drafts('does not take the time of a fix for a point typed over it', async () => {
  const { post, visit } = await begun()
  await post('location', fix)
  await post('location', fix)
  assert.is(visit().locatedAt, fix.locatedAt)
  await post('location', { ...fix, latitude: '-7.9' })
  assert.equal([visit().latitude, visit().locatedAt], [-7.9, null])
})

drafts('goes from list to receipt by plain posts alone', async () => {
  const { as, post, base, db } = await begun()
  await post('respondent', { 'household.hasilVerivali': '1' })
  const early = await post('submission')
  assert.is(early.status, 422)
  assert.match(await early.text(), /Foto KTP belum ada/)
  assert.is(stageOf(db, 'asep'), 'downloaded')
  await as(siti).post(`${base}/photos`, nine())
  await post('location', fix)
  assert.is((await post('submission')).headers.get('location'), '/field/asep')
  assert.is((await post('submission')).status, 303)
  assert.equal([stageOf(db, 'asep'), actions(db).filter((action) => action === 'visit.submitted').length], ['submitted', 1])
  assert.is((await post('housing', { 'household.floorType': '2' })).status, 409)
  assert.is(db.select().from(visitFlags).all().some(({ code }) => code === 'short_interview'), true)
})

drafts.run()

// A visit that came whole from a phone, which may never have seen the answer.
async function arrived() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti })
  const record = aRecord({ head: 'Asep Suryana' })
  const made = aDelivery({ record })
  const { visitId: id } = made
  const visit = () => world.db.select().from(visits).where(eq(visits.id, id)).get()!
  // The same delivery again, or the same visit in another one.
  const send = (given?: Given) => phoneOf(world).bundle(given ? aDelivery({ visitId: id, sequence: 2, record, ...given }) : made)
  assert.is((await send()).state.status, 'accepted')
  const giveBack = () => world.db.$client.exec("UPDATE households SET stage = 'returned'; UPDATE visits SET status = 'returned'")
  return { ...world, id, record, send, visit, giveBack }
}

const repeats = suite('a whole visit sent again')

repeats('with another photo keeps that photo too', async () => {
  const { send, db } = await arrived()
  const { state } = await send({ photos: { ...photos(), 'F-KTP': photos(['F-KTP'], 99)['F-KTP']! } })
  assert.is(state.status, 'accepted')
  assert.equal(db.select().from(deliveryPhotos).all().length, 9)
})

repeats('late, after it was sent back, does not undo that', async () => {
  const { send, visit, giveBack, db } = await arrived()
  giveBack()
  assert.is((await send()).state.status, 'accepted')
  assert.equal([stageOf(db, 'asep'), visit().status, visit().submitCount], ['returned', 'returned', 1])
})

repeats('under another number, after it was sent back, does not undo that either', async () => {
  const { send, visit, giveBack, db } = await arrived()
  giveBack()
  assert.is((await send({})).state.status, 'accepted')
  assert.equal([stageOf(db, 'asep'), visit().status, visit().submitCount], ['returned', 'returned', 1])
})

repeats('mended after it was sent back is taken', async () => {
  const { send, visit, giveBack, db, record } = await arrived()
  giveBack()
  assert.is((await send({ record: { ...record, household: { ...record.household, floorType: 5 } } })).state.status, 'accepted')
  assert.equal([stageOf(db, 'asep'), visit().submitCount], ['submitted', 2])
})

repeats('after a birthday is still the same visit', async () => {
  const { send, db, visit } = await arrived()
  // As it would stand had it come a year earlier, when everybody was a year younger.
  const before = new Date(Date.now() - 365 * 86_400_000).toISOString()
  const { record, latitude, longitude, outcome } = visit()
  const young = { ...record, members: record.members.map((member) => ({ ...member, age: Number(member.age) - 1 })) }
  const { hashVisit } = await import('#app/visits/submission.ts')
  db.update(visits).set({ record: young, submittedAt: before, submittedHash: hashVisit({ record: young, outcome, latitude, longitude }) }).run()
  assert.is((await send({})).state.status, 'accepted')
  assert.is(visit().submittedAt, before)
})

repeats('leaves the returned visit as the one to mend, though a draft lies beside it', async () => {
  const { as, id, giveBack, db } = await arrived()
  giveBack()
  const household = db.select().from(households).get()!
  db.insert(visits).values({ id: randomUUID(), householdId: 'asep', regionCode: household.regionCode, officerId: 'siti', status: 'draft', record: household.record, savedSections: {}, revision: 1, baseVersion: 1, questionnaireVersion: '2026', openedAt: '2026-11-01T00:00:00.000Z' }).run()
  assert.match(await (await as(siti).get('/field/asep')).text(), new RegExp(`/field/asep/visits/${id}/review`))
})

repeats.run()
