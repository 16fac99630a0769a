import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { numberWaitsExport } from '#app/numbers/exporting.ts'
import { householdsExport } from '#app/exports/household-lists.ts'
import { assembleRecord, fromBdtMember, toBdtMember } from '#app/assignments/bdt-profile.ts'
import { masked } from '#app/exports/exportable.ts'
import { carriedBy } from '#app/protection/carried-lines.ts'
import { findDangers, threatened } from '#app/rescue/dangers.ts'
import { judgeVisit } from '#app/evidence/judging.ts'
import { setAnswer } from '#app/questionnaire/record.ts'
import { auditEntries, households, photoPrints, visitPhotos } from '#db/schema/index.ts'
import { document, giving, newCard, nextBatch, visitOf, waitingWorld, waits } from '#test/support/numberless.ts'
import { aRecord, withoutNumbers } from '#test/support/records.ts'
import { addVerified, addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, budi, nia, oki, prita, rina, siti, stageOf, tono, TRIMURTI, wawan } from '#test/support/world.ts'

const decision = (revision: number, more: Record<string, string> = {}) => ({ key: randomUUID(), revision: String(revision), note: '', ...more })
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

const waiting = suite('waiting for Dukcapil')

waiting('begins with the approval of Dinsos, for whoever lacks a number, and leaves the others alone', async () => {
  const { db } = waitingWorld()
  assert.equal([waits(db), await nextBatch(db)], [['asep'], ['ujang']])
  addHousehold(db, 'dede', { record: setAnswer(aRecord({ serial: 310 }), 'members.1.nik', undefined) })
  addVerified(db, 'dede', siti, budi, { id: 'visit-dede' })
  addHousehold(db, 'euis', { record: setAnswer(setAnswer(aRecord({ serial: 311 }), 'members.1.nik', undefined), 'members.1.memberPresence', 2) })
  addVerified(db, 'euis', siti, budi, { id: 'visit-euis' })
  addHousehold(db, 'gone', { record: { ...aRecord({ serial: 312 }), families: [{ familySeq: 1 }] } })
  addVerified(db, 'gone', siti, budi, { id: 'visit-gone', outcome: 2 })
  assert.equal([waits(db).sort(), (await nextBatch(db)).sort()], [['asep', 'dede'], ['euis', 'gone']], 'who died needs none, who was not found claims none')
})

waiting('is reached also where nobody has a NIK: there is nothing to hold beside a photo, and the visit says so', async () => {
  const { db, as } = waitingWorld()
  const record = withoutNumbers(aRecord({ head: 'Dede Sunarya', serial: 313 }), { niks: [1, 2] })
  addHousehold(db, 'dede', { stage: 'assigned', officer: siti, record })
  addVisit(db, 'dede', siti, { id: 'visit-dede', record })
  const page = textOf(await (await as(budi).get('/reviews/visit-dede')).text())
  assert.match(page, /Foto KTP dan Foto Kartu Keluarga tidak diminta/)
  assert.is((await as(budi).post('/reviews/visit-dede/approval', decision(1))).status, 303)
  assert.is((await as(rina).post('/reviews/visit-dede/approval', decision(1))).status, 303)
  assert.equal(waits(db).sort(), ['asep', 'dede'])
})

waiting('follows a household to where it lives now, and is over with its stage', () => {
  const { db } = waitingWorld()
  db.update(households).set({ regionCode: TRIMURTI }).where(eq(households.id, 'asep')).run()
  assert.is(db.$client.prepare('SELECT region_code FROM number_waits').pluck().get(), TRIMURTI)
  db.update(households).set({ stage: 'recheck' }).where(eq(households.id, 'asep')).run()
  assert.equal(waits(db), [])
})

waiting('is told on the list of the coming cut-off, where the missing photo of a card is no danger', () => {
  const { db } = waitingWorld()
  const reasons = findDangers(db, threatened(db, 'asep')!).map(({ message }) => message)
  assert.ok(reasons.includes('Disetujui Dinsos: menunggu KK/NIK dari Dukcapil.'), reasons.join())
  const visit = (kinds: string[]) => {
    db.delete(visitPhotos).run()
    for (const kind of kinds) db.insert(visitPhotos).values({ visitId: 'visit-asep', kind, sha256: 'ab'.repeat(32), addedAt: '2026-03-01T02:30:00.000Z' }).run()
    return findDangers(db, threatened(db, 'asep')!).filter(({ reason }) => reason === 'photos').map(({ message }) => message)
  }
  addHousehold(db, 'photographed')
  addVisit(db, 'photographed', siti, { photos: true })
  const eight = ['F-KTP', 'F-KRT', 'F-RUMAH', 'F-ATAP', 'F-LANTAI', 'F-DINDING', 'F-DAPUR', 'F-JAMBAN']
  assert.equal([visit(eight), visit(eight.slice(1))], [[], ['Foto kunjungan baru 7 dari 8.']])
})

waiting('is read by the desa, the kecamatan and Dinsos, each of its own places, and changed by no others', async () => {
  const { db, as } = waitingWorld()
  for (const who of [oki, wawan, budi, rina]) assert.match(await (await as(who).get('/numbers')).text(), /Asep Suryana/)
  for (const who of [siti, tono, prita]) assert.is((await as(who).get('/numbers')).status, 403)
  assert.not.match(await (await as(nia).get('/numbers')).text(), /Asep Suryana/)
  for (const who of [budi, wawan]) assert.is((await as(who).get('/numbers/asep')).status, 403)
  assert.is((await as(nia).get('/numbers/asep')).status, 404)
  assert.is((await as(nia).post('/numbers/asep', giving(db, { 'families.0.kkNumber': newCard }))).status, 404)
  assert.equal([(await as(oki).get('/numbers/ujang')).status, (await as(rina).get(`/numbers?region=${TRIMURTI}`)).status], [409, 200])
  assert.match(await (await as(rina).get(`/numbers?region=${TRIMURTI}`)).text(), /Tidak ada rumah tangga yang menunggu/)
})

waiting.run()

const given = suite('a number from Dukcapil')

given('is held to the rules of every number, and to whom else bears it', async () => {
  const { db, as } = waitingWorld()
  const card = (db.select().from(households).where(eq(households.id, 'ujang')).get()!).record.families[0]!.kkNumber as string
  const give = async (number: string, more = {}, who = oki) => {
    const answer = await as(who).post('/numbers/asep', giving(db, { 'families.0.kkNumber': number }, more))
    return [answer.status, textOf(await answer.text())] as const
  }
  assert.equal([(await give('12345'))[0], (await give('9902010112260000'))[0], (await give(''))[0]], [422, 422, 422])
  const [status, words] = await give(card)
  assert.equal([status, /sudah tercatat di rumah tangga lain/.test(words), words.includes('Ujang')], [409, true, false], 'any number may be typed, so no name is told')
  assert.match((await give(card, {}, rina))[1], /Nomor KK juga ada di rumah tangga Ujang Komar\./)
  const [bare, wanted] = await give(newCard, { 'F-KK': '' })
  assert.equal([bare, /Lampirkan foto KK/.test(wanted), wanted.includes('Asep')], [422, true, true])
  assert.is((await give(newCard, { revision: '7' }))[0], 409)
  assert.equal([waits(db), visitOf(db, 'visit-asep').revision, actions(db).includes('household.number_given')], [['asep'], 1, false])
})

given('where others are still missing leaves the household waiting, with what is known kept', async () => {
  const { db, as } = waitingWorld({ niks: [2] })
  await as(rina).post('/numbers/asep', giving(db, { 'families.0.kkNumber': newCard }))
  assert.equal([waits(db), stageOf(db, 'asep')], [['asep'], 'verified'])
  assert.match(textOf(await (await as(oki).get('/numbers')).text()), /NIK ART 2 \(Wati Suryani\): belum pernah didaftarkan/)
  assert.not.match(textOf(await (await as(oki).get('/numbers/asep')).text()), /No KK keluarga/)
  await as(oki).post('/numbers/asep', giving(db, { 'members.1.nik': '9902016008840391' }))
  assert.equal([waits(db), stageOf(db, 'asep'), visitOf(db, 'visit-asep').record.members[1]!.nikMissingReason], [[], 'recheck', undefined])
})

given('that somebody else has given already is told so', async () => {
  const { db, as } = waitingWorld()
  const late = giving(db, { 'families.0.kkNumber': newCard })
  await as(oki).post('/numbers/asep', giving(db, { 'families.0.kkNumber': newCard }))
  const answer = await as(rina).post('/numbers/asep', late)
  assert.equal([answer.status, /baru saja diisi orang lain/.test(await answer.text())], [409, true])
})

given('is not verified by whoever gave it', async () => {
  const { db, as } = waitingWorld()
  await as(rina).post('/numbers/asep', giving(db, { 'families.0.kkNumber': newCard }))
  await as(budi).post('/reviews/visit-asep/approval', decision(2, { 'documents.1': '1' }))
  assert.is(stageOf(db, 'asep'), 'checked')
  assert.match(await (await as(rina).get('/reviews/visit-asep')).text(), /Anda sendiri yang mengisi nomor dari Dukcapil/)
  assert.is((await as(rina).post('/reviews/visit-asep/approval', decision(2))).status, 403)
})

given('that is wrong goes back to the officer like any other mistake', async () => {
  const { db, as } = waitingWorld()
  await as(oki).post('/numbers/asep', giving(db, { 'families.0.kkNumber': newCard }))
  assert.is((await as(budi).post('/reviews/visit-asep/return', decision(2, { 'remark.families.0.kkNumber': 'Angka ke-9 lain' }))).status, 303)
  assert.is(stageOf(db, 'asep'), 'returned')
})

given('comes with a photo that says nothing of when the visit was made, and ends the sign of a missing card', async () => {
  const { db, as } = waitingWorld()
  const look = () => judgeVisit(db, 'visit-asep').filter(({ level }) => level === 'look').map(({ code }) => code)
  assert.ok(look().includes('no_card'))
  await as(oki).post('/numbers/asep', giving(db, { 'families.0.kkNumber': newCard }, { 'F-KK': document(5) }))
  // Its camera says the day Dukcapil gave it out.
  const { sha256 } = db.select().from(visitPhotos).where(eq(visitPhotos.kind, 'F-KK')).get()!
  db.insert(photoPrints).values({ visitId: 'visit-asep', kind: 'F-KK', sha256: Buffer.from(sha256, 'hex'), takenAt: '2026-03-20T09:00:00', sharpness: 50, brightness: 120, dark: 0, bright: 0 }).onConflictDoUpdate({ target: [photoPrints.visitId, photoPrints.kind], set: { takenAt: '2026-03-20T09:00:00' } }).run()
  for (const code of ['no_card', 'photo_times', 'exif_time']) assert.not.ok(look().includes(code as 'no_card'), code)
})

given('may turn out to have been there all along: Dinsos sends the household back to whoever checks', async () => {
  const { db, as } = waitingWorld()
  const form = { key: randomUUID(), note: 'KK ada di rumah orang tua' }
  assert.is((await as(oki).post('/numbers/asep/return', form)).status, 403)
  for (const status of [303, 303]) assert.is((await as(rina).post('/numbers/asep/return', form)).status, status)
  assert.equal([stageOf(db, 'asep'), waits(db), visitOf(db, 'visit-asep').status], ['recheck', [], 'submitted'])
  assert.match(await (await as(budi).get('/reviews/visit-asep')).text(), /KK ada di rumah orang tua/)
})

given.run()

const carried = suite('the list for Dukcapil')

carried('names everybody of a family without a card, whole only in a full export', () => {
  const { db } = waitingWorld()
  const [rows] = [...numberWaitsExport.chunks({ db, actor: rina }, {})]
  assert.equal(rows!.map((row) => [row[6], row[8], row[9], row[10], row[11], row[14], row[15]]), [
    ['Asep Suryana', 'L', 'Bantul', '1980-05-12', 'Sumiyati', 'No KK', 'Belum pernah dibuat'], ['Wati Suryani', 'P', 'Bantul', '1984-08-20', 'Ngatinah', 'No KK', 'Belum pernah dibuat'],
  ])
  assert.equal([10, 11, 12].map((at) => masked(numberWaitsExport, rows![0]!)[at]), ['1980', null, '99**********0301'])
  assert.equal([...numberWaitsExport.chunks({ db, actor: nia }, {})], [])
})

carried('and every other file leave an empty No KK empty, and read it in so again', () => {
  const { db } = waitingWorld()
  const at = householdsExport.columns.findIndex(({ label }) => /KK/.test(label))
  const rows = [...householdsExport.chunks({ db, actor: rina }, { q: 'Asep' })].flat()
  assert.equal([rows.length, rows[0]![at]], [1, null])
  const { record } = visitOf(db, 'visit-asep')
  const cells = record.members.map((member) => toBdtMember(member, record))
  assert.equal(cells.map(({ NoKK }) => NoKK), ['', ''])
  assert.equal(assembleRecord({}, cells.map((row) => fromBdtMember(row).value)).families, [{ familySeq: 1 }])
})

carried('on paper holds what Dukcapil needs, for its own places, and leaves a line that tells whom', async () => {
  const { db, as } = waitingWorld()
  const paper = textOf(await (await as(oki).get('/numbers/print')).text())
  for (const words of ['Asep Suryana', 'Bantul, 12 Mei 1980', 'Sumiyati', 'No KK (belum pernah dibuat)']) assert.ok(paper.includes(words), words)
  assert.is((await as(budi).get('/numbers/print')).status, 403)
  const line = db.select().from(auditEntries).where(eq(auditEntries.action, 'numbers.printed')).get()!
  assert.equal(carriedBy(db, { ...line, details: JSON.parse(line.details) as Record<string, unknown> }, rina)?.map(({ id }) => id), ['asep'])
})

carried.run()
