import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startCheckpoints } from '#db/checkpoints.ts'
import { aDataDirectory, aServer, halfPosted, stopServers } from '#test/support/servers.ts'
import { PASSWORD, rina } from '#test/support/world.ts'

const SIGN_IN = `username=${rina.id}&password=${PASSWORD}`
const refuses = async (url: string) => {
  for (let n = 0; n < 100; n++) {
    if (await fetch(`${url}/healthz`).then(() => false, () => true)) return true
    await pause(20)
  }
  return false
}
const logBytes = (directory: string) => statSync(join(directory, 'siks.db-wal'), { throwIfNoEntry: false })?.size ?? 0

const stopping = suite('a server that is told to stop')
stopping.after.each(stopServers)

stopping('takes nobody new, finishes what is under way, puts everything into one file and ends with 0', async () => {
  const server = await aServer(aDataDirectory())
  await fetch(`${server.url}/session`, { method: 'POST', body: new URLSearchParams({ username: rina.id, password: PASSWORD }), redirect: 'manual' })
  const posted = halfPosted(server.port, SIGN_IN)
  await pause(100)
  server.child.kill('SIGTERM')
  assert.ok(await refuses(server.url))
  assert.is((await posted.finish()).status, 303)
  assert.equal(await server.ended, { code: 0, signal: null })
  assert.is(logBytes(server.directory), 0)
})

stopping('cuts off who takes longer than the limit, and still ends well', async () => {
  const server = await aServer(aDataDirectory(), { SIKS_STOP_SECONDS: '1' })
  const posted = halfPosted(server.port, SIGN_IN)
  await pause(100)
  server.child.kill('SIGTERM')
  assert.equal(await server.ended, { code: 0, signal: null })
  assert.is(await posted.answer.then(() => 'answered', () => 'cut'), 'cut')
  assert.is(logBytes(server.directory), 0)
})

stopping('ends at once at the second signal', async () => {
  const server = await aServer(aDataDirectory(), { SIKS_STOP_SECONDS: '600' })
  halfPosted(server.port, SIGN_IN)
  await pause(100)
  server.child.kill('SIGTERM')
  assert.ok(await refuses(server.url))
  server.child.kill('SIGTERM')
  assert.equal(await server.ended, { code: 143, signal: null })
})

stopping('ends well though the thread that empties the log has died long before', async () => {
  const { error } = console
  console.error = () => undefined
  const stop = startCheckpoints({ $client: { name: '/no/such/folder/siks.db', pragma: () => undefined } } as never)
  await pause(1000)
  console.error = error
  assert.is(await Promise.race([stop().then(() => 'ended'), pause(2000).then(() => 'waits')]), 'ended')
})

const starting = suite('a server that is started')
starting.after.each(stopServers)

starting('beside one that runs over the same data touches nothing, says so and ends with 78; after a power cut it takes its place', async () => {
  const first = await aServer(aDataDirectory())
  const { status, stderr } = spawnSync(process.execPath, ['.build/server.js'], { env: { ...process.env, PORT: '0', SIKS_DATA: first.directory, SIKS_DEMO: 'false' }, encoding: 'utf8' })
  assert.is(status, 78)
  assert.match(stderr, /SIKS sudah berjalan di folder data/)
  first.child.kill('SIGKILL')
  await first.ended
  await aServer(first.directory)
})

starting('with wrong variables names them all and ends with 78', async () => {
  const said = await aServer(aDataDirectory(), { PORT: 'x', SIKS_STOP_SECONDS: '-1' }).then(() => '', (error: Error) => error.message)
  assert.match(said, /PORT harus angka/)
  assert.match(said, /SIKS_STOP_SECONDS harus angka/)
})

starting('by systemd tells its readiness as JSON, and its failures without their content', async () => {
  const server = await aServer(aDataDirectory(), { SIKS_LOG: 'json' })
  await fetch(`${server.url}/households?q=3402019876543210`, { redirect: 'manual' })
  server.child.kill('SIGTERM')
  await server.ended
  const lines = server.output().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { msg: string, route?: string })
  assert.equal(lines.map(({ msg, route }) => [msg, route].filter(Boolean).join(' ')), ['ready', 'request /households', 'stopping'])
  assert.not.match(server.output(), /3402019876543210/)
})

starting('on a directory whose restoring was cut short refuses, and says how to go on', async () => {
  const directory = aDataDirectory()
  writeFileSync(join(directory, 'restoring.json'), '2026-03-01T18:30:00.000Z')
  assert.match(await aServer(directory).then(() => '', (error: Error) => error.message), /Pemulihan ke folder ini belum selesai/)
})

starting('from the sources that were built', () => assert.ok(existsSync('.build/backup.js') && readFileSync('.build/server.js').length > 0))

stopping.run()
starting.run()
