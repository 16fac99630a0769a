import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { approveTicked, previewApproval } from '#app/programmes/bulk.ts'
import { approveChange, returnChange, withdrawChange } from '#app/programmes/decisions.ts'
import { moveUser } from '#app/users/users.ts'
import { recipientChanges, recipientChangeSteps, users } from '#db/schema/index.ts'
import { addFamily, addPeriod, addRecipient, approve, changeOf, opened, programmeWorld, propose, seenNow, verified } from '#test/support/programmes.ts'
import { aPaper } from '#test/support/proposals.ts'
import { addHousehold, agus, as, BALECATUR, budi, hadi, mega, nia, oki, rina, siti, wawan } from '#test/support/world.ts'

const proposing = suite('proposing a change of a recipient')

proposing('names the family as the registry has it and waits for the kecamatan', () => {
  const { db } = programmeWorld()
  addPeriod(db, 'first')
  const change = propose(db)
  assert.equal({ name: change.name, status: change.status, household: change.householdId, family: change.familySeq, period: change.periodId, recipient: change.recipientId },
    { name: 'Asep', status: 'submitted', household: 'asep', family: 1, period: 'first', recipient: null })
})

proposing('is one change when the same form arrives five times', async () => {
  const { db, as: client } = programmeWorld()
  const form = { id: randomUUID(), key: randomUUID(), kind: 'trial_entry', household: 'asep', family: '1' }
  for (let n = 0; n < 5; n += 1) assert.is((await client(oki).post('/programmes/sembako/changes', form)).status, 303)
  assert.is(db.select().from(recipientChanges).all().length, 1)
  assert.is(db.select().from(recipientChangeSteps).all().length, 1)
})

proposing('is refused for a family that already stands, is already proposed, or has left the registry', () => {
  const { db } = programmeWorld()
  propose(db)
  assert.throws(() => propose(db), /sudah diusulkan/)
  addRecipient(db, 'stands', { householdId: 'ujang', familySeq: 1 })
  assert.throws(() => propose(db, { household: 'ujang' }), /sudah tercatat/)
  addFamily(db, 'gone')
  db.$client.prepare("INSERT INTO inactive_households (household_id, reason, since, cause) VALUES ('gone', 'mampu', '2026-02-01', 'uji')").run()
  assert.throws(() => propose(db, { household: 'gone' }), /nonaktif/)
})

proposing('finds who stands by his card even where the list is tied to no household', () => {
  const { db } = programmeWorld()
  const card = db.$client.prepare("SELECT kk_number FROM families WHERE household_id = 'asep'").pluck().get() as string
  addRecipient(db, 'unlinked', { kkNumber: card })
  assert.throws(() => propose(db), /sudah tercatat/)
})

proposing('may begin anew with a family whose aid has ended', () => {
  const { db } = programmeWorld()
  addRecipient(db, 'past', { householdId: 'asep', familySeq: 1, state: 'removed' })
  assert.is(propose(db).status, 'submitted')
})

proposing('begins only in the states the kind is for, one at a time', () => {
  const { db } = programmeWorld()
  addRecipient(db, 'r')
  assert.throws(() => propose(db, { kind: 'trial_start', recipientId: 'r', data: { trialCard: '1234' } }), /Penerima aktif/)
  propose(db, { kind: 'trial_note', recipientId: 'r' })
  assert.throws(() => propose(db, { kind: 'trial_note', recipientId: 'r' }), /belum selesai/)
})

proposing('says what is missing on the form, keeps what was typed, and changes nothing', async () => {
  const { db, as: client } = programmeWorld()
  addRecipient(db, 'r', { state: 'candidate' })
  const before = db.select().from(recipientChanges).all().length
  const answer = await client(oki).post('/programmes/sembako/changes', { id: randomUUID(), key: randomUUID(), kind: 'trial_start', recipient: 'r', trialCard: '12x', trialDay: '2026-02-31', note: 'kata RT' })
  const page = await answer.text()
  assert.is(answer.status, 422)
  assert.match(page, 'Nomor uji tidak sesuai bentuknya')
  assert.match(page, 'Isi tanggal yang benar')
  assert.match(page, 'kata RT')
  assert.is(db.select().from(recipientChanges).all().length, before)
})

proposing('needs its reason, its paper and the minutes of the village where the kind asks for them', () => {
  const { db } = programmeWorld()
  addRecipient(db, 'r')
  assert.throws(() => propose(db, { kind: 'trial_stop', recipientId: 'r' }), (error: { fields: object }) => 'reasonCode' in error.fields)
  assert.throws(() => propose(db, { kind: 'trial_stop', recipientId: 'r', reasonCode: 'mampu' }), (error: { fields: object }) => 'proof' in error.fields)
  assert.is(propose(db, { kind: 'trial_stop', recipientId: 'r', reasonCode: 'mampu', files: [aPaper(db, 'proof')] }).status, 'submitted')
  addRecipient(db, 'other')
  assert.throws(() => propose(db, { kind: 'trial_place', replacedId: 'other' }), (error: { fields: object }) => 'minutesNumber' in error.fields && 'minutesDate' in error.fields)
  assert.throws(() => propose(db, { kind: 'trial_place', replacedId: 'other', minutesNumber: '140/1', minutesDate: '2026-04-01' }), (error: { fields: { minutesDate?: string } }) => /belum tiba/.test(error.fields.minutesDate!))
  const made = propose(db, { kind: 'trial_place', replacedId: 'other', minutesNumber: '140/1', minutesDate: '2026-02-01' })
  assert.equal({ due: made.dueOn, replaced: made.replacedId }, { due: '2026-03-16', replaced: 'other' })
})

proposing('keeps the papers that came with the form beside the change, and keeps nothing that is no paper', async () => {
  const { db, as: client } = programmeWorld()
  addRecipient(db, 'r')
  const form = (body: string) => ({ id: randomUUID(), key: randomUUID(), kind: 'trial_stop', recipient: 'r', reasonCode: 'mampu', proof: new File([body], 'bukti.pdf', { type: 'application/pdf' }) })
  assert.is((await client(oki).post('/programmes/sembako/changes', form('bukan pdf'))).status, 422)
  const answer = await client(oki).post('/programmes/sembako/changes', form('%PDF-1.4 bukti'))
  const page = await (await client(budi).get(answer.headers.get('location')!)).text()
  assert.match(page, 'Bukti uji: bukti.pdf')
  assert.is((await client(budi).get(/\/files\/attachments\/[\w-]+/.exec(page)![0])).status, 200)
})

proposing('is for operators and Dinsos, and of the neighbour nothing is found', async () => {
  const { db, as: client } = programmeWorld()
  addHousehold(db, 'far', { regionCode: BALECATUR })
  addRecipient(db, 'r')
  const form = () => ({ id: randomUUID(), key: randomUUID(), kind: 'trial_entry', household: 'asep', family: '1' })
  for (const person of [siti, wawan, budi, hadi, mega]) assert.is((await client(person).post('/programmes/sembako/changes', form())).status, 403, person.id)
  assert.is((await client(nia).post('/programmes/sembako/changes', form())).status, 404)
  assert.is((await client(oki).post('/programmes/sembako/changes', { ...form(), household: 'far' })).status, 404)
  assert.is((await client(nia).get('/programmes/sembako/recipients/r')).status, 404)
  assert.is((await client(nia).get('/programmes/sembako/changes/new?kind=trial_note&recipient=r')).status, 404)
  assert.is((await client(rina).get('/programmes/pkh/recipients/r')).status, 303)
})

proposing.run()

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
