import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { useKeys } from '#db/key-ring.ts'
import { backUpTo, inUse, storeAt } from '#test/support/backups.ts'
import { aFolder } from '#test/support/servers.ts'

useKeys([])

// As an administrator types it, npm's own two lines before it included.
const npm = (env: Record<string, string>, script: 'backup' | 'restore', ...words: string[]) => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', script, '--', ...words], { env: { ...process.env, SIKS_KEY_FILE: '', ...env }, encoding: 'utf8' })
  return { status, stdout, told: stdout + stderr }
}

const command = suite('the commands of backups')

command('open what was locked for the key that was made as the guide says, whatever else stands in its file', async () => {
  const [key, server, store] = [join(aFolder('safe'), 'kunci.txt'), await inUse(), storeAt()]
  writeFileSync(key, npm({}, 'backup', '--new-key').stdout)
  await backUpTo(store, server, { recipients: [/age1\w+/.exec(readFileSync(key, 'utf8'))![0]] })
  const { status, told } = npm({ SIKS_DATA: aFolder('new') }, 'restore', '--from', store.folder, '--identity', key)
  assert.is(status, 0, told)
  assert.match(told, /semua hash cocok/)
})

command('say what is wrong with a key that opens nothing', async () => {
  const [folder, store] = [aFolder('safe'), storeAt()]
  await backUpTo(store, await inUse())
  writeFileSync(join(folder, 'umum.txt'), 'age1qqqqqqqqqqqqqqqqqqqqqqqq\n')
  const restoring = (name: string) => npm({ SIKS_DATA: aFolder('new') }, 'restore', '--from', store.folder, '--identity', join(folder, name))
  for (const [name, words] of [['tidak-ada.txt', /tidak-ada\.txt tidak ada\./], ['umum.txt', /Tidak ada kunci rahasia cadangan yang utuh di .*umum\.txt/]] as const) {
    const { status, told } = restoring(name)
    assert.is(status, 1)
    assert.match(told, words)
    assert.not.match(told, /"level"/)
  }
})

command('bring nothing back where a backup is only to be looked at', async () => {
  const [store, target] = [storeAt(), aFolder('new')]
  await backUpTo(store, await inUse())
  const { status, told } = npm({ SIKS_DATA: target }, 'backup', '--check', '--from', store.folder)
  assert.equal([status, readdirSync(target)], [0, []], told)
  assert.match(told, /basis data dibuka dan diperiksa/)
})

command('do nothing by a word or a flag they do not know, but name those they do', () => {
  const target = join(aFolder('disk'), 'siks')
  for (const word of ['chek', '--chek']) {
    const { status, told } = npm({ SIKS_DATA: aFolder('new'), SIKS_BACKUP_TO: target }, 'backup', word)
    assert.equal([status, existsSync(target)], [1, false])
    assert.match(told, /--check \[--full\]/)
    assert.not.match(told, /\n\s+at /)
  }
})

command.run()
