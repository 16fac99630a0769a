import { fstatSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createApp } from '#app/app.tsx'
import { describe } from '#app/operation/failures.ts'
import { isJournal, openLog, takeOverConsole, wantsLines, withoutContent } from '#app/operation/log.ts'
import { makeMetrics } from '#app/operation/metrics.ts'
import { addHousehold, agus, freshApp, PASSWORD, rina, siti } from '#test/support/world.ts'
import { startSession } from '#app/sessions/sessions.ts'

const NIK = '3402019876543210'
const NAME = 'Suharti'
const SECRETS = [NIK, NAME, encodeURIComponent(NAME), PASSWORD, 'salah-sekali', 'asep', 'Siti Rahayu', 'Rina Kartika', 'siks_session']

// The app with its log caught, and the console taken over as at the start.
function watched() {
  const lines: string[] = []
  const [error, warn] = [console.error, console.warn]
  const { log } = openLog({ sink: { write: (line) => void lines.push(line) } })
  const { db, dataDirectory } = freshApp()
  const metrics = makeMetrics({ db, dataDirectory, startedAt: new Date() })
  const app = createApp({ db, dataDirectory, trustProxy: true, watch: { log, metrics } })
  takeOverConsole(log)
  const ask = async (path: string, init: RequestInit & { who?: string } = {}) => app.request(path, {
    redirect: 'manual', ...init, headers: { ...(init.who ? { Cookie: `siks_session=${await startSession(db, init.who, 'test')}` } : {}), ...init.headers as Record<string, string> },
  })
  const end = () => Object.assign(console, { error, warn })
  return { db, ask, lines, metrics, end }
}
const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) })

const log = suite('the log')

log('never holds a NIK, a name or a password, be they in an address, a form, a header or a failure', async () => {
  const { db, ask, lines, metrics, end } = watched()
  addHousehold(db, 'asep', { head: NAME })
  await ask(`/households?q=${NIK}`, { who: rina.id })
  await ask(`/households?q=${encodeURIComponent(NAME)}`, { who: rina.id })
  await ask('/households/asep', { who: rina.id, headers: { Referer: `http://localhost/households?q=${NIK}` } })
  await ask(`/tidak-ada/${NIK}/${NAME}`, { who: rina.id, headers: { 'X-Request-Id': `${NIK} ${NAME}` } })
  await ask('/session', form({ username: NAME, password: 'salah-sekali' }))
  await ask('/session', form({ username: siti.id, password: PASSWORD }))
  await ask('/cek', form({ name: NAME, region: '34.02.01.2001' }))
  // A failure whose words quote what was typed.
  db.$client.exec(`CREATE TEMP TRIGGER leak BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, '${NIK} ${NAME} ${PASSWORD}'); END`)
  const broken = await ask('/session', form({ username: siti.id, password: PASSWORD }))
  console.error(new Error(`${NIK} ${NAME}`))
  console.error(`Kunjungan "${NAME}" dengan NIK ${NIK} rusak`)
  console.warn('peringatan', Object.assign(new TypeError(NAME), { cause: new Error(PASSWORD) }))
  end()
  assert.is(broken.status, 500)
  assert.ok(lines.length > 8)
  const all = lines.join('') + await metrics.text()
  for (const secret of SECRETS) assert.not.ok(all.includes(secret), `${secret} stands in the log:\n${lines.filter((line) => line.includes(secret)).join('')}`)
})

log('tells of a request its number, route, status, time and who asked, one line of JSON each', async () => {
  const { db, ask, lines, end } = watched()
  addHousehold(db, 'asep')
  const answer = await ask('/households/asep', { who: agus.id })
  end()
  const line = JSON.parse(lines.at(-1)!)
  assert.equal([line.method, line.route, line.status, line.user, line.level, typeof line.ms], ['GET', '/households/:id', 403, agus.id, 'info', 'number'])
  assert.is(answer.headers.get('X-Request-Id'), line.id)
})

log('tells where it broke, and the person reads a number to name to the administrator', async () => {
  const { db, ask, lines, end } = watched()
  db.$client.exec('DROP TABLE household_search')
  const answer = await ask('/households?q=budi', { who: rina.id })
  end()
  const line = JSON.parse(lines.at(-1)!)
  assert.equal([answer.status, line.level, line.failure.type, line.failure.code], [500, 'error', 'SqliteError', 'SQLITE_ERROR'])
  assert.ok(line.failure.at.length > 0)
  assert.match(await answer.text(), new RegExp(`sebutkan nomor ini kepada admin: ${line.id}`))
})

log('does not speak of pictures, styles and probes that went well', async () => {
  const { ask, lines, end } = watched()
  for (const path of ['/healthz', '/readyz', '/metrics']) await ask(path)
  end()
  assert.equal(lines, [])
})

log('keeps a request number that the proxy gave', async () => {
  const { ask, lines, end } = watched()
  await ask('/cek', { headers: { 'X-Request-Id': 'caddy-0123456789' } })
  end()
  assert.is(JSON.parse(lines[0]!).id, 'caddy-0123456789')
})

log('is for machines; at a terminal a person reads along', () =>
  assert.equal([wantsLines('auto', true), wantsLines('auto', false), wantsLines('json', true), wantsLines('off', false)], [false, true, true, false]))

log('under systemd tells its priority, by which journalctl -p err finds the failures alone', () => {
  const lines: string[] = []
  const { log: told } = openLog({ sink: { write: (line) => void lines.push(line) }, journal: true })
  told.info('ready')
  told.error({ failure: describe(new Error('x')) }, 'request')
  assert.equal(lines.map((line) => [line.slice(0, 3), JSON.parse(line.slice(3)).level]), [['<6>', 'info'], ['<3>', 'error']])
  const { dev, ino } = fstatSync(1)
  assert.equal([isJournal(`${dev}:${ino}`), isJournal('8:1'), isJournal(undefined)], [true, false, false])
})

log('of a failure keeps the constraint and the place, and none of its words', () => {
  const failure = describe(Object.assign(new Error(`UNIQUE constraint failed: users.username\n    at ${NAME}`), { code: 'SQLITE_CONSTRAINT_UNIQUE' }))
  assert.is(failure.code, 'SQLITE_CONSTRAINT_UNIQUE users.username')
  assert.not.match(JSON.stringify(failure), NAME)
  assert.is(withoutContent(`Baris "${NAME}" ${NIK}\nlagi`), 'Baris "…" …')
  const id = '01930c12-3456-7789-8123-123456789012'
  assert.is(withoutContent(`Kunjungan ${id} milik ${NIK}`), `Kunjungan ${id} milik …`)
})

log.run()
