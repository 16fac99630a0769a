import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { freezeBatch, openBatch } from '#app/programmes/batches.ts'
import { proposeChange } from '#app/programmes/changes.ts'
import { approveChange, returnChange, seenOf } from '#app/programmes/decisions.ts'
import { planPeriod } from '#app/programmes/periods.ts'
import { createRecipient } from '#app/programmes/recipients.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { recipientChanges } from '#db/schema/index.ts'
import { addHousehold, as, BANTUL, budi, oki, PONCOSARI, rina } from '#test/support/world.ts'

const approve = (db: Db, who: Actor, id: string) => {
  const change = db.select().from(recipientChanges).where(eq(recipientChanges.id, id)).get()!
  as(db, who, (tx) => approveChange(tx, id, { key: randomUUID(), seen: seenOf(db, change), note: '' }))
}

const propose = (db: Db, id: string) => {
  addHousehold(db, `home-${id}`, { head: `Keluarga ${id}` })
  as(db, oki, (tx) => proposeChange(tx, { key: randomUUID(), id, programme: 'sembako', kind: 'entry', subject: { householdId: `home-${id}`, familySeq: 1 } }))
}

function batched(db: Db, batch: string, change: string) {
  propose(db, change)
  for (const person of [budi, rina]) approve(db, person, change)
  as(db, rina, (tx) => openBatch(tx, { id: batch, programme: 'sembako', regionCode: BANTUL, periodId: null, note: '' }))
}

// One recipient, changes that wait or came back, a batch that is open and one that waits for the approver.
export function addRecipientsOfAllKinds(db: Db) {
  as(db, rina, (tx) => planPeriod(tx, { id: 'programme-period', programme: 'sembako', regionCode: BANTUL, name: 'Triwulan I', startsOn: '2026-01-01', endsOn: '2126-03-31', cutoffOn: '2126-03-20' }))
  addHousehold(db, 'home-recipient', { head: 'Yanto' })
  as(db, rina, (tx) => createRecipient(tx, { id: 'recipient', programme: 'sembako', regionCode: PONCOSARI, householdId: 'home-recipient', familySeq: 1, name: 'Yanto', state: 'active', number: '6013010000000009' }, { cause: 'import:test' }))
  for (const id of ['recipient-change', 'recipient-returned']) propose(db, id)
  as(db, budi, (tx) => returnChange(tx, 'recipient-returned', { key: randomUUID(), seen: '', note: 'Periksa KK-nya' }))
  batched(db, 'recipient-frozen', 'recipient-fixed')
  as(db, rina, (tx) => freezeBatch(tx, 'recipient-frozen'))
  batched(db, 'recipient-open', 'recipient-opened')
}
