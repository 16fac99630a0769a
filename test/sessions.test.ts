import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findActor, startSession, sweepSessions } from '#app/sessions/sessions.ts'
import { sweepFailures } from '#app/sessions/brake.ts'
import { signIn } from '#app/sessions/sign-in.ts'
import { openDatabase } from '#db/connection.ts'
import { actions, agus, budi, contentsOf, freshApp, freshDatabase, mega, PASSWORD, PONCOSARI, siti, wawan } from '#test/support/world.ts'

const test = suite('sessions')
const HOUR = 60 * 60 * 1000
type Posted = { username?: string, password?: string, next?: string }
const enter = (app: ReturnType<typeof freshApp>['app'], { username = 'siti', password = PASSWORD, next = '/' }: Posted = {}, headers: Record<string, string> = {}) =>
  app.request('/session', { method: 'POST', body: new URLSearchParams({ username, password, next }), headers })
const cookieOf = (answer: Response) => answer.headers.get('Set-Cookie') ?? ''
const tokenOf = (answer: Response) => /siks_session=([^;]+)/.exec(cookieOf(answer))?.[1] ?? ''
const attempt = (db: ReturnType<typeof freshDatabase>, password: string, now?: number, username = 'siti', address = '10.0.0.1') =>
  signIn(db, { username, password, address, userAgent: 'test' }, now).then(() => 'in', (error) => error.code)

test('whoever is not signed in is sent to the sign-in page and back, on our own paths only', async () => {
  const { app } = freshApp()
  assert.is((await app.request('/households')).headers.get('Location'), '/session?next=%2Fhouseholds')
  assert.is((await app.request('/households?stage=assigned&region=34.02')).headers.get('Location'), '/session?next=%2Fhouseholds%3Fstage%3Dassigned%26region%3D34.02')
  assert.is((await enter(app, { next: '/households' })).headers.get('Location'), '/households')
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example', '/\u0000/evil.example', '/ /evil.example']) {
    assert.is((await enter(app, { next })).headers.get('Location'), '/')
  }
})

test('Siti signs in, is known by name and place, and signs out', async () => {
  const { db, app } = freshApp()
  const answer = await enter(app)
  assert.match(cookieOf(answer), /HttpOnly; SameSite=Lax/)
  const headers = { Cookie: `siks_session=${tokenOf(answer)}` }
  const page = await (await app.request('/', { headers })).text()
  assert.match(page, 'Siti Rahayu')
  assert.match(page, 'Petugas pendata · Poncosari')
  await app.request('/session/end', { method: 'POST', headers })
  assert.is((await app.request('/', { headers })).status, 303)
  assert.equal(actions(db), ['session.started'])
})

test('the head names one place, several, or the country', async () => {
  const db = freshDatabase()
  const labelOf = async (id: string) => (await findActor(db, await startSession(db, id, 'test')))?.regionLabel
  assert.is(await labelOf(wawan.id), 'Poncosari, Trimurti')
  assert.is(await labelOf(mega.id), 'Seluruh Indonesia')
})

test('each sign-in makes a new token, and the database knows only its hash', async () => {
  const { db, app } = freshApp()
  const planted = { Cookie: 'siks_session=planted-by-somebody-else' }
  const first = tokenOf(await enter(app, {}, planted))
  const second = tokenOf(await enter(app, {}, planted))
  assert.is.not(first, second)
  assert.is.not(first, 'planted-by-somebody-else')
  assert.is(await findActor(db, 'planted-by-somebody-else'), undefined)
  const stored = db.$client.prepare('SELECT id_hash FROM sessions').pluck().all()
  assert.ok(stored.includes(createHash('sha256').update(first).digest('hex')))
  assert.not.ok(Buffer.from(contentsOf(db), 'base64').includes(first))
})

test('whose session ended while a form was filled in is told where to sign in, and that the form can be sent again', async () => {
  const { app } = freshApp()
  for (const [headers, words] of [[{}, 'muat ulang'], [{ 'HX-Request': 'true' }, 'lalu kembali ke isian Anda']] as [Record<string, string>, string][]) {
    const answer = await app.request('/households', { method: 'POST', headers })
    assert.is(answer.status, 401)
    assert.match(await answer.text(), new RegExp(`<a href="/session" target="_blank" rel="noopener">Masuk di tab baru</a>, [^]*${words}`))
  }
})

test('a refused sign-in keeps the name and where it was going, and never the password', async () => {
  const { app } = freshApp()
  const answer = await enter(app, { username: 'siti', password: 'salah-ketik', next: '/field?tab=sent' })
  assert.is(answer.status, 422)
  const page = await answer.text()
  assert.match(page, /value="siti"[^>]* name="username"/)
  assert.match(page, 'name="next" value="/field?tab=sent"')
  assert.match(page, 'Periksa nama pengguna dan kata sandi.')
  assert.not.match(page, 'salah-ketik')
})

test('a wrong name, a wrong password and a suspended account get one and the same answer', async () => {
  const { db, app } = freshApp()
  db.$client.prepare("UPDATE users SET status = 'suspended' WHERE id = 'tono'").run()
  const answers = await Promise.all([enter(app, { username: 'nobody' }), enter(app, { password: 'salah' }), enter(app, { username: 'tono' })])
  assert.equal(answers.map(({ status }) => status), [422, 422, 422])
  const pages = await Promise.all(answers.map((answer) => answer.text()))
  assert.is(new Set(pages.map((page, one) => page.replaceAll(['nobody', 'siti', 'tono'][one]!, ''))).size, 1)
  assert.is((await enter(app, { username: '' })).status, 422)
})

test('after five failures a name waits, longer each time, and the message says how long; other names do not', async () => {
  const db = freshDatabase()
  const noon = Date.parse('2026-03-02T05:00:00Z')
  const told = (password: string, now: number, username = 'siti') => signIn(db, { username, password, address: '10.0.0.1', userAgent: 'test' }, now).then(() => 'in', ({ message }) => message)
  for (let time = 0; time < 5; time += 1) assert.is(await attempt(db, 'salah', noon), 'invalid')
  assert.match(await told(PASSWORD, noon + 1), 'Tunggu 1 menit')
  assert.is(await attempt(db, PASSWORD, noon, 'budi'), 'in')
  assert.is(await attempt(db, 'salah', noon + 61_000), 'invalid')
  assert.match(await told(PASSWORD, noon + 62_000), 'Tunggu 2 menit')
  assert.is(await attempt(db, 'salah', noon + 182_000), 'invalid')
  assert.match(await told(PASSWORD, noon + 183_000), 'Tunggu 4 menit')
  assert.is(await attempt(db, PASSWORD, noon + 16 * 60 * 1000), 'in')
  assert.is(await attempt(db, 'salah', noon + 16 * 60 * 1000), 'invalid', 'a right password ends the row of failures')
  sweepFailures(db, noon + 8 * 24 * HOUR)
  assert.is(db.$client.prepare('SELECT count(*) FROM sign_in_failures').pluck().get(), 0)
})

test('a name that nobody has waits and is told the same', async () => {
  const db = freshDatabase()
  const told = async (username: string) => {
    const words = []
    for (let time = 0; time < 7; time += 1) words.push(await signIn(db, { username, password: 'salah', address: '10.0.0.2', userAgent: 'test' }).catch(({ message }) => message))
    return words
  }
  assert.equal(await told('nobody'), await told('siti'))
})

test('the wait outlives a restart, and after a hundred failures only an administrator opens it', async () => {
  const db = freshDatabase()
  for (let time = 0; time < 5; time += 1) await attempt(db, 'salah')
  const reopened = openDatabase(db.$client.serialize())
  assert.is(await attempt(reopened, PASSWORD), 'too_many')
  const fill = reopened.$client.prepare("INSERT INTO sign_in_failures (subject, at) VALUES ('name:siti', ?)")
  for (let time = 0; time < 95; time += 1) fill.run(Date.now() - 3 * HOUR)
  assert.is(await attempt(reopened, PASSWORD, Date.now() + 2 * HOUR), 'too_many')
  const { as } = freshApp(reopened)
  assert.match(await (await as(agus).get('/users/siti')).text(), 'Tidak terbuka sendiri')
  await as(agus).post('/users/siti/unlocking')
  assert.is(await attempt(reopened, PASSWORD), 'in')
  assert.equal(actions(reopened).slice(-2), ['user.unlocked', 'session.started'])
})

test('guesses sent all at once are counted one by one; right ones at once all come in', async () => {
  const db = freshDatabase()
  const guesses = await Promise.all(Array.from({ length: 9 }, (_, n) => attempt(db, `salah-${n}`)))
  assert.equal(guesses.filter((one) => one === 'invalid').length, 5)
  assert.equal(guesses.filter((one) => one === 'too_many').length, 4)
  const right = await Promise.all(Array.from({ length: 7 }, () => attempt(db, PASSWORD, undefined, 'budi')))
  assert.equal(new Set(right), new Set(['in']))
})

test('one address that tries many names is stopped as well', async () => {
  const db = freshDatabase()
  const fill = db.$client.prepare("INSERT INTO sign_in_failures (subject, at) VALUES ('address:10.0.0.9', ?)")
  for (let time = 0; time < 40; time += 1) fill.run(Date.now())
  assert.is(await attempt(db, PASSWORD, undefined, 'siti', '10.0.0.9'), 'too_many')
  assert.is(await attempt(db, PASSWORD, undefined, 'siti', '10.0.0.8'), 'in')
})

test('a session ends after 12 hours unused and after 7 days in all', async () => {
  const db = freshDatabase()
  const token = await startSession(db, siti.id, 'test')
  const age = (column: string, hours: number) => db.$client.prepare(`UPDATE sessions SET ${column} = ?`).run(Date.now() + hours * HOUR)
  assert.equal((await findActor(db, token))?.regions, [PONCOSARI])
  age('expires_at', 5)
  assert.is((await findActor(db, token))?.id, 'siti', 'used in its second half, it is prolonged')
  assert.ok(Number(db.$client.prepare('SELECT expires_at FROM sessions').pluck().get()) > Date.now() + 11 * HOUR)
  age('created_at', -7 * 24 - 1)
  assert.is(await findActor(db, token), undefined)
  const other = await startSession(db, siti.id, 'test')
  age('expires_at', -1)
  assert.is(await findActor(db, other), undefined)
  await sweepSessions(db)
  assert.is(db.$client.prepare('SELECT count(*) FROM sessions').pluck().get(), 0)
})

test('of who can sign, determine or change accounts, it ends after one hour unused and twelve in all', async () => {
  const db = freshDatabase()
  const age = (column: string, hours: number) => db.$client.prepare(`UPDATE sessions SET ${column} = ?`).run(Date.now() - hours * HOUR)
  for (const [column, most] of [['last_used_at', 1], ['created_at', 12]] as const) {
    const token = await startSession(db, agus.id, 'test')
    age(column, most - 0.1)
    assert.is((await findActor(db, token))?.id, 'agus')
    age(column, most + 0.1)
    assert.is(await findActor(db, token), undefined, column)
  }
})

test('the page of one\'s account names each device, ends one or all others, and nobody else\'s', async () => {
  const { db, app, as } = freshApp()
  const phone = tokenOf(await enter(app, {}, { 'User-Agent': 'Mozilla/5.0 (Linux; Android 9; Redmi) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36' }))
  const office = tokenOf(await enter(app, {}, { 'User-Agent': 'w3m/0.5.3+git20230121' }))
  const on = (token: string) => ({ headers: { Cookie: `siks_session=${token}` } })
  const html = await (await app.request('/account', on(phone))).text()
  assert.match(html, 'Chrome di HP Android <span class="badge good">Perangkat ini')
  assert.match(html, 'w3m')
  assert.is(html.match(/Perangkat ini</g)!.length, 1)
  const handle = /account\/sessions\/([0-9a-f]{16})\/end/.exec(html)![1]
  await as(budi).post(`/account/sessions/${handle}/end`)
  assert.is((await app.request('/account', on(office))).status, 200)
  await app.request(`/account/sessions/${handle}/end`, { method: 'POST', ...on(phone) })
  assert.is((await app.request('/account', on(office))).status, 303)
  const third = tokenOf(await enter(app))
  await app.request('/account/other-sessions/end', { method: 'POST', ...on(phone) })
  assert.equal([(await app.request('/account', on(third))).status, (await app.request('/account', on(phone))).status], [303, 200])
  assert.equal(actions(db).filter((action) => action === 'session.revoked').length, 2)
})

test('an administrator signs a user out everywhere, but not in the own name', async () => {
  const { app, as } = freshApp()
  const token = tokenOf(await enter(app))
  assert.is((await as(agus).post('/users/siti/sign-out')).status, 303)
  assert.is((await app.request('/', { headers: { Cookie: `siks_session=${token}` } })).status, 303)
  assert.is((await as(agus).post('/users/agus/sign-out')).status, 409)
})

test('a suspended user is out at once', async () => {
  const db = freshDatabase()
  const token = await startSession(db, siti.id, 'test')
  db.$client.prepare("UPDATE users SET status = 'suspended' WHERE id = 'siti'").run()
  assert.is(await findActor(db, token), undefined)
})

test('a post from a foreign page is refused and changes nothing', async () => {
  const { db, app } = freshApp()
  const foreign: Record<string, string>[] = [
    { Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { Referer: 'https://evil.example/x' }, { Origin: 'null' },
  ]
  for (const headers of foreign) assert.is((await enter(app, {}, headers)).status, 403, JSON.stringify(headers))
  assert.equal(actions(db), [])
  for (const headers of [{ Origin: 'http://localhost' }, { 'Sec-Fetch-Site': 'same-origin' }] as Record<string, string>[]) {
    assert.is((await enter(app, {}, headers)).status, 303, JSON.stringify(headers))
  }
})

test('every page carries the strict headers, and pages of a signed-in person are not kept', async () => {
  const { app, as } = freshApp()
  for (const answer of [await app.request('/session'), await as(siti).get('/'), await as(siti).get('/nowhere')]) {
    const policy = answer.headers.get('Content-Security-Policy') ?? ''
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.not.match(policy, 'unsafe')
    assert.is(answer.headers.get('X-Content-Type-Options'), 'nosniff')
    assert.is(answer.headers.get('X-Frame-Options'), 'DENY')
    assert.is(answer.headers.get('Referrer-Policy'), 'same-origin')
    assert.not.match(await answer.text(), /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/)
  }
  assert.is((await as(siti).get('/')).headers.get('Cache-Control'), 'no-store')
})

test.run()
