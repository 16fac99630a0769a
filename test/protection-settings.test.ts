import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listActivities } from '#app/protection/register.ts'
import { applyRetention } from '#app/protection/retention.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { auditEntries, processingActivities, receivedPosts, retentionRules } from '#db/schema/index.ts'
import { ACTIVITY } from '#test/support/protection-answers.ts'
import { agus, aulia, freshApp, oki, rina } from '#test/support/world.ts'

const TODAY = dayOf(new Date().toISOString())
const POSTS = '/protection/retention/posts'
const rule = { days: '200', validFrom: TODAY, source: 'Keputusan Kepala Dinas 12/2026' }

const setting = suite('setting how long what is kept')

setting('Agus counts first, sets 200 days, and the next night goes by them', async () => {
  const { db, dataDirectory, as } = freshApp()
  db.insert(receivedPosts).values({ key: 'old', actorId: oki.id, receivedAt: new Date(Date.now() - 300 * 86_400_000).toISOString() }).run()
  const asked = await (await as(agus).get(`${POSTS}?days=200&validFrom=${TODAY}&source=`)).text()
  assert.match(asked, '1 baris sudah waktunya')
  assert.equal(await applyRetention({ db, dataDirectory }), {})
  assert.is((await as(agus).post(POSTS, rule)).status, 303)
  assert.equal(await applyRetention({ db, dataDirectory }), { posts: 1 })
  assert.match(await (await as(agus).get(POSTS)).text(), 'Keputusan Kepala Dinas 12/2026')
  assert.ok(db.select().from(auditEntries).all().some(({ action, actorId }) => action === 'retention.rule_set' && actorId === agus.id))
})

setting('sent twice it is one rule', async () => {
  const { db, as } = freshApp()
  for (let time = 0; time < 2; time += 1) await as(agus).post(POSTS, rule)
  assert.is(db.select().from(retentionRules).all().filter(({ kind, days }) => kind === 'posts' && days === 200).length, 1)
})

setting('a rule that reaches into the past, keeps too short or names no source is refused by its field and changes nothing', async () => {
  const { db, as } = freshApp()
  const before = db.select().from(retentionRules).all()
  for (const [bad, said] of [[{ validFrom: '2020-01-01' }, 'Pilih hari ini atau sesudahnya'], [{ days: '30' }, 'Paling sedikit 180 hari'], [{ days: 'x' }, 'Isi jumlah hari'], [{ days: '99999' }, 'Paling banyak 7300'], [{ source: '' }, 'Sebutkan dasarnya']] as const) {
    const answer = await as(agus).post(POSTS, { ...rule, ...bad })
    assert.is(answer.status, 422, said)
    assert.match(await answer.text(), said)
  }
  assert.equal(db.select().from(retentionRules).all(), before)
})

setting('households, the trail and what has a term of its own are not set here', async () => {
  const { as } = freshApp()
  for (const kind of ['households', 'audit', 'exports', 'sessions', 'constructor']) assert.is((await as(agus).post(`/protection/retention/${kind}`, rule)).status, 404, kind)
  assert.match(await (await as(agus).get('/protection/retention')).text(), 'href="/protection/retention/drafts"')
  assert.not.match(await (await as(aulia).get('/protection/retention')).text(), 'href="/protection/retention/drafts"')
})

const record = suite('the record of processing')

record('a change is a dated row: the paper shows the new words, the trail and the table keep the former', async () => {
  const { db, as } = freshApp()
  const change = { ...ACTIVITY, title: 'Pemutakhiran data terpadu 2027', validFrom: TODAY }
  assert.is((await as(agus).post('/protection/register/registry', change)).status, 303)
  assert.match(await (await as(rina).get('/protection/register')).text(), 'Pemutakhiran data terpadu 2027')
  assert.is(db.select().from(processingActivities).all().filter(({ code }) => code === 'registry').length, 2)
  const { position } = listActivities(db, agus).find(({ code }) => code === 'registry')!
  assert.is(position, 1)
})

record('a new activity stands at the end from its day on, once, however often it was sent', async () => {
  const { db, as } = freshApp()
  for (let time = 0; time < 2; time += 1) await as(agus).post('/protection/register', { ...ACTIVITY, validFrom: TODAY })
  assert.is(listActivities(db, agus).at(-1)!.title, 'Survei kepuasan')
  assert.is(listActivities(db, agus).filter(({ title }) => title === 'Survei kepuasan').length, 1)
})

record('an activity that has ended is no longer on the paper', async () => {
  const { db, as } = freshApp()
  await as(agus).post('/protection/register/matching', { ...ACTIVITY, title: 'Pemadanan', validFrom: TODAY, ended: '1' })
  assert.not.ok(listActivities(db, agus).some(({ code }) => code === 'matching'))
  assert.is((await as(agus).get('/protection/register/matching')).status, 200)
})

record('what is missing is asked for at its field, with everything typed still there', async () => {
  const { db, as } = freshApp()
  const before = db.select().from(processingActivities).all().length
  const answer = await as(agus).post('/protection/register/registry', { ...ACTIVITY, purpose: '', measures: 'magic' })
  assert.is(answer.status, 422)
  const body = await answer.text()
  for (const said of ['Isi tujuannya', 'Pilih langkah pelindungannya', 'Survei kepuasan']) assert.match(body, said)
  assert.is(db.select().from(processingActivities).all().length, before)
  assert.is((await as(agus).post('/protection/register/unknown', ACTIVITY)).status, 404)
})

setting.run()
record.run()
