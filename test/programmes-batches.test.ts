import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ratifyBatch } from '#app/programmes/applying.ts'
import { batchesDone, resumeBatches } from '#app/programmes/applying-work.ts'
import { cancelBatch, freezeBatch, gather, getBatch, removeFromBatch, removeUnfit } from '#app/programmes/batches.ts'
import { moveRecipient } from '#app/programmes/recipients.ts'
import { inactiveHouseholds, recipientBatches, recipientChanges, recipientEvents, recipients } from '#db/schema/index.ts'
import { addFamily, addPeriod, addRecipient, changeOf, frozen, letter, opened, programmeWorld, recipientNow, verified } from '#test/support/programmes.ts'
import { actions, as, hadi, joko, nia, oki, rina, budi } from '#test/support/world.ts'

const preparing = suite('preparing a batch of changes')

preparing('takes in what Dinsos has verified, and again what came since', () => {
  const { db } = programmeWorld()
  const first = verified(db)
  const batch = opened(db)
  assert.is(changeOf(db, first).status, 'batched')
  const later = verified(db, { household: 'ujang' })
  assert.is(as(db, rina, (tx) => gather(tx, batch)), 1)
  assert.equal([changeOf(db, later).batchId, as(db, rina, (tx) => getBatch(tx, batch)).changeCount], [batch, 2])
})

preparing('for a period takes only what counts for it', () => {
  const { db } = programmeWorld()
  addPeriod(db, 'first')
  addPeriod(db, 'second', { startsOn: '2026-04-01', endsOn: '2026-06-30', cutoffOn: '2026-06-20' })
  const now = verified(db)
  const next = verified(db, { household: 'ujang', periodId: 'second' })
  opened(db, 'first')
  assert.equal([changeOf(db, now).status, changeOf(db, next).status], ['batched', 'verified'])
})

preparing('is refused with nothing to sign, and is one batch when the form comes twice', async () => {
  const { db, as: client } = programmeWorld()
  assert.throws(() => opened(db), /Belum ada usulan/)
  verified(db)
  const form = { id: randomUUID(), of: 'sembako~34.02' }
  for (let n = 0; n < 2; n += 1) assert.is((await client(rina).post('/programmes/batches', form)).headers.get('location'), `/programmes/batches/${form.id}`)
})

preparing('by one and freezing by another leaves both unable to sign', () => {
  const { db } = programmeWorld()
  verified(db)
  const batch = opened(db)
  as(db, rina, (tx) => freezeBatch(tx, batch))
  db.update(recipientBatches).set({ preparedBy: 'nia', frozenBy: hadi.id }).where(eq(recipientBatches.id, batch)).run()
  assert.throws(() => as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), /orang lain daripada yang menyiapkan/)
})

preparing('lets one go back to the verified ones, and all of them when it is cancelled', () => {
  const { db } = programmeWorld()
  const [one, two] = [verified(db), verified(db, { household: 'ujang' })]
  const batch = opened(db)
  as(db, rina, (tx) => removeFromBatch(tx, batch, one, 'menunggu KK'))
  assert.equal([changeOf(db, one).status, changeOf(db, two).status], ['verified', 'batched'])
  as(db, rina, (tx) => cancelBatch(tx, batch, 'salah periode'))
  assert.equal([changeOf(db, two).status, changeOf(db, two).batchId], ['verified', null])
})

preparing('refuses to freeze what changed since it was verified, until it is sent back to Dinsos', () => {
  const { db } = programmeWorld()
  const recipient = addRecipient(db, 'r')
  const stale = verified(db, { kind: 'trial_note', recipientId: 'r', data: { trialCard: '1' } })
  const good = verified(db)
  const batch = opened(db)
  as(db, rina, (tx) => moveRecipient(tx, recipient, 'active', { cause: 'registry' }))
  assert.throws(() => as(db, rina, (tx) => freezeBatch(tx, batch)), /harus diperiksa lagi/)
  assert.is(as(db, rina, (tx) => removeUnfit(tx, batch)), 1)
  as(db, rina, (tx) => freezeBatch(tx, batch))
  assert.equal([changeOf(db, stale).status, changeOf(db, good).status], ['checked', 'batched'])
})

preparing('fixes order and hashes: the manifest checks like sha256sum and does not change by being ratified', async () => {
  const { db, as: client } = programmeWorld()
  verified(db)
  verified(db, { household: 'ujang' })
  const batch = frozen(db)
  const read = async () => (await client(hadi).get(`/programmes/batches/${batch}/manifest.txt`)).text()
  const before = await read()
  assert.match(before, /^([0-9a-f]{64} {2}penerima-[\w-]+\n){2}$/)
  assert.is(createHash('sha256').update(before).digest('hex'), as(db, rina, (tx) => getBatch(tx, batch)).root)
  as(db, hadi, (tx) => ratifyBatch(tx, batch, letter))
  assert.is(await read(), before)
})

preparing('belongs to Dinsos of the place', async () => {
  const { db, as: client } = programmeWorld()
  verified(db)
  const batch = opened(db)
  for (const [person, status] of [[oki, 403], [budi, 403], [hadi, 403], [nia, 404]] as const) assert.is((await client(person).post(`/programmes/batches/${batch}/freeze`)).status, status, person.id)
  assert.is((await client(joko).get(`/programmes/batches/${batch}`)).status, 404)
  assert.is((await client(nia).post('/programmes/batches', { id: randomUUID(), of: 'sembako~34.02' })).status, 422)
})

preparing.run()

const ratifying = suite('ratifying a batch of changes')

ratifying('makes the recipient, under the number of the change, with its first event', () => {
  const { db } = programmeWorld()
  const id = verified(db)
  const batch = frozen(db)
  assert.equal(as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), { applied: 1, passed: 0, left: 0 })
  const made = recipientNow(db, id)!
  assert.equal([made.name, made.householdId, made.familySeq, made.state, made.phase, made.startedOn], ['Asep', 'asep', 1, 'candidate', 'waiting', null])
  assert.ok(made.nik && made.kkNumber && made.address)
  assert.equal(db.select().from(recipientEvents).all().map(({ cause, actorId, note }) => [cause, actorId, note]), [[`change:${id}`, 'hadi', '460/77/2026']])
  assert.equal([changeOf(db, id).status, changeOf(db, id).recipientId], ['ratified', id])
})

ratifying('moves who stands, with what the form told and the day it holds from', () => {
  const { db } = programmeWorld()
  addRecipient(db, 'r', { state: 'candidate' })
  const id = verified(db, { kind: 'trial_start', recipientId: 'r', data: { trialCard: '1234', notAsked: 'x' } })
  as(db, hadi, (tx) => ratifyBatch(tx, frozen(db), letter))
  const moved = recipientNow(db, 'r')!
  assert.equal([moved.state, moved.startedOn, moved.data], ['active', '2026-03-05', { trialCard: '1234' }])
  assert.is(changeOf(db, id).status, 'ratified')
})

ratifying('keeps the state of who is only corrected', () => {
  const { db } = programmeWorld()
  addRecipient(db, 'r')
  verified(db, { kind: 'trial_note', recipientId: 'r', data: { trialCard: '77' } })
  as(db, hadi, (tx) => ratifyBatch(tx, frozen(db), letter))
  assert.equal([recipientNow(db, 'r')!.state, recipientNow(db, 'r')!.data], ['active', { trialCard: '77' }])
})

ratifying('ends whose place is taken together with the one who takes it', () => {
  const { db } = programmeWorld()
  addRecipient(db, 'old')
  const id = verified(db, { kind: 'trial_place', replacedId: 'old', minutesNumber: '140/1', minutesDate: '2026-02-01' })
  as(db, hadi, (tx) => ratifyBatch(tx, frozen(db), letter))
  assert.equal([recipientNow(db, id)!.state, recipientNow(db, 'old')!.state, recipientNow(db, 'old')!.endedOn], ['candidate', 'replaced', '2026-03-05'])
})

ratifying('passes over what is no longer possible, says so, and applies the rest', () => {
  const { db } = programmeWorld()
  const recipient = addRecipient(db, 'r', { state: 'candidate' })
  const late = verified(db, { kind: 'trial_start', recipientId: 'r', data: { trialCard: '1234' } })
  const good = verified(db)
  const batch = frozen(db)
  as(db, rina, (tx) => moveRecipient(tx, recipient, 'removed', { cause: 'import:lain' }))
  assert.equal(as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), { applied: 1, passed: 1, left: 0 })
  assert.equal([changeOf(db, late).status, changeOf(db, good).status, recipientNow(db, 'r')!.state], ['rejected', 'ratified', 'removed'])
})

ratifying('holds for who was only tied to the registry anew after it was frozen', () => {
  const { db } = programmeWorld()
  const recipient = addRecipient(db, 'r', { state: 'candidate' })
  verified(db, { kind: 'trial_start', recipientId: 'r', data: { trialCard: '1234' } })
  const batch = frozen(db)
  as(db, rina, (tx) => moveRecipient(tx, recipient, 'candidate', { cause: 'registry' }, { householdId: 'asep', familySeq: 1 }))
  assert.equal(as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), { applied: 1, passed: 0, left: 0 })
  assert.equal([recipientNow(db, 'r')!.state, recipientNow(db, 'r')!.householdId], ['active', 'asep'])
})

ratifying('is never by whoever prepared it, and not before it is frozen', async () => {
  const { db, as: client } = programmeWorld()
  verified(db)
  const batch = opened(db)
  assert.throws(() => as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), /sudah berubah/)
  as(db, rina, (tx) => freezeBatch(tx, batch))
  db.$client.prepare("UPDATE recipient_batches SET prepared_by = 'hadi'").run()
  assert.throws(() => as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), /orang lain/)
  assert.is((await client(rina).post(`/programmes/batches/${batch}/ratification`, { id: randomUUID(), ...letter })).status, 403)
  assert.is((await client(joko).post(`/programmes/batches/${batch}/ratification`, { id: randomUUID(), ...letter })).status, 404)
  assert.is(db.select().from(recipients).all().length, 0)
})

ratifying('once, when the same letter arrives five times; another letter is refused', async () => {
  const { db, as: client } = programmeWorld()
  verified(db)
  const batch = frozen(db)
  const form = { id: randomUUID(), ...letter, letter: new File(['%PDF-1.4 surat'], 'surat.pdf', { type: 'application/pdf' }) }
  for (let n = 0; n < 5; n += 1) assert.is((await client(hadi).post(`/programmes/batches/${batch}/ratification`, form)).status, 303)
  assert.is(db.select().from(recipients).all().length, 1)
  assert.is((await client(hadi).post(`/programmes/batches/${batch}/ratification`, { ...form, letterNumber: '460/78/2026' })).status, 409)
})

ratifying('refuses contents that no longer match the manifest', () => {
  const { db } = programmeWorld()
  const id = verified(db)
  const batch = frozen(db)
  db.$client.prepare('UPDATE recipient_changes SET name = ? WHERE id = ?').run('Orang lain', id)
  assert.throws(() => as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), /manifes/)
  assert.is(changeOf(db, id).status, 'batched')
})

ratifying('of a hundred is one transaction', () => {
  const { db } = programmeWorld()
  for (let n = 0; n < 100; n += 1) verified(db, { household: addFamily(db, `keluarga${n}`) })
  assert.equal(as(db, hadi, (tx) => ratifyBatch(tx, frozen(db), letter)), { applied: 100, passed: 0, left: 0 })
  assert.is(db.select().from(recipients).all().length, 100)
})

ratifying('of more is signed at once and written beside the requests, also after a restart; who looks between sees how far it is', async () => {
  const { db, as: client } = programmeWorld()
  for (let n = 0; n < 110; n += 1) verified(db, { household: addFamily(db, `keluarga${n}`) })
  const batch = frozen(db)
  const batchNow = () => db.select().from(recipientBatches).where(eq(recipientBatches.id, batch)).get()!
  assert.equal(as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), { applied: 100, passed: 0, left: 10 })
  assert.equal([batchNow().status, batchNow().appliedAt, batchNow().ratifiedBy], ['ratified', null, 'hadi'])
  assert.match(await (await client(rina).get(`/programmes/batches/${batch}`)).text(), /sedang diterapkan[\s\S]*100 dari 110/)
  db.$client.exec("CREATE TRIGGER fault BEFORE INSERT ON recipients BEGIN SELECT raise(ABORT, 'fault'); END")
  const { error } = console
  console.error = () => undefined
  resumeBatches(db)
  await batchesDone(db)
  console.error = error
  assert.match(await (await client(rina).get(`/programmes/batches/${batch}/progress`)).text(), /Penerapan berkas ini terhenti[\s\S]*100 dari 110/)
  db.$client.exec('DROP TRIGGER fault')
  const [left] = db.select().from(recipientChanges).where(eq(recipientChanges.status, 'batched')).all()
  db.insert(inactiveHouseholds).values({ householdId: left!.householdId!, reason: 'moved', cause: 'uji', since: '2026-03-02T03:00:00.000Z' }).run()
  for (let n = 0; n < 2; n += 1) resumeBatches(db)
  await batchesDone(db)
  assert.equal(as(db, hadi, (tx) => ratifyBatch(tx, batch, letter)), { applied: 109, passed: 1, left: 0 })
  assert.ok(batchNow().appliedAt)
  assert.is(db.select().from(recipients).all().length, 109)
  assert.is(changeOf(db, left!.id).status, 'rejected')
  assert.equal(actions(db).filter((action) => action.startsWith('recipient_batch.')), ['recipient_batch.opened', 'recipient_batch.frozen', 'recipient_batch.ratified', 'recipient_batch.applied'])
  assert.match(await (await client(rina).get(`/programmes/batches/${batch}/progress`)).text(), '109 usulan, 1 dilewati')
})

ratifying.run()
