import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { makeOpener } from '#app/backup/age-file.ts'
import { checkOpened, checkStored } from '#app/backup/checking.ts'
import { chooseManifest, restore } from '#app/backup/restoring.ts'
import { s3Store } from '#app/backup/s3-store.ts'
import { openStore } from '#app/backup/stores.ts'
import { useKeys } from '#db/key-ring.ts'
import { aKeyPair, backUpTo, inUse } from '#test/support/backups.ts'
import { ACCESS, s3Server, type S3 } from '#test/support/s3.ts'
import { aFolder } from '#test/support/servers.ts'

// Its files are counted here and looked into; what a key of the server adds to them is the drill's.
useKeys([])

let s3: S3
const away = suite('a backup away, in an S3 store')
away.before.each(async () => { s3 = await s3Server('cadangan') })
away.after.each(() => s3.stop())

const store = (to = 's3://cadangan/kab bantul/siks', over: Partial<typeof ACCESS> = {}) => openStore(to, { endpoint: s3.endpoint, ...ACCESS, ...over })
const said = (work: Promise<unknown>) => work.then(() => '', (error: Error) => error.message)

away('comes back byte by byte, and sends a file once', async () => {
  const server = await inUse()
  const paths = [await server.addPhoto('depan'), await server.addPhoto('dapur')]
  const { identity, recipient } = await aKeyPair()
  const made = await backUpTo(store(), server, { recipients: [recipient] })
  assert.equal([made.newFiles, (await backUpTo(store(), server, { recipients: [recipient] })).newFiles], [3, 0])
  const manifest = await chooseManifest(store())
  assert.equal([await checkStored(store(), manifest, { full: true }), await checkOpened(store(), manifest, { opener: makeOpener([identity]), full: true })], [4, 4])
  const target = aFolder('new')
  await restore({ store: store(), dataDirectory: target, opener: makeOpener([identity]) })
  assert.equal(paths.map((path) => readFileSync(join(target, path), 'utf8')), ['depan', 'dapur'])
  assert.ok(readdirSync(target).includes('siks.db'))
  assert.equal(s3.refused, [])
  assert.ok([...s3.objects.keys()].every((name) => name.startsWith('kab bantul/siks/')))
})

away('leaves nothing readable there', async () => {
  const server = await inUse()
  await server.addPhoto('wajah Suharti')
  await backUpTo(store(), server, { recipients: [(await aKeyPair()).recipient] })
  assert.not.match(Buffer.concat([...s3.objects.values()]).toString('latin1'), /Suharti|SQLite format|kunci tanda terima/)
})

away('is tried again when the store is busy for a moment', async () => {
  const server = await inUse()
  s3.failNext(2)
  assert.is((await backUpTo(store(), server)).kept, 1)
})

away('with a wrong secret, a wrong bucket or nobody there is told in words, and counts for nothing', async () => {
  const server = await inUse()
  assert.match(await said(backUpTo(store(undefined, { secret: 'salah-salah-salah-salah' }), server)), /S3 menolak \(403 SignatureDoesNotMatch\)/)
  assert.match(await said(backUpTo(store('s3://lain/siks'), server)), /Bucket lain tidak ada/)
  assert.is(s3.objects.size, 0)
  assert.throws(() => openStore('s3://cadangan', { region: 'x' } as never), /SIKS_S3_ENDPOINT/)
})

away('gives a large file on a slow line the time that it takes', async () => {
  s3.pauseMs(400)
  const patient = s3Store('s3://cadangan/foto', { endpoint: s3.endpoint, ...ACCESS }, { retries: 0, patienceMs: 200 })
  await patient.put('besar', Buffer.alloc(16_000))
  assert.match(await said(patient.put('kecil', Buffer.alloc(16))), /tidak dapat dihubungi/)
})

// A service takes 5 GB at once; this one is told to take 6 MB.
function aLargeFile() {
  s3.most(6 * 2 ** 20)
  const path = join(aFolder('large'), 'siks.db.sealed')
  writeFileSync(path, Buffer.alloc(12 * 2 ** 20, 'satu, dua, tiga'))
  return { path, parted: s3Store('s3://cadangan/kab bantul', { endpoint: s3.endpoint, ...ACCESS }, { partBytes: 5 * 2 ** 20 }) }
}

away('takes a file in parts that is too large to go at once, and sends one again whose line was cut', async () => {
  const { path, parted } = aLargeFile()
  s3.cutNext(2)
  await parted.put('databases/besar', path)
  assert.ok(s3.objects.get('kab bantul/databases/besar')!.equals(readFileSync(path)))
  assert.equal([s3.parts.size, s3.refused.length], [0, 0])
  await parted.put('kecil', Buffer.from('kecil'))
  assert.equal([...(await parted.list('')).values()], [12 * 2 ** 20, 5])
})

away('knows a file that was put together though the answer was lost', async () => {
  const { path, parted } = aLargeFile()
  s3.loseAnswer()
  await parted.put('databases/besar', path)
  assert.equal([(await parted.list('databases/')).get('databases/besar'), s3.parts.size], [12 * 2 ** 20, 0])
})

away('keeps no part of a file that could not be put together', async () => {
  const { path, parted } = aLargeFile()
  s3.failParting()
  assert.match(await said(parted.put('databases/besar', path)), /S3 menolak \(InternalError\)/)
  assert.equal([s3.parts.size, s3.objects.size], [0, 0])
})

away.run()
