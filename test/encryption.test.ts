import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openTables } from '#app/assignments/tables.ts'
import { storePhotos } from '#app/deliveries/bundle.ts'
import { readWrapped, rewrap } from '#app/files/data-keys.ts'
import { openKept, readKept } from '#app/files/opened.ts'
import { readStored } from '#app/files/packs.ts'
import { PIECE, sealedBytes } from '#app/files/sealing.ts'
import { keep, pathOf, spool } from '#app/files/store.ts'
import { keyIdOf, openClient, openDatabase, stateOf } from '#db/connection.ts'
import { LockedOut, makeKey, parseRing, printRing, readRing, useKeys } from '#db/key-ring.ts'
import { copyOnline } from '#db/copying.ts'
import { relock } from '#db/locking.ts'
import { openMoment } from '#db/moment.ts'
import { photos, sha256 } from '#test/support/delivery.ts'
import { addHousehold, freshDatabase } from '#test/support/world.ts'

const folders: string[] = []
const fresh = () => folders[folders.push(mkdtempSync(join(tmpdir(), 'siks-keys-'))) - 1]!
const [first, second, stranger] = [makeKey(), makeKey(), makeKey()]

// A database of the named world as a running server leaves it: locked.
function lockedWorld() {
  const directory = fresh()
  const [file, source] = [join(directory, 'siks.db'), freshDatabase()]
  for (let i = 0; i < 40; i++) addHousehold(source, `home-${i}`, { head: HEAD })
  writeFileSync(file, source.$client.serialize())
  relock(file, [], first)
  useKeys([first])
  return { directory, file, db: openDatabase(file) }
}
const HEAD = 'Asep Sunandar'

const bytesIn = (directory: string) => readdirSync(directory, { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter((one) => one.isFile()).map((one) => readFileSync(join(one.parentPath, one.name))).map((bytes) => bytes.toString('latin1')).join()

const database = suite('a locked database')
database.after.each(() => useKeys([]))

database('shows no name in any of its files, its log included', () => {
  const { directory, db } = lockedWorld()
  assert.is(stateOf(db.$client.name), 'locked')
  assert.not.ok(bytesIn(directory).includes(HEAD))
  db.$client.close()
})

database('is read by every other connection of the service, at one moment too', () => {
  const { db, file } = lockedWorld()
  const [other, moment] = [openClient(file, { readonly: true }), openMoment(db)]
  const count = (client = other) => client.prepare('SELECT count(*) FROM households').pluck().get()
  addHousehold(db, 'late')
  assert.equal([count(), count(moment.$client)], [41, 40])
  for (const client of [other, moment.$client, db.$client]) client.close()
})

database('is opened by an older key of the ring after the newest did not', () => {
  const { db, file } = lockedWorld()
  db.$client.close()
  useKeys([second, first])
  const client = openClient(file)
  assert.is(keyIdOf(client), first.id)
  client.close()
})

database('is refused in plain words without its key, with a wrong one, and where it lies open although a key is set', () => {
  const { db, file, directory } = lockedWorld()
  db.$client.close()
  useKeys([stranger])
  assert.throws(() => openDatabase(file), (error: Error) => error instanceof LockedOut && /Tidak satu pun kunci/.test(error.message))
  useKeys([])
  assert.throws(() => openDatabase(file), (error: Error) => error instanceof LockedOut && /SIKS_KEY_FILE tidak diisi/.test(error.message))
  const open = join(directory, 'open.db')
  openDatabase(open).$client.exec('CREATE TABLE a (b)').close()
  useKeys([first])
  assert.throws(() => openDatabase(open), /npm run keys -- encrypt/)
})

database('notices when a single byte of a page was changed', () => {
  const { db, file } = lockedWorld()
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  db.$client.close()
  const bytes = readFileSync(file)
  for (let at = 4096 * 3 + 1000; at < bytes.length; at += 4096) bytes[at]! ^= 1
  writeFileSync(file, bytes)
  assert.throws(() => openClient(file).prepare('SELECT * FROM households ORDER BY address').all(), /malformed|not a database/)
})

database('is copied locked while it is in use, and only its key opens the copy', async () => {
  const { db, file } = lockedWorld()
  const target = fresh()
  await copyOnline(file, join(target, 'siks.db'))
  assert.not.ok(bytesIn(target).includes(HEAD))
  const copy = openClient(join(target, 'siks.db'))
  const count = (client: typeof copy) => client.prepare('SELECT count(*) FROM households').pluck().get()
  assert.equal([count(copy), copy.pragma('integrity_check', { simple: true })], [count(db.$client), 'ok'])
  for (const client of [copy, db.$client]) client.close()
  useKeys([])
  assert.throws(() => openClient(join(target, 'siks.db')), /terkunci/)
})

database('without any key on the ring is what it always was', () => {
  const file = join(fresh(), 'siks.db')
  const db = openDatabase(file)
  db.$client.exec('CREATE TABLE a (b)')
  db.$client.close()
  assert.equal([stateOf(file), keyIdOf(db.$client)], ['plain', undefined])
})

const ring = suite('a key ring')

ring('reads hexadecimal and base64, comments aside, the first line in use', () => {
  const text = `${printRing([first])}\n# lama\n${second.secret.toString('base64')}\n`
  assert.equal(parseRing(text).map(({ id }) => id), [first.id, second.id])
})

ring('names the line that is no key, and the file that is not there', () => {
  assert.throws(() => parseRing(`${printRing([first])}pendek`), /Baris 2/)
  assert.throws(() => readRing(join(fresh(), 'kunci')), /tidak ada/)
})

const files = suite('locked files')
files.before.each(() => useKeys([first]))
files.after.each(() => useKeys([]))

const inMemory = (bytes: Buffer) => ({ chunks: [bytes], sha256: sha256(bytes), bytes: bytes.length, head: bytes, tail: bytes })

files('come out byte for byte whatever their length, whole or from the middle', async () => {
  const directory = fresh()
  for (const length of [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7]) {
    const bytes = Buffer.alloc(length, `isi ${length} `)
    const path = pathOf(directory, await keep(directory, inMemory(bytes), { mime: 'application/pdf' }))
    assert.is(readFileSync(path).length, sealedBytes(length))
    assert.ok(bytes.equals(await readKept(directory, path)))
    const part = await readKept(directory, path, length >> 1, 100)
    assert.ok(bytes.subarray(length >> 1, (length >> 1) + 100).equals(part))
    const streamed = Buffer.concat(await (await openKept(directory, path)).stream(length >> 1, length - 1).toArray() as Buffer[])
    assert.ok(bytes.subarray(length >> 1).equals(streamed))
  }
})

files('show nothing of a photo, and keep its own hash as their name', async () => {
  const directory = fresh()
  const shown = Object.entries(photos())
  const promised = shown.map(([kind, bytes]) => ({ kind, sha256: sha256(bytes), bytes: bytes.length, takenAt: null }))
  const memory = Buffer.from(new SharedArrayBuffer(2 ** 20))
  let at = 0
  const lent = shown.map(([, bytes]) => (bytes.copy(memory, at), memory.subarray(at, at += bytes.length)))
  const stored = await storePhotos(directory, promised, lent)
  const again = await storePhotos(directory, promised, shown.map(([, bytes]) => bytes))
  assert.equal(stored, again)
  for (const [i, { file }] of stored.entries()) assert.ok(shown[i]![1].equals(await readStored(directory, file)))
  assert.not.ok(bytesIn(join(directory, 'photos')).includes(shown[0]![1].subarray(0, 24).toString('latin1')))
})

files('larger than memory are locked on their way, and read as a table', async () => {
  const directory = fresh()
  const text = Buffer.from(`nama;nik\n${'Asep;9900000000000001\n'.repeat(40_000)}`)
  const incoming = await spool(directory, Readable.from([text.subarray(0, 300_000), text.subarray(300_000)]))
  const stored = await keep(directory, incoming, { mime: 'text/csv' })
  assert.equal([stored.sha256, readdirSync(join(directory, 'incoming'))], [sha256(text), []])
  assert.not.ok(bytesIn(directory).includes('Asep'))
  const table = await openTables(directory, stored)
  let rows = 0
  for await (const _ of table.tables[0]!.lines()) rows += 1
  assert.equal([rows, table.bytesRead()], [40_001, text.length])
  await table.close()
})

files('are refused when a byte was changed, a piece cut off, or one put in the place of another', async () => {
  const directory = fresh()
  const keepOne = async (sign: string) => pathOf(directory, await keep(directory, inMemory(Buffer.alloc(2 * PIECE + 5, sign)), { mime: 'application/pdf' }))
  const [one, other] = [await keepOne('a'), await keepOne('b')]
  const whole = readFileSync(one)
  const spoilt = Buffer.from(whole)
  spoilt[500]! ^= 1
  for (const bytes of [spoilt, whole.subarray(0, sealedBytes(PIECE)), readFileSync(other)]) {
    writeFileSync(one, bytes)
    assert.ok(await readKept(directory, one).then(() => false, () => true))
  }
})

files('stay readable after a rotation, which rewrites a few wrapped keys and no file', async () => {
  const directory = fresh()
  const bytes = Buffer.from('foto KTP')
  const path = pathOf(directory, await keep(directory, inMemory(bytes), { mime: 'application/pdf' }))
  const before = readFileSync(path)
  useKeys([second, first])
  assert.is(rewrap(directory, [second, first]), 1)
  useKeys([second])
  assert.ok(bytes.equals(await readKept(directory, path)))
  assert.ok(before.equals(readFileSync(path)))
  assert.equal(readWrapped(directory).map(({ by }) => by), [second.id, second.id])
  useKeys([first])
  assert.ok(await readKept(directory, path).then(() => false, (error) => error instanceof LockedOut && error.message.includes(second.id)))
})

files('from before the key are read as they lie', async () => {
  const directory = fresh()
  useKeys([])
  const bytes = Buffer.from('lama')
  const path = pathOf(directory, await keep(directory, inMemory(bytes), { mime: 'application/pdf' }))
  assert.ok(bytes.equals(readFileSync(path)))
  useKeys([first])
  assert.ok(bytes.equals(await readKept(directory, path)))
})

for (const one of [database, ring, files]) one.after(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

database.run()
ring.run()
files.run()
