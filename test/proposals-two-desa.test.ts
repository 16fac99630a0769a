import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Actor } from '#app/users/actor.ts'
import { households, proposals } from '#db/schema/index.ts'
import { kkOf } from '#test/support/changes.ts'
import { approve, statusOf } from '#test/support/proposals.ts'
import { dispatched } from '#test/support/ratified.ts'
import { hidden, newest, nikOf, rini, seek, send, ticketIn, tri, WEDDING, world, type World } from '#test/support/two-desa.ts'
import { BALECATUR, budi, eko, mega, nia, oki, PONCOSARI, rina, TRIMURTI, type Fields } from '#test/support/world.ts'

const joining = suite('a marriage across two desa')

async function wed(made: World, fields: Fields = {}) {
  const answer = await send(made, oki, { ...WEDDING, reached: ticketIn(await seek(made, oki, nikOf('Fitri Riyadi'))), ...fields })
  assert.is(answer.status, 303, await answer.clone().text())
  return newest(made)
}

joining('is entered by the desa it leaves, agreed to by the other one, and written for both', async () => {
  const made = world()
  const { id, regionCode, targetRegionCode, change } = await wed(made)
  assert.equal([regionCode, targetRegionCode, (change as { otherSeq: number }).otherSeq], [PONCOSARI, TRIMURTI, 3])
  assert.is((await made.as(tri).get(`/proposals/${id}`)).status, 404)
  approve(made.db, budi, id)
  assert.is(statusOf(made.db, id), 'released')
  assert.match(await (await made.as(tri).get(`/proposals/${id}`)).text(), /Setujui untuk desa ini/)
  approve(made.db, tri, id)
  approve(made.db, rina, id)
  const batch = await dispatched(made)
  assert.is((await made.as(mega).post(`/batches/${batch}/acceptance`, { scope: 'all' })).status, 303)
  const names = (household: string) => made.db.select().from(households).where(eq(households.id, household)).get()!.record.members.filter(({ memberPresence }) => [1, 4].includes(Number(memberPresence))).map(({ name }) => name)
  assert.ok(names('bambang').includes('Dani Suryana'))
  assert.not.ok(names('asep').includes('Dani Suryana'))
})

joining('shows each side its own household, and who comes only once they are let go', async () => {
  const made = world()
  const { id } = await wed(made)
  const own = await (await made.as(oki).get(`/proposals/${id}`)).text()
  assert.match(own, /Sebelum dan sesudah: Asep Suryana/)
  assert.match(own, /Rumah tangga B\*+ R\*+ di Trimurti ikut berubah/)
  assert.equal(hidden(own), [])
  approve(made.db, budi, id)
  const theirs = await (await made.as(tri).get(`/proposals/${id}`)).text()
  assert.match(theirs, /Sebelum dan sesudah: Bambang Riyadi/)
  assert.match(theirs, /Dani Suryana/)
  assert.not.match(theirs, /Lilis|Sebelum dan sesudah: Asep/)
})

joining('in a home of their own is shown to the proposer only after both agreed', async () => {
  const made = world()
  const { id } = await wed(made, { living: 'new_household', familyHead: 'member', kkNumber: '9902012802260031', address: 'Jl. Mawar 9', homeAt: 'household' })
  const page = async () => (await made.as(oki).get(`/proposals/${id}`)).text()
  assert.equal(hidden(await page()), [])
  approve(made.db, budi, id)
  assert.equal(hidden(await page()), [])
  approve(made.db, tri, id)
  assert.match(await page(), /Fitri Riyadi/)
})

joining('says nothing of the other household when it is not possible', async () => {
  const made = world()
  const reached = ticketIn(await seek(made, oki, nikOf('Bambang Riyadi')))
  const answer = await send(made, oki, { ...WEDDING, reached })
  assert.is(answer.status, 422)
  const page = await answer.text()
  assert.match(page, /belum memungkinkan perubahan ini/)
  assert.equal(hidden(page), [])
  const card = ticketIn(await seek(made, oki, kkOf(21)))
  assert.match(await (await send(made, oki, { ...WEDDING, reached: card })).text(), /harus dicari dengan NIK/)
})

joining('comes back from the other desa to be mended by its proposer', async () => {
  const made = world()
  const { id } = await wed(made)
  approve(made.db, budi, id)
  await made.as(tri).post(`/proposals/${id}/return`, { key: randomUUID(), seen: '', note: 'Belum menikah' })
  assert.is(statusOf(made.db, id), 'returned')
  assert.not.match(await (await made.as(tri).get(`/proposals/${id}`)).text(), /Dani|Asep/)
  const page = await (await made.as(oki).get(`/proposals/${id}/edit`)).text()
  assert.equal(hidden(page), [])
  assert.is((await send(made, oki, { ...WEDDING, id, on: '2026-02-11' })).status, 303)
  assert.is(statusOf(made.db, id), 'submitted')
})

joining.run()

const welcoming = suite('a marriage begun by the desa that the partner comes to')

// Fitri of Trimurti comes to Dani in Poncosari.
const COMING: Fields = { kind: 'marriage', household: 'asep', comes: '1', on: '2026-02-10', otherSeq: '3', living: 'with_family', certificate: '1', pregnant: 'false', relationToHead: '4', relationToFamilyHead: '4' }
async function welcome(made: World, fields: Fields = {}) {
  const answer = await send(made, oki, { ...COMING, reached: ticketIn(await seek(made, oki, nikOf('Fitri Riyadi'))), ...fields })
  assert.is(answer.status, 303, await answer.clone().text())
  return newest(made)
}
const livingIn = (made: World, household: string) => made.db.select().from(households).where(eq(households.id, household)).get()!.record.members
  .filter(({ memberPresence }) => [1, 4].includes(Number(memberPresence))).map(({ name }) => name)

welcoming('is let go by the other desa, verified without another acceptance, and written for both', async () => {
  const made = world()
  const { id, regionCode, targetRegionCode, change } = await welcome(made)
  assert.equal([regionCode, targetRegionCode, change.kind === 'marriage' && [change.householdId, change.memberSeq, change.otherSeq, change.begunBy]], [TRIMURTI, PONCOSARI, ['bambang', 3, 3, 'receiver']])
  assert.match(await (await made.as(budi).get(`/proposals/${id}`)).text(), /Desa pasangannya yang mengajukan/)
  approve(made.db, budi, id)
  assert.is(statusOf(made.db, id), 'checked')
  approve(made.db, rina, id)
  assert.is((await made.as(mega).post(`/batches/${await dispatched(made)}/acceptance`, { scope: 'all' })).status, 303)
  assert.ok(livingIn(made, 'asep').includes('Fitri Riyadi'))
  assert.not.ok(livingIn(made, 'bambang').includes('Fitri Riyadi'))
})

welcoming('shows each side its own household alone, in the form, the list and the case', async () => {
  const made = world()
  const found = await made.as(oki).post('/proposals/lookup', { key: randomUUID(), kind: 'marriage', household: 'asep', comes: '1', number: nikOf('Fitri Riyadi') })
  const form = await (await made.as(oki).get(found.headers.get('Location')!)).text()
  assert.match(form, /Yang pindah: orang yang NIK-nya Anda cari di Trimurti/)
  assert.match(form, /name="otherSeq"/)
  assert.equal(hidden(form), [])
  const { id } = await welcome(made)
  for (const path of [`/proposals/${id}`, '/proposals?tab=own', `/proposals/${id}/edit`]) assert.equal(hidden(await (await made.as(oki).get(path)).text()).filter((word) => !path.endsWith('own') || word !== 'bambang'), [], path)
  assert.match(await (await made.as(oki).get(`/proposals/${id}`)).text(), /Asep Suryana/)
  const theirs = await (await made.as(tri).get(`/proposals/${id}`)).text()
  assert.match(theirs, /Sebelum dan sesudah: Bambang Riyadi/)
  assert.not.match(theirs, /Dani|Lilis|Asep/)
})

welcoming('comes back to be mended with the same two people', async () => {
  const made = world()
  made.db.$client.exec("UPDATE households SET record = json_set(record, '$.members[2].memberSeq', 5) WHERE id = 'bambang'; UPDATE members SET seq = 5 WHERE household_id = 'bambang' AND seq = 3")
  const { id } = await welcome(made)
  await made.as(budi).post(`/proposals/${id}/return`, { key: randomUUID(), seen: '', note: 'Tanggalnya?' })
  assert.is((await send(made, oki, { ...COMING, id, on: '2026-02-11' })).status, 303)
  const { change } = newest(made)
  assert.equal(change.kind === 'marriage' && [change.on, change.memberSeq, change.begunBy], ['2026-02-11', 5, 'receiver'])
})

welcoming('says nothing of the other household when it is not possible, and needs a person\'s number', async () => {
  const made = world()
  const married = await send(made, oki, { ...COMING, reached: ticketIn(await seek(made, oki, nikOf('Bambang Riyadi'))) })
  assert.is(married.status, 422)
  const page = await married.text()
  assert.match(page, /belum memungkinkan perubahan ini/)
  assert.equal(hidden(page), [])
  assert.match(await (await send(made, oki, { ...COMING, reached: ticketIn(await seek(made, oki, kkOf(21))) })).text(), /harus dicari dengan NIK/)
})

welcoming('cannot be claimed by a form alone', async () => {
  const made = world()
  assert.is((await send(made, oki, COMING)).status, 422)
  assert.is((await send(made, oki, { ...COMING, household: 'bambang', reached: ticketIn(await seek(made, oki, nikOf('Fitri Riyadi'))) })).status, 404)
  assert.is(made.db.select().from(proposals).all().length, 0)
})

welcoming.run()

const moving = suite('members who move to another desa')

moving('enter the family that the number named', async () => {
  const made = world()
  const reached = ticketIn(await seek(made, oki, kkOf(21), 'member_move'))
  const answer = await send(made, oki, { kind: 'member_move', household: 'asep', reached, on: '2026-02-10', 'mover.4': '1', 'relationToHead.4': '8', 'relationToFamilyHead.4': '8', familySeq: '7' })
  assert.is(answer.status, 303, (await answer.clone().text()).match(/class="error"[^<]*<span[^<]*<\/span>[^<]*/g)?.join())
  const { change, targetRegionCode, id } = newest(made)
  assert.equal([(change as { familySeq: number }).familySeq, targetRegionCode], [1, TRIMURTI])
  assert.equal(hidden(await (await made.as(oki).get(`/proposals/${id}`)).text()), [])
})

moving.run()

const arriving = suite('a household whose move is begun where it arrives')
const MOVE = { kind: 'household_move', on: '2026-02-10', address: 'Jl. Baru 7' }
const reachedBy = async (made: World, who: Actor) => ticketIn(await seek(made, who, kkOf(11), 'household_move', ''))

arriving('is let go by the sender, and then verified without another acceptance', async () => {
  const made = world()
  const reached = await reachedBy(made, tri)
  const form = await (await made.as(tri).get(`/proposals/new/household_move?reached=${reached}`)).text()
  assert.match(form, /A\*+ S\*+/)
  assert.not.match(form, /Asep|Suryana|Melati/)
  assert.is((await send(made, tri, { ...MOVE, reached, target: TRIMURTI })).status, 303)
  const { id, regionCode, targetRegionCode } = newest(made)
  assert.equal([regionCode, targetRegionCode], [PONCOSARI, TRIMURTI])
  for (const path of [`/proposals/${id}`, '/proposals?tab=own']) assert.not.match(await (await made.as(tri).get(path)).text(), /Asep|Suryana|Melati|Wati/, path)
  assert.match(await (await made.as(budi).get(`/proposals/${id}`)).text(), /Desa tujuan yang mengajukan/)
  approve(made.db, budi, id)
  assert.is(statusOf(made.db, id), 'checked')
  assert.match(await (await made.as(tri).get(`/proposals/${id}`)).text(), /Asep Suryana/)
  approve(made.db, rina, id)
  const batch = await dispatched(made)
  await made.as(mega).post(`/batches/${batch}/acceptance`, { scope: 'all' })
  assert.is(made.db.select().from(households).where(eq(households.id, 'asep')).get()!.regionCode, TRIMURTI)
})

arriving('from another kabupaten is let go there, with the new No KK', async () => {
  const made = world()
  const reached = await reachedBy(made, rini)
  const given = { ...MOVE, reached, target: BALECATUR }
  const without = await send(made, rini, given)
  assert.is(without.status, 422)
  assert.not.match(await without.text(), /Asep|Suryana/)
  assert.is((await send(made, rini, { ...given, kkNumber: '9904011503109001' })).status, 303)
  const { id } = newest(made)
  assert.is((await made.as(eko).get(`/proposals/${id}`)).status, 404)
  assert.throws(() => approve(made.db, nia, id), /tidak ditemukan/)
  approve(made.db, budi, id)
  approve(made.db, rina, id)
  assert.is(statusOf(made.db, id), 'verified')
})

arriving('goes to a desa of the finder and to no other, and needs a finding', async () => {
  const made = world()
  const reached = await reachedBy(made, tri)
  assert.is((await send(made, tri, { ...MOVE, reached, target: BALECATUR })).status, 404)
  assert.is((await send(made, tri, { ...MOVE, household: 'asep', target: TRIMURTI })).status, 404)
  assert.is((await send(made, tri, { ...MOVE, target: TRIMURTI })).status, 404)
  assert.is((await made.as(tri).get('/proposals/new/household_move')).status, 404)
  assert.is(made.db.select().from(proposals).all().length, 0)
})

arriving.run()
