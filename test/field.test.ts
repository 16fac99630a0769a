import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listTasks } from '#app/field/tasks.ts'
import { homeOf } from '#app/home/home.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { Actor } from '#app/users/actor.ts'
import { remarks, reviews, userRegions, visitPhotos, visits } from '#db/schema/index.ts'
import { actions, addHousehold, BALECATUR, budi, dewi, freshApp, siti, stageOf, tono } from '#test/support/world.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { addVisit } from '#test/support/visit.ts'

export const photo = (seed: number, name = 'foto.jpg') => new File([new Uint8Array(makeJpeg({ width: 320, height: 240, seed }))], name, { type: 'image/jpeg' })
export const ninePhotos = () => Object.fromEntries(PHOTO_KINDS.map(({ code }, i) => [code, photo(i + 1)]))
const place = { latitude: '-7,9713', longitude: '110.2217', accuracy: '12', locatedAt: '2026-03-01T02:00:00.000Z' }

// Siti holds the household of Asep and has begun a visit.
async function begun() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti })
  const id = randomUUID()
  await world.as(siti).post('/field/asep/visits', { id })
  const base = `/field/asep/visits/${id}`
  const visit = () => world.db.select().from(visits).where(eq(visits.id, id)).get()!
  const save = (section: string, fields: Record<string, string>) =>
    world.as(siti).post(`${base}/${section}`, { revision: String(visit().revision), activeMs: '60000', ...fields })
  return { ...world, id, base, visit, save }
}

const tasks = suite('the officer\'s tasks')

tasks('are refused to a checker and hold nobody else\'s households', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  assert.is((await world.as(budi).get('/field')).status, 403)
  assert.match(await (await world.as(siti).get('/field')).text(), /Asep Suryana/)
  assert.not.match(await (await world.as(tono).get('/field?tab=waiting')).text(), /Asep Suryana/)
  for (const other of [tono, dewi]) assert.is((await world.as(other).get('/field/asep')).status, 404)
})

tasks('are no longer found once the officer was moved to another village', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti })
  world.db.update(userRegions).set({ regionCode: BALECATUR }).where(eq(userRegions.userId, 'siti')).run()
  assert.is((await world.as(siti).get('/field/asep')).status, 404)
})

tasks('are counted only where the officer works now, on the list and on the first page', () => {
  const { db } = freshApp()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  const counted = (officer: Actor) => [listTasks(db, officer, { tab: 'waiting', words: '' }).counts.waiting, homeOf(db, officer).tasks.find(({ key }) => key === 'new')?.count ?? 0]
  assert.equal(counted(siti), [1, 1])
  assert.equal(counted({ ...siti, regions: [BALECATUR] }), [0, 0])
})

tasks('are found by name or address', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  addHousehold(world.db, 'ujang', { stage: 'assigned', officer: siti, head: 'Ujang Komar' })
  const found = await (await world.as(siti).get('/field?tab=waiting&q=ujang')).text()
  assert.match(found, /Ujang Komar/)
  assert.not.match(found, /Asep Suryana/)
})

tasks.run()

const beginning = suite('beginning a visit')

beginning('opens one draft from the master record, however often it is asked', async () => {
  const { as, visit, db } = await begun()
  await as(siti).post('/field/asep/visits', { id: randomUUID() })
  assert.is(db.select().from(visits).all().length, 1)
  assert.equal([visit().record.household.floorType, visit().status, stageOf(db, 'asep')], [6, 'draft', 'downloaded'])
})

beginning('is not found for another officer\'s household', async () => {
  const { as } = await begun()
  assert.is((await as(tono).post('/field/asep/visits', { id: randomUUID() })).status, 404)
})

beginning.run()

const saving = suite('saving a section')

saving('keeps the answers, though the page is not complete yet', async () => {
  const { save, visit } = await begun()
  assert.is((await save('respondent', { 'household.hasilVerivali': '1' })).status, 303)
  assert.is((await save('housing', { 'household.floorType': '2', 'household.bedroomCount': '' })).status, 303)
  assert.equal([visit().record.household.floorType, visit().record.household.bedroomCount, visit().outcome], [2, undefined, 1])
})

saving('leads to the outcome where all questions of a page hang on it', async () => {
  const { save, as, base } = await begun()
  const housing = async () => (await as(siti).get(`${base}/housing`)).text()
  assert.match(await housing(), /Pilih dahulu hasil kunjungan/)
  await save('respondent', { 'household.hasilVerivali': '2' })
  assert.match(await housing(), /Tidak ada pertanyaan di bagian ini/)
  await save('respondent', { 'household.hasilVerivali': '1' })
  assert.not.match(await housing(), /hasil kunjungan yang dipilih|Pilih dahulu/)
})

saving('shows what is wrong at its question once it was saved', async () => {
  const { save, as, base } = await begun()
  await save('respondent', { 'household.hasilVerivali': '1' })
  await save('housing', { 'household.bedroomCount': '' })
  assert.match(await (await as(siti).get(`${base}/housing`)).text(), /Jumlah kamar tidur belum diisi/)
})

saving('refuses what cannot be read, keeps what was typed and saves nothing', async () => {
  const { save, db, visit } = await begun()
  await save('respondent', { 'household.hasilVerivali': '1' })
  const before = visit().revision
  const lines = actions(db).length
  const answer = await save('housing', { 'household.bedroomCount': 'tiga', 'household.floorAreaM2': '41' })
  assert.is(answer.status, 422)
  const text = await answer.text()
  assert.match(text, /isian &quot;tiga&quot; tidak terbaca/)
  assert.match(text, /value="41"/)
  assert.equal([visit().revision, visit().record.household.floorAreaM2], [before, 36])
  assert.is(actions(db).length, lines)
})

saving('takes a decimal with a comma, shows it so, and asks which number a point may mean', async () => {
  const { save, as, base, visit } = await begun()
  await save('respondent', { 'household.hasilVerivali': '1' })
  for (const written of ['36.5', '36,5']) {
    await save('housing', { 'household.floorAreaM2': written })
    assert.is(visit().record.household.floorAreaM2, 36.5)
    assert.match(await (await as(siti).get(`${base}/housing`)).text(), /<input type="text"[^>]* value="36,5"[^>]* inputmode="decimal"/)
  }
  const refused = await save('housing', { 'household.floorAreaM2': '1.500' })
  assert.is(refused.status, 422)
  assert.match(await refused.text(), /Luas lantai[^<]*&quot;1\.500&quot; bisa berarti 1500 atau 1,500/)
  assert.is(visit().record.household.floorAreaM2, 36.5)
})

saving('keeps nobody on a page for what is mended on a later one, or for another person', async () => {
  const { save, as, base, visit } = await begun()
  const next = async (page: string, fields: Record<string, string> = {}) => (await save(page, fields)).headers.get('Location')
  await save('respondent', { 'household.hasilVerivali': '1' })
  assert.equal([await next('place', { 'household.memberCount': '7' }), await next('place', { 'household.memberCount': '' })], [`${base}/families`, `${base}/place`])
  assert.is(await next('assets', { 'household.anyMemberHasBusiness': 'true' }), `${base}/businesses`)
  await as(siti).post(`${base}/members/rows`, { revision: String(visit().revision) })
  const added = visit().record.members.length - 1
  assert.equal([await next('members/0'), await next(`members/${added}`)], [`${base}/members`, `${base}/members/${added}`])
})

saving('leads an interview on to the place, and whoever was not interviewed to the photos', async () => {
  const { save, base } = await begun()
  const next = async (outcome: string) => (await save('respondent', { 'household.hasilVerivali': outcome })).headers.get('Location')
  assert.equal([await next('2'), await next('5'), await next('1')], [`${base}/photos`, `${base}/photos`, `${base}/place`])
})

saving('is a conflict from a page that is older than the draft', async () => {
  const { as, base, save, visit } = await begun()
  const old = String(visit().revision)
  await save('housing', { 'household.floorType': '2' })
  const answer = await as(siti).post(`${base}/housing`, { revision: old, 'household.floorType': '9' })
  assert.is(answer.status, 409)
  assert.is(visit().record.household.floorType, 2)
})

saving('counts time by the page\'s clock, never more than passed on the server', async () => {
  const { save, visit } = await begun()
  await save('housing', { activeMs: '36000000' })
  assert.ok(visit().activeMs < 60_000, String(visit().activeMs))
})

saving('adds a person, and removes only one that was added here', async () => {
  const { as, base, visit, save } = await begun()
  await as(siti).post(`${base}/members/rows`, { revision: String(visit().revision) })
  await save('members/2', { 'members.2.name': 'Bayi Asep', 'members.2.birthDate': '2025-12-01' })
  assert.equal([visit().record.members[2]!.name, visit().record.members[2]!.memberSeq, visit().record.members[2]!.memberPresence], ['Bayi Asep', 3, 4])
  assert.is((await as(siti).post(`${base}/members/rows/0/removal`, { revision: String(visit().revision) })).status, 422)
  await as(siti).post(`${base}/members/rows/2/removal`, { revision: String(visit().revision) })
  assert.is(visit().record.members.length, 2)
})

saving.run()

const evidence = suite('photos and location')

evidence('takes nine photos in one post, and a new one in place of an old', async () => {
  const { as, base, db } = await begun()
  assert.is((await as(siti).post(`${base}/photos`, ninePhotos())).status, 303)
  const first = db.select().from(visitPhotos).where(eq(visitPhotos.kind, 'F-KTP')).get()!.sha256
  await as(siti).post(`${base}/photos`, { 'F-KTP': photo(99) })
  const kept = db.select().from(visitPhotos).all()
  assert.is(kept.length, 9)
  assert.is.not(kept.find(({ kind }) => kind === 'F-KTP')!.sha256, first)
})

evidence('shows a photo to whoever may see the visit, and to nobody else', async () => {
  const { as, base, id } = await begun()
  await as(siti).post(`${base}/photos`, { 'F-KTP': photo(1) })
  const shown = await as(siti).get(`/files/visits/${id}/F-KTP`)
  assert.equal([shown.status, shown.headers.get('content-type'), shown.headers.get('cache-control')], [200, 'image/jpeg', 'private, no-store'])
  assert.is((await as(dewi).get(`/files/visits/${id}/F-KTP`)).status, 404)
})

const BAD: [sentence: string, file: File, status: number, words: RegExp][] = [
  ['a PDF', new File(['%PDF-1.4 bukan foto'], 'ktp.jpg', { type: 'image/jpeg' }), 422, /bukan foto JPEG/],
  ['a photo cut off on its way', new File([new Uint8Array(makeJpeg({ width: 320, height: 240, seed: 3 }).subarray(0, 4000))], 'ktp.jpg'), 422, /bukan foto JPEG/],
  ['20 MB', new File([new Uint8Array(20 * 2 ** 20)], 'ktp.jpg', { type: 'image/jpeg' }), 413, /paling besar 8 MB/],
]
for (const [sentence, file, status, words] of BAD) {
  evidence(`refuses ${sentence} as a photo, the field named, nothing changed`, async () => {
    const { as, base, db } = await begun()
    const lines = actions(db).length
    const answer = await as(siti).post(`${base}/photos`, { 'F-KTP': file })
    assert.is(answer.status, status)
    const text = await answer.text()
    assert.match(text, words)
    assert.match(text, /#f-photos-F-KTP/)
    assert.equal([db.select().from(visitPhotos).all().length, actions(db).length], [0, lines])
  })
}

evidence('takes a coordinate inside Indonesia only', async () => {
  const { as, base, visit } = await begun()
  const revision = String(visit().revision)
  const answer = await as(siti).post(`${base}/location`, { revision, ...place, latitude: '52.5' })
  assert.is(answer.status, 422)
  assert.is(visit().latitude, null)
  await as(siti).post(`${base}/location`, { revision, ...place })
  assert.equal([visit().latitude, visit().accuracyM, visit().locatedAt], [-7.9713, 12, place.locatedAt])
})

evidence.run()

const returned = suite('a returned visit')

returned('comes back with the remark at the very question', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti })
  const id = addVisit(world.db, 'asep', siti, { photos: true })
  const reviewId = randomUUID()
  world.db.insert(reviews).values({ id: reviewId, visitId: id, householdId: 'asep', visitRevision: 1, level: 1, outcome: 'returned', note: 'Tolong diperbaiki', documents: {}, decidedBy: 'budi', decidedAt: '2026-03-02T00:00:00.000Z' }).run()
  world.db.insert(remarks).values({ reviewId, visitId: id, path: 'household.floorType', message: 'Lantai di foto adalah keramik' }).run()
  world.db.$client.exec("UPDATE households SET stage = 'returned'; UPDATE visits SET status = 'returned'")
  assert.match(await (await world.as(siti).get('/field/asep')).text(), /Lantai di foto adalah keramik/)
  assert.match(await (await world.as(siti).get(`/field/asep/visits/${id}/housing`)).text(), /Catatan pemeriksa: Lantai di foto adalah keramik/)
})

returned.run()
