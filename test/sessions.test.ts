import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findActor, startSession, sweepSessions } from '#app/sessions/sessions.ts'
import { signIn, sweepFailures } from '#app/sessions/sign-in.ts'
import { actions, contentsOf, freshApp, freshDatabase, mega, PASSWORD, PONCOSARI, siti, wawan } from '#test/support/world.ts'

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
  assert.is((await app.request('/households', { method: 'POST' })).status, 401)
  assert.is((await enter(app, { next: '/households' })).headers.get('Location'), '/households')
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
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

test('a wrong name, a wrong password and a suspended account get one and the same answer', async () => {
  const { db, app } = freshApp()
  db.$client.prepare("UPDATE users SET status = 'suspended' WHERE id = 'tono'").run()
  const answers = await Promise.all([enter(app, { username: 'nobody' }), enter(app, { password: 'salah' }), enter(app, { username: 'tono' })])
  assert.equal(answers.map(({ status }) => status), [422, 422, 422])
  assert.is(new Set(await Promise.all(answers.map((answer) => answer.text()))).size, 1)
  assert.is((await enter(app, { username: '' })).status, 422)
})

test('after five failures a name waits 15 minutes; other names do not', async () => {
  const db = freshDatabase()
  const noon = Date.parse('2026-03-02T05:00:00Z')
  for (let time = 0; time < 5; time += 1) assert.is(await attempt(db, 'salah', noon), 'invalid')
  assert.is(await attempt(db, PASSWORD, noon + 1), 'too_many')
  assert.is(await attempt(db, PASSWORD, noon, 'budi'), 'in')
  assert.is(await attempt(db, PASSWORD, noon + 16 * 60 * 1000), 'in')
  sweepFailures(db, noon + HOUR)
  assert.is(db.$client.prepare('SELECT count(*) FROM sign_in_failures').pluck().get(), 0)
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
