import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eq } from 'drizzle-orm'
import { getVisitPhoto } from '#app/files/reading.ts'
import { moveStage } from '#app/households/moves.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { setAnswer } from '#app/questionnaire/record.ts'
import { approveTogether, approveVisit, returnVisit, type Decision } from '#app/reviews/decisions.ts'
import type { Db } from '#db/connection.ts'
import { system } from '#app/users/actor.ts'
import { findSubject } from '#app/tasks/subjects.ts'
import { households, remarks, reviews, transitions, visits } from '#db/schema/index.ts'
import { addVisit } from '#test/support/visit.ts'
import { addWaiting } from '#test/support/waiting.ts'
import { actions, addHousehold, as, BALECATUR, budi, contentsOf, eko, freshApp, freshDatabase, nia, rina, siti, stageOf, wawan } from '#test/support/world.ts'

const KEY = '6d9e2c0e-0b1c-4f6e-9a43-0f6b1f0c0001'
const AGAIN = '6d9e2c0e-0b1c-4f6e-9a43-0f6b1f0c0002'
const decision = (given: Partial<Decision> = {}): Decision =>
  ({ key: KEY, revision: 1, note: '', documents: { 1: '1' }, remarks: {}, ...given })
const FORM = { key: KEY, revision: '1', 'documents.1': '1' }

function waitingForBudi() {
  const db = freshDatabase()
  const visitId = addWaiting(db, 'asep', siti)
  return { db, visitId }
}

function waitingForRina() {
  const { db, visitId } = waitingForBudi()
  as(db, budi, (tx) => approveVisit(tx, visitId, decision()))
  return { db, visitId }
}

const statusOf = (db: Db, id: string) => db.select().from(visits).where(eq(visits.id, id)).get()?.status
const asBudi = (db: Db, visitId: string, given?: Partial<Decision>) => as(db, budi, (tx) => approveVisit(tx, visitId, decision(given)))

const approving = suite('approving a visit')

approving('is refused to the officer', async () => {
  const { db, visitId } = waitingForBudi()
  assert.is((await freshApp(db).as(siti).post(`/reviews/${visitId}/approval`, FORM)).status, 403)
  assert.is(stageOf(db, 'asep'), 'submitted')
})

approving('is not found from the neighbouring region', async () => {
  const { db, visitId } = waitingForBudi()
  assert.is((await freshApp(db).as(eko).post(`/reviews/${visitId}/approval`, FORM)).status, 404)
  assert.is((await freshApp(db).as(nia).get(`/reviews/${visitId}`)).status, 404)
})

approving('is refused where the master moved on since the visit began; sent back, the officer goes on from the record as it is now', async () => {
  const { db, visitId } = waitingForBudi()
  const visitNow = () => db.select().from(visits).where(eq(visits.id, visitId)).get()!
  db.update(visits).set({ record: setAnswer(visitNow().record, 'household.floorType', 2) }).where(eq(visits.id, visitId)).run()
  as(db, system, (tx) => {
    const asep = getHousehold(tx, 'asep')
    reviseHousehold(tx, asep, asep.version, setAnswer(asep.record, 'household.address', 'Jl. Baru 12'), 'determination:x')
  })
  const refused = await freshApp(db).as(budi).post(`/reviews/${visitId}/approval`, FORM)
  assert.is(refused.status, 409)
  assert.match(await refused.text(), 'Kembalikan ke petugas')
  as(db, budi, (tx) => returnVisit(tx, visitId, decision({ key: AGAIN, note: 'Data induknya berubah' }), 'officer'))
  const { record: { household }, baseVersion, status } = visitNow()
  assert.equal([household.floorType, household.address, baseVersion, status], [2, 'Jl. Baru 12', 2, 'returned'])
})

approving('by the koordinator passes it on to Dinsos', async () => {
  const { db, visitId } = waitingForBudi()
  const { seq } = db.$client.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM audit_entries').get()!

  const answer = await freshApp(db).as(budi).post(`/reviews/${visitId}/approval`, { ...FORM, 'documents.2': '3' })

  assert.is(answer.status, 303)
  assert.equal([stageOf(db, 'asep'), statusOf(db, visitId)], ['checked', 'checked'])
  const review = db.select().from(reviews).get()
  assert.equal([review?.level, review?.outcome, review?.visitRevision, review?.documents], [1, 'approved', 1, { 1: '1', 2: '3' }])
  assert.equal(actions(db, seq), ['visit.approved', 'household.checked'])
})

approving('by Dinsos verifies it', () => {
  const { db, visitId } = waitingForRina()
  as(db, rina, (tx) => approveVisit(tx, visitId, decision({ key: AGAIN, documents: {} })))
  assert.equal([stageOf(db, 'asep'), statusOf(db, visitId)], ['verified', 'verified'])
})

approving('twice with one form decides once', () => {
  const { db, visitId } = waitingForBudi()
  asBudi(db, visitId)
  const before = contentsOf(db)
  asBudi(db, visitId)
  assert.is(contentsOf(db), before)
})

approving('needs the document of the head', async () => {
  const { db, visitId } = waitingForBudi()
  const answer = await freshApp(db).htmx(budi).post(`/reviews/${visitId}/approval`, { key: KEY, revision: '1', 'documents.2': '1' })
  assert.is(answer.status, 422)
  assert.match(await answer.text(), 'f-documents-1')
  assert.is(stageOf(db, 'asep'), 'submitted')
  assert.is(db.select().from(reviews).all().length, 0)
})

approving('what does not match the document needs a reason', () => {
  const { db, visitId } = waitingForBudi()
  assert.throws(() => asBudi(db, visitId, { documents: { 1: '1', 2: '2' } }), (problem: { fields: object }) => 'note' in problem.fields)
  asBudi(db, visitId, { documents: { 1: '1', 2: '2' }, note: 'KTP lama, NIK baru sudah dicek ke kelurahan' })
  assert.is(stageOf(db, 'asep'), 'checked')
})

approving('with a remark left on an answer is not taken for an approval', () => {
  const { db, visitId } = waitingForBudi()
  assert.throws(() => asBudi(db, visitId, { remarks: { 'household.floorType': 'Foto menunjukkan tanah' } }), (problem: { code: string }) => problem.code === 'invalid')
  assert.is(stageOf(db, 'asep'), 'submitted')
})

approving('one\'s own visit is refused', () => {
  const { db, visitId } = waitingForBudi()
  db.update(visits).set({ officerId: budi.id }).run()
  assert.throws(() => asBudi(db, visitId), /hasil kunjungan Anda sendiri/)
})

approving('for Dinsos is refused to whoever made the first check', () => {
  const { db, visitId } = waitingForRina()
  const promoted = { ...rina, id: budi.id }
  assert.throws(() => as(db, promoted, (tx) => approveVisit(tx, visitId, decision({ key: AGAIN }))), /tahap pertama/)
})

approving('after somebody else decided names them', async () => {
  const { db, visitId } = waitingForRina()
  const answer = await freshApp(db).as(wawan).post(`/reviews/${visitId}/approval`, { ...FORM, key: AGAIN })
  assert.is(answer.status, 409)
  assert.match(await answer.text(), 'sudah disetujui oleh Budi Santoso')
})

approving('what was sent again since it was opened is refused', () => {
  const { db, visitId } = waitingForBudi()
  assert.throws(() => asBudi(db, visitId, { revision: 0 }), /dikirim ulang oleh Siti Rahayu/)
})

approving.run()

const returning = suite('returning a visit')

returning('keeps each remark at its question and sends it to the officer', async () => {
  const { db, visitId } = waitingForBudi()
  const answer = await freshApp(db).as(budi).post(`/reviews/${visitId}/return`, { ...FORM, 'remark.members.1.nik': 'NIK di KTP berakhir 0007', 'remark.household.roofType': '' })
  assert.is(answer.status, 303)
  assert.equal([stageOf(db, 'asep'), statusOf(db, visitId)], ['returned', 'returned'])
  assert.equal(db.select({ path: remarks.path, message: remarks.message }).from(remarks).all(), [{ path: 'members.1.nik', message: 'NIK di KTP berakhir 0007' }])
})

returning('turns what does not match the document into a remark at that NIK', () => {
  const { db, visitId } = waitingForBudi()
  as(db, budi, (tx) => returnVisit(tx, visitId, decision({ documents: { 1: '1', 2: '2' } }), 'officer'))
  assert.equal(db.select({ path: remarks.path, message: remarks.message }).from(remarks).all(), [{ path: 'members.1.nik', message: 'NIK atau nama tidak sesuai KTP/KK.' }])
})

returning('without a remark or a note is refused, and so is an unknown question', async () => {
  const { db, visitId } = waitingForBudi()
  const { htmx } = freshApp(db)
  const empty = await htmx(budi).post(`/reviews/${visitId}/return`, { ...FORM, note: ' ' })
  assert.is(empty.status, 422)
  assert.match(await empty.text(), 'f-note')
  assert.is((await htmx(budi).post(`/reviews/${visitId}/return`, { ...FORM, 'remark.nowhere': 'x' })).status, 422)
  assert.is(stageOf(db, 'asep'), 'submitted')
  assert.is(db.select().from(reviews).all().length, 0)
})

returning('is refused to the officer and not found from elsewhere', async () => {
  const { db, visitId } = waitingForBudi()
  const { as: signedIn } = freshApp(db)
  assert.is((await signedIn(siti).post(`/reviews/${visitId}/return`, { ...FORM, note: 'x' })).status, 403)
  assert.is((await signedIn(eko).post(`/reviews/${visitId}/return`, { ...FORM, note: 'x' })).status, 404)
})

returning('by Dinsos goes to the first queue with its reason, and from there to the officer', async () => {
  const { db, visitId } = waitingForRina()
  const { as: signedIn } = freshApp(db)
  await signedIn(rina).post(`/reviews/${visitId}/return`, { key: AGAIN, revision: '1', note: 'Atap tidak cocok dengan foto', target: 'checker' })
  assert.equal([stageOf(db, 'asep'), statusOf(db, visitId)], ['recheck', 'submitted'])
  assert.match(await (await signedIn(budi).get(`/reviews/${visitId}`)).text(), 'Atap tidak cocok dengan foto')
  as(db, budi, (tx) => returnVisit(tx, visitId, decision({ key: crypto.randomUUID(), note: 'Foto atap diulang' }), 'officer'))
  assert.is(stageOf(db, 'asep'), 'returned')
})

returning('by Dinsos may go straight to the officer', () => {
  const { db, visitId } = waitingForRina()
  as(db, rina, (tx) => returnVisit(tx, visitId, decision({ key: AGAIN, note: 'NIK bukan miliknya' }), 'officer'))
  assert.is(stageOf(db, 'asep'), 'returned')
  assert.is(db.select().from(transitions).all().at(-1)?.note, 'NIK bukan miliknya')
})

returning('leaves what is sent again to be looked at, not to be approved together', () => {
  const { db, visitId } = waitingForBudi()
  db.update(visits).set({ submitCount: 2 }).where(eq(visits.id, visitId)).run()
  db.$client.exec('UPDATE visit_evidence SET submit_count = 2')
  assert.match(as(db, budi, (tx) => approveTogether(tx, AGAIN, [{ visitId, revision: 1 }])).get(visitId)!, 'pernah dikembalikan')
  assert.is(stageOf(db, 'asep'), 'submitted')
})

returning('by the ministry waits for Dinsos again, with the reason on the page', async () => {
  const { db, visitId } = waitingForRina()
  as(db, rina, (tx) => approveVisit(tx, visitId, decision({ key: AGAIN })))
  as(db, rina, (tx) => {
    for (const [from, to] of [['verified', 'batched'], ['batched', 'ratified'], ['ratified', 'dispatched']] as const) moveStage(tx, { id: 'asep', stage: from }, to)
    moveStage(tx, { id: 'asep', stage: 'dispatched' }, 'checked', { note: 'NIK ganda di pusat' })
  })
  const page = await (await freshApp(db).as(rina).get(`/reviews/${visitId}`)).text()
  assert.match(page, 'Dikembalikan Kemensos')
  assert.match(page, 'NIK ganda di pusat')
  as(db, rina, (tx) => approveVisit(tx, visitId, decision({ key: crypto.randomUUID() })))
  assert.is(stageOf(db, 'asep'), 'verified')
})

returning.run()

const opening = suite('opening a case')

opening('leaves a line in the trail, and is refused to the officer', async () => {
  const { db, visitId } = waitingForBudi()
  assert.is((await freshApp(db).as(siti).get(`/reviews/${visitId}`)).status, 403)
  const answer = await freshApp(db).as(budi).get(`/reviews/${visitId}`)
  assert.is(answer.status, 200)
  assert.is(actions(db).at(-1), 'visit.opened')
  assert.match(await answer.text(), /name="key" value="[0-9a-f-]{36}"/)
})

opening('and deciding it are theirs where the household has moved to, and no longer where it left', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'downloaded', officer: siti })
  const visitId = addVisit(db, 'asep', siti, { photos: true })
  db.update(households).set({ regionCode: BALECATUR }).where(eq(households.id, 'asep')).run()
  const { as: by } = freshApp(db)
  for (const who of [wawan, budi, rina]) {
    assert.is((await by(who).get(`/reviews/${visitId}`)).status, 404, who.id)
    assert.is((await by(who).post(`/reviews/${visitId}/approval`, FORM)).status, 404, who.id)
    assert.throws(() => getVisitPhoto(db, who, visitId, 'F-RUMAH'), /tidak ditemukan/)
    assert.throws(() => as(db, who, (tx) => findSubject(tx, { kind: 'visit', id: visitId })), /tidak ditemukan/)
  }
  assert.is((await by(eko).get('/reviews/next')).headers.get('Location'), `/reviews/${visitId}`)
  assert.is((await by(eko).get(`/reviews/${visitId}`)).status, 200)
  assert.is(getVisitPhoto(db, eko, visitId, 'F-RUMAH').name, 'F-RUMAH.jpg')
  assert.is(as(db, eko, (tx) => findSubject(tx, { kind: 'visit', id: visitId })).regionCode, BALECATUR)
  assert.is((await by(eko).post(`/reviews/${visitId}/approval`, FORM)).status, 303)
  assert.is(stageOf(db, 'asep'), 'checked')
})

opening.run()
