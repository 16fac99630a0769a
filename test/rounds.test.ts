import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resumeRounds, roundsDone, sweepRounds } from '#app/rounds/round-work.ts'
import type { Db } from '#db/connection.ts'
import { recipientChanges, recipients, roundRows, rounds } from '#db/schema/index.ts'
import { addCouple, addPkh, runRules } from '#test/support/eligibility.ts'
import { approve } from '#test/support/programmes.ts'
import { actions, as, budi, freshApp, freshDatabase, nia, oki, PONCOSARI, rina, TRIMURTI, type Fields } from '#test/support/world.ts'

const KEY = '00000000-0000-4000-8000-0000000000f1'
const EXIT = 'suspension:commitment'

// In Poncosari one family may come in and three go; one of those is without a place in the registry. One more goes in Trimurti.
async function furnished() {
  const db = freshDatabase()
  addCouple(db, 'poor', { desil: 1 })
  for (const id of ['rich', 'richer']) {
    addCouple(db, id, { desil: 9 })
    addPkh(db, `pkh-${id}`, id)
  }
  addCouple(db, 'trimurti', { desil: 9, region: TRIMURTI })
  addPkh(db, 'pkh-trimurti', 'trimurti', 'active', TRIMURTI)
  addPkh(db, 'pkh-lost', null)
  const run = await runRules(db)
  const world = freshApp(db)
  const open = (fields: Fields, key = KEY) => world.as(rina).post('/rounds', { key, run, kind: 'exit', region: PONCOSARI, all: '1', change: EXIT, ...fields })
  const confirm = async (key = KEY) => {
    const answer = await world.as(rina).post(`/rounds/${key}/confirmation`)
    await roundsDone(db)
    return answer
  }
  return { ...world, run, open, confirm, shown: async (key = KEY) => (await world.as(rina).get(`/rounds/${key}`)).text() }
}

const roundOf = (db: Db, id = KEY) => db.select().from(rounds).where(eq(rounds.id, id)).get()!
const proposed = (db: Db) => db.select().from(recipientChanges).all().map(({ recipientId, householdId, kind, status }) => [recipientId ?? householdId, kind, status]).sort()
const outcomes = (db: Db) => db.select().from(roundRows).all().map(({ recipientId, outcome }) => [recipientId, outcome]).sort()

const proposing = suite('proposing many at once')

proposing('shows first how many can be proposed and why others cannot, and changes nothing by that', async () => {
  const { db, open, shown } = await furnished()
  as(db, rina, (tx) => tx.db.update(recipients).set({ state: 'suspended' }).where(eq(recipients.id, 'pkh-richer')).run())
  const before = actions(db).length
  const answer = await open({})
  assert.is(answer.headers.get('Location'), `/rounds/${KEY}`)
  await roundsDone(db)
  const page = await shown()
  assert.match(page, /Usulkan 2 baris/)
  assert.match(page, /penerima ini sekarang &quot;Ditangguhkan&quot;; perubahan ini tidak dapat diajukan dari keadaan itu/)
  assert.equal(proposed(db), [])
  assert.is(actions(db).length, before)
  assert.equal(outcomes(db), [['pkh-lost', 'planned'], ['pkh-rich', 'planned'], ['pkh-richer', 'skipped']])
})

proposing('makes of each a proposal with its reason, its line in the trail and what the run found; twice is once', async () => {
  const { db, open, confirm, shown } = await furnished()
  await open({ note: 'Hasil rapat' })
  for (let n = 0; n < 2; n += 1) assert.is((await confirm()).status, 303)
  assert.equal(proposed(db), [['pkh-lost', 'suspension', 'submitted'], ['pkh-rich', 'suspension', 'submitted'], ['pkh-richer', 'suspension', 'submitted']])
  assert.is(actions(db).filter((action) => action === 'recipient_change.submitted').length, 3)
  assert.is(actions(db).filter((action) => action === 'round.done').length, 1)
  const change = db.select().from(recipientChanges).where(eq(recipientChanges.recipientId, 'pkh-rich')).get()!
  assert.match(change.note, /^Hasil rapat\. Sebab: .*desil/i)
  assert.is(change.reasonCode, 'commitment')
  assert.match(await shown(), /Diusulkan[\s\S]*Tarik kembali semua/)
  await open({}, '00000000-0000-4000-8000-0000000000f2')
  await roundsDone(db)
  assert.is(roundOf(db, '00000000-0000-4000-8000-0000000000f2').planned, 0)
})

proposing('takes only the ticked ones, or all that come in', async () => {
  const { db, open, confirm } = await furnished()
  await open({ all: '0', row: [`${TRIMURTI}~1`], region: '' })
  await confirm()
  assert.equal(proposed(db), [['pkh-trimurti', 'suspension', 'submitted']])
  const key = '00000000-0000-4000-8000-0000000000f2'
  await open({ kind: 'entry', change: '' }, key)
  await roundsDone(db)
  await confirm(key)
  assert.equal(proposed(db), [['pkh-trimurti', 'suspension', 'submitted'], ['poor', 'entry', 'submitted']])
})

proposing('takes of those who would go only whom the run names for one cause', async () => {
  const { as: client, db, run, open } = await furnished()
  assert.match(await (await client(rina).get(`/eligibility/runs/${run}/rows?kind=exit&reasons=not_found`)).text(), /pkh-lost/)
  assert.not.match(await (await client(rina).get(`/eligibility/runs/${run}/rows?kind=exit&reasons=not_found`)).text(), /pkh-rich/)
  await open({ reasons: 'not_found', region: '' })
  await roundsDone(db)
  assert.equal(outcomes(db), [['pkh-lost', 'planned']])
})

proposing('asks again when it is done: what has changed since the preview is passed over', async () => {
  const { db, open, confirm } = await furnished()
  await open({})
  await roundsDone(db)
  as(db, rina, (tx) => tx.db.update(recipients).set({ state: 'exited', phase: 'ended' }).where(eq(recipients.id, 'pkh-rich')).run())
  await confirm()
  assert.equal([roundOf(db).done, roundOf(db).skipped], [2, 1])
  assert.equal(outcomes(db).find(([id]) => id === 'pkh-rich'), ['pkh-rich', 'skipped'])
})

proposing('is taken back while nobody has gone on with it', async () => {
  const { as: client, db, open, confirm, shown } = await furnished()
  await open({})
  await confirm()
  const checked = db.select().from(recipientChanges).where(eq(recipientChanges.recipientId, 'pkh-rich')).get()!
  approve(db, budi, checked.id)
  assert.is((await client(rina).post(`/rounds/${KEY}/undo`)).status, 303)
  await roundsDone(db)
  assert.equal(proposed(db), [['pkh-lost', 'suspension', 'withdrawn'], ['pkh-rich', 'suspension', 'checked'], ['pkh-richer', 'suspension', 'withdrawn']])
  assert.match(await shown(), /sudah diperiksa orang lain/)
})

proposing('goes on after a restart with what is left', async () => {
  const { db, open } = await furnished()
  await open({})
  await roundsDone(db)
  db.update(rounds).set({ status: 'running' }).run()
  for (let n = 0; n < 2; n += 1) resumeRounds(db)
  await roundsDone(db)
  assert.equal([roundOf(db).status, roundOf(db).done, proposed(db).length], ['done', 3, 3])
})

proposing('refuses what needs papers of each, a wrong choice, and whom the run is not for', async () => {
  const { as: client, db, run, open } = await furnished()
  assert.is((await open({ change: 'graduation_independent' })).status, 422)
  assert.is((await open({ change: 'suspension' })).status, 422)
  assert.is((await open({ all: '0' })).status, 422)
  assert.is((await open({ all: '0', row: [`${PONCOSARI}~99`] })).status, 404)
  assert.is((await client(nia).post('/rounds', { key: KEY, run, kind: 'exit', all: '1', change: EXIT })).status, 404)
  assert.is((await client(oki).post('/rounds', { key: KEY, run, kind: 'exit', all: '1', change: EXIT })).status, 403)
  assert.equal(db.select().from(rounds).all(), [])
  assert.is((await open({})).status, 303)
  assert.is((await client(nia).get(`/rounds/${KEY}`)).status, 404)
  as(db, rina, sweepRounds, '2126-01-01T00:00:00.000Z')
  assert.is((await client(rina).post(`/rounds/${KEY}/confirmation`)).status, 409)
})

proposing.run()
