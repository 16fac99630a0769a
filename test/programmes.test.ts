import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recipientChanges, recipientChangeSteps } from '#db/schema/index.ts'
import { addFamily, addPeriod, addRecipient, programmeWorld, propose } from '#test/support/programmes.ts'
import { aPaper } from '#test/support/proposals.ts'
import { addHousehold, BALECATUR, budi, hadi, mega, nia, oki, rina, siti, wawan } from '#test/support/world.ts'

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
