import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reasonWords } from '#app/eligibility/reasons.ts'
import { proposeChange } from '#app/programmes/changes.ts'
import { dueDone, prepareDue } from '#app/proposals/exclusions-due.ts'
import { lookUp } from '#app/public/lookup.ts'
import type { Db } from '#db/connection.ts'
import { eligibilityRows, eligibilityVillages, exclusions, exclusionsDue, paymentLists, payments, proposals } from '#db/schema/index.ts'
import { determinedAs } from '#test/support/exclusions.ts'
import { addCouple, addPkh, runRules } from '#test/support/eligibility.ts'
import { LIST, makeList, addPaidPeriod, receives, registryWorld } from '#test/support/payments.ts'
import { decision } from '#test/support/proposals.ts'
import { as, freshApp, oki, PONCOSARI, rina } from '#test/support/world.ts'

const held = suite('aid for a household held back')
const names = (db: Db) => db.select({ name: payments.name }).from(payments).orderBy(payments.name).all().map(({ name }) => name)

held('is not in a new payment list, and whoever pays is told; found again it comes in', async () => {
  const made = registryWorld()
  addPaidPeriod(made.db)
  receives(made.db, 'Asep', 1, { householdId: 'asep', familySeq: 1 })
  receives(made.db, 'Ida', 8)
  const id = await determinedAs(made, 2)
  await makeList(made.db)
  assert.equal([names(made.db), made.db.select().from(paymentLists).get()!.heldCount], [['Ida'], 1])
  const page = await (await made.as(rina).get(`/payments/lists/${LIST}`)).text()
  assert.match(page, /1 penerima ditahan: menunggu keputusan nonaktif/)
  assert.match(await (await made.as(rina).get('/proposals/held?region=34.02')).text(), /href="\/households\/asep"[\s\S]*Sembako/)
  await made.as(oki).post(`/proposals/${id}/found`, decision('Ditemui di rumahnya'))
  await makeList(made.db)
  assert.equal([names(made.db), made.db.select().from(paymentLists).get()!.heldCount], [['Asep', 'Ida'], 0])
})

held('that was promised before stays promised', async () => {
  const made = registryWorld()
  addPaidPeriod(made.db)
  receives(made.db, 'Asep', 1, { householdId: 'asep', familySeq: 1 })
  await makeList(made.db)
  await determinedAs(made, 2)
  await makeList(made.db)
  assert.equal([names(made.db), made.db.select().from(payments).get()!.kind, made.db.select().from(paymentLists).get()!.heldCount], [['Asep'], 'waiting', 0])
})

held('neither begins nor ends by an eligibility run, which counts it and says so', async () => {
  const made = freshApp()
  for (const id of ['poor', 'gets', 'other']) addCouple(made.db, id)
  addPkh(made.db, 'rightly', 'gets')
  for (const id of ['poor', 'gets']) await determinedAs(made, 2, { id })
  made.db.$client.exec('INSERT OR REPLACE INTO household_desil (household_id, number, region_code, desil, family_count, desil_count) SELECT id, number, region_code, 1, 1, 1 FROM households')
  const run = await runRules(made.db)
  assert.equal(made.db.select({ kind: eligibilityRows.kind, id: eligibilityRows.householdId }).from(eligibilityRows).all(), [{ kind: 'entry', id: 'other' }])
  assert.equal(made.db.select({ held: eligibilityVillages.held, entries: eligibilityVillages.entries, exits: eligibilityVillages.exits }).from(eligibilityVillages).all(), [{ held: 2, entries: 1, exits: 0 }])
  assert.match(await (await made.as(rina).get(`/eligibility/runs/${run}`)).text(), /2 ditahan: menunggu keputusan nonaktif/)
  assert.match(await (await made.as(rina).get('/eligibility/families/poor/1')).text(), /menunggu keputusan nonaktif, jadi ditahan/)
  assert.is(reasonWords('held'), 'Menunggu keputusan nonaktif')
})

held('cannot be proposed anew', async () => {
  const made = registryWorld()
  await determinedAs(made, 2)
  assert.throws(() => as(made.db, oki, (tx) => proposeChange(tx, { key: randomUUID(), id: randomUUID(), programme: 'sembako', kind: 'entry', reasonCode: '', note: '', subject: { householdId: 'asep', familySeq: 1 } })), /menunggu keputusan nonaktif/)
})

held('is found on Cek Bansos with word of it, so that who still lives there can speak up', async () => {
  const made = registryWorld()
  await determinedAs(made, 2)
  const [one] = lookUp(made.db, { name: 'Asep Suryana', region: PONCOSARI, address: '10.0.0.1' }).found
  assert.is(one?.doubted, true)
  assert.match(await (await made.anybody.post('/cek', { region: PONCOSARI, name: 'Asep Suryana' })).text(), /segera lapor ke kantor desa/)
})

const before = suite('households that were determined so before')

before('are taken up once after the upgrade; those somebody has gone on with are not', async () => {
  const made = registryWorld()
  await determinedAs(made, 2)
  const forget = () => { for (const table of ['exclusions', 'proposal_households', 'proposal_steps', 'proposals']) made.db.$client.exec(`DELETE FROM ${table}`) }
  forget()
  for (const householdId of ['asep', 'bayu']) made.db.insert(exclusionsDue).values({ householdId }).run()
  prepareDue(made.db)
  await dueDone(made.db)
  assert.equal([made.db.select({ id: exclusions.householdId }).from(exclusions).all(), made.db.select().from(exclusionsDue).all(), made.db.select({ status: proposals.status }).from(proposals).all()],
    [[{ id: 'asep' }], [], [{ status: 'prepared' }]])
})

before.run()
held.run()
