import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { rename, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Opener } from '#app/backup/age-file.ts'
import { openDatabaseInto } from '#app/backup/checking.ts'
import { isPhoto } from '#app/backup/losses.ts'
import { listMoments, readManifest, type Entry, type Manifest } from '#app/backup/manifest.ts'
import { loadNation, stateOfNation } from '#app/backup/nation.ts'
import { hashOf, openBytes, openInto, openThrough, SMALL } from '#app/backup/sealing.ts'
import { MARK, type Store } from '#app/backup/stores.ts'
import { syncFolder } from '#app/backup/syncing.ts'
import { RESTORING } from '#app/operation/starting.ts'
import { Told } from '#app/operation/failures.ts'
import { dayOf, isDate } from '#app/questionnaire/age.ts'
import type { Nation } from '#db/postgres/connection.ts'
import { prepareNation } from '#db/postgres/migrate.ts'

// until: the newest backup made up to then. nation: the PostgreSQL that takes what a collecting office had.
export type Asked = { store: Store, dataDirectory: string, opener?: Opener, until?: string, nation?: Nation }

// Puts a backup into an empty data directory. What lies there already is never overwritten, except what this very restoring left when it was
// broken off. The database takes its name last, and until then no server starts here.
export async function restore({ store, dataDirectory, opener, until, nation }: Asked): Promise<Manifest> {
  const manifest = await chooseManifest(store, until, begunWith(dataDirectory))
  if (manifest.encrypted && !opener) throw new Told('Cadangan ini dienkripsi. Sebutkan berkas kunci rahasianya: --identity BERKAS.')
  const isNationLeft = await nationIsLeft(manifest, nation)
  prepare(dataDirectory, manifest.at)
  const database = join(dataDirectory, 'siks.db')
  await openDatabaseInto(store, manifest, `${database}.restored`, manifest.encrypted ? opener : undefined)
  await restoreFiles(store, dataDirectory, manifest, opener)
  if (isNationLeft) await restoreNation(store, manifest, nation!, opener)
  await syncFolder(dataDirectory)
  renameSync(`${database}.restored`, database)
  rmSync(join(dataDirectory, RESTORING))
  await syncFolder(dataDirectory)
  return manifest
}

/** Photos and papers that are not here, or are not what they were, out of a backup; beside the server, and over nothing that is whole. */
export async function restoreMissing({ store, dataDirectory, opener, until }: Omit<Asked, 'nation'>): Promise<{ at: string, brought: number }> {
  const { at, encrypted, files } = await chooseManifest(store, until)
  if (encrypted && !opener) throw new Told('Cadangan ini dienkripsi. Sebutkan berkas kunci rahasianya: --identity BERKAS.')
  const brought = await restoreFiles(store, dataDirectory, { encrypted, files: files.filter(({ path }) => isPhoto(path)) }, opener)
  await syncFolder(dataDirectory)
  return { at, brought }
}

// Asked before anything is written.
async function nationIsLeft({ nation: kept }: Manifest, nation?: Nation): Promise<boolean> {
  if (!kept) return false
  if (!nation) throw new Told('Cadangan ini memuat data nasional. Isi DATABASE_URL dengan PostgreSQL kosong, lalu ulangi.')
  await prepareNation(nation)
  const state = await stateOfNation(nation, kept.counts)
  if (state === 'other') throw new Told('PostgreSQL pada DATABASE_URL sudah berisi data nasional lain. Pemulihan hanya ke basis data kosong; yang ada di sana tidak disentuh.')
  return state === 'empty'
}

const restoreNation = (store: Store, { nation: kept, encrypted }: Manifest, nation: Nation, opener?: Opener) =>
  openThrough(store.stream(kept!.object), { opener: encrypted ? opener : undefined, zipped: true }, (plain, passed) =>
    loadNation(nation, plain, { counts: kept!.counts, isWhole: () => passed().sha256 === kept!.sha256 }))

// begun: the one with which a restoring has begun that was broken off; meanwhile there may be a newer one.
export async function chooseManifest(store: Store, until?: string, begun?: string): Promise<Manifest> {
  if (await store.read(MARK) === undefined) throw new Told(`Tidak ada cadangan SIKS di ${store.where}.`)
  const moments = await listMoments(store)
  const fitting = moments.filter(upTo(until))
  const chosen = fitting.find((at) => at === begun) ?? await newestOf(store, fitting)
  if (chosen === undefined) throw new Told(moments.length === 0 ? `Belum ada cadangan yang selesai di ${store.where}.` : `Cadangan paling awal bertanggal ${dayOf(moments[0]!)}.`)
  return readManifest(store, chosen)
}

// By its date; only where the clock here or the one it was made by is wrong, by how long its audit trail is.
async function newestOf(store: Store, moments: string[], now = new Date().toISOString()): Promise<string | undefined> {
  const ahead = moments.filter((at) => at > now)
  let newest = moments.at(-1 - ahead.length)
  let seq = ahead.length > 0 && newest !== undefined ? (await readManifest(store, newest)).audit.seq : -1
  for (const at of ahead) {
    const { audit } = await readManifest(store, at)
    if (audit.seq >= seq) [newest, seq] = [at, audit.seq]
  }
  return newest
}

// A day is one of WIB, as everywhere: what is made at half past one belongs to the day that begins, though it is still the one
// before by its name in the store.
function upTo(until?: string): (at: string) => boolean {
  if (until === undefined) return () => true
  if (isDate(until)) return (at) => dayOf(at) <= until
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(until) || Number.isNaN(Date.parse(until))) throw new Told('--at harus tanggal (WIB), misalnya 2026-11-29, atau saat seperti 2026-11-28T18:30:00Z.')
  return (at) => Date.parse(at) <= Date.parse(until)
}

function begunWith(dataDirectory: string): string | undefined {
  const mark = join(dataDirectory, RESTORING)
  return existsSync(mark) && readFileSync(mark, 'utf8') || undefined
}

// The disk's own, a restoring that was cut off before it had begun, a server that was started in vain.
const NOTHING = /^(lost\+found|restoring\.json|\.running.*)$/

function prepare(dataDirectory: string, at: string) {
  const [mark, found] = [join(dataDirectory, RESTORING), existsSync(dataDirectory) ? readdirSync(dataDirectory) : []]
  const goesOn = begunWith(dataDirectory) === at
  if (found.some((name) => !NOTHING.test(name)) && !goesOn) throw new Told(`${dataDirectory} tidak kosong. Pemulihan hanya ke folder kosong; yang ada di sana tidak disentuh.`)
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  writeFileSync(mark, at)
}

const LANES = 4

// Returns how many were brought.
async function restoreFiles(store: Store, dataDirectory: string, { files, encrypted }: Pick<Manifest, 'files' | 'encrypted'>, opener?: Opener): Promise<number> {
  const left = [...files]
  let brought = 0
  const folders = new Set<string>()
  const lane = async () => {
    for (let entry = left.pop(); entry; entry = left.pop()) {
      const place = join(dataDirectory, entry.path)
      if (!folders.has(dirname(place))) mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
      folders.add(dirname(place))
      if (await restoreFile(store, place, entry, encrypted ? opener : undefined)) brought += 1
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return brought
}

// With the time it had, so that the next backup knows it again. false: it was there, whole.
async function restoreFile(store: Store, place: string, entry: Entry, opener?: Opener): Promise<boolean> {
  if (existsSync(place) && (await hashOf(createReadStream(place) as AsyncIterable<Buffer>)).sha256 === entry.sha256) return false
  const sha256 = entry.sealedBytes <= SMALL ? await writeSmall(store, `${place}.part`, entry, opener) : (await openInto(store.stream(entry.object), `${place}.part`, { opener })).sha256
  if (sha256 !== entry.sha256) throw new Told(`Cadangan rusak: ${entry.path} tidak sama dengan aslinya.`)
  await utimes(`${place}.part`, entry.mtime / 1000, entry.mtime / 1000)
  await rename(`${place}.part`, place)
  return true
}

async function writeSmall(store: Store, to: string, { object }: Entry, opener?: Opener): Promise<string> {
  const sealed = await store.read(object)
  if (!sealed) throw new Told(`Cadangan tidak lengkap: ${object} tidak ada.`)
  const { bytes, sha256 } = await openBytes(sealed, opener)
  await writeFile(to, bytes, { mode: 0o600 })
  return sha256
}
