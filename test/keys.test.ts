import { chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readKept } from '#app/files/opened.ts'
import { keep, pathOf } from '#app/files/store.ts'
import { check, encrypt, makeKeyFile, rotate } from '#app/protection/locking.ts'
import { keyIdOf, openDatabase, stateOf } from '#db/connection.ts'
import { readRing, useKeys } from '#db/key-ring.ts'
import { sha256 } from '#test/support/delivery.ts'
import { endServer, freePort, launchServer } from '#test/support/process.ts'
import { addHousehold, freshDatabase } from '#test/support/world.ts'

const folders: string[] = []
const paper = Buffer.from('%PDF-1.4 surat')

// An installation that has worked without a key: a database and a paper.
async function plain() {
  useKeys([])
  const dataDirectory = folders[folders.push(mkdtempSync(join(tmpdir(), 'siks-command-'))) - 1]!
  const source = freshDatabase()
  addHousehold(source, 'asep', { head: 'Asep Sunandar' })
  const where = { dataDirectory, database: join(dataDirectory, 'siks.db'), keyFile: join(dataDirectory, 'kunci') }
  writeFileSync(where.database, source.$client.serialize())
  const file = await keep(dataDirectory, { chunks: [paper], sha256: sha256(paper), bytes: paper.length, head: paper, tail: paper }, { mime: 'application/pdf' })
  return { ...where, paper: pathOf(dataDirectory, file), aside: join(dataDirectory, 'aside') }
}

async function locked() {
  const world = await plain()
  makeKeyFile(world.keyFile)
  useKeys(readRing(world.keyFile))
  await encrypt(world, world.aside)
  return world
}
const headIn = (file: string) => {
  const { $client } = openDatabase(file)
  const name = $client.prepare('SELECT head_name FROM households').pluck().get()
  const id = keyIdOf($client)
  $client.close()
  return [name, id]
}

const command = suite('the keys of an installation')
command.after.each(() => useKeys([]))
command.after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

command('are made in a file that only its owner reads, and never written over', async () => {
  const { keyFile } = await plain()
  const { id } = makeKeyFile(keyFile)
  assert.equal([readRing(keyFile).map((key) => key.id), statSync(keyFile).mode & 0o777], [[id], 0o400])
  assert.throws(() => makeKeyFile(keyFile), /sudah ada/)
})

command('lock an open installation: database and files, with an open copy put aside', async () => {
  const world = await locked()
  const { id } = readRing(world.keyFile)[0]!
  assert.equal(headIn(world.database), ['Asep Sunandar', id])
  assert.not.ok(readFileSync(world.paper).includes('surat'))
  assert.ok(paper.equals(await readKept(world.dataDirectory, world.paper)))
  assert.is(stateOf(join(world.aside, 'siks-sebelum-enkripsi.db')), 'plain')
  assert.equal((await check(world)).faults, [])
  assert.is((await encrypt(world, world.aside)).already, true)
})

command('are replaced without rewriting a file, and older ones go on opening what they locked', async () => {
  const world = await locked()
  const before = readFileSync(world.paper)
  const { key, rows } = rotate(world)
  assert.ok(rows > 0)
  assert.equal(readRing(world.keyFile).length, 2)
  useKeys(readRing(world.keyFile).slice(0, 1))
  assert.equal(headIn(world.database), ['Asep Sunandar', key.id])
  assert.ok(before.equals(readFileSync(world.paper)) && paper.equals(await readKept(world.dataDirectory, world.paper)))
  useKeys(readRing(world.keyFile).slice(1))
  assert.throws(() => openDatabase(world.database), /Tidak satu pun kunci/)
})

command('whose replacing was cut short are finished first, with no third one', async () => {
  const world = await locked()
  const old = readFileSync(world.database)
  const { key } = rotate(world)
  writeFileSync(world.database, old)
  useKeys(readRing(world.keyFile))
  assert.match((await check(world)).faults.join(), 'masih memakai kunci lama')
  const again = rotate(world)
  assert.equal([again.finished, again.key.id, readRing(world.keyFile).length], [true, key.id, 2])
  assert.equal(headIn(world.database), ['Asep Sunandar', key.id])
})

command('are replaced though a cut of power had left a half of the new file', async () => {
  const world = await locked()
  writeFileSync(`${world.keyFile}.new`, '')
  const { key } = rotate(world)
  assert.equal([readRing(world.keyFile)[0]!.id, existsSync(`${world.keyFile}.new`)], [key.id, false])
  assert.equal(headIn(world.database), ['Asep Sunandar', key.id])
})

command('go on where locking was cut short after its copy was made, and write over no other copy', async () => {
  const [world, other] = [await plain(), await plain()]
  makeKeyFile(world.keyFile)
  useKeys(readRing(world.keyFile))
  mkdirSync(world.aside)
  copyFileSync(world.database, join(world.aside, 'siks-sebelum-enkripsi.db'))
  assert.is((await encrypt(world, world.aside)).already, false)
  assert.is(stateOf(world.database), 'locked')
  mkdirSync(other.aside)
  writeFileSync(join(other.aside, 'siks-sebelum-enkripsi.db'), 'salinan lain')
  assert.match(await encrypt(other, other.aside).then(() => '', (error: Error) => error.message), /bukan salinan basis data ini/)
})

// Where this runs as another user, whatever it writes is its own anyway.
command('that root changes leave database and files with the service whose they were', async () => {
  const world = await plain()
  const service = process.getuid!() === 0 ? 4321 : process.getuid!()
  for (const path of [world.dataDirectory, world.database, world.paper]) chownSync(path, service, service)
  makeKeyFile(world.keyFile)
  useKeys(readRing(world.keyFile))
  await encrypt(world, world.aside)
  rotate(world)
  assert.equal([world.database, world.paper, join(world.dataDirectory, 'file-keys.json')].map((path) => statSync(path).uid), [service, service, service])
})

command('change nothing while the service runs', async () => {
  const world = await plain()
  makeKeyFile(world.keyFile)
  const service = openDatabase(world.database)
  addHousehold(service, 'late')
  useKeys(readRing(world.keyFile))
  assert.match(await encrypt(world, world.aside).then(() => '', (error: Error) => error.message), 'masih berjalan')
  assert.is(stateOf(world.database), 'plain')
  assert.not.ok(existsSync(`${world.database}.relocked`))
  service.$client.close()
})

command('open the data to the built server and its threads, and to no server without them', async () => {
  const world = await locked()
  const [port, kept] = [await freePort(), process.env.SIKS_KEY_FILE]
  try {
    process.env.SIKS_KEY_FILE = world.keyFile
    const server = await launchServer({ port, directory: world.dataDirectory })
    assert.is((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200)
    await endServer(server, 'SIGTERM')
    process.env.SIKS_KEY_FILE = ''
    let said = ''
    assert.ok(await launchServer({ port, directory: world.dataDirectory, say: (text) => { said += text } }).then(() => false, () => true))
    assert.match(said, 'SIKS_KEY_FILE tidak diisi')
  } finally {
    if (kept === undefined) delete process.env.SIKS_KEY_FILE
    else process.env.SIKS_KEY_FILE = kept
  }
})

command('are told to be missing before anything is tried', async () => {
  const world = await plain()
  assert.throws(() => rotate(world), /belum diisi/)
})

command.run()
