import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { restore } from '#app/backup/restoring.ts'
import { openDatabase } from '#db/connection.ts'
import { useKeys } from '#db/key-ring.ts'
import { aKeyPair, backUpTo, inUse, said, sealedFiles, storeAt } from '#test/support/backups.ts'
import { aFolder } from '#test/support/servers.ts'
import { addHousehold } from '#test/support/world.ts'

// Its files are counted here and looked into; what a key of the server adds to them is the drill's.
useKeys([])

const restoring = suite('a restoring')

restoring('brings back every byte into an empty folder', async () => {
  const server = await inUse()
  const photo = await server.addPhoto('foto')
  const store = storeAt()
  await backUpTo(store, server)
  const target = join(aFolder('new'), 'data')
  const manifest = await restore({ store, dataDirectory: target })
  assert.equal([readFileSync(join(target, photo), 'utf8'), readFileSync(join(target, 'receipt-key.pem'), 'utf8')], ['foto', 'kunci tanda terima'])
  const db = openDatabase(join(target, 'siks.db'))
  assert.equal(db.$client.prepare('SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1').get(), manifest.audit)
  db.$client.close()
  assert.equal(readdirSync(target).sort(), ['photos', 'receipt-key.pem', 'siks.db'])
})

restoring('is never put over data that is there', async () => {
  const server = await inUse()
  const store = storeAt()
  await backUpTo(store, server)
  const before = readFileSync(join(server.directory, 'siks.db'))
  assert.match(await said(restore({ store, dataDirectory: server.directory })), /tidak kosong/)
  assert.ok(readFileSync(join(server.directory, 'siks.db')).equals(before))
})

restoring('that was broken off goes on where it was, and until then no server may start there', async () => {
  const server = await inUse()
  await server.addPhoto('foto')
  const store = storeAt()
  await backUpTo(store, server)
  const target = aFolder('new')
  const broken = { ...store, read: async (name: string) => { if (name.startsWith('files')) throw new Error('kabel'); return store.read(name) } }
  assert.match(await said(restore({ store: broken, dataDirectory: target })), /kabel/)
  assert.equal(readdirSync(target).includes('siks.db'), false)
  await restore({ store, dataDirectory: target })
  assert.equal(readdirSync(target).sort(), ['photos', 'receipt-key.pem', 'siks.db'])
})

restoring('takes the backup of the day it is asked for', async () => {
  const server = await inUse()
  const store = storeAt()
  await backUpTo(store, server, { now: new Date('2026-03-01T18:30:00Z') })
  addHousehold(server.db, 'budi')
  await backUpTo(store, server, { now: new Date('2026-03-02T18:30:00Z') })
  const households = async (until?: string) => (await restore({ store, dataDirectory: aFolder('new'), until })).counts.households
  // Made at half past one in the morning of the second and the third, WIB.
  assert.equal([await households('2026-03-02'), await households('2026-03-03'), await households('2026-03-02T18:29:59Z'), await households()], [1, 2, 1, 2])
  const refused = (until: string) => said(restore({ store, dataDirectory: aFolder('new'), until }))
  assert.match(await refused('2026-03-01'), /paling awal bertanggal 2026-03-02/)
  for (const until of ['kemarin', '29-11-2026', '2026-02-30']) assert.match(await refused(until), /--at harus tanggal/, until)
})

restoring('that was broken off goes on with the backup it had begun, though a newer one has come', async () => {
  const server = await inUse()
  await server.addPhoto('foto')
  const store = storeAt()
  await backUpTo(store, server, { now: new Date('2026-03-01T18:30:00Z') })
  const target = aFolder('new')
  const broken = { ...store, read: async (name: string) => { if (name.startsWith('files')) throw new Error('kabel'); return store.read(name) } }
  await said(restore({ store: broken, dataDirectory: target }))
  await backUpTo(store, server, { now: new Date('2026-03-02T18:30:00Z') })
  assert.is((await restore({ store, dataDirectory: target })).at, '2026-03-01T18:30:00.000Z')
})

restoring('refuses bytes that are not those of the server, and asks for the key of what is encrypted', async () => {
  const server = await inUse()
  const { recipient } = await aKeyPair()
  const [open, sealed] = [storeAt(), storeAt()]
  await backUpTo(open, server)
  await backUpTo(sealed, server, { recipients: [recipient] })
  writeFileSync(join(open.folder, sealedFiles(open.folder)[0]!), 'kunci tanda terimx')
  assert.match(await said(restore({ store: open, dataDirectory: aFolder('new') })), /receipt-key\.pem tidak sama/)
  assert.match(await said(restore({ store: sealed, dataDirectory: aFolder('new') })), /--identity/)
  assert.match(await said(restore({ store: storeAt(), dataDirectory: aFolder('new') })), /Tidak ada cadangan SIKS/)
})

restoring.run()
