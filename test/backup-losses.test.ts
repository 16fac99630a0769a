import { existsSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { noteLast } from '#app/backup/last.ts'
import { lostList } from '#app/backup/losses.ts'
import { restoreMissing } from '#app/backup/restoring.ts'
import { keepAnew } from '#app/files/packs.ts'
import { asIncoming, moveRecorded } from '#app/files/store.ts'
import { warningsFor } from '#app/operation/view.ts'
import { useKeys } from '#db/key-ring.ts'
import { backUpTo, inUse, KEEP, storeAt, type Kept } from '#test/support/backups.ts'
import { agus, as } from '#test/support/world.ts'

useKeys([])

const losses = suite('what a disk loses without a word')

const ONE = { days: 1, weeks: 0, months: 0 }
const nightOf = (n: number) => new Date(Date.UTC(2026, 2, n, 18, 30))
const night = (server: Kept, store: ReturnType<typeof storeAt>, n: number, keep: typeof KEEP = ONE) => backUpTo(store, server, { now: nightOf(n), keep })
const bring = (server: Kept, store: ReturnType<typeof storeAt>) => restoreMissing({ store, dataDirectory: server.directory })

losses('a photo that has gone is told each night, and stays in every later backup until it is brought back', async () => {
  const server = await inUse()
  const [photo, store] = [await server.addPhoto('foto depan'), storeAt()]
  await night(server, store, 1)
  rmSync(join(server.directory, photo))
  for (let n = 2; n <= 4; n += 1) {
    const { missing, gone, changed } = (await night(server, store, n)).losses!
    assert.equal({ missing, gone, changed }, { missing: 1, gone: 0, changed: 0 })
  }
  assert.is((await bring(server, store)).brought, 1)
  assert.equal([readFileSync(join(server.directory, photo), 'utf8'), (await bring(server, store)).brought], ['foto depan', 0])
  assert.is((await night(server, store, 5)).losses!.missing, 0)
})

losses('a photo that no backup has is counted apart', async () => {
  const server = await inUse()
  const photo = await server.addPhoto('hilang sebelum malam')
  rmSync(join(server.directory, photo))
  assert.equal((await night(server, storeAt(), 1)).losses, { missing: 1, changed: 0, gone: 1, again: [] })
})

losses('a photo that was cut or written over never takes the place of the good one', async () => {
  const server = await inUse()
  const [cut, over, store] = [await server.addPhoto('terpotong'), await server.addPhoto('tertimpa'), storeAt()]
  await night(server, store, 1)
  truncateSync(join(server.directory, cut), 0)
  writeFileSync(join(server.directory, over), 'TERTIMPA')
  for (let n = 2; n <= 3; n += 1) assert.is((await night(server, store, n)).losses!.changed, 2)
  assert.is((await bring(server, store)).brought, 2)
  assert.equal([cut, over].map((path) => readFileSync(join(server.directory, path), 'utf8')), ['terpotong', 'tertimpa'])
  assert.is((await night(server, store, 4)).losses!.changed, 0)
})

losses('a byte that turned, and nothing else, is found within a month and told until it is mended', async () => {
  const server = await inUse()
  const [photo, store] = [await server.addPhoto('satu bita'), storeAt()]
  await night(server, store, 1)
  const path = join(server.directory, photo)
  const { atime, mtime } = statSync(path)
  writeFileSync(path, 'satu bitA')
  utimesSync(path, atime, mtime)
  const found: number[] = []
  for (let n = 2; n <= 32; n += 1) {
    const made = await night(server, store, n)
    noteLast(server.directory, { made }, nightOf(n))
    found.push(made.losses!.changed)
  }
  assert.is(found.indexOf(1), found.lastIndexOf(0) + 1, found.join())
  assert.ok(found.includes(1))
  await bring(server, store)
  assert.equal([readFileSync(path, 'utf8'), (await night(server, store, 33)).losses!.changed], ['satu bita', 0])
})

losses('a trail in which a line was changed is still backed up, and the line is named', async () => {
  const server = await inUse()
  for (let n = 0; n < 3; n += 1) as(server.db, agus, (tx) => tx.audit('user.invited', `orang-${n}`))
  const store = storeAt()
  assert.is((await night(server, store, 1)).broken, undefined)
  server.db.$client.exec('DROP TRIGGER audit_entries_no_update')
  server.db.$client.exec("UPDATE audit_entries SET subject = 'lain' WHERE seq = 2")
  const made = await night(server, store, 2)
  assert.equal([made.broken, made.kept], [2, 1])
})

losses('are listed for the server, photo by photo; one that lies elsewhere since is no loss any more', async () => {
  const server = await inUse()
  const [gone, hurt, store] = [await server.addPhoto('hilang'), await server.addPhoto('rusak'), storeAt()]
  await night(server, store, 1)
  assert.not(existsSync(lostList(server.directory)))
  rmSync(join(server.directory, gone))
  writeFileSync(join(server.directory, hurt), 'RUSAK')
  await night(server, store, 2)
  assert.equal(readFileSync(lostList(server.directory), 'utf8').split('\n').sort(), [gone, hurt].map((path) => basename(path, '.jpg')).sort())
  for (const path of [gone, hurt]) {
    const incoming = asIncoming([Buffer.from(path === gone ? 'hilang' : 'rusak')], basename(path, '.jpg'))
    moveRecorded(server, await keepAnew(server.directory, { incoming, found: { mime: 'image/jpeg' } }, '2026-03-03T02:00:00.000Z'))
  }
  const { missing, changed } = (await night(server, store, 3)).losses!
  assert.equal({ missing, changed }, { missing: 0, changed: 0 })
})

losses('are told the administrator on the first page, with the way back, as is a backup on the disk of the data', async () => {
  const { db, directory } = await inUse()
  const made = { at: '', where: directory, encrypted: false, sameDisk: true, households: 1, files: 1, newFiles: 0, sentBytes: 0, checked: 1, kept: 1, tookMs: 1, losses: { missing: 2, changed: 1, gone: 1, again: [] }, broken: 7 }
  noteLast(directory, { made })
  const told = await warningsFor({ db, dataDirectory: directory, backup: { to: directory } as never }, agus, new Date())
  assert.equal(told.map(({ kind }) => kind).filter((kind) => kind !== 'low' && kind !== 'full'), ['backup-same-disk', 'files-lost', 'chain-broken'])
  assert.not(existsSync(join(directory, 'backup.lock')))
})

losses.run()
