import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { rename, rm, utimes } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { s3Store } from '#app/backup/s3-store.ts'
import type { Store } from '#app/backup/stores.ts'
import type { Config } from '#app/config.ts'
import { fetchedFolder, noteFetched } from '#app/files/fetched.ts'
import { roomFor } from '#app/operation/disk.ts'
import { Told } from '#app/operation/failures.ts'
import { Problem } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Photos and papers whose copy here has gone (freeing.ts) are read from the store they were sent to. What is brought is the file
// as it lay here, locked, believed only when its hash is the one that was noted; it stays for a while, for a page shows nine of a pack.
export type PhotoSettings = NonNullable<Config['photos']>
// settings undefined: none is set up, though there may have been one. onFailure: hears why something could not be read, or null.
type Use = { db: Db, settings: PhotoSettings | undefined, onFailure?: (failure: unknown) => void }
type Known = Use & { store: Store | undefined, silentUntil: number }

// The work under which it is told how reading from there went.
export const READING = 'photo-reading'

const known = new Map<string, Known>()

const MANNER = { retries: 1, patienceMs: 10_000 }
// A service that did not answer is not asked again for so long: a page of nine photos waits once.
const SILENT_MS = 5000

export function usePhotoStore(directory: string, use: Use) {
  known.set(directory, { ...use, store: use.settings && s3Store(use.settings.to, use.settings.s3, MANNER), silentUntil: 0 })
}

export const photoSettings = (directory: string): PhotoSettings | undefined => known.get(directory)?.settings

const unavailable = (why: string) => new Problem('unavailable', `Foto atau berkas ini ${why}`)
export const isAway = (error: unknown) => error instanceof Problem && error.code === 'unavailable'

type Row = { bytes: number, sha256: string }
const noted = statement<[string], Row>('SELECT bytes, sha256 FROM remote_files WHERE name = ?')
const fetching = new Map<string, Promise<string>>()

// path: where it lay. The path of the copy brought here; undefined: it never went to a store.
export async function bringBack(directory: string, path: string): Promise<string | undefined> {
  const from = known.get(directory)
  const name = relative(directory, path)
  const row = from && noted(from.db).get(name)
  if (!from || !row) return undefined
  const place = join(fetchedFolder(directory), name)
  if (existsSync(place)) {
    const now = new Date()
    await utimes(place, now, now).catch(() => undefined)
    return place
  }
  const going = fetching.get(place) ?? fetchInto(directory, from, name, row, place).finally(() => fetching.delete(place))
  fetching.set(place, going)
  return going
}

async function fetchInto(directory: string, from: Known, name: string, row: Row, place: string): Promise<string> {
  if (!from.store) throw unavailable('disimpan di penyimpanan lain yang belum diatur di server ini. Admin sistem perlu mengisi SIKS_PHOTOS.')
  if (Date.now() < from.silentUntil) throw outOfReach()
  roomFor(directory, row.bytes)
  const part = `${place}.${randomBytes(4).toString('hex')}.part`
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
  try {
    if (await download(from.store, name, part) !== row.sha256) throw unavailable('berubah di tempat penyimpanannya, jadi tidak ditampilkan. Beri tahu admin sistem.')
    await rename(part, place)
  } catch (error) {
    if (error instanceof Told) from.silentUntil = Date.now() + SILENT_MS
    from.onFailure?.(error)
    throw error instanceof Problem ? error : outOfReach(error)
  } finally {
    await rm(part, { force: true })
  }
  from.onFailure?.(undefined)
  noteFetched(directory, row.bytes)
  return place
}

const outOfReach = (cause?: unknown) => Object.assign(unavailable('disimpan di penyimpanan lain yang sedang tidak dapat dihubungi. Fotonya tidak hilang; buka lagi beberapa menit lagi.'), { cause })

async function download(store: Store, name: string, to: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(store.stream(name), async function* (source) {
    for await (const piece of source as AsyncIterable<Buffer>) {
      hash.update(piece)
      yield piece
    }
  }, createWriteStream(to, { mode: 0o600 }))
  return hash.digest('hex')
}
