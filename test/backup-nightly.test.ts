import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { noteLast, readLast } from '#app/backup/last.ts'
import { startNightlyBackup } from '#app/backup/nightly.ts'
import { describe, inWords } from '#app/operation/failures.ts'
import { Problem } from '#app/problems.ts'
import { useKeys } from '#db/key-ring.ts'
import { backUpTo, inUse, said, storeAt } from '#test/support/backups.ts'
import { aFolder } from '#test/support/servers.ts'

useKeys([])

const nightly = suite('the backup of the night')

const EVERY = { to: '/mnt/cadangan', at: '01:30' }

nightly('is tried again after the system has killed one, and not while one is under way', async () => {
  const begun: ReturnType<typeof spawn>[] = []
  const stop = startNightlyBackup(aFolder('data'), EVERY, {
    lookMs: 5, againMs: 30,
    run: () => {
      begun.push(spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'inherit'] }))
      return begun.at(-1) as never
    },
  })
  await pause(150)
  assert.is(begun.length, 1)
  begun[0]!.kill('SIGKILL')
  for (let n = 0; n < 200 && begun.length < 2; n += 1) await pause(10)
  stop()
  await new Promise((ended) => { begun[1]!.once('exit', ended) })
  assert.equal([begun.length, begun[1]!.signalCode], [2, 'SIGTERM'])
})

const fails = (env: Record<string, string>) => {
  const { status, stderr } = spawnSync(process.execPath, ['.build/backup.js'], { env: { ...process.env, SIKS_KEY_FILE: '', ...env }, encoding: 'utf8' })
  return { status, stderr }
}

nightly('that fails says what to do about it, and notes it, whatever the machine refused', async () => {
  const { directory, db } = await inUse()
  db.$client.close()
  writeFileSync(join(directory, 'no-folder'), '')
  const cases: [Record<string, string>, RegExp][] = [
    [{ SIKS_BACKUP_TO: join(directory, 'no-folder', 'siks') }, /Tujuan cadangan .*no-folder.* tidak dapat dipakai \(ENOTDIR\).*findmnt/],
    [{ SIKS_BACKUP_TO: aFolder('to'), SIKS_DISK_RESERVE_MB: '900000000' }, /Ruang disk server kurang untuk mencadangkan: perlu \d+ MB, sisa \d+ MB\. Kosongkan ruang/],
  ]
  for (const [env, words] of cases) {
    const { status, stderr } = fails({ SIKS_DATA: directory, ...env })
    assert.equal([status, readLast(directory)?.failure], [1, stderr.trim()])
    assert.match(stderr, words)
  }
  mkdirSync(join(directory, 'backup.lock'))
  assert.match(fails({ SIKS_DATA: directory, SIKS_BACKUP_TO: aFolder('to') }).stderr, /Folder data .* tidak dapat ditulis/)
})

nightly('ends no server by a note that cannot be written', () => {
  const folder = aFolder('last')
  mkdirSync(join(folder, 'backup-last.json.part'))
  const [said, lines] = [console.error, [] as unknown[]]
  console.error = (line) => lines.push(line)
  noteLast(folder, { failure: new Error('x') })
  console.error = said
  assert.is(lines.length, 1)
})

nightly('of a damaged database names the way back instead of a code, and keeps what there is', async () => {
  const server = await inUse()
  const store = storeAt()
  await backUpTo(store, server)
  server.db.$client.pragma('wal_checkpoint(TRUNCATE)')
  server.db.$client.close()
  const bytes = readFileSync(join(server.directory, 'siks.db'))
  bytes.fill(7, 4096 * 3, 4096 * 12)
  writeFileSync(join(server.directory, 'siks.db'), bytes)
  assert.match(await said(backUpTo(store, server)), /Basis data di server ini rusak.*yang lama tetap disimpan.*bagian 8/)
  assert.is(readdirSync(join(store.folder, 'manifests')).length, 1)
})

nightly('leaves nothing of those that failed, or their place would fill up and stay full', async () => {
  const server = await inUse()
  const store = storeAt()
  // Each try sends the database and then meets what it cannot read.
  const failing = { ...store, settle: () => Promise.reject(new Error('cut off')) }
  for (let night = 1; night <= 3; night += 1) assert.is(await said(backUpTo(failing, server, { now: new Date(`2026-03-0${night}T18:30:00Z`) })), 'cut off')
  writeFileSync(join(store.folder, 'databases', 'half.db.gz.part'), 'half')
  assert.is((await backUpTo(store, server, { now: new Date('2026-03-04T18:30:00Z') })).kept, 1)
  assert.equal(readdirSync(join(store.folder, 'databases')), ['2026-03-04T18-30-00-000Z.db.gz'])
})

nightly('that finds its disk full leaves no half of the file that filled it', async () => {
  const folder = aFolder('full')
  const store = storeAt(folder)
  writeFileSync(join(folder, 'a'), 'x')
  // A file stands where a folder is wanted: as unwritable as a full disk, also for root.
  assert.match(await said(store.put('a/b', Buffer.from('x'))), /tidak dapat dipakai/)
  mkdirSync(join(folder, 'c'))
  assert.match(await said(store.put('c', Buffer.from('x'))), /tidak dapat dipakai/)
  assert.not(existsSync(join(folder, 'c.part')))
})

nightly('and every other work tells an administrator of room and rights in words, with the code to look for', () => {
  const words = (error: Error) => inWords(describe(error))
  assert.match(words(Object.assign(new Error('Siti'), { code: 'SQLITE_FULL' })), /^Ruang disk habis\. Kosongkan ruang atau besarkan disk \(SQLITE_FULL\)\.$/)
  assert.match(words(new Problem('full', 'Data Anda tetap ada pada Anda.')), /^Ruang disk habis/)
  assert.match(words(Object.assign(new Error('Siti'), { code: 'SQLITE_CORRUPT_INDEX' })), /rusak.*\(SQLITE_CORRUPT_INDEX\)/)
  assert.is(words(Object.assign(new Error('Siti'), { code: 'SQLITE_BUSY' })), 'Error SQLITE_BUSY')
})

nightly.run()
