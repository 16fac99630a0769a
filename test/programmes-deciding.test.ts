import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { approveTicked, previewApproval } from '#app/programmes/bulk.ts'
import { approveChange, returnChange, withdrawChange } from '#app/programmes/decisions.ts'
import { moveUser } from '#app/users/users.ts'
import { recipientChangeSteps, users } from '#db/schema/index.ts'
import { addPeriod, addRecipient, approve, changeOf, opened, programmeWorld, propose, seenNow, verified } from '#test/support/programmes.ts'
import { agus, as, budi, hadi, mega, nia, oki, rina, wawan } from '#test/support/world.ts'

const deciding = suite('deciding about a change of a recipient')

deciding('goes from the kecamatan to Dinsos, and each step says who', () => {
  const { db } = programmeWorld()
  const id = verified(db)
  assert.is(changeOf(db, id).status, 'verified')
  assert.equal(db.select().from(recipientChangeSteps).all().map(({ toStatus, actorId }) => `${toStatus} ${actorId}`), ['submitted oki', 'checked budi', 'verified rina'])
})

deciding('is never by whoever proposed it, and what Dinsos proposes passes the kecamatan first', () => {
  const { db } = programmeWorld()
  const { id } = propose(db, { by: rina })
  assert.throws(() => approve(db, rina, id), /usulan Anda sendiri/)
  approve(db, wawan, id)
  assert.throws(() => approve(db, rina, id), /usulan Anda sendiri/)
  assert.is(changeOf(db, id).status, 'checked')
})

deciding('is by two people, also when the first has come to Dinsos since, and among many ticked', async () => {
  const { db, as: client } = programmeWorld()
  const { id } = propose(db)
  approve(db, budi, id)
  const promoted = { ...rina, id: budi.id }
  as(db, agus, (tx) => moveUser(tx, budi.id, promoted))
  assert.throws(() => approve(db, promoted, id), /pada tahap pertama/)
  assert.match(await (await client(promoted).get(`/programmes/changes/${id}`)).text(), /Anda sudah memeriksa usulan ini pada tahap pertama/)
  assert.match(as(db, promoted, (tx) => previewApproval(tx, [id]))[0]!.trouble!, /tahap pertama/)
  const told = as(db, promoted, (tx) => approveTicked(tx, { key: randomUUID(), ticked: [{ id, seen: seenNow(db, id) }], note: '' }))
  assert.equal([told.approved, changeOf(db, id).status], [0, 'checked'])
  approve(db, rina, id)
  assert.is(changeOf(db, id).status, 'verified')
})

deciding('of two approvers at once the first decides and the second is told', async () => {
  const { db, as: client } = programmeWorld()
  const { id } = propose(db)
  const seen = seenNow(db, id)
  const answers = await Promise.all([budi, wawan].map((person) => client(person).post(`/programmes/changes/${id}/approval`, { key: randomUUID(), seen, note: '' })))
  assert.equal(answers.map(({ status }) => status).sort(), [303, 409])
  assert.is(db.select().from(recipientChangeSteps).all().length, 2)
})

deciding('once, when the same approval arrives five times', async () => {
  const { db, as: client } = programmeWorld()
  const { id } = propose(db)
  const form = { key: randomUUID(), seen: seenNow(db, id), note: '' }
  for (let n = 0; n < 5; n += 1) assert.is((await client(budi).post(`/programmes/changes/${id}/approval`, form)).status, 303)
  assert.is(changeOf(db, id).status, 'checked')
})

deciding('approves only what was on the screen', () => {
  const { db } = programmeWorld()
  addRecipient(db, 'r')
  const { id } = propose(db, { kind: 'trial_note', recipientId: 'r', data: { trialCard: '1' } })
  const seen = seenNow(db, id)
  db.$client.prepare("UPDATE recipients SET version = version + 1 WHERE id = 'r'").run()
  assert.throws(() => as(db, budi, (tx) => approveChange(tx, id, { key: randomUUID(), seen, note: '' })), /berubah sejak halaman dibuka/)
})

deciding('sends back with words, and the proposer mends it', async () => {
  const { db, as: client } = programmeWorld()
  const { id } = propose(db)
  assert.throws(() => as(db, budi, (tx) => returnChange(tx, id, { key: randomUUID(), seen: '', note: ' ' })), (error: { fields: object }) => 'note' in error.fields)
  as(db, budi, (tx) => returnChange(tx, id, { key: randomUUID(), seen: '', note: 'Periksa KK-nya' }))
  const edit = await (await client(oki).get(`/programmes/changes/${id}/edit`)).text()
  assert.match(edit, 'Periksa KK-nya')
  assert.is((await client(rina).get(`/programmes/changes/${id}/edit`)).status, 404)
  assert.is((await client(oki).post('/programmes/sembako/changes', { id, key: randomUUID(), kind: 'trial_entry', household: 'asep', family: '1', note: 'sudah' })).status, 303)
  assert.equal([changeOf(db, id).status, changeOf(db, id).revision, changeOf(db, id).note], ['submitted', 2, 'sudah'])
})

deciding('past the last day of its period puts it into the next that is open', () => {
  const { db } = programmeWorld()
  addPeriod(db, 'first')
  addPeriod(db, 'second', { startsOn: '2026-04-01', endsOn: '2026-06-30', cutoffOn: '2026-06-20' })
  const { id } = propose(db)
  approve(db, budi, id)
  approve(db, rina, id, '2026-03-25T03:00:00.000Z')
  assert.is(changeOf(db, id).periodId, 'second')
  assert.match(db.select().from(recipientChangeSteps).all().at(-1)!.note, 'masuk Periode second')
})

deciding('on the very last day still counts for its period', () => {
  const { db } = programmeWorld()
  addPeriod(db, 'first')
  const { id } = propose(db)
  approve(db, budi, id)
  approve(db, rina, id, '2026-03-20T16:59:00.000Z')
  assert.is(changeOf(db, id).periodId, 'first')
})

deciding('is refused when the family has come in another way meanwhile', () => {
  const { db } = programmeWorld()
  const { id } = propose(db)
  addRecipient(db, 'imported', { householdId: 'asep', familySeq: 1 })
  assert.throws(() => approve(db, budi, id), /sudah tercatat/)
})

deciding('ends by a refusal with its reason, and gives the family free for another proposal', async () => {
  const { db, as: client } = programmeWorld()
  const { id } = propose(db)
  const form = (note: string) => ({ key: randomUUID(), seen: seenNow(db, id), note })
  assert.is((await client(budi).post(`/programmes/changes/${id}/rejection`, form(''))).status, 422)
  assert.is((await client(budi).post(`/programmes/changes/${id}/rejection`, form('Sudah pindah'))).status, 303)
  assert.is((await client(budi).post(`/programmes/changes/${id}/approval`, form(''))).status, 409)
  assert.equal([changeOf(db, id).status, propose(db).status], ['rejected', 'submitted'])
})

deciding('lets only the proposer take it back, and no longer once it lies in a batch', () => {
  const { db } = programmeWorld()
  const [early, late] = [propose(db).id, verified(db, { household: 'ujang' })]
  const withdraw = (id: string, by = oki) => as(db, by, (tx) => withdrawChange(tx, id, { key: randomUUID(), note: '' }))
  assert.throws(() => withdraw(early, rina), /Hanya pengusul/)
  opened(db)
  assert.throws(() => withdraw(late), /berkas pengesahan/)
  assert.equal([withdraw(early).status, changeOf(db, late).status], ['withdrawn', 'batched'])
})

deciding('lets Dinsos take away, with a reason, what came back to somebody who does not mend it', async () => {
  const { db, as: client } = programmeWorld()
  const { id } = propose(db)
  as(db, budi, (tx) => returnChange(tx, id, { key: randomUUID(), seen: seenNow(db, id), note: 'KK tidak terbaca' }))
  db.update(users).set({ status: 'suspended' }).where(eq(users.id, 'oki')).run()
  assert.match(await (await client(rina).get(`/programmes/changes/${id}`)).text(), 'Tarik usulan')
  assert.is((await client(budi).post(`/programmes/changes/${id}/withdrawal`, { key: randomUUID(), note: 'Pengusul pindah' })).status, 403)
  assert.is((await client(rina).post(`/programmes/changes/${id}/withdrawal`, { key: randomUUID(), note: '' })).status, 422)
  assert.is((await client(rina).post(`/programmes/changes/${id}/withdrawal`, { key: randomUUID(), note: 'Pengusul pindah' })).status, 303)
  assert.equal([changeOf(db, id).status, propose(db, { by: rina }).status], ['withdrawn', 'submitted'])
})

deciding('belongs to checkers of the place', async () => {
  const { db, as: client } = programmeWorld()
  const { id } = propose(db)
  for (const [person, status] of [[oki, 403], [hadi, 403], [mega, 403], [nia, 404]] as const) {
    assert.is((await client(person).post(`/programmes/changes/${id}/approval`, { key: randomUUID(), seen: seenNow(db, id), note: '' })).status, status, person.id)
  }
  assert.is(changeOf(db, id).status, 'submitted')
})

deciding.run()
