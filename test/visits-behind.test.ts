import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { presentMembers, setAnswer } from '#app/questionnaire/record.ts'
import { approveVisit, returnVisit } from '#app/reviews/decisions.ts'
import { submitVisit } from '#app/visits/submission.ts'
import type { Actor } from '#app/users/actor.ts'
import { households, visits } from '#db/schema/index.ts'
import { death, determined, dispatched, household, world, type World } from '#test/support/ratified.ts'
import { addVisit } from '#test/support/visit.ts'
import { as, BALECATUR, budi, eko, mega, PONCOSARI, rina, siti, stageOf } from '#test/support/world.ts'

const behind = suite('a visit whose household changed meanwhile')

// Asep's visit waits for its first check, with another floor than the master knows.
function waiting() {
  const made = world()
  const visit = addVisit(made.db, 'asep', siti, { photos: true, record: setAnswer(household(made, 'asep').record, 'household.floorType', 2) })
  return { ...made, visit }
}
const visitOf = ({ db }: World, id: string) => db.select().from(visits).where(eq(visits.id, id)).get()!
const decision = (made: World, id: string, note = '') => ({ key: randomUUID(), revision: visitOf(made, id).revision, note, documents: { 1: '1' }, remarks: {} })

behind('takes up what was determined since when it goes back to its officer, keeps what he found, and can be determined then', async () => {
  const made = waiting()
  await determined(made, death)
  as(made.db, budi, (tx) => returnVisit(tx, made.visit, decision(made, made.visit, 'Istri sudah meninggal'), 'officer'))
  const { record, baseVersion } = visitOf(made, made.visit)
  assert.equal([presentMembers(record).map(({ memberSeq }) => memberSeq), record.household.memberCount, record.household.floorType, baseVersion], [[1], 1, 2, 2])
  assert.match(await (await made.as(siti).get('/field/asep')).text(), 'Data induk rumah tangga ini berubah sejak kunjungan dimulai')
  as(made.db, siti, (tx) => submitVisit(tx, 'asep', made.visit))
  const approve = (who: Actor) => as(made.db, who, (tx) => approveVisit(tx, made.visit, decision(made, made.visit)))
  for (const who of [budi, rina]) approve(who)
  const batch = await dispatched(made)
  await made.as(mega).post(`/batches/${batch}/acceptance`, { scope: 'all' })
  assert.equal([stageOf(made.db, 'asep'), household(made, 'asep').version, presentMembers(household(made, 'asep').record).length], ['determined', 3, 1])
})

behind('is decided where the household lives now, and goes to whoever works there', async () => {
  const made = waiting()
  await determined(made, { kind: 'household_move', on: '2026-02-10', householdId: 'asep', from: PONCOSARI, to: BALECATUR, address: 'Jl. Baru 7', kkNumbers: [{ familySeq: 1, kkNumber: '9904011503109001' }] })
  const form = { key: randomUUID(), revision: '1', 'documents.1': '1' }
  assert.is((await made.as(budi).post(`/reviews/${made.visit}/approval`, form)).status, 404)
  assert.match(await (await made.as(eko).get('/reviews')).text(), made.visit)
  assert.equal([(await made.as(eko).get(`/reviews/${made.visit}`)).status, (await made.as(eko).post(`/reviews/${made.visit}/approval`, form)).status], [200, 409])
  assert.is((await made.as(eko).post(`/reviews/${made.visit}/return`, { ...form, key: randomUUID(), note: 'Sudah pindah' })).status, 303)
  const { stage, officerId } = made.db.select().from(households).where(eq(households.id, 'asep')).get()!
  assert.equal([stage, officerId], ['published', null])
})

behind.run()
