import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { signIn } from '#app/sessions/sign-in.ts'
import { openDatabase } from '#db/connection.ts'
import { keepDatabase } from '#test/support/process.ts'
import { actions, freshDatabase, PASSWORD } from '#test/support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'siks-users-'))
const file = join(folder, 'siks.db')
const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'app/users/command.ts', ...words], { encoding: 'utf8', env: { ...process.env, SIKS_DATA: folder } })
  return { status, told: stdout + stderr }
}

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

test.run()
