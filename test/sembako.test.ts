import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ratifyBatch } from '#app/programmes/applying.ts'
import { freezeBatch, openBatch } from '#app/programmes/batches.ts'
import { proposeChange, type Wanted } from '#app/programmes/changes.ts'
import { approveChange, seenOf } from '#app/programmes/decisions.ts'
import { sembako } from '#app/sembako/programme.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { payments, recipientChanges, recipientEvents, recipients } from '#db/schema/index.ts'
import { eq } from 'drizzle-orm'
import { addPaidPeriod, cardOf, makeList, paidWorld, receives, registryWorld } from '#test/support/payments.ts'
import { as, BANTUL, budi, hadi, oki, rina } from '#test/support/world.ts'

type Given = Partial<Wanted> & Pick<Wanted, 'kind'>
const propose = (db: Db, given: Given, by: Actor = oki) => as(db, by, (tx) => proposeChange(tx, { key: randomUUID(), id: randomUUID(), programme: 'sembako', ...given }))
const ofAsep = { subject: { householdId: 'asep', familySeq: 1 } }
const now = (db: Db, id: string) => db.select().from(recipients).where(eq(recipients.id, id)).get()!

// Proposed by the desa, checked, verified and ratified: the way every change goes. The recipient's id.
function carryOut(db: Db, given: Given): string {
  const { id } = propose(db, given)
  const found = () => db.select().from(recipientChanges).where(eq(recipientChanges.id, id)).get()!
  for (const person of [budi, rina]) as(db, person, (tx) => approveChange(tx, id, { key: randomUUID(), seen: seenOf(db, found()), note: '' }))
  const batch = randomUUID()
  as(db, rina, (tx) => openBatch(tx, { id: batch, programme: 'sembako', regionCode: BANTUL, periodId: null, note: '' }))
  as(db, rina, (tx) => freezeBatch(tx, batch))
  as(db, hadi, (tx) => ratifyBatch(tx, batch, { letterNumber: '460/1/2026', letterDate: '2026-03-01', effectiveOn: '2026-03-05' }))
  return found().recipientId!
}

const life = suite('the life of a family in Sembako')

life('goes from candidate through the account check to an active card, and out again', () => {
  const { db } = registryWorld()
  const id = carryOut(db, { kind: 'entry', ...ofAsep })
  assert.is(now(db, id).state, 'candidate')
  carryOut(db, { kind: 'account_check', recipientId: id, data: { bank: 'bri', accountNumber: '123456789' } })
  assert.equal([now(db, id).state, now(db, id).data.accountState], ['account_check', 'checking'])
  carryOut(db, { kind: 'account_failure', recipientId: id, reasonCode: 'closed' })
  assert.equal([now(db, id).state, now(db, id).data.accountState], ['candidate', 'bad'])
  carryOut(db, { kind: 'account_check', recipientId: id, data: { bank: 'pos' } })
  carryOut(db, { kind: 'activation', recipientId: id, data: { cardNumber: cardOf(7) } })
  assert.equal([now(db, id).state, now(db, id).number, now(db, id).data.accountState, now(db, id).startedOn], ['active', cardOf(7), 'good', '2026-03-05'])
  // The first event and one for each change: the card's number and the state of the account are written with it.
  assert.equal([now(db, id).version, db.select().from(recipientEvents).all().filter(({ recipientId }) => recipientId === id).length], [5, 5])
  carryOut(db, { kind: 'suspension', recipientId: id, reasonCode: 'doubt' })
  carryOut(db, { kind: 'resumption', recipientId: id, reasonCode: 'still_eligible' })
  carryOut(db, { kind: 'removal', recipientId: id, reasonCode: 'capable' })
  assert.equal([now(db, id).state, now(db, id).phase, now(db, id).endedOn], ['removed', 'ended', '2026-03-05'])
})

life('gives its place to another only by minutes of the desa, with a reason, and only when it stood in one', () => {
  const { db } = registryWorld()
  receives(db, 'Bayu', 2, { regionCode: '34.02.01.2001', householdId: 'bayu', familySeq: 1 })
  receives(db, 'Calon', 5, { state: 'candidate' })
  const wanted: Given = { kind: 'replacement', ...ofAsep, replacedId: 'Bayu', reasonCode: 'moved', minutesNumber: '3/BA/2026', minutesDate: '2026-02-20' }
  assert.throws(() => propose(db, { ...wanted, minutesNumber: '' }), /Periksa kembali/)
  assert.throws(() => propose(db, { ...wanted, minutesDate: '2026-12-01' }), /Periksa kembali/)
  assert.throws(() => propose(db, { ...wanted, reasonCode: 'entah' }), /Periksa kembali/)
  assert.throws(() => propose(db, { ...wanted, replacedId: 'Calon' }), /tidak meninggalkan tempat/)
  const id = carryOut(db, wanted)
  assert.equal([now(db, id).state, now(db, id).householdId, now(db, 'Bayu').state, now(db, 'Bayu').reasonCode], ['candidate', 'asep', 'replaced', 'moved'])
})

life('keeps a card to one family, and a new account unchecked', () => {
  const { db } = registryWorld()
  receives(db, 'Asep', 1, { data: { bank: 'bri', accountNumber: '111111', accountState: 'good' } })
  receives(db, 'Bayu', 2)
  assert.throws(() => propose(db, { kind: 'correction', recipientId: 'Asep', data: { cardNumber: cardOf(2) } }), /Periksa kembali/)
  assert.throws(() => propose(db, { kind: 'correction', recipientId: 'Asep', data: { cardNumber: cardOf(1), bank: 'bri' } }), /Periksa kembali/)
  assert.throws(() => propose(db, { kind: 'correction', recipientId: 'Asep', data: {} }), /Periksa kembali/)
  carryOut(db, { kind: 'correction', recipientId: 'Asep', data: { accountNumber: '222222' } })
  assert.equal([now(db, 'Asep').state, now(db, 'Asep').number, now(db, 'Asep').data.accountNumber, now(db, 'Asep').data.accountState], ['active', cardOf(1), '222222', 'unchecked'])
  carryOut(db, { kind: 'correction', recipientId: 'Asep', data: { cardNumber: cardOf(30) } })
  assert.equal([now(db, 'Asep').number, now(db, 'Asep').data.accountState], [cardOf(30), 'unchecked'])
})

life('has words for every reason it asks', () => {
  const { db } = registryWorld()
  const lists = db.$client.prepare("SELECT DISTINCT list FROM programme_words WHERE programme = 'sembako'").pluck().all()
  // Other tests add acts of their own to try.
  for (const { reasons, fields = [] } of Object.entries(sembako.changes).filter(([kind]) => !kind.startsWith('trial_')).map(([, change]) => change)) {
    if (reasons) assert.ok(lists.includes(reasons), reasons)
    for (const { list } of fields) if (list) assert.ok(lists.includes(list), list)
  }
})

life.run()

const paying = suite('paying Program Sembako')

paying('pays no month twice, whoever planned the period', async () => {
  const { db } = await paidWorld()
  const make = (id: string, startsOn: string, endsOn: string, regionCode = '') => {
    addPaidPeriod(db, { id, startsOn, endsOn, cutoffOn: endsOn, regionCode, name: id })
    return makeList(db, { periodId: id, id: `list-${id}` })
  }
  for (const [id, startsOn] of [['national', '2026-02-01'], ['from the middle', '2026-03-15']] as const) {
    await make(id, startsOn, '2026-05-31').then(assert.unreachable, ({ message }: Error) => assert.match(message, 'Triwulan I 2026'))
  }
  await make('next', '2026-04-01', '2026-06-30', BANTUL)
  assert.is(db.select().from(payments).all().length, 4)
})

paying.run()
