import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { crosschecksDone } from '#app/crosschecks/run-work.ts'
import { finishingDone } from '#app/local/finishing.ts'
import { sentForms, writtenBy, type Sent } from '#test/support/authority.ts'
import { aDelivery, phoneOf } from '#test/support/delivery.ts'
import { furnished, type World } from '#test/support/fuzzing.ts'
import { bringResults, cardOf, paidWorld } from '#test/support/payments.ts'
import { death, gathered, verified, world as ratifiedWorld } from '#test/support/ratified.ts'
import { codeOf, send as sendReport } from '#test/support/reports.ts'
import { addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, budi, freshApp, freshDatabase, hadi, mega, rina, siti, wawan, type Fields } from '#test/support/world.ts'

const TIMES = [1, 2, 3, 4, 5]
const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status).sort().join()
const count = (db: World['db'], action: string) => actions(db).filter((one) => one === action).length
const pdf = () => new File(['%PDF-1.4 surat'], 'surat.pdf', { type: 'application/pdf' })
const LETTER = { letterNumber: '460/123/2026', letterDate: '2026-03-05', signatory: 'Bupati Bantul' }

const same = suite('five of one and the same post at once')

// Each time it is asked is an act of its own.
const EACH_TIME = new Set([
  'POST /audit/verification', 'POST /users/:id/password', 'POST /users/:id/sign-out', 'POST /account/factor/key/abandonment', 'POST /protection/cases/:id/file',
])
const ask = (world: World, { who, method, path, fields }: Sent) => world.as(who).ask(method, path, fields as Fields)

same('write what one of them writes, at every door', async () => {
  const worse: string[] = []
  const succeeded = new Set<string>()
  for (const post of (await sentForms()).filter(({ route }) => !EACH_TIME.has(route))) {
    const once = furnished()
    const { status } = await ask(once, post)
    if (status >= 400) continue
    succeeded.add(post.route)
    const world = furnished()
    const answers = await Promise.all(TIMES.map(() => ask(world, post)))
    for (const { db } of [once, world]) await Promise.all([crosschecksDone(db), finishingDone(db)])
    const [expected, written] = [writtenBy(once).join(), writtenBy(world).join()]
    if (answers.some((answer) => answer.status >= 500) || written !== expected) worse.push(`${post.route} ${status}, ${statusesOf(answers)}: ${expected} / ${written}`)
  }
  assert.equal(worse, [])
  assert.ok(succeeded.size > 90, `${succeeded.size} doors did something`)
})

same('of a delivery are one visit, one line and five receipts', async () => {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti })
  const made = aDelivery()
  assert.is(statusesOf(await Promise.all(TIMES.map(() => phoneOf(world).bundle(made)))), '200,200,200,200,200')
  assert.equal([count(world.db, 'visit.submitted'), world.db.$client.prepare('SELECT count(*) FROM visits').pluck().get()], [1, 1])
})

same('of a report are one report with one code', async () => {
  const world = freshApp()
  const key = randomUUID()
  const answers = await Promise.all(TIMES.map(() => sendReport(world, { key })))
  assert.is(new Set(answers.map(codeOf)).size, 1)
  assert.is(world.db.$client.prepare('SELECT count(*) FROM reports').pluck().get(), 1)
})

same('of a proposal are one proposal', async () => {
  const world = ratifiedWorld()
  const form: Fields = { id: randomUUID(), key: randomUUID(), kind: 'deactivation', household: 'asep', on: '2026-02-10', reason: 'mampu', reasonCode: 'mampu', note: 'sudah mampu', minutesNumber: '1/2026', minutesDate: '2026-02-01', evidence: pdf(), minutes: new File(['%PDF-1.4 berita acara'], 'ba.pdf') }
  assert.is(statusesOf(await Promise.all(TIMES.map(() => world.as(siti).post('/proposals', form)))), '303,303,303,303,303')
  assert.is(world.db.$client.prepare('SELECT count(*) FROM proposals').pluck().get(), 1)
  assert.is(count(world.db, 'proposal.submitted'), 1)
})

// A verified deactivation in a frozen batch.
async function frozen() {
  const world = ratifiedWorld()
  verified(world, death)
  const id = await gathered(world)
  assert.is((await world.as(rina).post(`/batches/${id}/freeze`)).status, 303)
  return { world, id }
}

same('of a signature, of a dispatch and of a determination are one of each', async () => {
  const { world, id } = await frozen()
  const signature = { id: randomUUID(), ...LETTER }
  const signed = await Promise.all(TIMES.map(() => world.as(hadi).post(`/batches/${id}/ratification`, { ...signature, letter: pdf() })))
  assert.ok(signed.every(({ status }) => status === 303 || status === 409) && signed.some(({ status }) => status === 303), statusesOf(signed))
  assert.is(statusesOf(await Promise.all(TIMES.map(() => world.as(rina).post(`/batches/${id}/dispatch`)))), '303,303,303,303,303')
  const determined = await Promise.all(TIMES.map(() => world.as(mega).post(`/batches/${id}/acceptance`, { scope: 'all' })))
  assert.ok(determined.every(({ status }) => status === 303 || status === 409), statusesOf(determined))
  assert.equal(['batch.ratified', 'batch.dispatched'].map((action) => count(world.db, action)), [1, 1])
  const applied = world.db.$client.prepare("SELECT count(*) FROM household_versions WHERE household_id = 'asep' AND cause <> 'prelist:test'").pluck().get()
  assert.is(applied, 1, 'one new version of the record')
})

same('of a file of results pay nobody twice', async () => {
  const world = await paidWorld()
  const ids = await Promise.all(TIMES.map(() => bringResults(world, [[cardOf(1), '', 'Berhasil salur', '']])))
  for (const id of ids) await Promise.all(TIMES.map(() => world.as(rina).post(`/intake/${id}/confirmation`)))
  const { intakesDone } = await import('#app/intake/intake-work.ts')
  await intakesDone(world.db)
  assert.is(world.db.$client.prepare("SELECT count(*) FROM payments WHERE name = 'Asep' AND kind = 'paid'").pluck().get(), 1)
  assert.is(count(world.db, 'payment.status_set') <= 1, true)
})

const two = suite('two at once')

two('checkers of one visit: one decision stands, the other is told', async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  const visitId = addVisit(db, 'asep', siti, { photos: true })
  const world = freshApp(db)
  const form = () => ({ key: randomUUID(), revision: '1', 'documents.1': '1', 'note': 'Foto KTP tidak terbaca' })
  const answers = await Promise.all([world.as(budi).post(`/reviews/${visitId}/return`, form()), world.as(wawan).post(`/reviews/${visitId}/return`, form())])
  assert.is(statusesOf(answers), '303,409')
  assert.equal([count(db, 'visit.returned'), db.$client.prepare('SELECT count(*) FROM reviews WHERE visit_id = ?').pluck().get(visitId)], [1, 1])
})

two('approvers of one batch: it is signed once, by one of them', async () => {
  const { world, id } = await frozen()
  const other = { ...hadi, id: 'hari', name: 'Hari Murti' }
  world.db.$client.prepare("INSERT INTO users (id, username, name, role, password_hash, status, created_at) SELECT 'hari', 'hari', 'Hari Murti', role, password_hash, status, created_at FROM users WHERE id = 'hadi'").run()
  world.db.$client.prepare("INSERT INTO user_regions (user_id, region_code) VALUES ('hari', '34.02')").run()
  const answers = await Promise.all([hadi, other].map((person) => world.as(person).post(`/batches/${id}/ratification`, { id: randomUUID(), ...LETTER, letter: pdf() })))
  assert.is(answers.filter(({ status }) => status === 303).length >= 1, true, statusesOf(answers))
  assert.is(count(world.db, 'batch.ratified'), 1)
  assert.is(world.db.$client.prepare("SELECT count(*) FROM attachments WHERE subject = ?").pluck().get(`batch:${id}`), 1, 'one letter, of the one who signed')
})

same.run()
two.run()
