import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { getUser } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { actions, agus, BANTUL, contentsOf, freshApp, GADINGSARI, PASSWORD, PONCOSARI, rina, siti, SRANDAKAN, TRIMURTI, type Fields } from '#test/support/world.ts'

const test = suite('users')
const ratna = (fields: Fields = {}): Fields => ({
  key: randomUUID(), name: 'Ratna Sari', username: 'ratna', phone: '0812-3456-7890', role: 'enumerator', region: ['34', BANTUL, SRANDAKAN, PONCOSARI], ...fields,
})
const ONE_TIME = /<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<\/code>/
const shown = async (answer: Response) => ONE_TIME.exec(await answer.text())?.[1] ?? ''
const userNamed = (db: Db, username: string) =>
  db.$client.prepare<[string], { id: string }>('SELECT id FROM users WHERE username = ?').get(username)?.id
const signIn = (app: ReturnType<typeof freshApp>['app'], username: string, password: string) => app.request('/session', {
  method: 'POST', body: new URLSearchParams({ username, password, next: '/' }),
})
// Where somebody with this cookie is sent from the first page.
const landing = async (app: ReturnType<typeof freshApp>['app'], cookie: string) => (await app.request('/', { headers: { Cookie: cookie } })).headers.get('Location')
const cookieOf = (answer: Response) => answer.headers.get('Set-Cookie')?.split(';')[0] ?? ''

test('only an administrator sees or changes users', async () => {
  const { db, as } = freshApp()
  for (const path of ['/users', '/users/new', '/users/siti', '/users/siti/placement']) assert.is((await as(rina).get(path)).status, 403, path)
  const posts: [string, Fields][] = [
    ['/users', ratna()], ['/users/siti/placement', { role: 'enumerator', regions: TRIMURTI }], ['/users/siti/suspension', { reason: 'x' }],
    ['/users/siti/restoration', {}], ['/users/siti/password', {}],
  ]
  for (const [path, fields] of posts) assert.is((await as(rina).post(path, fields)).status, 403, path)
  assert.equal(actions(db), [])
  assert.is((await as(agus).get('/users/nobody')).status, 404)
  assert.is((await as(agus).post('/users/nobody/suspension', { reason: 'x' })).status, 404)
})

test('the list is found by name, role, status and place, and continues after its last row', async () => {
  const { db, as, htmx } = freshApp()
  const part = await (await htmx(agus).get('/users?q=siti')).text()
  assert.match(part, 'Siti Rahayu')
  assert.not.match(part, 'Agus Salim')
  assert.not.match(part, '<html')
  const inPlace = await (await htmx(agus).get(`/users?region=34&region=${BANTUL}&role=district_coordinator`)).text()
  assert.match(inPlace, 'Budi Santoso')
  assert.not.match(inPlace, 'Eko Nugroho')
  const add = db.$client.prepare("INSERT INTO users SELECT 'u' || ?, 'u' || ?, 'Warga ' || ?, NULL, role, password_hash, 'suspended', created_at FROM users WHERE id = 'siti'")
  for (let n = 10; n < 70; n += 1) add.run(String(n), String(n), String(n))
  const first = await (await as(agus).get('/users?status=suspended')).text()
  assert.match(first, 'Warga 59')
  assert.not.match(first, 'Warga 60')
  const next = /href="(\/users\?[^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const second = await (await as(agus).get(next)).text()
  assert.match(second, 'Warga 60')
  assert.match(second, 'Warga 69')
  assert.not.match(second, 'Warga 59')
})

test('Ratna is invited, must change her one-time password, and then works', async () => {
  const { db, app, as } = freshApp()
  const form = ratna()
  const password = await shown(await as(agus).post('/users', form))
  const user = getUser(db, userNamed(db, 'ratna')!)
  assert.equal([user.status, user.role, user.phone, user.regions], ['invited', 'enumerator', '081234567890', [PONCOSARI]])
  assert.match(password, /^.{14}$/)
  assert.not.ok(Buffer.from(contentsOf(db), 'base64').includes(password), 'only its hash is kept')
  assert.is(await shown(await as(agus).post('/users', form)), '', 'shown only once')

  const cookie = cookieOf(await signIn(app, 'ratna', password))
  const ask = (path: string, fields?: Record<string, string>) => app.request(path, {
    headers: { Cookie: cookie }, ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  assert.is((await ask('/')).headers.get('Location'), '/password')
  assert.is((await ask('/field', { any: 'thing' })).status, 403)
  const changed = await ask('/password', { current: password, next: 'kuda-lari-di-sawah', again: 'kuda-lari-di-sawah' })
  assert.is(changed.status, 303)
  assert.is(getUser(db, user.id).status, 'active')
  assert.is((await app.request('/', { headers: { Cookie: cookieOf(changed) } })).status, 200)
  assert.equal(actions(db), ['user.invited', 'session.started', 'user.password_changed'])
})

test('an invitation that lacks something names the field and leaves no user', async () => {
  const { db, as } = freshApp()
  const wrong: [string, Fields][] = [
    ['name', { name: ' ' }], ['username', { username: 'a b' }], ['username', { username: 'SITI' }], ['phone', { phone: '12' }], ['role', { role: 'king' }],
    ['region', { region: '' }], ['region', { region: ['34', BANTUL] }], ['region', { role: 'district_coordinator' }], ['region', { regions: '34.02.01.2999', region: '' }],
    ['region', { role: 'auditor' }],
  ]
  for (const [field, fields] of wrong) {
    const refused = await as(agus).post('/users', ratna(fields))
    assert.is(refused.status, 422, `${field} ${JSON.stringify(fields)}`)
    assert.match(await refused.text(), `#f-${field}`)
  }
  assert.is(userNamed(db, 'ratna'), undefined)
  assert.equal(actions(db), [])
})

test('one telephone is one person, who is not given a second hand in the same work', async () => {
  const { db, as } = freshApp()
  db.$client.prepare("UPDATE users SET phone = '+6281234567890' WHERE id = 'rina'").run()
  const refused = await as(agus).post('/users', ratna())
  assert.is(refused.status, 422)
  assert.match(await refused.text(), 'Nomor teleponnya sama dengan akun rina (Dinsos kab/kota)')
  assert.is((await as(agus).post('/users', ratna({ role: 'province_officer', region: '34' }))).status, 200, 'who only watches')
  assert.is((await as(agus).post(`/users/${userNamed(db, 'ratna')}/placement`, { role: 'regency_approver', region: ['34', BANTUL] })).status, 422)
  db.$client.prepare("UPDATE users SET status = 'suspended' WHERE id = 'rina'").run()
  assert.is((await as(agus).post(`/users/${userNamed(db, 'ratna')}/placement`, { role: 'regency_approver', region: ['34', BANTUL] })).status, 303)
  const back = await as(agus).post('/users/rina/restoration')
  assert.equal([back.status, getUser(db, 'rina').status], [409, 'suspended'])
  assert.match(await back.text(), 'Nomor teleponnya sama dengan akun ratna')
})

test('a name or a telephone is corrected by an administrator, step by step in the trail, and never one\'s own', async () => {
  const { db, as } = freshApp()
  db.$client.prepare("UPDATE users SET phone = '0812000111' WHERE id = 'rina'").run()
  assert.match(await (await as(agus).get('/users/siti/details')).text(), 'value="Siti Rahayu"')
  const wrong: [string, Fields][] = [['name', { name: ' ', phone: '' }], ['phone', { name: 'Siti', phone: '12' }], ['phone', { name: 'Siti', phone: '+62812000111' }]]
  for (const [field, fields] of wrong) {
    const refused = await as(agus).post('/users/siti/details', fields)
    assert.is(refused.status, 422)
    assert.match(await refused.text(), `#f-${field}`)
  }
  for (let time = 0; time < 2; time += 1) assert.is((await as(agus).post('/users/siti/details', { name: 'Siti Rahayuningsih', phone: '0812 999 000' })).status, 303)
  assert.equal([getUser(db, 'siti').name, getUser(db, 'siti').phone], ['Siti Rahayuningsih', '0812999000'])
  assert.equal(actions(db), ['user.details_changed'])
  const details = db.$client.prepare("SELECT details FROM audit_entries WHERE action = 'user.details_changed'").pluck().get() as string
  assert.equal(JSON.parse(details), { fromName: 'Siti Rahayu', name: 'Siti Rahayuningsih', phoneChanged: true })
  assert.is((await as(agus).post('/users/agus/details', { name: 'Raja', phone: '' })).status, 409)
  assert.is((await as(agus).get('/users/nobody/details')).status, 404)
})

test('a one-time password is worth nothing after 72 hours; its owner is told so, and a new one made', async () => {
  const { db, app, as } = freshApp()
  const password = await shown(await as(agus).post('/users', ratna()))
  const inTime = cookieOf(await signIn(app, 'ratna', password))
  assert.is(await landing(app, inTime), '/password')
  assert.match(await (await as(agus).get(`/users/${userNamed(db, 'ratna')}`)).text(), 'Kata sandi sementara berlaku sampai')
  db.$client.prepare("UPDATE one_time_passwords SET expires_at = '2026-01-01T00:00:00.000Z'").run()
  const late = await signIn(app, 'ratna', password)
  assert.is(late.status, 422)
  assert.match(await late.text(), 'sudah lewat 72 jam')
  assert.not.match(await (await signIn(app, 'ratna', 'salah')).text(), '72 jam', 'told only to who knows it')
  const change = await app.request('/password', { method: 'POST', headers: { Cookie: inTime }, body: new URLSearchParams({ current: password, next: 'kuda-lari-di-sawah', again: 'kuda-lari-di-sawah' }) })
  assert.match(await change.text(), 'sudah lewat 72 jam', 'nor from a session begun in time')
  assert.match(await (await as(agus).get(`/users/${userNamed(db, 'ratna')}`)).text(), 'Kata sandi sementara sudah tidak berlaku')
  const fresh = await shown(await as(agus).post(`/users/${userNamed(db, 'ratna')}/password`))
  const cookie = cookieOf(await signIn(app, 'ratna', fresh))
  await app.request('/password', { method: 'POST', headers: { Cookie: cookie }, body: new URLSearchParams({ current: fresh, next: 'kuda-lari-di-sawah', again: 'kuda-lari-di-sawah' }) })
  assert.is(db.$client.prepare('SELECT count(*) FROM one_time_passwords').pluck().get(), 0)
})

test('several places are gathered one after the other without script', async () => {
  const { db, as } = freshApp()
  const query = new URLSearchParams({ name: 'Ratna', role: 'supervisor', regions: PONCOSARI, add: '1' })
  for (const code of ['34', BANTUL, SRANDAKAN, TRIMURTI]) query.append('region', code)
  const drawn = await (await as(agus).get(`/users/new?${query}`)).text()
  assert.match(drawn, 'Trimurti, Srandakan, KAB. BANTUL')
  assert.match(drawn, 'value="Ratna"')
  await as(agus).post('/users', ratna({ role: 'supervisor', regions: [PONCOSARI, TRIMURTI], region: ['34', BANTUL, SRANDAKAN] }))
  assert.equal(getUser(db, userNamed(db, 'ratna')!).regions, [PONCOSARI, TRIMURTI])
})

test('Siti is moved: her sessions end and her new place holds; moved twice it is one line', async () => {
  const { db, app, as } = freshApp()
  const cookie = cookieOf(await signIn(app, 'siti', PASSWORD))
  for (let time = 0; time < 2; time += 1) await as(agus).post('/users/siti/placement', { role: 'village_operator', regions: GADINGSARI })
  assert.equal([getUser(db, 'siti').role, getUser(db, 'siti').regions], ['village_operator', [GADINGSARI]])
  assert.is(await landing(app, cookie), '/session?next=%2F')
  assert.equal(actions(db), ['session.started', 'user.moved'])
})

test('a suspended account is out at once and comes back only to change its password', async () => {
  const { db, app, as } = freshApp()
  const cookie = cookieOf(await signIn(app, 'siti', PASSWORD))
  assert.is((await as(agus).post('/users/siti/suspension', {})).status, 422)
  for (let time = 0; time < 2; time += 1) assert.is((await as(agus).post('/users/siti/suspension', { reason: 'Ponsel hilang' })).status, 303)
  assert.is(await landing(app, cookie), '/session?next=%2F')
  assert.is((await signIn(app, 'siti', PASSWORD)).status, 422)
  assert.is((await as(agus).post('/users/siti/password')).status, 409)
  assert.match(await (await as(agus).get('/users/siti')).text(), 'Ponsel hilang')
  await as(agus).post('/users/siti/restoration')
  const back = cookieOf(await signIn(app, 'siti', PASSWORD))
  assert.is(await landing(app, back), '/password')
  assert.equal(actions(db), ['session.started', 'user.suspended', 'user.restored', 'session.started'])
})

test('Agus cannot suspend, move or reset himself', async () => {
  const { db, as } = freshApp()
  assert.is((await as(agus).post('/users/agus/suspension', { reason: 'coba' })).status, 409)
  assert.is((await as(agus).post('/users/agus/placement', { role: 'auditor' })).status, 409)
  assert.is((await as(agus).post('/users/agus/password')).status, 409)
  assert.is(getUser(db, 'agus').status, 'active')
})

test('a reset password is shown once, replaces the old one and ends every session', async () => {
  const { app, as } = freshApp()
  const cookie = cookieOf(await signIn(app, 'siti', PASSWORD))
  const password = await shown(await as(agus).post('/users/siti/password'))
  assert.is(await landing(app, cookie), '/session?next=%2F')
  assert.is((await signIn(app, 'siti', PASSWORD)).status, 422)
  assert.is((await signIn(app, 'siti', password)).status, 303)
})

test('everybody changes the own password; other devices are signed out, wrong entries name their field', async () => {
  const { app, as } = freshApp()
  const other = cookieOf(await signIn(app, 'siti', PASSWORD))
  const form = { current: PASSWORD, next: 'kuda-lari-di-sawah', again: 'kuda-lari-di-sawah' }
  const wrong: [string, Record<string, string>][] = [
    ['current', { current: 'salah-sekali' }], ['next', { next: 'pendek', again: 'pendek' }], ['again', { again: 'lain-lagi-dong' }],
    ['next', { next: PASSWORD, again: PASSWORD }],
  ]
  for (const [field, fields] of wrong) {
    const refused = await as(siti).post('/password', { ...form, ...fields })
    assert.is(refused.status, 422)
    assert.match(await refused.text(), `#f-${field}`)
  }
  const changed = await as(siti).post('/password', form)
  assert.is((await app.request('/', { headers: { Cookie: cookieOf(changed) } })).status, 200)
  assert.is(await landing(app, other), '/session?next=%2F')
  assert.is((await signIn(app, 'siti', 'kuda-lari-di-sawah')).status, 303)
})

test.run()
