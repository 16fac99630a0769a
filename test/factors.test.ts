import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codeAt, stepOf } from '#app/sessions/totp.ts'
import { proveFactor } from '#app/sessions/factors.ts'
import { startSession } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { addFactors, FACTOR_SECRET, freshCode } from '#test/support/factors.ts'
import { actions, agus, contentsOf, freshApp, freshDatabase, hadi, mega, PASSWORD, siti } from '#test/support/world.ts'

const CODES = /<code>((?:[a-z2-9]{4}-){3}[a-z2-9]{4})<\/code>/g
const KEY = /<code class="secret">([A-Z2-7 ]+)<\/code>/

// Somebody at a browser of their own: keeps the cookie of the last answer.
function browser({ app, db }: ReturnType<typeof freshApp>) {
  let cookie = ''
  const ask = async (path: string, fields?: Record<string, string>) => {
    const answer = await app.request(path, { redirect: 'manual', headers: { Cookie: cookie }, ...(fields && { method: 'POST', body: new URLSearchParams(fields) }) })
    cookie = answer.headers.getSetCookie().find((one) => one.startsWith('siks_session='))?.split(';')[0] ?? cookie
    return { status: answer.status, to: answer.headers.get('Location'), html: await answer.text() }
  }
  return {
    ask, db, cookie: () => cookie,
    enter: ({ id }: Actor, next = '/') => ask('/session', { username: id, password: PASSWORD, next }),
  }
}
// Sets up the factor of whoever is signed in; the key, and the codes for emergencies.
async function setUp({ ask, db }: ReturnType<typeof browser>, who: Actor, code = '') {
  await ask('/account/factor/key', { code })
  const key = KEY.exec((await ask('/account/factor')).html)![1]!.replaceAll(' ', '')
  const { html } = await ask('/account/factor', { code: freshCode(db, who, key) })
  return { key, codes: [...html.matchAll(CODES)].map((found) => found[1]!) }
}
const without = (db: Db, { id }: Actor) => {
  db.$client.prepare('DELETE FROM second_factors WHERE user_id = ?').run(id)
  return freshApp(db)
}
const prove = (db: Db, code: string, now: number) => proveFactor(db, hadi, code, now).then(({ kind }) => kind, (error) => error.code)

const test = suite('the second factor')

test('is RFC 6238, with half a minute of tolerance', () => {
  assert.is(codeAt(FACTOR_SECRET, 59_000), '287082')
  assert.is(codeAt(FACTOR_SECRET, 1_111_111_109_000), '081804')
  assert.is(stepOf(FACTOR_SECRET, '287082', 59_000 + 30_000), 1)
  assert.is(stepOf(FACTOR_SECRET, '287082', 59_000 + 61_000), undefined)
})

test('is asked after the password; until then the session opens nothing at all', async () => {
  const world = freshApp()
  const hadis = browser(world)
  assert.is((await hadis.enter(hadi, '/batches')).to, '/session/code?next=%2Fbatches')
  const half = hadis.cookie()
  for (const path of ['/', '/account', '/account/factor', '/password', '/batches']) assert.match((await hadis.ask(path)).to!, /^\/session\?next=/)
  assert.is((await hadis.ask('/batches/b1/ratification', { any: 'thing' })).status, 401)
  assert.not.match((await hadis.ask('/cek')).html, 'Hadi Purnomo')
  assert.equal(actions(world.db), [], 'he is not in yet')
  assert.is((await hadis.ask('/session/code', { code: freshCode(world.db, hadi), next: '/batches' })).to, '/batches')
  assert.is((await hadis.ask('/batches')).status, 200)
  assert.is.not(hadis.cookie(), half, 'the token of the half session is worth nothing any more')
  assert.is((await world.app.request('/batches', { headers: { Cookie: half } })).status, 303)
  assert.equal(actions(world.db), ['session.started'])
})

test('a code counts once, nor does an older one after it; the right one of the next half minute does', async () => {
  const db = freshDatabase()
  const noon = Date.parse('2026-03-02T05:00:00Z')
  assert.is(await prove(db, codeAt(FACTOR_SECRET, noon), noon), 'totp')
  assert.is(await prove(db, codeAt(FACTOR_SECRET, noon), noon + 1000), 'invalid')
  assert.is(await prove(db, codeAt(FACTOR_SECRET, noon - 30_000), noon + 1000), 'invalid')
  assert.is(await prove(db, codeAt(FACTOR_SECRET, noon + 30_000), noon + 31_000), 'totp')
  const both = await Promise.all([0, 1].map(() => prove(db, codeAt(FACTOR_SECRET, noon + 60_000), noon + 61_000)))
  assert.equal(both.sort(), ['invalid', 'totp'])
})

test('wrong codes wait as wrong passwords do, over a restart, and the right password does not open the door again', async () => {
  const db = freshDatabase()
  const hadis = browser(freshApp(db))
  await hadis.enter(hadi)
  for (let time = 0; time < 5; time += 1) assert.is((await hadis.ask('/session/code', { code: '000000', next: '/' })).status, 422)
  assert.is((await hadis.ask('/session/code', { code: freshCode(db, hadi), next: '/' })).status, 429)
  const later = browser(freshApp(openDatabase(db.$client.serialize())))
  await later.enter(hadi)
  const { status, html } = await later.ask('/session/code', { code: freshCode(later.db, hadi), next: '/' })
  assert.is(status, 429)
  assert.match(html, 'Tunggu 1 menit')
  assert.ok(actions(db).includes('session.code_braked'))
})

test('whoever must have one and has none reaches nothing but its setting up', async () => {
  const world = without(freshDatabase(), mega)
  const megas = browser(world)
  assert.is((await megas.enter(mega)).to, '/')
  for (const path of ['/', '/batches', '/account', '/households', '/access']) assert.is((await megas.ask(path)).to, '/account/factor', path)
  assert.is((await megas.ask('/batches/b1/acceptance', { scope: 'all' })).status, 403)
  const before = megas.cookie()
  const { codes } = await setUp(megas, mega)
  assert.is(new Set(codes).size, 10)
  assert.is((await megas.ask('/batches')).status, 200)
  assert.is.not(megas.cookie(), before, 'a new token with the new right')
  assert.is((await world.app.request('/batches', { headers: { Cookie: before } })).status, 303)
  assert.equal(actions(world.db), ['session.started', 'user.factor_begun', 'user.factor_set'])
})

test('is a choice for everybody else, who may also leave it; who must have it may not', async () => {
  const world = freshApp()
  const sitis = browser(world)
  assert.is((await sitis.enter(siti)).to, '/')
  const { key, codes } = await setUp(sitis, siti)
  assert.is(codes.length, 10)
  assert.match((await browser(world).enter(siti)).to!, '/session/code')
  assert.is((await sitis.ask('/account/factor/removal', { code: '000000' })).status, 422)
  assert.is((await sitis.ask('/account/factor/removal', { code: freshCode(world.db, siti, key) })).to, '/account')
  assert.is((await browser(world).enter(siti)).to, '/')
  assert.is((await world.as(agus).post('/account/factor/removal', { code: freshCode(world.db, agus) })).status, 409)
})

test('a recovery code lets in once, tells how many are left, and is kept only as a hash', async () => {
  const world = without(freshDatabase(), hadi)
  const hadis = browser(world)
  await hadis.enter(hadi)
  const { codes } = await setUp(hadis, hadi)
  assert.not.ok(codes.some((code) => Buffer.from(contentsOf(world.db), 'base64').includes(code.replaceAll('-', '').slice(4))))
  const elsewhere = browser(world)
  await elsewhere.enter(hadi)
  assert.is((await elsewhere.ask('/session/code', { code: codes[3]!.toUpperCase().replaceAll('-', ' '), next: '/batches' })).to, '/account', 'where the rest is counted')
  assert.match((await elsewhere.ask('/account')).html, '9 dari 10')
  const again = browser(world)
  await again.enter(hadi)
  assert.is((await again.ask('/session/code', { code: codes[3]!, next: '/' })).status, 422)
  const [one, other] = [browser(world), browser(world)]
  await Promise.all([one.enter(hadi), other.enter(hadi)])
  const at = await Promise.all([one, other].map((who) => who.ask('/session/code', { code: codes[5]!, next: '/' })))
  assert.equal(at.map(({ status }) => status).sort(), [303, 422], 'used twice at once it lets one in')
})

test('new recovery codes end the old ones and need a proof', async () => {
  const world = freshApp()
  assert.is((await world.as(hadi).post('/account/factor/recovery-codes', { code: '123' })).status, 422)
  const made = async () => [...(await (await world.as(hadi).post('/account/factor/recovery-codes', { code: freshCode(world.db, hadi) })).text()).matchAll(CODES)].map((found) => found[1]!)
  const [old, fresh] = [await made(), await made()]
  assert.is(fresh.length, 10)
  assert.is(await prove(world.db, old[0]!, Date.now()), 'invalid')
  assert.is(await prove(world.db, fresh[0]!, Date.now()), 'recovery')
})

test('nobody replaces the own factor without the present one; until the new one is proven the old one holds', async () => {
  const world = freshApp()
  assert.is((await world.as(hadi).post('/account/factor/key', { code: '' })).status, 422)
  assert.not.match(await (await world.as(hadi).get('/account/factor')).text(), KEY)
  const hadis = browser(world)
  await hadis.enter(hadi)
  await hadis.ask('/session/code', { code: freshCode(world.db, hadi), next: '/' })
  await hadis.ask('/account/factor/key', { code: freshCode(world.db, hadi) })
  const key = KEY.exec((await hadis.ask('/account/factor')).html)![1]!.replaceAll(' ', '')
  assert.is(KEY.exec((await hadis.ask('/account/factor')).html)![1]!.replaceAll(' ', ''), key, 'the same until it is confirmed')
  assert.is(await prove(world.db, freshCode(world.db, hadi), Date.now()), 'totp')
  assert.is((await hadis.ask('/account/factor', { code: freshCode(world.db, hadi) })).status, 422, 'a code of the old key proves no new one')
  await hadis.ask('/account/factor', { code: freshCode(world.db, hadi, key) })
  assert.is(await prove(world.db, freshCode(world.db, hadi), Date.now()), 'invalid')
  assert.is((await hadis.ask('/account/factor', { code: freshCode(world.db, hadi, key) })).status, 409, 'confirmed twice it says so')
})

test('is reset by another administrator only, with a reason: signed out, and set up anew', async () => {
  const world = freshApp()
  const session = { headers: { Cookie: `siks_session=${await startSession(world.db, hadi.id, 'test')}` } }
  assert.is((await world.as(agus).post('/users/hadi/factor-reset', {})).status, 422)
  assert.is((await world.as(agus).post('/users/agus/factor-reset', { reason: 'HP hilang' })).status, 409)
  assert.is((await world.as(agus).post('/users/siti/factor-reset', { reason: 'HP hilang' })).status, 409, 'she has none')
  assert.is((await world.as(agus).post('/users/hadi/factor-reset', { reason: 'HP hilang' })).status, 303)
  assert.is((await world.app.request('/', session)).status, 303)
  const hadis = browser(world)
  assert.is((await hadis.enter(hadi)).to, '/', 'with the password he knows')
  assert.is((await hadis.ask('/')).to, '/account/factor')
  await setUp(hadis, hadi)
  assert.is((await hadis.ask('/')).status, 200)
})

test('one administrator never renews both the password and the factor: that would be signing in another\'s name', async () => {
  const world = freshApp()
  world.db.$client.prepare("INSERT INTO users SELECT 'bima', 'bima', 'Bima Sakti', NULL, role, password_hash, status, created_at FROM users WHERE id = 'agus'").run()
  addFactors(world.db, [{ id: 'bima', role: 'administrator' }])
  const bima: Actor = { ...agus, id: 'bima' }
  assert.is((await world.as(agus).post('/users/hadi/factor-reset', { reason: 'HP hilang' })).status, 303)
  assert.is((await world.as(agus).post('/users/hadi/password')).status, 409)
  assert.is((await world.as(bima).post('/users/hadi/password')).status, 200)
  assert.is((await world.as(bima).post('/users/mega/password')).status, 200)
  assert.is((await world.as(bima).post('/users/mega/factor-reset', { reason: 'HP hilang' })).status, 409)
  assert.is((await world.as(agus).post('/users/mega/factor-reset', { reason: 'HP hilang' })).status, 303)
})

test('before it comes a password of one\'s own', async () => {
  const world = freshApp(freshDatabase())
  world.db.$client.prepare("UPDATE users SET status = 'invited' WHERE id = 'mega'").run()
  const megas = browser(without(world.db, mega))
  await megas.enter(mega)
  for (const path of ['/', '/account/factor', '/households']) assert.is((await megas.ask(path)).to, '/password', path)
  await megas.ask('/password', { current: PASSWORD, next: 'kuda-lari-di-sawah', again: 'kuda-lari-di-sawah' })
  assert.is((await megas.ask('/')).to, '/account/factor')
})

test.run()
