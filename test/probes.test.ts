import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createApp } from '#app/app.tsx'
import { noteLast } from '#app/backup/last.ts'
import { startAlarms } from '#app/operation/alarms.ts'
import { watchDisk } from '#app/operation/disk.ts'
import { makeMetrics } from '#app/operation/metrics.ts'
import { aDataDirectory, aFolder, aServer, type Running } from '#test/support/servers.ts'
import { addHousehold, freshApp, freshDatabase, siti } from '#test/support/world.ts'

const probes = suite('the probes')

probes('tell that the server lives, and that it no longer does when the database is gone', async () => {
  const { app, db } = freshApp()
  assert.is((await app.request('/healthz')).status, 200)
  db.$client.close()
  assert.equal(await (await app.request('/healthz')).json(), { ok: false })
})

probes('tell that it is ready, and which of its needs is not met', async () => {
  const { app, dataDirectory } = freshApp()
  watchDisk(dataDirectory, { reserve: 1, warn: 1 })
  assert.equal(await (await app.request('/readyz')).json(), { ready: true, checks: { migrations: true, disk: true, followers: true, open: true } })
  watchDisk(dataDirectory, { reserve: Number.MAX_SAFE_INTEGER, warn: 1 })
  const answer = await app.request('/readyz')
  assert.equal([answer.status, (await answer.json() as { checks: object }).checks], [503, { migrations: true, disk: false, followers: true, open: true }])
})

probes('tell that it is not ready while it stops, while a migration is missing, and while a follower is stuck', async () => {
  const app = (over: object, db = freshDatabase()) => {
    const dataDirectory = aFolder('probe')
    watchDisk(dataDirectory, { reserve: 1, warn: 1 })
    return createApp({ db, dataDirectory, trustProxy: false, ...over })
  }
  const failing = async (one: ReturnType<typeof app>) => {
    const { checks } = await (await one.request('/readyz')).json() as { checks: Record<string, boolean> }
    return Object.keys(checks).filter((name) => !checks[name])
  }
  const [behind, stuck] = [freshDatabase(), freshDatabase()]
  behind.$client.exec('DELETE FROM migrations WHERE name = (SELECT max(name) FROM migrations)')
  stuck.$client.exec("INSERT INTO quality_queue VALUES (1, 'visit')")
  assert.equal([await failing(app({ isStopping: () => true })), await failing(app({}, behind)), await failing(app({ startedAt: new Date(0) }, stuck))], [['open'], ['migrations'], ['followers']])
})

probes('tell a watcher elsewhere that something needs an administrator, and only this machine what it is', async () => {
  const { db, dataDirectory } = freshApp()
  watchDisk(dataDirectory, { reserve: 1, warn: 1 })
  const app = () => createApp({ db, dataDirectory, trustProxy: false, backup: { to: '/mnt/cadangan' } as never })
  const ask = async (headers = {}) => {
    const answer = await app().request('/alarmz', { headers })
    return [answer.status, await answer.json()]
  }
  assert.equal(await ask(), [200, { ok: true, alarms: [] }])
  noteLast(dataDirectory, { failure: new Error('Suharti') })
  assert.equal(await ask(), [503, { ok: false, alarms: ['backup-failed'] }])
  assert.equal(await ask({ 'X-Forwarded-For': '203.0.113.7' }), [503, { ok: false }])
  assert.match(await (await app().request('/metrics')).text(), 'siks_alarm{kind="backup-failed"} 1')
})

probes('repeat in the log each hour what is not mended', async () => {
  const { db, dataDirectory } = freshApp()
  watchDisk(dataDirectory, { reserve: Number.MAX_SAFE_INTEGER, warn: Number.MAX_SAFE_INTEGER })
  const [said, lines] = [console.error, [] as unknown[]]
  console.error = (line) => lines.push(line)
  const stop = startAlarms({ db, dataDirectory, startedAt: new Date() }, { everyMs: 5 })
  for (let n = 0; n < 200 && lines.length === 0; n += 1) await pause(5)
  stop()
  console.error = said
  assert.is(lines[0], 'Alarm: full. See the page Operasi (/operation).')
})

probes('count requests by the pattern of their route, and never an id, a name or an invented word', async () => {
  const { db, dataDirectory } = freshApp()
  addHousehold(db, 'asep', { stage: 'submitted', officer: siti })
  const metrics = makeMetrics({ db, dataDirectory, startedAt: new Date() }, { whole: true })
  const app = createApp({ db, dataDirectory, trustProxy: false, watch: { metrics } })
  for (const path of ['/households/asep', '/households/ujang?q=Suharti', '/apa-saja/Suharti', '/households']) await app.request(path)
  await app.request('/households', { method: 'SUHARTI' })
  const text = await (await app.request('/metrics')).text()
  assert.match(text, 'siks_http_requests_total{method="GET",route="/households/:id",status="303"} 2')
  assert.match(text, 'siks_http_requests_total{method="GET",route="none",status="303"} 1')
  assert.match(text, 'siks_visits_waiting{stage="submitted"} 1')
  for (const name of ['siks_http_request_duration_seconds_bucket', 'nodejs_eventloop_lag_p99_seconds', 'siks_deliveries_held 0', 'siks_background_behind{work="evidence"}', 'siks_database_bytes',
    'siks_files_bytes', 'siks_disk_free_bytes', 'siks_backup_age_seconds +Inf']) assert.ok(text.includes(name), name)
  assert.not.match(text, /asep|Suharti|SUHARTI/)
  assert.is((await app.request('/metrics', { headers: { 'X-Forwarded-For': '203.0.113.7' } })).status, 403)
})

let server: Running
const TOKEN = 'token-pemantau-kabupaten'
probes.before(async () => {
  const path = join(aFolder('token'), 'token')
  writeFileSync(path, TOKEN)
  server = await aServer(aDataDirectory(), { SIKS_METRICS_TOKEN_FILE: path })
})
probes.after(() => void server.child.kill('SIGTERM'))

probes('give numbers to this machine itself, and through the proxy only to who has the token', async () => {
  const ask = async (headers: Record<string, string>) => (await fetch(`${server.url}/metrics`, { headers })).status
  const through = { 'X-Forwarded-For': '203.0.113.7' }
  assert.equal([await ask({}), await ask(through), await ask({ ...through, Authorization: 'Bearer salah' }), await ask({ ...through, Authorization: `Bearer ${TOKEN}` })], [200, 403, 403, 200])
})

probes.run()
