import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import Database from 'better-sqlite3'
import { Cursor, PACKAGE_MAGIC, readHead } from '#app/exchange/container.ts'
import { copyWhole } from '#app/exchange/cutting.ts'
import { decryptFile } from '#app/exchange/opening.ts'
import { officeIdentity } from '#app/exchange/office-key.ts'
import type { PackageHead } from '#app/exchange/package-work.ts'
import { restartRound } from '#app/followers.ts'
import { regionTokens } from '#app/households/records.ts'
import { GATHERING } from '#app/households/words.ts'
import { invalid } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { exchangeOrigin } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

// What an office may have in its folder before the package: its key, when the package was locked for it; what a start in vain left.
const EXPECTED = ['office-key.txt', '.installing', '.running', '.running-journal']

// Puts a package into an empty data directory: from then on it is a server of its own, for that region. Half an
// installation leaves nothing.
export async function installPackage(dataDirectory: string, file: string, passphrase: string): Promise<PackageHead> {
  const there = existsSync(dataDirectory) ? readdirSync(dataDirectory).filter((name) => !EXPECTED.includes(name)) : []
  if (there.length > 0) throw invalid({ data: `${dataDirectory} tidak kosong. Paket hanya dipasang di folder kosong.` })
  const folder = join(dataDirectory, '.installing')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    const plain = join(folder, 'plain')
    await decryptFile(file, plain, { dataDirectory, passphrase })
    const head = await unpack(plain, join(folder, 'region.db'))
    fill(join(folder, 'siks.db'), join(folder, 'region.db'), head)
    await officeIdentity(dataDirectory)
    renameSync(join(folder, 'siks.db'), join(dataDirectory, 'siks.db'))
    return head
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const damaged = () => invalid({ file: 'Isi paket ini rusak. Salin ulang dari server.' })

async function unpack(plain: string, target: string): Promise<PackageHead> {
  const bytes = new Cursor(createReadStream(plain))
  const magic = new TextDecoder().decode(await bytes.take(PACKAGE_MAGIC.length))
  if (magic !== PACKAGE_MAGIC) throw invalid({ file: 'Ini bukan paket wilayah. Kiriman petugas diterima lewat menu Tukar berkas.' })
  const head = await readHead<PackageHead>(bytes)
  await pipeline(Readable.from(bytes.rest()), createGunzip(), (unzipped: AsyncIterable<Uint8Array>) => atMost(unzipped, head.bytes), createWriteStream(target))
    .catch(() => { throw damaged() })
  return head
}

// A package that grows past what it says of itself is not ours.
async function* atMost(source: AsyncIterable<Uint8Array>, most: number) {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (!(bytes <= most)) throw new Error('longer than told')
    yield chunk
  }
}

// Row by row into a database that this program made: of the package's own tables, triggers or views nothing is run.
function fill(target: string, source: string, head: PackageHead) {
  demandReadable(source)
  const db = openDatabase(target)
  try {
    migrate(db)
    copyWhole(db, source)
    indexAll(db)
    transact(db, system, (tx) => {
      const { packageId, regionCode, recipient, exportedAt } = head
      const lastTransition = tx.db.$client.prepare('SELECT coalesce(max(id), 0) FROM transitions').pluck().get() as number
      tx.db.insert(exchangeOrigin).values({ packageId, laptopId: randomUUID(), regionCode, recipient, exportedAt, installedAt: tx.now, lastTransition }).run()
      tx.audit('exchange.package_installed', packageId, { regionCode, households: head.households })
    })
  } finally {
    db.$client.close()
  }
}

function demandReadable(source: string) {
  const region = new Database(source, { readonly: true })
  try {
    if (region.pragma('quick_check', { simple: true }) !== 'ok') throw damaged()
    const ours = readdirSync('db/migrations')
    const theirs = region.prepare('SELECT name FROM migrations').pluck().all() as string[]
    if (theirs.some((name) => !ours.includes(name))) throw invalid({ file: 'Paket ini dibuat oleh SIKS yang lebih baru. Perbarui dahulu SIKS di laptop ini.' })
  } catch (error) {
    throw error instanceof Database.SqliteError ? damaged() : error
  } finally {
    region.close()
  }
}

// The search holds no rows that could be copied; it is built anew, village by village.
function indexAll(db: Db) {
  const { $client } = db
  const villages = $client.prepare('SELECT DISTINCT region_code FROM households').pluck().all() as string[]
  const index = $client.prepare(`INSERT INTO household_search (rowid, names, address, region) SELECT number,
    head_name || ' ' || coalesce((SELECT group_concat(name, ' ') FROM members WHERE household_id = households.id), ''), address || ' ' || sls_name, ?
    FROM households WHERE region_code = ?`)
  $client.transaction(() => villages.forEach((village) => index.run(regionTokens(village), village)))()
  restartRound(db, GATHERING, new Date().toISOString())
}
