import { createHash, randomUUID, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { open, rename, stat, unlink, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { currentDataKey } from '#app/files/data-keys.ts'
import { HEAD_BYTES } from '#app/files/jpeg-size.ts'
import { seal, sealedBytes, sealing } from '#app/files/sealing.ts'
import { asFull } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// A file that has reached the disk under its own hash. Only then may a row name it. pack: it lies in a file with others
// that came in the same post (packs.ts), from packOffset on.
export type StoredFile = {
  sha256: string, mime: string, bytes: number, width?: number, height?: number, pack?: string | null, packOffset?: number | null
}

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf', 'application/zip': 'zip', 'text/csv': 'csv',
}

// photos/ab/cd/<sha256>.jpg: no folder grows past a few thousand names.
export const pathOf = (directory: string, { sha256, mime }: Pick<StoredFile, 'sha256' | 'mime'>) =>
  join(directory, 'photos', sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}.${EXTENSIONS[mime] ?? 'bin'}`)

// A file on its way in. Small ones (every shrunk photo) are held in memory, larger ones lie in a temporary file;
// head and tail are its first and last bytes, to see what it really is.
export type Incoming = { chunks: Buffer[], path?: string, sha256: string, bytes: number, head: Buffer, tail: Buffer }

// What is held in memory already, under a hash the caller has checked.
export function asIncoming(chunks: Buffer[], sha256: string): Incoming {
  const whole = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
  return { chunks, sha256, bytes: whole.length, head: whole.subarray(0, HEAD_BYTES), tail: whole.subarray(-64) }
}

const IN_MEMORY = 512 * 1024
// Enough for a JPEG whose EXIF carries a thumbnail before the size is told.

// Takes a stream in. Listening costs a fraction of iterating, and a shrunk photo never needs more than this.
export async function spool(directory: string, source: Readable): Promise<Incoming> {
  const chunks: Buffer[] = []
  const ended = await collect(source, chunks)
  const start = Buffer.concat(chunks)
  const hash = createHash('sha256').update(start)
  if (ended) return { chunks: [start], sha256: hash.digest('hex'), bytes: start.length, head: start.subarray(0, HEAD_BYTES), tail: start.subarray(-64) }
  return spill(directory, source, start, hash)
}

// Up to IN_MEMORY bytes; true when that was all. Otherwise the stream is paused, with more to come.
const collect = (source: Readable, chunks: Buffer[]) => new Promise<boolean>((resolve, reject) => {
  let bytes = 0
  const settle = (ended: boolean) => {
    source.removeListener('data', take).removeListener('end', finish).removeListener('error', reject)
    resolve(ended)
  }
  const finish = () => settle(true)
  const take = (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes <= IN_MEMORY) return
    source.pause()
    settle(false)
  }
  source.on('data', take).on('end', finish).on('error', reject)
})

// The rest of a large file goes to disk as it comes, hashed on the way.
async function spill(directory: string, source: Readable, start: Buffer, hash: Hash): Promise<Incoming> {
  const path = temporary(directory)
  const handle = await open(path, 'wx')
  let bytes = start.length
  let last: Buffer = start
  try {
    await handle.appendFile(start)
    for await (const chunk of source as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
      last = chunk.length >= 64 ? chunk : Buffer.concat([last.subarray(-64), chunk])
      await handle.appendFile(chunk)
    }
    await handle.sync()
  } catch (error) {
    await unlink(path).catch(() => undefined)
    throw error
  } finally {
    await handle.close()
  }
  return { chunks: [], path, sha256: hash.digest('hex'), bytes, head: start.subarray(0, HEAD_BYTES), tail: last.subarray(-64) }
}

const folders = new Set<string>()
function temporary(directory: string) {
  const folder = join(directory, 'incoming')
  if (!folders.has(folder)) mkdirSync(folder, { recursive: true })
  folders.add(folder)
  return join(folder, randomUUID())
}

// A file that came sealed needs no second lock.
const SEALED = 'application/x-age'

// Puts a file in its place and syncs it, locked where this installation has a key. The same content twice is one file.
export async function keep(directory: string, incoming: Incoming, kind: Omit<StoredFile, 'sha256' | 'bytes'>): Promise<StoredFile> {
  const file = { sha256: incoming.sha256, bytes: incoming.bytes, ...kind }
  const place = pathOf(directory, file)
  try {
    if (incoming.path) await moveTo(kind.mime === SEALED ? incoming.path : await lockedCopy(directory, incoming.path, place), place)
    else await writeNew(directory, place, incoming, kind.mime !== SEALED)
  } catch (error) {
    throw asFull(error)
  }
  return file
}

// What came through a temporary file is locked on its way to its place.
async function lockedCopy(directory: string, path: string, place: string): Promise<string> {
  const key = currentDataKey(directory)
  if (!key) return path
  const locked = temporary(directory)
  await pipeline(createReadStream(path), sealing(key, basename(place)), createWriteStream(locked, { flags: 'wx', flush: true }))
  await unlink(path)
  return locked
}

// Syncing a file that was just made syncs its name too (ext4, XFS, btrfs), so no other sync is needed.
export async function writeNew(directory: string, place: string, { chunks: plain, bytes }: Pick<Incoming, 'chunks' | 'bytes'>, locks = true) {
  const key = locks ? currentDataKey(directory) : undefined
  const chunks = key ? [seal(key, basename(place), Buffer.concat(plain))] : plain
  const handle = await openNew(place)
  if (handle) return void await writeAndSync(handle, chunks)
  if ([bytes, sealedBytes(bytes)].includes(await sizeOf(place))) return void await syncFile(place)
  // A power cut left half of it, or another request is just writing it: a whole copy takes its place at once.
  const path = temporary(directory)
  await writeAndSync(await open(path, 'wx'), chunks)
  await moveTo(path, place)
}

// undefined when the name is taken. The folder is made when it turns out to be missing: in a store in use it rarely is.
const openNew = (place: string): Promise<FileHandle | undefined> => open(place, 'wx').catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'EEXIST') return undefined
  if (error.code !== 'ENOENT') throw error
  mkdirSync(dirname(place), { recursive: true })
  return openNew(place)
})

async function writeAndSync(handle: FileHandle, chunks: Buffer[]) {
  try {
    // On a disk that is nearly full less may be written than was asked, without a word.
    const { bytesWritten } = await handle.writev(chunks)
    if (bytesWritten < chunks.reduce((sum, { length }) => sum + length, 0)) throw Object.assign(new Error('short write'), { code: 'ENOSPC' })
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

const sizeOf = (path: string) => stat(path).then(({ size }) => size, () => -1)

async function syncFile(path: string) {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

async function moveTo(path: string, place: string) {
  mkdirSync(dirname(place), { recursive: true })
  await rename(path, place)
  await syncFile(dirname(place))
}

export const discard = async ({ path }: Incoming) => path === undefined ? undefined : unlink(path).catch(() => undefined)

const insertFile = statement<[string, string, number, number | null, number | null, string, string | null, number | null, string | null], unknown>(
  `INSERT INTO files (sha256, mime, bytes, width, height, stored_at, pack, pack_offset, first_visit_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET first_visit_id = coalesce(first_visit_id, excluded.first_visit_id), stored_at = iif(stored_at = '', excluded.stored_at, stored_at),
    pack = iif(stored_at = '', excluded.pack, pack), pack_offset = iif(stored_at = '', excluded.pack_offset, pack_offset)
  WHERE stored_at = '' OR (first_visit_id IS NULL AND excluded.first_visit_id IS NOT NULL)`)

// Makes a stored file known to the database; rows may name it from now on. visitId: the visit it is a photo of. One that
// a region package brought by name only (stored_at '') is here from now on.
export function recordFile({ db, now }: Pick<Tx, 'db' | 'now'>, { sha256, mime, bytes, width, height, pack, packOffset }: StoredFile, visitId: string | null = null) {
  insertFile(db).run(sha256, mime, bytes, width ?? null, height ?? null, now, pack ?? null, packOffset ?? null, visitId)
}

const moveFile = statement<[string | null, number | null, string], unknown>('UPDATE files SET pack = ?, pack_offset = ? WHERE sha256 = ?')

// It lies elsewhere from now on.
export const moveRecorded = ({ db }: Pick<Tx, 'db'>, { sha256, pack, packOffset }: StoredFile) => void moveFile(db).run(pack ?? null, packOffset ?? null, sha256)

const selectFile = statement<[string], StoredFile>(
  'SELECT sha256, mime, bytes, width, height, pack, pack_offset AS packOffset FROM files WHERE sha256 = ?')
export const findFile = (db: Db, sha256: string) => selectFile(db).get(sha256)
