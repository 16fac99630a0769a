import { createHash } from 'node:crypto'
import { createReadStream, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Found } from '#app/backup/files.ts'
import type { Entry } from '#app/backup/manifest.ts'
import { hashOf } from '#app/backup/sealing.ts'
import { placeOf } from '#app/files/packs.ts'
import { sealedBytes } from '#app/files/sealing.ts'
import type { StoredFile } from '#app/files/store.ts'
import { openDatabase } from '#db/connection.ts'

// A file never changes once it is written and never goes by itself. One that did is known by the backups alone, so what they have of it stays
// in every later one, and the administrator is told while there is still something to bring back.
// missing, changed: here on the disk. gone: of these, how many the last backup did not have either. again: looked at anew next time.
export type Losses = { missing: number, changed: number, gone: number, again: string[] }

const isTable = 'SELECT 1 FROM sqlite_master WHERE name = ?'

/** Where the files lie that the rows of this database name, and that are said to be on this disk. */
export function listNamed(file: string): Set<string> {
  const { $client } = openDatabase(file)
  try {
    const named = new Set<string>()
    const rows = $client.prepare("SELECT sha256, mime, bytes, pack, pack_offset AS packOffset FROM files WHERE stored_at <> ''").iterate() as Iterable<StoredFile>
    for (const row of rows) named.add(placeOf('', row).path)
    const freed = $client.prepare(isTable).get('remote_files') ? $client.prepare('SELECT name FROM remote_files WHERE freed_at IS NOT NULL').pluck().iterate() as Iterable<string> : []
    for (const name of freed) named.delete(name)
    return named
  } finally {
    $client.close()
  }
}

/** Of those that are named and not there: what has not left for the store of photos since. */
export function stillNamed(file: string, missing: string[]): string[] {
  if (missing.length === 0) return []
  const named = listNamed(file)
  return missing.filter((path) => named.has(path))
}

/** Which photos and papers, each by its own hash, lie in these files. */
function hashesIn(file: string, paths: Set<string>): string[] {
  const { $client } = openDatabase(file)
  try {
    const rows = $client.prepare("SELECT sha256, mime, bytes, pack, pack_offset AS packOffset FROM files WHERE stored_at <> ''").iterate() as Iterable<StoredFile>
    const found: string[] = []
    for (const row of rows) if (paths.has(placeOf('', row).path)) found.push(row.sha256)
    return found
  } finally {
    $client.close()
  }
}

export const lostList = (dataDirectory: string) => join(dataDirectory, 'lost-photos.txt')

/** Tells the server what to look at again, and to ask of phones that still keep it (devices/finding-lost.ts). */
export function tellLost(dataDirectory: string, paths: string[]) {
  if (paths.length === 0) return
  const list = lostList(dataDirectory)
  writeFileSync(`${list}.part`, hashesIn(join(dataDirectory, 'siks.db'), new Set(paths)).join('\n'))
  renameSync(`${list}.part`, list)
}

export const isPhoto = (path: string) => path.startsWith('photos/')

const NIGHTS = 30
const DAY_MS = 86_400_000

// Each photo is read again once in so many nights, for a disk may turn a byte without a word.
const isItsTurn = (path: string, at: string) =>
  createHash('sha256').update(path).digest().readUInt32BE(0) % NIGHTS === Math.floor(Date.parse(at) / DAY_MS) % NIGHTS

/** Whether a photo that looks as it did is read again, and is another. */
export async function hasTurned(dataDirectory: string, { path }: Found, before: Entry, { at, again }: { at: string, again: Set<string> }): Promise<boolean> {
  if (!isPhoto(path) || !(again.has(path) || isItsTurn(path, at))) return false
  const { sha256 } = await hashOf(createReadStream(join(dataDirectory, path), { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
  return sha256 !== before.sha256
}

/** Whether this photo was written over by something else than its lock or the very bytes it is named by. */
export const isSpoilt = (entry: Entry, before: Entry) =>
  isPhoto(entry.path) && entry.sha256 !== before.sha256 && !basename(entry.path).startsWith(entry.sha256) && entry.bytes !== sealedBytes(before.bytes)
