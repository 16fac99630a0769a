import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { storedFlags } from '#app/visits/flags.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { batchItems, visits } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { giving, newCard, nextBatch, visitOf, waits } from '#test/support/numberless.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, budi, freshApp, oki, rina, siti, stageOf, wawan } from '#test/support/world.ts'

const photo = (seed: number) => new File([new Uint8Array(makeJpeg({ width: 320, height: 240, seed }))], 'foto.jpg', { type: 'image/jpeg' })
const decision = (revision: number, more: Record<string, string> = {}) => ({ key: randomUUID(), revision: String(revision), note: '', ...more })

const story = suite('a family that never had a KK')

story('is visited, checked and verified like any other, waits for Dukcapil, and with its number goes into the next batch', async () => {
  const world = freshApp()
  const record = aRecord({ head: 'Asep Suryana', serial: 301 })
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti, record: { ...record, families: [{ familySeq: 1 }] } })
  const id = randomUUID()
  const base = `/field/asep/visits/${id}`
  const visit = () => visitOf(world.db, id)
  const save = (page: string, fields: Record<string, string>) => world.as(siti).post(`${base}/${page}`, { revision: String(visit().revision), activeMs: '300000', ...fields })
  await world.as(siti).post('/field/asep/visits', { id })
  await save('respondent', { 'household.hasilVerivali': '1', 'household.respondentName': 'Asep Suryana' })

  // The officer says why, once and clearly; the photo of a card that is not there is not asked for.
  await save('families', { 'families.0.kkNumber': '' })
  assert.match(await (await world.as(siti).get(`${base}/families`)).text(), /Nomor Kartu Keluarga belum diisi\. Isi nomornya, atau pilih sebab belum ada\./)
  await save('families', { 'families.0.kkMissingReason': '1' })
  assert.equal([visit().record.families[0]!.kkNumber, visit().record.families[0]!.kkMissingReason], [undefined, 1])
  const photos = await (await world.as(siti).get(`${base}/photos`)).text()
  assert.match(photos, /Delapan foto harus lengkap/)
  assert.match(photos, /Foto Kartu Keluarga tidak diminta/)
  await world.as(siti).post(`${base}/location`, { revision: String(visit().revision), latitude: '-7,9713', longitude: '110.2217', accuracy: '12' })
  const kinds = ['F-KTP', 'F-KRT', 'F-RUMAH', 'F-ATAP', 'F-LANTAI', 'F-DINDING', 'F-DAPUR', 'F-JAMBAN']
  await world.as(siti).post(`${base}/photos`, Object.fromEntries(kinds.map((kind, i) => [kind, photo(i + 1)])))
  const sent = await world.as(siti).post(`${base}/submission`)
  assert.is(sent.status, 303, (await sent.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 1500))

  // Whoever checks reads it, in the queue and beside the documents.
  assert.match(await (await world.as(budi).get('/reviews')).text(), /Tanpa KK/)
  assert.match(storedFlags(world.db, id).map(({ message }) => message).join(), /1 dari 1 keluarga tanpa Nomor KK \(keluarga 1: belum pernah dibuat\)\./)
  const shown = await (await world.as(budi).get(`/reviews/${id}`)).text()
  assert.match(shown, /Foto Kartu Keluarga tidak diminta/)
  assert.is((await world.as(budi).post(`/reviews/${id}/approval`, decision(visit().revision, { 'documents.1': '1' }))).status, 303)
  const verified = await world.as(rina).post(`/reviews/${id}/approval`, decision(visit().revision))
  assert.match(decodeURIComponent(verified.headers.get('Set-Cookie') ?? ''), /disetujui, lalu menunggu KK\/NIK dari Dukcapil/)

  // It is verified, goes into no batch, and everybody whose work it is sees why.
  assert.equal([stageOf(world.db, 'asep'), waits(world.db), await nextBatch(world.db)], ['verified', ['asep'], []])
  for (const who of [oki, wawan, budi, rina]) {
    assert.match(await (await world.as(who).get('/')).text(), /Menunggu KK\/NIK dari Dukcapil/)
    assert.match(await (await world.as(who).get('/numbers')).text(), /Asep Suryana[^]*No KK keluarga 1 \(Asep Suryana\): belum pernah dibuat/)
    assert.match(await (await world.as(who).get('/households/asep')).text(), /Menunggu Dukcapil sejak/)
  }

  // Dukcapil has issued the card: the desa enters it once, without a visit, and both checks see it beside its photo.
  const form = giving(world.db, { 'families.0.kkNumber': newCard }, {}, id)
  assert.is((await world.as(oki).post('/numbers/asep', form)).status, 303)
  assert.is((await world.as(oki).post('/numbers/asep', form)).status, 303, 'sent twice is once')
  assert.equal([visit().record.families[0], stageOf(world.db, 'asep'), waits(world.db)], [{ familySeq: 1, kkNumber: newCard }, 'recheck', []])
  assert.match(await (await world.as(budi).get('/reviews')).text(), /Nomor baru dari Dukcapil/)
  const again = await (await world.as(budi).get(`/reviews/${id}`)).text()
  assert.match(again, /No KK keluarga 1 oleh Oki Prasetyo/)
  assert.not.match(again, /Dikembalikan Dinsos/)
  assert.is((await world.as(budi).post(`/reviews/${id}/approval`, decision(visit().revision, { 'documents.1': '1' }))).status, 303)
  assert.is((await world.as(rina).post(`/reviews/${id}/approval`, decision(visit().revision))).status, 303)

  assert.equal(await nextBatch(world.db), ['asep'])
  assert.equal(world.db.select({ failures: batchItems.failures }).from(batchItems).all(), [{ failures: [] }], 'it fulfils all five criteria')
  assert.is(world.db.select().from(visits).where(eq(visits.householdId, 'asep')).all().length, 1, 'nobody visited anew')
  assert.ok(actions(world.db).includes('household.number_given'))
  assert.is(findBrokenLine(world.db), undefined)
})

story.run()
