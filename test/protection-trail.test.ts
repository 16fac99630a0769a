import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCase } from '#app/protection/cases.ts'
import { makeFile } from '#app/protection/subject-file.ts'
import { recipients } from '#db/schema/index.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { asksFor } from '#test/support/protection.ts'
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

reading.run()
