import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { s3Store } from '#app/backup/s3-store.ts'
import { sweepFetched } from '#app/files/fetched.ts'
import { keepTogether, readStored } from '#app/files/packs.ts'
import { usePhotoStore } from '#app/files/photo-store.ts'
import { carrierTo } from '#app/files/sending-away.ts'
import { photoStoreView } from '#app/files/store-view.ts'
import { asIncoming, keep, pathOf, recordFile } from '#app/files/store.ts'
import { makeKey, useKeys } from '#db/key-ring.ts'
import { sha256 } from '#test/support/delivery.ts'
import { LATER, withStore } from '#test/support/photo-store.ts'
import { s3Server, type S3 } from '#test/support/s3.ts'
import { actions, budi, rina } from '#test/support/world.ts'

let s3: S3
const away = suite('photos in an S3 store')
away.before.each(async () => {
  useKeys([makeKey()])
  s3 = await s3Server('foto')
})
away.after.each(() => {
  useKeys(undefined)
  s3.stop()
})

type World = Awaited<ReturnType<typeof withStore>>
const lying = ({ dataDirectory }: World) => readdirSync(join(dataDirectory, 'photos'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map(({ name }) => name)
const counts = ({ db, dataDirectory }: World) => {
  const { counts: { files, freedFiles }, waiting } = photoStoreView(db, dataDirectory)!
  return { files, freedFiles, waiting }
}
const shown = async (world: World, kind = 'F-RUMAH') => {
  const answer = await world.as(budi).get(world.address(kind))
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
}

away('lie here first, follow into the store, and are read from there once their copy here has gone', async () => {
  const world = await withStore(s3)
  assert.equal([lying(world).length, s3.objects.size], [1, 0])
  await world.carry()
  assert.equal([[...s3.objects.keys()].map((name) => /^kab bantul\/photos\/..\/..\/[0-9a-f]{64}\.pack$/.test(name)), lying(world).length], [[true], 1])
  await world.carry(LATER)
  assert.equal([lying(world), counts(world)], [[], { files: 1, freedFiles: 1, waiting: 0 }])
  const photo = await shown(world)
  assert.ok(photo.bytes.equals(world.made.photos['F-RUMAH']!))
  assert.is(actions(world.db).at(-1), 'photos.freed')
  assert.equal(s3.refused, [])
})

away('leave this server locked, also those that came before it had a key', async () => {
  useKeys([])
  const world = await withStore(s3)
  const plain = world.made.photos['F-RUMAH']!
  useKeys([makeKey()])
  await world.carry()
  const there = [...s3.objects.values()][0]!
  assert.not.ok(there.includes(plain.subarray(100, 160)))
  await world.carry(LATER)
  assert.ok((await shown(world)).bytes.equals(plain))
})

away('follow though one of them cannot be read, and the page counts that one', async () => {
  const world = await withStore(s3)
  const [name] = lying(world)
  const pack = join(world.dataDirectory, 'photos', name!.slice(0, 2), name!.slice(2, 4), name!)
  rmSync(pack)
  mkdirSync(pack)
  const paper = Buffer.from('%PDF-1.4 surat')
  recordFile({ db: world.db, now: new Date().toISOString() }, await keep(world.dataDirectory, asIncoming([paper], sha256(paper)), { mime: 'application/pdf' }))
  await world.carry()
  assert.equal([counts(world).files, photoStoreView(world.db, world.dataDirectory)!.counts.missing], [1, 1])
})

away('of any kind and size go along: papers, and files too large to be held', async () => {
  const world = await withStore(s3)
  const large = Buffer.alloc(17 * 2 ** 20, 'tabel;')
  const table = await keep(world.dataDirectory, asIncoming([large], sha256(large)), { mime: 'text/csv' })
  recordFile({ db: world.db, now: new Date().toISOString() }, table)
  await world.carry()
  await world.carry(LATER)
  assert.is(existsSync(pathOf(world.dataDirectory, table)), false)
  assert.ok(large.equals(await readStored(world.dataDirectory, table)))
})

away('stay here while they are young, or fit into what is kept here', async () => {
  const young = await withStore(s3)
  await young.carry()
  await young.carry(new Date(Date.now() + 29 * 86_400_000))
  const roomy = await withStore(s3, { keepBytes: 1e9 })
  await roomy.carry(LATER)
  assert.equal([lying(young).length, lying(roomy).length], [1, 1])
})

away('nine of one visit are fetched by one look', async () => {
  const world = await withStore(s3)
  await world.carry()
  await world.carry(LATER)
  s3.asked.length = 0
  const kinds = Object.keys(world.made.photos)
  const all = await Promise.all(kinds.map((kind) => shown(world, kind)))
  assert.ok(all.every(({ status }) => status === 200))
  await shown(world)
  assert.is(s3.asked.filter((one) => one.startsWith('GET') && one.endsWith('.pack')).length, 1)
})

away('brought here for a look make room for others, and can be had again', async () => {
  const world = await withStore(s3)
  await world.carry()
  await world.carry(LATER)
  await shown(world)
  assert.is(await sweepFetched(world.dataDirectory, 0), 1)
  assert.is((await shown(world)).status, 200)
})

away('whose store does not answer: visits come in, this photo alone waits, the rest of the page is there, and later all is as it was', async () => {
  const world = await withStore(s3)
  await world.carry()
  await world.carry(LATER)
  const photo = { sha256: sha256(Buffer.from('foto baru')), bytes: 9, chunks: [Buffer.from('foto baru')], head: Buffer.alloc(0), tail: Buffer.alloc(0) }
  s3.failNext(1000)
  for (const file of await keepTogether(world.dataDirectory, [{ incoming: photo, found: { mime: 'image/jpeg' } }])) recordFile({ db: world.db, now: new Date().toISOString() }, file)
  assert.match(await world.turn().then(() => '', (error: Error) => error.message), /S3 menolak \(503/)
  assert.equal([counts(world), lying(world).length], [{ files: 1, freedFiles: 1, waiting: 1 }, 1])
  const answer = await world.as(budi).get(world.address())
  assert.is(answer.status, 503)
  assert.match(await answer.text(), /sedang tidak dapat dihubungi.*tidak hilang.*beberapa menit lagi/s)
  assert.is((await world.as(rina).get(`/reviews/${world.made.visitId}`)).status, 200)
  assert.is(world.failures.length, 1)
  s3.failNext(0)
  world.use()
  await world.carry()
  assert.equal([counts(world), (await shown(world)).status], [{ files: 2, freedFiles: 1, waiting: 0 }, 200])
})

away('changed by somebody there are not shown', async () => {
  const world = await withStore(s3)
  await world.carry()
  await world.carry(LATER)
  const [name, bytes] = [...s3.objects][0]!
  s3.objects.set(name, Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])]))
  const answer = await world.as(budi).get(world.address())
  assert.is(answer.status, 503)
  assert.match(await answer.text(), /berubah di tempat penyimpanannya/)
})

for (const [what, spoil] of [['gone', () => s3.objects.clear()], ['changed', () => [...s3.objects.keys()].forEach((name) => s3.objects.set(name, Buffer.from('lain')))]] as const) {
  away(`found ${what} there keep their copy here, and are sent again`, async () => {
    const world = await withStore(s3)
    await world.carry()
    spoil()
    await world.turn(LATER)
    await world.turn(LATER)
    await world.turn(LATER)
    assert.equal([lying(world).length, actions(world.db).at(-1), counts(world).files], [1, 'photos.not_in_store', 0])
    await world.carry(LATER)
    assert.equal([lying(world), counts(world), (await shown(world)).status], [[], { files: 1, freedFiles: 1, waiting: 0 }, 200])
  })
}

away('sent just before the power went are sent again, and counted once', async () => {
  const world = await withStore(s3)
  await carrierTo(world.dataDirectory, s3Store(world.settings.to, world.settings.s3)).send(lying(world).map((name) => join('photos', name.slice(0, 2), name.slice(2, 4), name)))
  await world.carry()
  await world.carry(LATER)
  assert.equal([s3.objects.size, counts(world), (await shown(world)).status], [1, { files: 1, freedFiles: 1, waiting: 0 }, 200])
})

away('that a phone sends once more lie here again, until it is their turn', async () => {
  const world = await withStore(s3)
  await world.carry()
  const path = join(world.dataDirectory, 'photos', ...lying(world).map((name) => join(name.slice(0, 2), name.slice(2, 4), name)))
  await world.carry(LATER)
  writeFileSync(path, 'disini')
  assert.is(counts(world).freedFiles, 1)
  await world.turn(new Date(LATER.getTime() + 2 * 86_400_000))
  assert.is(counts(world).freedFiles, 0)
})

away('named by a row and found nowhere are told', async () => {
  const world = await withStore(s3)
  rmSync(join(world.dataDirectory, 'photos'), { recursive: true })
  await world.carry()
  assert.is(photoStoreView(world.db, world.dataDirectory)!.counts.missing, 1)
})

away('that lie in a store which is not set up any more say so', async () => {
  const world = await withStore(s3)
  await world.carry()
  await world.carry(LATER)
  usePhotoStore(world.dataDirectory, { db: world.db, settings: undefined })
  const answer = await world.as(budi).get(world.address())
  assert.equal([answer.status, /SIKS_PHOTOS/.test(await answer.text())], [503, true])
  assert.is(photoStoreView(world.db, world.dataDirectory)!.to, undefined)
})

away.run()
