import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mostBytes } from '#app/body-limits.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { openDatabase } from '#db/connection.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { freshApp, routesOf, siti } from '#test/support/world.ts'

const MB = 2 ** 20
const posts = routesOf(freshApp().app).filter((one) => !one.startsWith('GET'))
const at = (route: string) => (ANSWERS[route]!.at ?? route.split(' ')[1]!).split('?')[0]!

const table = suite('what a post may weigh')

// Every place in the routes that takes files, and the addresses that may be heavier than a form.
table('is 2 MB, but for the doors that take files', () => {
  const heavy = posts.filter((route) => mostBytes(at(route)) > 2 * MB).sort()
  assert.equal(heavy, [
    'POST /backchecks/mine/:id', 'POST /batches/:id/answer', 'POST /batches/:id/ratification', 'POST /deliveries/:id/bundle', 'POST /dtsen/snapshots', 'POST /exchange', 'POST /field/:household/visits/:visit/photos',
    'POST /imports', 'POST /intake', 'POST /lapor', 'POST /lapor/:code/messages',
    'POST /local/:id/letter', 'POST /local/:id/minutes', 'POST /local/:id/payments/file', 'POST /matching/:id/answers', 'POST /monitoring', 'POST /musdes', 'POST /musdes/:id/papers', 'POST /numbers/:household',
    'POST /payments/lists/:id/results', 'POST /programmes/:programme{(?:pkh|sembako|pbi|ppks|blt|apbd)}/changes', 'POST /programmes/batches/:id/ratification', 'POST /proposals',
  ])
  const taking = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('routes.tsx') && !name.startsWith('national'))
    .flatMap((name) => [...readFileSync(join('app', name), 'utf8').matchAll(/receiveFiles\(c/g)])
  // That of the ministry's side is there only with its PostgreSQL (test/national-access.test.ts).
  assert.is(taking.length, heavy.filter((route) => !route.includes('/deliveries/')).length, 'a door that takes files has no weight of its own')
})

const real = suite('a body that is too much')
let server: ServerProcess
let cookie: string
real.before(async () => {
  server = await serverProcess()
  const db = openDatabase(join(server.directory, 'siks.db'))
  cookie = `siks_session=${await startSession(db, siti.id, 'test')}`
  db.$client.close()
  await server.start()
})
real.after(() => server.stop())

// Without a body only the head is sent: what it says of itself must do, and a refused sender would be cut off in the middle of writing.
type Sent = { path: string, headers?: Record<string, string>, body?: Buffer | string }
const send = ({ path, headers = {}, body }: Sent) => new Promise<number>((resolve, reject) => {
  const sent = request(`${server.url}${path}`, { method: 'POST', headers: { Cookie: cookie, Accept: 'application/json', ...headers } }, (answer) => {
    resolve(answer.statusCode!)
    answer.resume()
    if (body === undefined) sent.destroy()
  })
  sent.on('error', reject)
  if (body === undefined) sent.flushHeaders()
  else sent.end(body)
})
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

real('is refused by what it says of itself, before it is read', async () => {
  assert.is(await send({ path: '/filters', headers: { ...FORM, 'Content-Length': '3000000' } }), 413)
  assert.is(await send({ path: '/filters', headers: { 'Content-Type': 'multipart/form-data; boundary=b', 'Content-Length': '3000000' } }), 413)
  assert.is(await send({ path: '/devices', headers: { 'Content-Type': 'application/json', 'Content-Length': '3000000' } }), 413)
  assert.is(await send({ path: '/deliveries/00000000-0000-4000-8000-000000000001/bundle', headers: { 'Content-Length': String(17 * MB) } }), 413)
})

real('is refused when a form does not say how long it is', async () =>
  assert.is(await send({ path: '/filters', headers: { ...FORM, 'Transfer-Encoding': 'chunked' }, body: 'a=1' }), 411))

real('is refused when it comes compressed: a few kB could unfold to gigabytes', async () => {
  const bomb = gzipSync(Buffer.alloc(50 * MB))
  for (const path of ['/filters', '/session', '/lapor', '/deliveries/00000000-0000-4000-8000-000000000001/bundle']) {
    assert.is(await send({ path, headers: { ...FORM, 'Content-Encoding': 'gzip', 'Content-Length': String(bomb.length) }, body: bomb }), 415, path)
  }
})

real('is read as JSON however deep it nests, and refused as what it is', async () => {
  const deep = '['.repeat(400_000) + ']'.repeat(400_000)
  for (const path of ['/devices', '/filters']) {
    const status = await send({ path, headers: { 'Content-Type': 'application/json', 'Content-Length': String(deep.length) }, body: deep })
    assert.ok(status >= 400 && status < 500, `${path} ${status}`)
  }
  assert.is((await fetch(`${server.url}/healthz`)).status, 200)
})

table.run()
real.run()
