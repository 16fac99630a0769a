import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { settleDelivery } from '#app/deliveries/settling.ts'
import { withdrawProposal } from '#app/proposals/decisions.ts'
import { listCases, type Show } from '#app/rescue/cases.ts'
import type { Db } from '#db/connection.ts'
import { rescueItems } from '#db/schema/index.ts'
import { asep, bambang } from '#test/support/changes.ts'
import { addDelivery, addPhone } from '#test/support/held.ts'
import { recordFated } from '#test/support/matching.ts'
import { addProposal, approve } from '#test/support/proposals.ts'
import { addPeriod, keepUp, NOW } from '#test/support/rescue.ts'
import { addHousehold, as, budi, freshDatabase, oki, PONCOSARI, rina, siti, TRIMURTI } from '#test/support/world.ts'
import { wayOut } from '#views/rescue/repair.ts'

const LATER = '2026-03-03T03:00:00.000Z'
const reasonsOf = (db: Db, id: string) => db.select({ reason: rescueItems.reason }).from(rescueItems).where(eq(rescueItems.householdId, id)).all().map(({ reason }) => reason).sort()
const casesIn = (db: Db, show: Show, at = NOW) => listCases(db, rina, PONCOSARI, at, { show }).cases
const openIn = (db: Db, at = NOW) => casesIn(db, 'open', at)
const savedIn = (db: Db, at = NOW) => casesIn(db, 'saved', at)

const waiting = suite('what waits for a decision before the cut-off')

waiting('names a delivery that is held, until somebody has decided', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  addPhone(db, siti, { id: 'phone' })
  addDelivery(db, siti, { status: 'held', reason: 'conflict' }, { id: 'held', householdId: 'asep', deviceId: 'phone' })
  await keepUp(db)
  assert.equal(reasonsOf(db, 'asep'), ['held', 'unfinished'])
  as(db, budi, (tx) => settleDelivery(tx, 'held', { key: randomUUID(), decision: 'close', seen: '', note: 'Keliru rumah', choices: {} }), LATER)
  await keepUp(db, LATER)
  const { items } = openIn(db, LATER)[0]!
  assert.equal(items.filter(({ reason }) => reason === 'held').map(({ repairedBy, repairedHow }) => [repairedBy, repairedHow]), [['Budi Santoso', 'delivery.settled']])
})

waiting('names an open usulan as late and not as a break, from its sending to its dispatch', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'determined', record: recordFated('padan') })
  const { id } = addProposal(db, { kind: 'deactivation', on: '2026-02-10', householdId: 'asep', reason: 'mampu' })
  await keepUp(db)
  const [one] = openIn(db)
  assert.equal([one!.danger, one!.items.map(({ message }) => message)], ['left_out', ['Usulan perubahan menunggu pemeriksaan kecamatan.']])
  assert.is(wayOut(oki, one!, 'proposal', id).href, `/proposals/${id}`)
  approve(db, budi, id)
  await keepUp(db)
  assert.match(openIn(db)[0]!.items[0]!.message, /menunggu Dinsos/)
  as(db, siti, (tx) => withdrawProposal(tx, id, { key: randomUUID(), note: 'keliru' }), LATER)
  await keepUp(db, LATER)
  assert.equal(savedIn(db, LATER).map(({ items: [item] }) => [item!.repairedBy, item!.repairedHow]), [['Siti Rahayu', 'proposal.withdrawn']])
})

waiting('says nothing of a draft, nor of what another desa has not let go yet', async () => {
  const db = freshDatabase()
  addPeriod(db, 5)
  addHousehold(db, 'asep', { stage: 'determined', record: recordFated('padan') })
  addProposal(db, { kind: 'deactivation', on: '2026-02-10', householdId: 'asep', reason: 'mampu' }, { draft: true })
  addHousehold(db, 'budi', { record: asep() })
  addHousehold(db, 'bambang', { stage: 'determined', record: bambang(), regionCode: TRIMURTI })
  const { id } = addProposal(db, { kind: 'marriage', on: '2026-02-10', householdId: 'budi', memberSeq: 3, otherId: 'bambang', otherSeq: 3, living: 'with_family', certificate: 1 }, { by: rina, reasonCode: 'menikah' })
  await keepUp(db)
  assert.equal([reasonsOf(db, 'asep'), reasonsOf(db, 'budi'), reasonsOf(db, 'bambang').includes('proposal')], [[], ['proposal', 'unfinished'], false])
  approve(db, budi, id)
  await keepUp(db)
  assert.ok(reasonsOf(db, 'bambang').includes('proposal'))
})

waiting.run()
