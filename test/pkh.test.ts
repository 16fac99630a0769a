import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listWork, type WorkList } from '#app/pkh/work-lists.ts'
import { proposeChange, type Wanted } from '#app/programmes/changes.ts'
import { getRecipient } from '#app/programmes/recipients.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { pkhCommitments, pkhMembers, recipientChanges } from '#db/schema/index.ts'
import { addCouple, addPkh, addPkhPeriod } from '#test/support/eligibility.ts'
import { as, contentsOf, freshApp, freshDatabase, nia, oki, rina } from '#test/support/world.ts'

const NOW = '2026-03-02T03:00:00.000Z'
const PUPIL = { pregnant: false, birthDate: '2012-04-01', schooling: 1, educationLevel: 4 }

function world(): Db {
  const db = freshDatabase()
  addPkhPeriod(db)
  addCouple(db, 'asep', { wife: { ...PUPIL } })
  addCouple(db, 'ujang', { wife: { pregnant: false } })
  addPkh(db, 'active', 'asep')
  addPkh(db, 'empty', 'ujang')
  return db
}

const propose = (db: Db, wanted: Partial<Wanted>, by: Actor = oki) => as(db, by, (tx) => proposeChange(tx, { key: randomUUID(), id: randomUUID(), programme: 'pkh', kind: 'entry', ...wanted }))

const changing = suite('changes in PKH')

changing('validate only a family with a component', () => {
  const db = world()
  addCouple(db, 'dadang')
  addPkh(db, 'with', 'dadang', 'candidate')
  const empty = addPkh(db, 'without', 'ujang', 'candidate')
  assert.is(propose(db, { kind: 'validation', recipientId: 'with', data: { validatedOn: '2026-03-01' } }).status, 'submitted')
  assert.throws(() => propose(db, { kind: 'validation', recipientId: empty.id, data: { validatedOn: '2026-03-01' } }), /Tidak ada anggota/)
  assert.is(propose(db, { kind: 'refusal', recipientId: empty.id, reasonCode: 'no_component' }).reasonCode, 'no_component')
})

changing('activate with a number nobody else has', () => {
  const db = world()
  addCouple(db, 'dadang')
  addPkh(db, 'new', 'dadang', 'eligible')
  db.$client.prepare("UPDATE recipients SET number = '340201000000001' WHERE id = 'active'").run()
  const wrong = (number: string) => { try { propose(db, { kind: 'activation', recipientId: 'new', data: { number } }) } catch (error) { return Object.keys((error as { fields: object }).fields).join() } return '' }
  assert.is(wrong('12'), 'number')
  assert.is(wrong('340201000000001'), 'number')
  assert.is(wrong('340201000000002'), '')
})

changing('graduate by nature only who has no component left', () => {
  const db = world()
  assert.throws(() => propose(db, { kind: 'graduation_natural', recipientId: 'active' }), /Masih ada anggota/)
  assert.is(propose(db, { kind: 'graduation_natural', recipientId: 'empty' }).kind, 'graduation_natural')
  addPkh(db, 'lost', null)
  assert.throws(() => propose(db, { kind: 'graduation_natural', recipientId: 'lost' }), /tidak ditemukan di registri/)
})

changing('need a reason, and the paper of an independent graduation', () => {
  const db = world()
  assert.throws(() => propose(db, { kind: 'suspension', recipientId: 'active' }), /Periksa/)
  assert.throws(() => propose(db, { kind: 'graduation_independent', recipientId: 'active', reasonCode: 'capable' }))
  assert.is(db.select().from(recipientChanges).all().length, 0)
})
changing.run()

const work = suite('work lists of PKH')

work('say who is to be validated, whose commitment is open, who has no component', () => {
  const db = world()
  addPkh(db, 'calon', 'ujang', 'candidate')
  const ids = (list: WorkList, actor: Actor = oki) => listWork(db, actor, list, '', NOW).rows.map(({ id }) => id)
  assert.equal(ids('validation'), ['calon'])
  assert.equal(ids('commitment'), ['active'])
  assert.equal(ids('graduation'), ['empty'])
  assert.equal(ids('graduation', nia), [])
})

work('goes on page after page without leaving anybody out', () => {
  const db = world()
  for (let n = 0; n < 60; n++) addPkh(db, `calon-${n}`, 'asep', 'candidate')
  const seen: string[] = []
  for (let after: Parameters<typeof listWork>[5]; ;) {
    const page = listWork(db, oki, 'validation', '', NOW, after)
    seen.push(...page.rows.map(({ id }) => id))
    if (!page.next) break
    after = page.next
  }
  assert.is(new Set(seen).size, 60)
  assert.is(seen.length, 60)
})
work.run()

const commitments = suite('commitments')
const sheet = (due: string, attended: string, key = randomUUID()) => ({ key, periodId: 'pkh-period', 'due-2': due, 'attended-2': attended, 'note-2': '' })
const PATH = '/pkh/recipients/active/commitments'

commitments('are met from 85 per cent on', async () => {
  for (const [attended, met] of [['84', false], ['85', true]] as const) {
    const app = freshApp(world())
    assert.is((await app.as(oki).post(PATH, sheet('100', attended))).status, 303)
    assert.equal(app.db.select().from(pkhCommitments).all().map((row) => [row.memberSeq, row.component, row.met]), [[2, 'smp', met]])
  }
})

commitments('written twice by the same form are one; again, the last counts and the list is empty', async () => {
  const app = freshApp(world())
  const form = sheet('60', '20')
  for (const posted of [form, form, sheet('60', '60')]) assert.is((await app.as(oki).post(PATH, posted)).status, 303)
  assert.equal(app.db.select().from(pkhCommitments).all().map(({ met }) => met), [false, true])
  assert.equal(listWork(app.db, oki, 'commitment', '', new Date().toISOString()).rows, [])
  assert.match(await (await app.as(oki).get('/programmes/pkh/recipients/active')).text(), /60 dari 60 \(100%\)/)
})

commitments('with bad numbers change nothing and keep what was typed', async () => {
  const app = freshApp(world())
  for (const [due, attended] of [['', ''], ['60', '61'], ['0', '0'], ['60', '-1'], ['1.5', '1']] as const) {
    const before = contentsOf(app.db)
    const answer = await app.as(oki).post(PATH, sheet(due, attended))
    assert.is(answer.status, 422)
    if (due) assert.match(await answer.text(), new RegExp(`value="${due}"`))
    assert.is(contentsOf(app.db).length, before.length)
    assert.is(app.db.select().from(pkhCommitments).all().length, 0)
  }
})

commitments('are those of peserta of one\'s own place', async () => {
  const app = freshApp(world())
  assert.is((await app.as(nia).post(PATH, sheet('60', '60'))).status, 404)
  app.db.$client.prepare("UPDATE recipients SET state = 'suspended', phase = 'paused' WHERE id = 'active'").run()
  assert.is((await app.as(oki).post(PATH, sheet('60', '60'))).status, 409)
})
commitments.run()

const numbers = suite('No. ART PKH')

numbers('stand at the member, follow his NIK, and are nobody else\'s', async () => {
  const app = freshApp(world())
  const post = (id: string, number: string) => app.as(rina).post(`/pkh/recipients/${id}/numbers`, { key: randomUUID(), 'number-1': number, 'number-2': '' })
  assert.is((await post('active', '12')).status, 422)
  assert.is((await post('active', '3402010000000001')).status, 303)
  assert.is((await post('empty', '3402010000000001')).status, 422)
  assert.equal(app.db.select().from(pkhMembers).where(eq(pkhMembers.recipientId, 'active')).all().map(({ memberSeq, number }) => [memberSeq, number]), [[1, '3402010000000001']])
  assert.match(await (await app.as(rina).get('/programmes/pkh/recipients/active')).text(), /3402010000000001/)
  assert.is((await app.as(oki).post('/pkh/recipients/active/numbers', { key: randomUUID() })).status, 403)
  assert.is(getRecipient({ db: app.db, actor: rina }, 'active').state, 'active')
})
numbers.run()
