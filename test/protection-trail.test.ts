import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fetchPackage } from '#app/exchange/packages.ts'
import { openCase } from '#app/protection/cases.ts'
import { makeFile } from '#app/protection/subject-file.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { breachHouseholds, exchangePackages, households, recipients } from '#db/schema/index.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { addBreach, asksFor } from '#test/support/protection.ts'
import { as, budi, freshApp, rina } from '#test/support/world.ts'

const reading = suite('who looked at somebody')

reading('is told to them whatever it was that was opened: the visit, a usulan, a pair, a recipient', async () => {
  const { db, as: on } = freshApp(furnishedDatabase())
  db.update(recipients).set({ householdId: 'ujang', memberSeq: 1 }).where(eq(recipients.id, 'recipient')).run()
  const asked = asksFor(db, 'ujang', { id: '00000000-0000-4000-8000-0000000000c2' })
  as(db, rina, (tx) => openCase(tx, asked))
  const told = () => as(db, rina, (tx) => makeFile(tx, asked.id)).readers.filter(({ name }) => name === 'Budi Santoso').map(({ action }) => action)
  assert.equal(told(), [])
  for (const path of ['/reviews/visit-ujang', '/proposals/submitted', '/duplicates/pair', '/programmes/sembako/recipients/recipient', '/deliveries/held/case']) assert.is((await on(budi).get(path)).status, 200, path)
  assert.equal(told().sort(), ['duplicate.opened', 'household.opened', 'proposal.opened', 'recipient.opened', 'visit.opened'])
})

reading('of another member\'s benefit is not a look at this one', async () => {
  const { db, as: on } = freshApp(furnishedDatabase())
  db.update(recipients).set({ householdId: 'ujang', memberSeq: 2 }).where(eq(recipients.id, 'recipient')).run()
  const asked = asksFor(db, 'ujang', { id: '00000000-0000-4000-8000-0000000000c2' })
  as(db, rina, (tx) => openCase(tx, asked))
  await on(budi).get('/programmes/sembako/recipients/recipient')
  assert.equal(as(db, rina, (tx) => makeFile(tx, asked.id)).readers.filter(({ name }) => name === 'Budi Santoso'), [])
})

const NOW = () => new Date().toISOString()
const concerned = async (db: Db, { id: subject }: Actor, fromAt: string) => {
  const { id } = await addBreach(db, { id: '00000000-0000-4000-8000-0000000000b2', kind: 'account', subject, fromAt, untilAt: NOW() })
  return db.select().from(breachHouseholds).where(eq(breachHouseholds.breachId, id)).all().map(({ householdId, why }) => `${householdId} ${why}`).sort()
}

const stolen = suite('a stolen account')

stolen('that took a region package along concerns everybody of the region', async () => {
  const db = furnishedDatabase()
  db.update(exchangePackages).set({ status: 'ready' }).where(eq(exchangePackages.id, 'package')).run()
  const begun = NOW()
  as(db, rina, (tx) => fetchPackage(tx, 'package'), NOW())
  const everybody = db.select({ id: households.id }).from(households).all().map(({ id }) => `${id} printed`).sort()
  assert.equal(await concerned(db, rina, begun), everybody)
})

for (const [what, path, who] of [
  ['the names of a batch', '/batches/frozen/names.pdf', ['verified printed']],
  ['a pair of duplicates', '/duplicates/pair', ['asep opened', 'ujang opened']],
  ['a delivery that is held', '/deliveries/held/case', ['ujang opened']],
] as const) {
  stolen(`that opened ${what} concerns whom it held`, async () => {
    const { db, as: on } = freshApp(furnishedDatabase())
    const begun = NOW()
    assert.is((await on(rina).get(path)).status, 200)
    assert.equal(await concerned(db, rina, begun), who)
  })
}

reading.run()
stolen.run()
