import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Encrypter } from 'age-encryption'
import { oneAtATime } from '#app/background.ts'
import type { Door } from '#app/deliveries/receiving.ts'
import { PACKAGE_MAGIC, startWithHead } from '#app/exchange/container.ts'
import { cutRegion, estimateCut } from '#app/exchange/cutting.ts'
import { officeRecipient } from '#app/exchange/office-key.ts'
import { expirePackages, findPackage, giveUpPackages, markFailed, markReady, markVillage } from '#app/exchange/packages.ts'
import { passphraseRecipient } from '#app/exchange/passphrase.ts'
import { doubtOf } from '#app/operation/clock.ts'
import { roomFor } from '#app/operation/disk.ts'
import { Problem } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

// What a package says of itself, before its rows. recipient: whom the changes are locked for. bytes: how long the database is.
export type PackageHead = {
  packageId: string, regionCode: string, exportedAt: string, sequence: number, households: number, recipient: string, bytes: number
}
export type Lock = { passphrase: string } | { recipient: string }

const folderIn = (directory: string) => join(directory, 'exchange', 'packages')
export const packageFile = (directory: string, id: string) => join(folderIn(directory), `${id}.siks`)

const queue = oneAtATime()

// In the background, one at a time. The passphrase is held in memory only, so a restart gives the package up.
export function workOnPackage(door: Door, id: string, lock: Lock) {
  queue.add(door.db, () => make(door, id, lock), id)
}

export const packagesDone = queue.done

async function make(door: Door, id: string, lock: Lock) {
  const folder = join(folderIn(door.dataDirectory), id)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const target = join(folder, 'region.db')
    const { regionCode, madeBy, madeAt } = findPackage(door.db, id)!
    // The cut, and beside it the file that is made of it. How much it truly is, is seen desa by desa.
    roomFor(door.dataDirectory, estimateCut(door.db, regionCode) * 1.5, 'making')
    const onVillage = (done: number, of: number) => {
      roomFor(door.dataDirectory, 0, 'making')
      markVillage(door.db, id, done, of)
    }
    const cut = await cutRegion({ source: sourceOf(door.db, folder), target, regionCode, makerId: madeBy, onVillage })
    const head: PackageHead = { packageId: id, regionCode, exportedAt: madeAt, ...cut, recipient: await officeRecipient(door.dataDirectory), bytes: (await stat(target)).size }
    const bytes = await lockInto(packageFile(door.dataDirectory, id), head, target, lock)
    transact(door.db, system, (tx) => markReady(tx, id, { ...cut, bytes }))
  } catch (error) {
    if (!door.db.$client.open) return
    if (!(error instanceof Problem)) console.error(error)
    const message = error instanceof Problem ? error.message : 'Paket gagal disiapkan. Periksa sisa ruang penyimpanan server, lalu coba lagi.'
    transact(door.db, system, (tx) => markFailed(tx, id, message))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

// Another connection reads the file; a database in memory is written out first.
function sourceOf({ $client }: Db, folder: string): string {
  if (!$client.memory) return $client.name
  const path = join(folder, 'source.db')
  writeFileSync(path, $client.serialize())
  return path
}

async function lockInto(path: string, head: PackageHead, database: string, lock: Lock): Promise<number> {
  const encrypter = new Encrypter()
  encrypter.addRecipient('passphrase' in lock ? passphraseRecipient(lock.passphrase) : lock.recipient)
  const plain = Readable.toWeb(Readable.from(contents(head, database))) as ReadableStream<Uint8Array>
  await pipeline(Readable.fromWeb(await encrypter.encrypt(plain) as never), createWriteStream(`${path}.part`, { mode: 0o600 }))
  await rename(`${path}.part`, path)
  return (await stat(path)).size
}

async function* contents(head: PackageHead, database: string) {
  yield startWithHead(PACKAGE_MAGIC, head)
  const zip = createGzip()
  // A failure reaches whoever reads.
  void pipeline(createReadStream(database), zip).catch(() => undefined)
  yield* zip as AsyncIterable<Uint8Array>
}

const KEPT_DAYS = 7

// The laptop has it by now; the server need not keep a copy.
export function sweepPackages({ db, dataDirectory }: Door, now = Date.now()) {
  if (doubtOf(db)) return
  const old = transact(db, system, (tx) => expirePackages(tx, new Date(now - KEPT_DAYS * 86_400_000).toISOString()))
  for (const id of old) dropFile(dataDirectory, id)
}

// At the start: what was under way is given up, and nothing of it stays in the clear.
export function resumePackages(door: Door) {
  transact(door.db, system, (tx) => giveUpPackages(tx, 'Server dimulai ulang saat paket disiapkan. Buat lagi.'))
  const folder = folderIn(door.dataDirectory)
  const idle = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.siks')) : []
  for (const name of idle) rmSync(join(folder, name), { recursive: true, force: true })
  sweepPackages(door)
}

// Every hour: what could not even say that it failed cannot be made without its passphrase.
export const giveUpIdle = ({ db }: Pick<Door, 'db'>) => transact(db, system, (tx) => giveUpPackages(tx, 'Paket gagal disiapkan. Buat lagi.', (id) => queue.hasEnded(db, id)))

export const dropFile = (directory: string, id: string) => rmSync(packageFile(directory, id), { force: true })
