import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findBrokenLine } from '#db/audit-chain.ts'
import { proposals } from '#db/schema/index.ts'
import { eq } from 'drizzle-orm'
import { approve, decision, statusOf } from '#test/support/proposals.ts'
import { confirmation, determinedAs, heldBack, notFound } from '#test/support/exclusions.ts'
import { determined, dispatched, household, isInactive, verified, world } from '#test/support/ratified.ts'
import { actions, BALECATUR, budi, dewi, mega, nia, oki, rina, siti, stageOf, tono, wawan } from '#test/support/world.ts'

const excluded = suite('a household that a determined visit did not find')

excluded('is held back with a usulan nonaktif for its desa, and nobody leaves the registry by it', async () => {
  const { made, id } = await notFound()
  assert.equal([heldBack(made)?.proposalId, heldBack(made)?.outcome, statusOf(made.db, id), isInactive(made, 'asep')], [id, 2, 'prepared', undefined])
  const page = await (await made.as(oki).get(`/proposals/${id}`)).text()
  assert.match(page, /Kunjungan yang mendasari/)
  assert.match(page, new RegExp(`/files/visits/${id}/F-RUMAH`))
  assert.match(page, /Siti Rahayu/)
  assert.match(page, 'Hasil kunjungan 1 Maret 2026: rumah tangga tidak ditemukan.')
  assert.match(page, /Lengkapi dan ajukan/)
  assert.match(await (await made.as(rina).get('/households/asep')).text(), /Menunggu keputusan nonaktif sejak/)
  assert.match(await (await made.as(rina).get('/households')).text(), /Menunggu keputusan nonaktif/)
  for (const who of [oki, wawan, budi, rina]) {
    assert.match(await (await made.as(who).get('/')).text(), /Tidak ditemukan, menunggu keputusan nonaktif/)
    assert.match(await (await made.as(who).get('/proposals/held')).text(), /href="\/households\/asep"/)
    assert.not.match(await (await made.as(who).get('/proposals/held')).text(), /<details class="by-hand more-filters/)
  }
  assert.equal([actions(made.db).includes('proposal.prepared'), actions(made.db).includes('household.held_back'), findBrokenLine(made.db)], [true, true, undefined])
})

excluded('of another place is nobody else\'s matter', async () => {
  const { made, id } = await notFound()
  for (const who of [nia, dewi]) {
    assert.is((await made.as(who).get(`/proposals/${id}`)).status, 404)
    assert.is((await made.as(who).post(`/proposals/${id}/found`, decision('ada'))).status, 404)
    assert.not.match(await (await made.as(who).get('/proposals/held')).text(), /\/households\/asep/)
    assert.is((await made.as(dewi).post('/proposals', confirmation(id))).status, 404)
  }
  assert.is(statusOf(made.db, id), 'prepared')
})

excluded('leaves after its desa has confirmed, and kecamatan, Dinsos, bupati and ministry have agreed', async () => {
  const { made, id } = await notFound()
  assert.is((await made.as(oki).get(`/proposals/${id}/edit`)).status, 200)
  const form = confirmation(id)
  assert.is((await made.as(oki).post('/proposals', form)).status, 303)
  assert.is((await made.as(oki).post('/proposals', form)).status, 303, 'sent twice is once')
  assert.equal([statusOf(made.db, id), made.db.select().from(proposals).where(eq(proposals.id, id)).get()!.proposedBy], ['submitted', 'oki'])
  assert.match(await (await made.as(budi).get(`/proposals/${id}`)).text(), /Menolak usulan ini berarti rumah tangganya ditemukan kembali/)
  approve(made.db, budi, id)
  approve(made.db, rina, id)
  const batch = await dispatched(made)
  assert.ok(heldBack(made), 'until the last word it is held back')
  await made.as(mega).post(`/batches/${batch}/acceptance`, { scope: 'all' })
  assert.equal([statusOf(made.db, id), isInactive(made, 'asep'), heldBack(made)], ['determined', 'tidak_dijumpai', undefined])
  assert.match(await (await made.as(rina).get(`/proposals/${id}`)).text(), /Kunjungan yang mendasari/)
})

excluded('is confirmed only with the minutes of its desa; what is kept for later stays the desa\'s', async () => {
  const { made, id } = await notFound()
  const { minutes: _, ...bare } = confirmation(id)
  assert.is((await made.as(oki).post('/proposals', { ...bare, minutesNumber: '', minutesDate: '' })).status, 422)
  assert.is((await made.as(oki).post('/proposals', { ...bare, key: randomUUID(), action: 'draft', note: 'Sudah dibahas' })).status, 303)
  assert.is(statusOf(made.db, id), 'prepared')
  assert.match(await (await made.as(tono).get(`/proposals/${id}`)).text(), /Sudah dibahas/)
  assert.is((await made.as(tono).post('/proposals', confirmation(id))).status, 303)
  assert.is((await made.as(siti).post('/proposals', confirmation(id))).status, 409, 'somebody was faster')
})

excluded('is about that household and nothing else', async () => {
  const { made, id } = await notFound()
  assert.is((await made.as(oki).post('/proposals', confirmation(id, { household: 'ujang' }))).status, 409)
  const other = await made.as(oki).post('/proposals', confirmation(randomUUID()))
  assert.is(other.status, 409)
  assert.match(await other.text(), /sudah disiapkan/)
})

excluded('that its desa finds again is held no longer, and visited anew', async () => {
  const { made, id } = await notFound()
  assert.is((await made.as(siti).post(`/proposals/${id}/found`, decision(''))).status, 422)
  const form = decision('Pindah kamar ke RT 03, ditemui ketua RT')
  assert.is((await made.as(siti).post(`/proposals/${id}/found`, form)).status, 303)
  assert.is((await made.as(siti).post(`/proposals/${id}/found`, form)).status, 303, 'sent twice is once')
  assert.equal([statusOf(made.db, id), heldBack(made), stageOf(made.db, 'asep'), isInactive(made, 'asep')], ['rejected', undefined, 'published', undefined])
  assert.match(await (await made.as(oki).get('/')).text(), /Prelist desa belum diambil/)
})

excluded('whose usulan Dinsos refuses is held no longer', async () => {
  const { made, id } = await notFound()
  await made.as(oki).post('/proposals', confirmation(id))
  approve(made.db, budi, id)
  assert.is((await made.as(rina).post(`/proposals/${id}/rejection`, decision('Orangnya datang ke kantor'))).status, 303)
  assert.equal([statusOf(made.db, id), heldBack(made), stageOf(made.db, 'asep')], ['rejected', undefined, 'published'])
})

excluded('is not forgotten when whoever confirmed takes it back: its desa decides again', async () => {
  const { made, id } = await notFound()
  await made.as(oki).post('/proposals', confirmation(id))
  assert.is((await made.as(oki).post(`/proposals/${id}/withdrawal`, decision('Salah unggah'))).status, 303)
  assert.equal([statusOf(made.db, id), heldBack(made)?.proposalId], ['prepared', id])
  assert.is((await made.as(tono).post('/proposals', confirmation(id))).status, 303)
})

excluded('and is found by a later visit is held no longer; one that refused to answer was found', async () => {
  const { made, id } = await notFound(3)
  await determinedAs(made, 1)
  assert.equal([heldBack(made), statusOf(made.db, id)], [undefined, 'withdrawn'])
  await determinedAs(made, 5, { id: 'ujang' })
  assert.is(heldBack(made, 'ujang'), undefined)
})

excluded('again by a later visit waits with the usulan it has', async () => {
  const { made, id } = await notFound()
  const second = await determinedAs(made, 3)
  assert.equal([heldBack(made)?.proposalId, heldBack(made)?.visitId, heldBack(made)?.outcome], [id, second, 3])
})

excluded('because it is another one twice names that one', async () => {
  const { made, id } = await notFound(6, { said: '99ujang' })
  assert.equal([heldBack(made)?.otherId, made.db.select().from(proposals).where(eq(proposals.id, id)).get()!.reasonCode], ['ujang', 'ganda'])
  assert.match(await (await made.as(budi).get(`/proposals/${id}`)).text(), /Rumah tangga yang dimaksud[\s\S]*href="\/households\/ujang"/)
})

excluded('and joined another by a usulan of its own has nothing left to decide', async () => {
  const { made, id } = await notFound(4, { said: '99ujang' })
  await determined(made, { kind: 'family_merge', on: '2026-03-01', householdId: 'asep', otherId: 'ujang', movers: [{ memberSeq: 1, relationToHead: 7, relationToFamilyHead: 1 }, { memberSeq: 2, relationToHead: 7, relationToFamilyHead: 2 }] })
  assert.equal([isInactive(made, 'asep'), heldBack(made), statusOf(made.db, id)], ['bergabung', undefined, 'withdrawn'])
})

excluded('and is found where it has moved to is held no longer', async () => {
  const { made, id } = await notFound(3)
  const move = verified(made, { kind: 'household_move', on: '2026-03-01', householdId: 'asep', from: household(made, 'asep').regionCode, to: BALECATUR, address: 'Jl. Baru 1', kkNumbers: [{ familySeq: 1, kkNumber: '9904011234567890' }] })
  const batch = await dispatched(made)
  await made.as(mega).post(`/batches/${batch}/acceptance`, { scope: 'all' })
  assert.equal([statusOf(made.db, move), heldBack(made), statusOf(made.db, id)], ['determined', undefined, 'withdrawn'])
})

excluded('with a usulan nonaktif under way keeps that one', async () => {
  const made = world()
  const own = verified(made, { kind: 'deactivation', on: '2026-02-10', householdId: 'asep', reason: 'pindah' })
  made.db.update(proposals).set({ status: 'returned' }).where(eq(proposals.id, own)).run()
  await determinedAs(made, 2)
  assert.is(heldBack(made)?.proposalId, own)
})

excluded.run()
