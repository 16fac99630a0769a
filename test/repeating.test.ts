import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closeCase, openCase } from '#app/protection/cases.ts'
import { cancelBatch, removeFromBatch } from '#app/programmes/batches.ts'
import { visits } from '#db/schema/index.ts'
import { asksFor } from '#test/support/protection.ts'
import { changeOf, opened, programmeWorld, verified as verifiedChange } from '#test/support/programmes.ts'
import { death, gathered, verified, world } from '#test/support/ratified.ts'
import { addHousehold, actions, as, budi, freshApp, freshDatabase, rina, siti, stageOf } from '#test/support/world.ts'
import { addVerified } from '#test/support/visit.ts'
import { statusOf } from '#test/support/proposals.ts'

const again = suite('a post that is sent again')
const times = (made: { db: Parameters<typeof actions>[0] }, action: string) => actions(made.db).filter((one) => one === action).length

again('takes a household out of a batch once, and answers as the first time', async () => {
  const made = world()
  addVerified(made.db, 'asep', siti, budi)
  const id = await gathered(made)
  for (let n = 0; n < 2; n += 1) assert.is((await made.as(rina).post(`/batches/${id}/items/asep/removal`, { note: 'Keliru.' })).status, 303)
  assert.equal([stageOf(made.db, 'asep'), times(made, 'batch.item_removed')], ['verified', 1])
  assert.is((await made.as(rina).post(`/batches/${id}/items/ujang/removal`, { note: 'Keliru.' })).status, 404)
})

again('takes a usulan out of a batch once', async () => {
  const made = world()
  const proposal = verified(made, death)
  const id = await gathered(made)
  for (let n = 0; n < 2; n += 1) assert.is((await made.as(rina).post(`/batches/${id}/proposals/${proposal}/removal`, { note: 'Keliru.' })).status, 303)
  assert.equal([statusOf(made.db, proposal), times(made, 'batch.proposal_removed')], ['verified', 1])
})

again('cancels a batch once', async () => {
  const made = world()
  addVerified(made.db, 'asep', siti, budi)
  const id = await gathered(made)
  for (let n = 0; n < 2; n += 1) assert.is((await made.as(rina).post(`/batches/${id}/cancellation`, { note: 'Salah bulan.' })).status, 303)
  assert.equal([stageOf(made.db, 'asep'), times(made, 'batch.cancelled')], ['verified', 1])
})

again('takes a change of a recipient out of its batch, and cancels that batch, once', () => {
  const made = programmeWorld()
  const [one] = [verifiedChange(made.db), verifiedChange(made.db, { household: 'ujang' })]
  const batch = opened(made.db)
  for (let n = 0; n < 2; n += 1) as(made.db, rina, (tx) => removeFromBatch(tx, batch, one, 'Keliru.'))
  assert.equal([changeOf(made.db, one).status, changeOf(made.db, one).batchId], ['verified', null])
  assert.throws(() => as(made.db, rina, (tx) => removeFromBatch(tx, batch, randomUUID(), 'Keliru.')), /tidak ditemukan/)
  for (let n = 0; n < 2; n += 1) as(made.db, rina, (tx) => cancelBatch(tx, batch, 'Salah bulan.'))
  assert.is(times(made, 'recipient_batch.cancelled'), 1)
})

again('answers a citizen once', () => {
  const db = freshDatabase()
  addHousehold(db, 'asep')
  const asked = asksFor(db, 'asep')
  as(db, rina, (tx) => openCase(tx, asked))
  const reply = { revision: 1, reply: 'Salinan diserahkan di loket.', status: 'refused' as const }
  for (let n = 0; n < 2; n += 1) as(db, rina, (tx) => closeCase(tx, asked.id, reply))
  assert.is(times({ db }, 'subject_case.refused'), 1)
  assert.throws(() => as(db, rina, (tx) => closeCase(tx, asked.id, { ...reply, reply: 'Jawaban yang lain lagi.' })), /sudah dijawab/)
})

again('saves a page, a place or a new row of an interview once', async () => {
  const { db, as: by } = freshApp()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  const base = `/field/asep/visits/${randomUUID()}`
  await by(siti).post('/field/asep/visits', { id: base.split('/').at(-1)! })
  const visit = () => db.select().from(visits).get()!
  const twice = async (path: string, fields: Record<string, string> = {}) => {
    const form = { revision: String(visit().revision), ...fields }
    const first = await by(siti).post(`${base}/${path}`, form)
    const [kept, lines, second] = [visit(), actions(db).length, await by(siti).post(`${base}/${path}`, form)]
    assert.equal([second.status, second.headers.get('Location'), visit(), actions(db).length], [303, first.headers.get('Location'), kept, lines])
  }
  await twice('housing', { 'household.floorType': '2' })
  await twice('members/rows')
  await twice('location', { latitude: '-7.97', longitude: '110.22', accuracy: '8' })
  assert.is(visit().record.members.length, 3)
})

again.run()
