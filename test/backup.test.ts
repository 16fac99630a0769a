import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { makeOpener } from '#app/backup/age-file.ts'
import { checkOpened, checkStored } from '#app/backup/checking.ts'
import { noteLast, readLast, takeLock } from '#app/backup/last.ts'
import { isDue } from '#app/backup/nightly.ts'
import { chooseManifest, restore } from '#app/backup/restoring.ts'
import { openStore } from '#app/backup/stores.ts'
import { useKeys } from '#db/key-ring.ts'
import { aKeyPair, backUpTo, inUse, said, sealedFiles, storeAt } from '#test/support/backups.ts'
import { aFolder } from '#test/support/servers.ts'
import { addHousehold, agus, as } from '#test/support/world.ts'

// Its files are counted here and looked into; what a key of the server adds to them is the drill's.
useKeys([])

const backup = suite('a backup')

backup('made while the server writes shows one moment, and everything its rows name', async () => {
  const server = await inUse()
  const photo = await server.addPhoto('foto depan')
  const store = storeAt()
  const writing = setInterval(() => addHousehold(server.db, `rt-${Math.random()}`), 2)
  const made = await backUpTo(store, server)
  clearInterval(writing)
  const manifest = await chooseManifest(store)
  assert.equal([made.households, made.files, made.encrypted, made.kept], [manifest.counts.households, 2, false, 1])
  assert.equal(manifest.files.map(({ path }) => path).sort(), ['receipt-key.pem', photo].sort())
  assert.is(await checkOpened(store, manifest, { full: true }), 3)
})

backup('sends a file once, however often it runs', async () => {
  const server = await inUse()
  await server.addPhoto('satu')
  const store = storeAt()
  assert.is((await backUpTo(store, server)).newFiles, 2)
  await server.addPhoto('dua')
  assert.equal([(await backUpTo(store, server)).newFiles, (await backUpTo(store, server)).newFiles], [1, 0])
})

backup('sends a file anew when it changed in place, and both backups stay whole', async () => {
  const server = await inUse()
  const store = storeAt()
  await backUpTo(store, server, { now: new Date('2026-03-01T18:30:00Z') })
  writeFileSync(join(server.directory, 'receipt-key.pem'), 'kunci tanda terimb')
  utimesSync(join(server.directory, 'receipt-key.pem'), new Date(), new Date())
  assert.is((await backUpTo(store, server, { now: new Date('2026-03-02T18:30:00Z') })).newFiles, 1)
  for (const at of ['2026-03-02', '2026-03-03']) assert.ok(await checkOpened(store, await chooseManifest(store, at), { full: true }))
})

backup('with a recipient leaves nothing readable but names of hashes, and the key opens it', async () => {
  const server = await inUse()
  await server.addPhoto('wajah Suharti')
  const { identity, recipient } = await aKeyPair()
  const store = storeAt()
  await backUpTo(store, server, { recipients: [recipient] })
  const everything = readdirSync(store.folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(store.folder, name)).isFile()).map((name) => readFileSync(join(store.folder, name), 'latin1')).join('')
  assert.not.match(everything, /Suharti|kunci tanda terima|SQLite format/)
  const manifest = await chooseManifest(store)
  assert.is(await checkStored(store, manifest, { full: true }), 3)
  assert.is(await checkOpened(store, manifest, { opener: makeOpener([identity]), full: true }), 3)
  const { identity: other } = await aKeyPair()
  assert.match(await said(checkOpened(store, manifest, { opener: makeOpener([other]) })), /Kunci ini tidak membuka/)
})

backup('with another recipient sends everything anew, since the former key must not be needed', async () => {
  const server = await inUse()
  const [first, second] = [await aKeyPair(), await aKeyPair()]
  const store = storeAt()
  await backUpTo(store, server, { recipients: [first.recipient] })
  assert.is((await backUpTo(store, server, { recipients: [second.recipient] })).newFiles, 1)
  assert.is(await checkOpened(store, await chooseManifest(store), { opener: makeOpener([second.identity]), full: true }), 2)
})

backup('that lost a file, or in which a byte turned, is seen without the key', async () => {
  const server = await inUse()
  await server.addPhoto('foto')
  const store = storeAt()
  await backUpTo(store, server)
  const manifest = await chooseManifest(store)
  const object = join(store.folder, sealedFiles(store.folder)[0]!)
  const bytes = readFileSync(object)
  writeFileSync(object, Buffer.concat([Buffer.from('x'), bytes.subarray(1)]))
  assert.match(await said(checkStored(store, manifest)), /Cadangan rusak/)
  rmSync(object)
  assert.match(await said(checkStored(store, manifest)), /tidak lengkap/)
})

backup('whose database is damaged is never counted as one', async () => {
  const server = await inUse()
  server.db.$client.pragma('wal_checkpoint(TRUNCATE)')
  server.db.$client.close()
  const path = join(server.directory, 'siks.db')
  const bytes = readFileSync(path)
  bytes.fill(7, 4096 * 3, 4096 * 12)
  writeFileSync(path, bytes)
  const store = storeAt()
  assert.ok(await said(backUpTo(store, server)))
  assert.match(await said(chooseManifest(store)), /Tidak ada cadangan SIKS/)
})

backup('takes along whatever an admin has laid beside the database, by whatever name', async () => {
  const server = await inUse()
  const names = ['catatan admin (lama).txt', 'receipt-key.pem~', 'versi..2']
  for (const name of names) writeFileSync(join(server.directory, name), name)
  const store = storeAt()
  await backUpTo(store, server)
  assert.is((await backUpTo(store, server)).newFiles, 0)
  const target = aFolder('new')
  await restore({ store, dataDirectory: target })
  assert.equal(names.map((name) => readFileSync(join(target, name), 'utf8')), names)
})

backup('goes only where nothing else lies', async () => {
  const folder = aFolder('other')
  writeFileSync(join(folder, 'skripsi.docx'), '')
  assert.throws(() => openStore(folder, {} as never), /berisi hal lain/)
})

backup('never shares a place with another installation', async () => {
  const [one, other] = [await inUse(), await inUse()]
  as(other.db, agus, (tx) => tx.audit('user.invited', 'x'))
  other.db.$client.exec('DROP TRIGGER audit_entries_no_update')
  other.db.$client.exec("UPDATE audit_entries SET hash = 'lain' WHERE seq = 1")
  const store = storeAt()
  await backUpTo(store, one)
  assert.match(await said(backUpTo(store, other)), /pemasangan SIKS yang lain/)
  assert.is((await chooseManifest(store)).counts.households, 1)
})

backup('throws away what the schedule no longer wants, and no file that another still needs', async () => {
  const server = await inUse()
  const shared = await server.addPhoto('tetap')
  const gone = 'catatan.txt'
  writeFileSync(join(server.directory, gone), 'dihapus admin')
  const store = storeAt()
  const one = { days: 1, weeks: 0, months: 0 }
  await backUpTo(store, server, { keep: one, now: new Date('2026-03-01T18:30:00Z') })
  rmSync(join(server.directory, gone))
  assert.is((await backUpTo(store, server, { keep: one, now: new Date('2026-03-02T18:30:00Z') })).kept, 1)
  const manifest = await chooseManifest(store)
  assert.ok(manifest.files.some(({ path }) => path === shared))
  assert.is(sealedFiles(store.folder).length, 2)
  assert.is(readdirSync(join(store.folder, 'databases')).length, 1)
  assert.is(await checkOpened(store, manifest, { full: true }), 3)
})

backup('made while the clock ran ahead is taken neither for the newest nor for one that the next ones are counted with', async () => {
  const server = await inUse()
  const store = storeAt()
  const one = { days: 1, weeks: 0, months: 0 }
  await backUpTo(store, server, { keep: one, now: new Date('2096-03-01T18:30:00Z') })
  as(server.db, agus, (tx) => tx.audit('user.invited', 'x'))
  assert.is((await backUpTo(store, server, { keep: one, now: new Date('2026-03-01T18:30:00Z') })).kept, 2)
  assert.is((await chooseManifest(store)).at, '2026-03-01T18:30:00.000Z')
})

backup('is the newest of all where only the clock of the new machine is wrong', async () => {
  const server = await inUse()
  const store = storeAt()
  for (const day of ['2096-03-01', '2096-03-02']) await backUpTo(store, server, { now: new Date(`${day}T18:30:00Z`) })
  assert.is((await chooseManifest(store)).at, '2096-03-02T18:30:00.000Z')
})

backup('tells how it went, and a failure keeps the last good one in sight', () => {
  const folder = aFolder('last')
  noteLast(folder, { made: { at: 'x', households: 3 } as never }, new Date('2026-03-01T18:30:00Z'))
  noteLast(folder, { failure: new TypeError('Suharti') }, new Date('2026-03-02T18:30:00Z'))
  const last = readLast(folder)!
  assert.equal([last.fineAt, last.failure, last.made?.households], ['2026-03-01T18:30:00.000Z', 'TypeError', 3])
})

backup('that a wrong clock dated ahead puts off neither the next one nor the warning', () => {
  const folder = aFolder('last')
  noteLast(folder, { failure: new Error('x') }, new Date('2036-01-01T00:00:00Z'))
  noteLast(folder, { made: { at: 'x', households: 3 } as never }, new Date('2036-01-02T00:00:00Z'))
  const last = readLast(folder, Date.parse('2026-03-02T12:00:00Z'))!
  assert.equal([last.fineAt, last.failedAt, isDue('01:30', last, new Date('2026-03-02T12:00:00Z'))], [null, null, true])
})

backup('is made once at a time, and a lock of a process that is gone holds up nobody', () => {
  const folder = aFolder('lock')
  const giveBack = takeLock(folder)!
  assert.is(takeLock(folder), undefined)
  const [, now] = readFileSync(join(folder, 'backup.lock'), 'utf8').split(' ')
  giveBack()
  // A process that is gone; one of before a power cut, whose number another bears by now; a cut before the number was written.
  for (const left of [`4194303 ${now}`, `${process.pid} 00000000-0000-4000-8000-000000000000`, '']) {
    writeFileSync(join(folder, 'backup.lock'), left)
    takeLock(folder)!()
  }
})

backup('is due once its hour has come, again two hours after a failure, and not twice a night', () => {
  const at = (time: string) => new Date(time)
  assert.is(isDue('01:30', undefined, at('2026-03-02T12:00:00Z')), true)
  assert.is(isDue('01:30', { fineAt: '2026-03-01T18:31:00.000Z', failedAt: null }, at('2026-03-02T18:29:00Z')), false)
  assert.is(isDue('01:30', { fineAt: '2026-03-01T18:31:00.000Z', failedAt: null }, at('2026-03-02T18:30:00Z')), true)
  assert.is(isDue('01:30', { fineAt: '2026-03-01T18:31:00.000Z', failedAt: '2026-03-02T18:31:00.000Z' }, at('2026-03-02T19:00:00Z')), false)
  assert.is(isDue('01:30', { fineAt: '2026-03-01T18:31:00.000Z', failedAt: '2026-03-02T18:31:00.000Z' }, at('2026-03-02T20:32:00Z')), true)
})

backup.run()
