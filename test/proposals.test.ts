import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findBrokenLine } from '#db/audit-chain.ts'
import { households, inactiveHouseholds, proposals, proposalSteps } from '#db/schema/index.ts'
import { rejectProposal, returnProposal, withdrawProposal } from '#app/proposals/decisions.ts'
import { countWaiting, listProposals } from '#app/proposals/list.ts'
import { addReason, endReason, reasonsFor } from '#app/proposals/reasons.ts'
import type { ProposedChange } from '#app/proposals/kinds.ts'
import type { Actor } from '#app/users/actor.ts'
import { moveUser } from '#app/users/users.ts'
import { addProposal, aPaper, approve, decision, seenNow, statusOf, twoHomes } from '#test/support/proposals.ts'
import {
  addHousehold, agus, as, budi, contentsOf, dewi, eko, hadi, mega, nia, oki, PONCOSARI, prita, rina, siti, tono, TRIMURTI, wawan,
} from '#test/support/world.ts'

const death = (householdId = 'asep', memberSeq = 2): ProposedChange => ({ kind: 'death', on: '2026-02-10', householdId, memberSeq })
const leaving = (householdId = 'asep'): ProposedChange => ({ kind: 'deactivation', on: '2026-02-10', householdId, reason: 'mampu' })
const proposing = suite('proposing a change')

proposing('keeps what was proposed, its papers and its first step', async () => {
  const { db, as: by } = twoHomes()
  const { id } = addProposal(db, death(), { by: oki })
  assert.equal(db.select({ from: proposalSteps.fromStatus, to: proposalSteps.toStatus, by: proposalSteps.actorId }).from(proposalSteps).all(),
    [{ from: null, to: 'draft', by: 'oki' }, { from: 'draft', to: 'submitted', by: 'oki' }])
  const page = await (await by(oki).get(`/proposals/${id}`)).text()
  assert.match(page, /Kematian: Asep/)
  assert.match(page, /minutes\.pdf/)
  assert.match(page, new RegExp('cd'.repeat(32)))
  assert.is(findBrokenLine(db), undefined)
})

proposing('changes nothing of the household by itself', () => {
  const { db } = twoHomes()
  const before = db.select().from(households).all()
  addProposal(db, death())
  assert.equal(db.select().from(households).all(), before)
})

proposing('is refused for a household of another desa, and for those who do not propose', async () => {
  const { db } = twoHomes()
  assert.throws(() => addProposal(db, death(), { by: dewi }), /tidak ditemukan/)
  for (const person of [budi, hadi, mega, prita]) assert.throws(() => addProposal(db, death(), { by: person }), /tidak berwenang/)
})

proposing('needs proof; what takes a household out needs the decision of a musdes', () => {
  const { db } = twoHomes()
  const bare = { evidence: false, minutesNumber: null, minutesDate: null }
  const refused = (change: ProposedChange) => {
    try {
      addProposal(db, change, bare)
    } catch (error) {
      return Object.keys((error as { fields: object }).fields)
    }
    return []
  }
  const before = contentsOf(db)
  assert.equal([refused(death()), refused(leaving())], [['evidence'], ['musdesId']])
  assert.is(contentsOf(db), before)
})

proposing('needs a reason that holds today', () => {
  const { db } = twoHomes()
  as(db, agus, (tx) => endReason(tx, { kind: 'deactivation', code: 'mampu', validFrom: '2021-01-01' }, '2026-03-01'))
  assert.throws(() => addProposal(db, leaving()), /Periksa kembali/)
  assert.ok(reasonsFor(db, 'deactivation', '2026-02-28').some(({ code }) => code === 'mampu'))
  assert.not(reasonsFor(db, 'deactivation', '2026-03-01').some(({ code }) => code === 'mampu'))
})

proposing('the same form twice is one proposal', () => {
  const { db } = twoHomes()
  const form = { id: randomUUID(), key: randomUUID() }
  for (let time = 0; time < 2; time++) addProposal(db, death(), form)
  assert.is(db.select().from(proposals).all().length, 1)
})

proposing('a form of another is not taken over', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, death())
  assert.throws(() => addProposal(db, death(), { by: oki, id }), /sudah dipakai/)
})

proposing('of an inactive household is refused, except that it comes back', () => {
  const { db } = twoHomes()
  db.insert(inactiveHouseholds).values({ householdId: 'asep', reason: 'mampu', since: '2026-01-01', cause: 'test' }).run()
  assert.throws(() => addProposal(db, death()), /nonaktif/)
  assert.is(addProposal(db, { kind: 'reactivation', on: '2026-02-10', householdId: 'asep' }).status, 'submitted')
  assert.throws(() => addProposal(db, { kind: 'reactivation', on: '2026-02-10', householdId: 'ujang' }), /masih aktif/)
})

proposing('a draft is seen by its writer alone', async () => {
  const { db, as: by } = twoHomes()
  const { id } = addProposal(db, death(), { draft: true, evidence: false, minutesNumber: null, minutesDate: null })
  assert.equal([(await by(siti).get(`/proposals/${id}`)).status, (await by(tono).get(`/proposals/${id}`)).status], [200, 404])
})

proposing.run()

const checking = suite('two checks')

checking('the kecamatan first, then Dinsos', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, death())
  assert.throws(() => approve(db, rina, id), /tidak sedang menunggu/)
  approve(db, wawan, id)
  assert.throws(() => approve(db, budi, id), /tidak sedang menunggu/)
  approve(db, rina, id)
  assert.is(statusOf(db, id), 'verified')
})

checking('nobody decides their own', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, death(), { by: rina })
  approve(db, budi, id)
  assert.throws(() => approve(db, rina, id), /usulan Anda sendiri/)
})

checking('are by two people, also when the first has come to Dinsos since', async () => {
  const { db, as: by } = twoHomes()
  const { id } = addProposal(db, death())
  approve(db, budi, id)
  const promoted = { ...rina, id: budi.id }
  as(db, agus, (tx) => moveUser(tx, budi.id, promoted))
  assert.throws(() => approve(db, promoted, id), /pada tahap pertama/)
  assert.match(await (await by(promoted).get(`/proposals/${id}`)).text(), /Anda sudah memeriksa usulan ini pada tahap pertama/)
  approve(db, rina, id)
  assert.is(statusOf(db, id), 'verified')
})

checking('is not found from the neighbouring kabupaten', async () => {
  const { db, as: by } = twoHomes()
  const { id } = addProposal(db, death())
  for (const person of [eko, nia, dewi]) assert.is((await by(person).get(`/proposals/${id}`)).status, 404, person.id)
  assert.is((await by(eko).post(`/proposals/${id}/approval`, { key: randomUUID(), seen: seenNow(db, id) })).status, 404)
  assert.equal([listProposals(db, nia, { tab: 'submitted', region: '' }).rows.length, listProposals(db, prita, { tab: 'submitted', region: '' }).rows.length], [0, 1])
})

checking('approves only what was on the screen', async () => {
  const { db, as: by } = twoHomes()
  const { id } = addProposal(db, death())
  const seen = seenNow(db, id)
  db.update(households).set({ version: 2 }).where(eq(households.id, 'asep')).run()
  assert.is((await by(budi).post(`/proposals/${id}/approval`, { key: randomUUID(), seen })).status, 409)
  assert.match(await (await by(budi).get(`/proposals/${id}`)).text(), /berubah sejak usulan ini/)
  assert.is(statusOf(db, id), 'submitted')
})

checking('sends back with a remark, which the proposer mends and sends again', async () => {
  const { db, as: by } = twoHomes()
  const { id } = addProposal(db, leaving())
  assert.throws(() => as(db, budi, (tx) => returnProposal(tx, id, decision(' '))), /Periksa kembali/)
  as(db, budi, (tx) => returnProposal(tx, id, decision('Berita acara tidak terbaca')))
  assert.equal([countWaiting(db, siti), countWaiting(db, budi)], [1, 0])
  const page = await (await by(siti).get(`/proposals/${id}/edit`)).text()
  assert.match(page, /Berita acara tidak terbaca/)
  addProposal(db, leaving(), { id })
  assert.equal([statusOf(db, id), db.select().from(proposals).get()!.revision], ['submitted', 2])
})

checking('rejects for good, with a remark', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, death())
  as(db, budi, (tx) => rejectProposal(tx, id, decision('Orangnya masih hidup')))
  assert.is(statusOf(db, id), 'rejected')
  assert.throws(() => addProposal(db, death(), { id }), /tidak bisa diubah lagi/)
})

checking('the same decision twice is one', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, death())
  const twice = decision('kurang bukti')
  for (let time = 0; time < 2; time++) as(db, budi, (tx) => returnProposal(tx, id, twice))
  assert.is(db.select().from(proposalSteps).where(eq(proposalSteps.toStatus, 'returned')).all().length, 1)
})

checking('the proposer may take it back, others may not', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, death())
  assert.throws(() => as(db, oki, (tx) => withdrawProposal(tx, id, decision())), /Hanya pengusul/)
  as(db, siti, (tx) => withdrawProposal(tx, id, decision()))
  assert.is(statusOf(db, id), 'withdrawn')
})

checking('Dinsos takes away, with a reason, what came back to somebody who does not mend it', () => {
  const { db } = twoHomes()
  const { id } = addProposal(db, death())
  const withdraw = (by: Actor, note: string) => as(db, by, (tx) => withdrawProposal(tx, id, decision(note)))
  assert.throws(() => withdraw(rina, 'Pengusul pindah'), /Hanya pengusul/)
  as(db, budi, (tx) => returnProposal(tx, id, decision('kurang bukti')))
  assert.throws(() => withdraw(tono, 'Pengusul pindah'), /Hanya pengusul/)
  assert.throws(() => withdraw(rina, ''), /Periksa kembali/)
  withdraw(rina, 'Pengusul pindah')
  assert.is(statusOf(db, id), 'withdrawn')
})

checking.run()

const table = suite('the table of reasons')

table('is the administrator\'s; a code is ended, never taken away', async () => {
  const { db, as: by } = twoHomes()
  assert.is((await by(rina).get('/reasons')).status, 403)
  const added = { kind: 'deactivation', code: 'kapal', label: 'Memiliki kapal motor', validFrom: '2026-01-01', source: 'SK Bupati 12/2026' }
  for (let time = 0; time < 2; time++) assert.is((await by(agus).post('/reasons', added)).status, 303)
  assert.match(await (await by(agus).get('/reasons')).text(), /SK Bupati 12\/2026/)
  assert.throws(() => as(db, agus, (tx) => addReason(tx, { ...added, label: 'Punya kapal', validFrom: '2026-06-01' })), /masih berlaku/)
  assert.is((await by(agus).post('/reasons/ending', { ...added, validTo: '2026-05-01' })).status, 303)
  assert.is((await by(agus).post('/reasons', { ...added, label: 'Punya kapal', validFrom: '2026-06-01' })).status, 303)
  assert.is((await by(agus).post('/reasons', { ...added, code: 'X Y' })).status, 422)
})

table.run()

const pages = suite('the list of proposals')

pages('turns by a keyset, each proposal once', async () => {
  const { db } = twoHomes()
  const records = Array.from({ length: 61 }, (_, i) => `rumah${String(i).padStart(2, '0')}`)
  for (const id of records) {
    addHousehold(db, id, { head: id })
    addProposal(db, death(id))
  }
  const first = listProposals(db, budi, { tab: 'mine', region: '' })
  const second = listProposals(db, budi, { tab: 'mine', region: '' }, first.next)
  assert.equal([first.rows.length, second.rows.length, new Set([...first.rows, ...second.rows].map(({ id }) => id)).size, second.next], [50, 11, 61, undefined])
  assert.is(listProposals(db, mega, { tab: 'mine', region: '' }).rows.length, 0)
})

pages('narrows by kind, reason and place', async () => {
  const { db, as: by } = twoHomes()
  addProposal(db, death())
  addProposal(db, leaving('ujang'))
  const found = async (query: string) => [...(await (await by(budi).get(`/proposals?tab=mine&${query}`)).text()).matchAll(/href="\/proposals\/[\w-]{36}"/g)].length
  assert.equal([await found(''), await found('kind=death'), await found('reason=mampu'), await found(`region=${PONCOSARI}`), await found(`region=${TRIMURTI}`)], [2, 1, 1, 2, 0])
})

pages('every paper is reached through its proposal', async () => {
  const { db, as: by } = twoHomes()
  addProposal(db, death())
  const paper = db.$client.prepare('SELECT id FROM attachments').get() as { id: string }
  assert.is((await by(nia).get(`/files/attachments/${paper.id}`)).status, 404)
  assert.ok(aPaper(db).sha256)
})

pages.run()
