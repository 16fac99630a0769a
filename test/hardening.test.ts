import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createApp } from '#app/app.tsx'
import { ANSWERS } from '#test/support/answers.ts'
import { freshApp, freshDatabase, PASSWORD, PEOPLE, routesOf, siti } from '#test/support/world.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'

const over = (origin?: string) => {
  const db = freshDatabase()
  return { db, app: createApp({ db, dataDirectory: '/nonexistent', trustProxy: false, origin }) }
}
const enter = (app: ReturnType<typeof over>['app'], headers: Record<string, string> = {}) =>
  app.request('/session', { method: 'POST', body: new URLSearchParams({ username: 'siti', password: PASSWORD }), headers })
const HTTPS = 'https://siks.contoh.go.id'

const headers = suite('headers')

headers('allow only what a page of ours needs, on every answer that is a page', async () => {
  const world = freshApp(furnishedDatabase())
  for (const route of routesOf(world.app).filter((one) => one.startsWith('GET') && !one.endsWith('/worker.js'))) {
    const { at = route.slice(4), allow } = ANSWERS[route]!
    const { headers: told, status } = await world.as(typeof allow === 'string' ? siti : allow[0]!).get(at)
    const of = (name: string) => told.get(name) ?? ''
    const where = `${route} ${status}`
    assert.ok(of('Content-Security-Policy').startsWith("default-src 'none'") && !/unsafe|\*/.test(of('Content-Security-Policy')), where)
    assert.equal([of('X-Content-Type-Options'), of('Referrer-Policy'), of('X-Frame-Options')], ['nosniff', 'same-origin', 'DENY'], where)
    assert.equal([of('Cross-Origin-Opener-Policy'), of('Cross-Origin-Resource-Policy')], ['same-origin', 'same-origin'], where)
    assert.match(of('Permissions-Policy'), /camera=\(?self\)?, geolocation=\(?self\)?, microphone=\(\)/, where)
    assert.match(of('Cache-Control'), /no-store|no-cache/, where)
  }
})

headers('are few on a file of ours, which is no page, and whole where there is none', async () => {
  const { app } = over(HTTPS)
  const file = await app.request('/static/app.css')
  assert.is(file.status, 200)
  assert.equal([file.headers.get('Content-Security-Policy'), file.headers.get('X-Content-Type-Options')], ["default-src 'none'; frame-ancestors 'none'", 'nosniff'])
  assert.ok([...file.headers].join().length < 400, [...file.headers].join())
  assert.match((await app.request('/static/nothing.css')).headers.get('Content-Security-Policy') ?? '', /style-src 'self'/)
})

headers('promise https for a year where people come by https, and nothing where they do not', async () => {
  assert.is((await over(HTTPS).app.request('/session')).headers.get('Strict-Transport-Security'), 'max-age=31536000; includeSubDomains')
  assert.is((await over().app.request('/session')).headers.get('Strict-Transport-Security'), null)
})

const cookies = suite('cookies')

cookies('carry the __Host- prefix over https, with all it asks for', async () => {
  const { app } = over(HTTPS)
  const [set = '', mark = ''] = (await enter(app)).headers.getSetCookie()
  assert.match(set, /^__Host-siks_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  assert.match(mark, /^__Host-siks_known=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  const cookie = set.split(';')[0]!
  assert.is((await app.request('/', { headers: { Cookie: cookie } })).status, 200)
  assert.is((await app.request('/', { headers: { Cookie: cookie.replace('__Host-', '') } })).status, 303, 'a bare name, as a neighbouring site could plant it, is nobody')
  const ended = await app.request('/session/end', { method: 'POST', headers: { Cookie: cookie } })
  assert.match(ended.headers.get('Set-Cookie')!, /^__Host-siks_session=; Max-Age=0; Path=\/; HttpOnly; Secure/)
})

cookies('work under their bare name over plain http, as on a laptop', async () => {
  const { app } = over()
  const [set = '', mark = ''] = (await enter(app)).headers.getSetCookie()
  assert.match(mark, /^siks_known=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
  assert.match(set, /^siks_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
  assert.is((await app.request('/', { headers: { Cookie: set.split(';')[0]! } })).status, 200)
})

cookies('planted before a sign-in are worth nothing after it', async () => {
  for (const [origin, name] of [[HTTPS, '__Host-siks_session'], [undefined, 'siks_session']] as const) {
    const { app, db } = over(origin)
    const planted = { Cookie: `${name}=${'a'.repeat(40)}` }
    const set = (await enter(app, planted)).headers.get('Set-Cookie')!
    assert.ok(!set.includes('a'.repeat(40)))
    assert.is((await app.request('/', { headers: planted })).status, 303)
    const before = set.split(';')[0]!
    const again = (await enter(app, { Cookie: before })).headers.get('Set-Cookie')!.split(';')[0]!
    assert.is.not(before, again, 'who signs in once more gets another one')
    assert.is(db.$client.prepare('SELECT count(DISTINCT id_hash) FROM sessions').pluck().get(), db.$client.prepare('SELECT count(*) FROM sessions').pluck().get())
  }
})

const posts = suite('a post from another site')

posts('is refused at every door and changes nothing', async () => {
  const world = freshApp(furnishedDatabase())
  const lines = () => world.db.$client.prepare('SELECT count(*) FROM audit_entries').pluck().get()
  const before = lines()
  const doors = routesOf(world.app).filter((one) => !one.startsWith('GET'))
  assert.ok(doors.length > 170, `${doors.length} doors`)
  for (const route of doors) {
    const [method, path] = route.split(' ') as [string, string]
    const { at = path, allow, fields = {} } = ANSWERS[route]!
    const who = typeof allow === 'string' ? PEOPLE[0]! : allow[0]!
    for (const from of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site', 'Origin': 'http://localhost' }, { Origin: 'https://lain.example' }, { Origin: 'null' }] as Record<string, string>[]) {
      const answer = await world.as(who).send(at, { method, body: new URLSearchParams(fields), headers: from })
      assert.is(answer.status, 403, `${route} ${JSON.stringify(from)}`)
    }
  }
  assert.is(lines(), before)
})

posts('cannot come as a question: nothing that only reads writes what the audit trail calls a change', async () => {
  const world = freshApp(furnishedDatabase())
  const READING = /\.(opened|downloaded|viewed|read|printed|exported|looked_up|taken|made)$|^session\.|^pack\.|_taken$|_downloaded$|_opened$|_printed$|_viewed$|\.explained$/
  const last = world.db.$client.prepare('SELECT max(seq) FROM audit_entries').pluck().get()
  for (const route of routesOf(world.app).filter((one) => one.startsWith('GET'))) {
    const { at = route.slice(4), allow } = ANSWERS[route]!
    await (await world.as(typeof allow === 'string' ? siti : allow[0]!).get(at)).arrayBuffer()
  }
  const written = world.db.$client.prepare('SELECT DISTINCT action FROM audit_entries WHERE seq > ?').pluck().all(last) as string[]
  assert.equal(written.filter((action) => !READING.test(action)), [])
})

headers.run()
cookies.run()
posts.run()
