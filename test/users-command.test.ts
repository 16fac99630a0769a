import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { signIn } from '#app/sessions/sign-in.ts'
import { openDatabase } from '#db/connection.ts'
import { keepDatabase } from '#test/support/process.ts'
import { aFolder, aServer, stopServers } from '#test/support/servers.ts'
import { actions, freshDatabase, PASSWORD } from '#test/support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'siks-users-'))
const file = join(folder, 'siks.db')
const runAt = (directory: string, ...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'app/users/command.ts', ...words], { encoding: 'utf8', env: { ...process.env, SIKS_DATA: directory } })
  return { status, told: stdout + stderr }
}
const run = (...words: string[]) => runAt(folder, ...words)

const test = suite('npm run users')
test.after(() => rmSync(folder, { recursive: true }))

test('unlocks the only administrator from the server, with a line in the trail, and names what is wrong', async () => {
  const shut = freshDatabase()
  const fill = shut.$client.prepare("INSERT INTO sign_in_failures (subject, at) VALUES ('name:agus', ?)")
  for (let time = 0; time < 100; time += 1) fill.run(Date.now() - 1000)
  keepDatabase(shut, folder)
  const wrong = run('unlock', 'nobody')
  assert.is(wrong.status, 1)
  assert.match(wrong.told, 'Tidak ada pengguna bernama nobody')
  assert.match(run('unlock', 'AGUS').told, 'Kunci masuk agus dibuka')
  assert.match(run('unlock', 'agus').told, 'tidak sedang terkunci')
  const db = openDatabase(file)
  assert.equal(actions(db), ['user.unlocked'])
  assert.ok((await signIn(db, { username: 'agus', password: PASSWORD, address: '10.0.0.1', userAgent: 'test' })).awaitsCode)
  db.$client.close()
})

test('makes the first administrator of an empty installation, who signs in with the password it shows', async () => {
  const server = await aServer(aFolder('empty'))
  const { db, admin } = { db: openDatabase(join(server.directory, 'siks.db')), admin: (...words: string[]) => runAt(server.directory, 'admin', ...words) }
  assert.match(server.output(), /Belum ada pengguna.*npm run users -- admin/)
  assert.is(db.$client.prepare('SELECT count(*) FROM regions WHERE level = 4').pluck().get(), 83_763)
  for (const words of [['agus'], ['AGUS', 'Agus', 'Salim'], []]) assert.is(admin(...words).status, 1, words.join(' '))
  const { status, told } = admin('agus', 'Agus Salim')
  assert.is(status, 0, told)
  assert.match(admin('agus', 'Agus Kedua').told, 'sudah dipakai')
  assert.equal(actions(db), ['user.invited'])
  const [, password] = /kata sandi sementara (\S+)/.exec(told)!
  const answer = await fetch(`${server.url}/session`, { method: 'POST', body: new URLSearchParams({ username: 'agus', password: password! }), redirect: 'manual' })
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ')
  const page = await fetch(server.url, { headers: { Cookie: cookie } })
  assert.equal([answer.status, new URL(page.url).pathname], [303, '/password'])
  db.$client.close()
  await stopServers()
})

test.run()
