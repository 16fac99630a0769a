import { createHash } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeSealer, type Sealer } from '#app/backup/age-file.ts'
import { checkStored } from '#app/backup/checking.ts'
import { listFiles, WORK, type Found } from '#app/backup/files.ts'
import { toKeep, type Schedule } from '#app/backup/keeping.ts'
import { checkElsewhere, listElsewhere, type Elsewhere } from '#app/backup/elsewhere.ts'
import { readLast, type Made } from '#app/backup/last.ts'
import { lookInto, type Seen } from '#app/backup/looking.ts'
import { hasTurned, isSpoilt, listNamed, stillNamed, tellLost, type Losses } from '#app/backup/losses.ts'
import { listMoments, manifestName, nameOf, objectsOf, packManifest, readManifest, type Entry, type Manifest, type Sealed } from '#app/backup/manifest.ts'
import { nationBytes, nationText, type Counts } from '#app/backup/nation.ts'
import { sealBytes, sealFile, sealInto, SMALL } from '#app/backup/sealing.ts'
import { isSameDisk, makeFolder, MARK, type Store } from '#app/backup/stores.ts'
import { readDisk, roomFor } from '#app/operation/disk.ts'
import { programVersion } from '#app/operation/version.ts'
import { Told } from '#app/operation/failures.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { openDatabase, stateOf } from '#db/connection.ts'
import { copyOnline } from '#db/copying.ts'
import type { Nation } from '#db/postgres/connection.ts'

// photos: the store where files lie that are no longer on this disk. nation: where DATABASE_URL is this installation's to copy.
// withoutNation: it would be, but does not answer.
export type Wanted = { dataDirectory: string, store: Store, recipients: string[], keep: Schedule, now?: Date, photos?: Store, nation?: Nation, withoutNation?: boolean }
type Making = Wanted & { sealer?: Sealer, work: string, at: string }

// An online copy of everything while the server runs: the database as of one moment, then the files its rows name (they were
// written before the rows, so the copy lacks none). A file that is there already is not sent again. Nothing counts before the
// copy of the database was opened and the manifest, which is written last, stands in the store.
export async function backUp(wanted: Wanted): Promise<Made> {
  const begun = performance.now()
  const { dataDirectory, store, recipients, now = new Date() } = wanted
  const making: Making = { ...wanted, at: now.toISOString(), work: join(dataDirectory, WORK), sealer: recipients.length > 0 ? await makeSealer(recipients) : undefined }
  rmSync(making.work, { recursive: true, force: true })
  await makeFolder(making.work)
  try {
    // Before the trail, since of the two the trail may tell of more.
    const nation = wanted.nation && await copyNation(making, wanted.nation)
    const { seen: { counts, audit, migration }, database, elsewhere, named, broken } = await copyDatabase(making)
    const { files, fresh, losses } = await copyFiles(making, named)
    const away = await checkElsewhere(elsewhere, wanted.photos)
    await store.settle()
    const manifest: Manifest = { format: 1, at: making.at, program: programVersion(), encrypted: making.sealer !== undefined, counts, audit, migration, database, files, ...(away && { elsewhere: away }), ...(nation && { nation }) }
    const packed = packManifest(manifest)
    await store.put(packed.name, packed.content)
    await store.settle()
    const checked = await checkStored(store, manifest)
    // One that lacks what belongs to it throws no whole one away.
    const kept = wanted.withoutNation ? (await listMoments(store)).length : await prune(store, wanted.keep, making.at)
    return {
      at: making.at, where: store.where, encrypted: manifest.encrypted, sameDisk: isSameDisk(store.where, dataDirectory), households: counts.households!,
      files: files.length, elsewhere: away?.files ?? 0, batches: nation?.counts.batches?.rows, newFiles: fresh.length, sentBytes: objectsOf({ database, nation, files: fresh }).reduce((sum, one) => sum + one.sealedBytes, 0), checked, kept, tookMs: Math.round(performance.now() - begun), losses, broken,
      ...(wanted.withoutNation && { withoutNation: true as const }),
    }
  } finally {
    rmSync(making.work, { recursive: true, force: true })
  }
}

// Another key, another folder: what was locked for the former one is not counted as being there.
export const lockedFor = (recipients: string[]) => recipients.length === 0 ? '' : `-${createHash('sha256').update([...recipients].sort().join()).digest('hex').slice(0, 8)}`

function demandRoom(dataDirectory: string, bytes: number) {
  try {
    roomFor(dataDirectory, bytes)
  } catch (cause) {
    const { free, reserve } = readDisk(dataDirectory)
    throw new Told(`Ruang disk server kurang untuk mencadangkan: perlu ${Math.ceil((bytes + reserve) / 1e6)} MB, sisa ${Math.floor(free / 1e6)} MB. Kosongkan ruang atau besarkan disk, lalu cadangkan lagi.`, { cause })
  }
}

// It is the server's own that is damaged: a copy has what it was copied from.
async function copySound(source: string, to: string): Promise<Seen> {
  try {
    await copyOnline(source, to)
  } catch (cause) {
    if (!/^SQLITE_(CORRUPT|NOTADB|IOERR_READ)/.test((cause as { code?: string }).code ?? '')) throw cause
    throw damaged(cause)
  }
  try {
    return lookInto(to)
  } catch (cause) {
    throw damaged(cause)
  }
}

const damaged = (cause: unknown) => new Told('Basis data di server ini rusak, jadi cadangan baru tidak dibuat; yang lama tetap disimpan. Hentikan layanan, simpan folder datanya, lalu pulihkan cadangan utuh terakhir ke folder kosong (panduan, bagian 8).', { cause })

// broken: the first line at which the trail does not go on.
type Copied = { seen: Seen, database: Sealed, elsewhere: Elsewhere, named: Set<string>, broken?: number }

async function copyDatabase({ dataDirectory, work, store, sealer, at }: Making): Promise<Copied> {
  const source = join(dataDirectory, 'siks.db')
  // The copy, and the same packed; what is locked packs into nothing smaller.
  demandRoom(dataDirectory, statSync(source).size * (stateOf(source) === 'locked' ? 2.1 : 1.5))
  const [plain, sealed] = [join(work, 'siks.db'), join(work, 'siks.db.sealed')]
  const [seen, elsewhere, named, broken] = [await copySound(source, plain), listElsewhere(plain), listNamed(plain), brokenLine(plain)]
  await claim(store, seen.installation)
  await sweepUnfinished(store, at)
  const object = `databases/${nameOf(at)}.db.gz${sealer ? '.age' : ''}`
  const database = { object, ...await sealFile(plain, sealed, { sealer, zipped: true }) }
  await store.put(object, sealed)
  for (const path of [plain, sealed]) rmSync(path)
  return { seen, database, elsewhere, named, broken }
}

// A trail that was changed is no reason to have no backup, but one to be told.
function brokenLine(file: string): number | undefined {
  const db = openDatabase(file)
  try {
    return findBrokenLine(db)?.seq
  } finally {
    db.$client.close()
  }
}

async function copyNation({ dataDirectory, work, store, sealer, at }: Making, nation: Nation): Promise<NonNullable<Manifest['nation']>> {
  // Packed it is a sixth of what lies there, indexes included.
  demandRoom(dataDirectory, await nationBytes(nation) / 4)
  const [sealed, counts]: [string, Counts] = [join(work, 'nation.sealed'), {}]
  const object = `databases/${nameOf(at)}.nation.gz${sealer ? '.age' : ''}`
  const copied = { object, ...await sealInto(nationText(nation, counts), sealed, { sealer, zipped: true }), counts }
  await store.put(object, sealed)
  rmSync(sealed)
  return copied
}

// One place for one installation: the schedule of another would throw away what this one needs.
async function claim(store: Store, installation: string) {
  const mark = await store.read(MARK)
  const owner = mark && (JSON.parse(mark.toString('utf8')) as { installation?: string }).installation
  if (owner && owner !== installation) throw new Told(`${store.where} berisi cadangan pemasangan SIKS yang lain. Pakai folder sendiri.`)
  if (!owner) await store.put(MARK, Buffer.from(JSON.stringify({ product: 'SIKS', format: 1, installation })))
}

// What a backup that failed has sent of the database serves nobody; left there, tries every two hours would fill the place, and then
// none could ever end well. at: the one that is being made.
async function sweepUnfinished(store: Store, at: string) {
  const whole = new Set([...await listMoments(store), at].map(nameOf))
  const databases = [...(await store.list('databases/')).keys()].filter((name) => !whole.has(name.slice('databases/'.length).split('.')[0]!))
  for (const name of [...databases, ...await store.unfinished()]) await store.remove(name)
}

const LANES = 4

async function copyFiles(making: Making, named: Set<string>): Promise<{ files: Entry[], fresh: Entry[], losses: Losses }> {
  const { dataDirectory, store, recipients, at } = making
  const folder = `files${lockedFor(recipients)}/`
  const known = await lastEntries(store, folder, at)
  const there = await store.list(folder)
  const isThere = (entry: Entry | undefined): entry is Entry => entry !== undefined && there.get(entry.object) === entry.sealedBytes
  const left = await listFiles(dataDirectory)
  const missing = stillNamed(join(dataDirectory, 'siks.db'), notIn(named, left))
  const looking = { at, again: new Set(readLast(dataDirectory)?.made?.losses?.again) }
  const [files, fresh, changed]: [Entry[], Entry[], string[]] = [missing.map((path) => known.get(path)).filter(isThere), [], []]
  const gone = missing.length - files.length
  const lane = async (number: number) => {
    for (let next = left.pop(); next; next = left.pop()) {
      const before = known.get(next.path)
      const looksTheSame = isThere(before) && before.bytes === next.bytes && before.mtime === next.mtime
      if (looksTheSame) {
        files.push(before)
        if (named.has(next.path) && await hasTurned(dataDirectory, next, before, looking)) changed.push(next.path)
        continue
      }
      const entry = await putFile(making, folder, next, number)
      // A photo that came back lies elsewhere: what nobody names any more is no loss.
      if (named.has(next.path) && isThere(before) && isSpoilt(entry, before)) {
        files.push(before)
        changed.push(next.path)
      } else {
        files.push(entry)
        fresh.push(entry)
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  tellLost(dataDirectory, [...missing, ...changed])
  return { files: files.sort((a, b) => a.path < b.path ? -1 : 1), fresh, losses: { missing: missing.length, changed: changed.length, gone, again: changed.slice(0, MOST_AGAIN) } }
}

const MOST_AGAIN = 1000

function notIn(named: Set<string>, found: Found[]): string[] {
  const there = new Set(found.map(({ path }) => path))
  return [...named].filter((path) => !there.has(path))
}

async function lastEntries(store: Store, folder: string, now: string): Promise<Map<string, Entry>> {
  const moments = await listMoments(store)
  const last = moments.filter((at) => at <= now).at(-1) ?? moments.at(-1)
  const entries = last === undefined ? [] : (await readManifest(store, last)).files
  return new Map(entries.filter(({ object }) => object.startsWith(folder)).map((entry) => [entry.path, entry]))
}

// By its content: the same bytes are one object, and bytes once there are never written over.
async function putFile({ dataDirectory, work, store, sealer }: Making, folder: string, { path, bytes, mtime }: Found, lane: number): Promise<Entry> {
  const source = join(dataDirectory, path)
  const objectOf = (sha256: string) => `${folder}${sha256.slice(0, 2)}/${sha256}${sealer ? '.age' : ''}`
  if (bytes <= SMALL) {
    const { sealed, told } = sealBytes(await readFile(source), sealer)
    await store.put(objectOf(told.sha256), sealed)
    return { path, mtime, object: objectOf(told.sha256), ...told }
  }
  const sealed = join(work, `file-${lane}`)
  const told = await sealFile(source, sealed, { sealer })
  await store.put(objectOf(told.sha256), sealed)
  return { path, mtime, object: objectOf(told.sha256), ...told }
}

// What the schedule no longer wants, and then the files that no backup names any more. Returns how many backups stay.
export async function prune(store: Store, schedule: Schedule, now: string): Promise<number> {
  const moments = await listMoments(store)
  const kept = toKeep(moments, schedule, now)
  const old = moments.filter((at) => !kept.has(at))
  for (const at of old) await store.remove(manifestName(at))
  const wanted = new Set<string>()
  for (const at of kept) {
    for (const { object } of objectsOf(await readManifest(store, at))) wanted.add(object)
  }
  const objects = old.length === 0 ? [] : [...(await store.list('')).keys()].filter((name) => /^(files[-\w]*|databases)\//.test(name))
  for (const name of objects) if (!wanted.has(name)) await store.remove(name)
  return kept.size
}
