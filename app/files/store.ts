import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { access, mkdir, open, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Problem } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// A file that has reached the disk under its own hash. Only then may a row name it.
export type StoredFile = { sha256: string, mime: string, bytes: number, width?: number, height?: number }

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf', 'application/zip': 'zip',
}

// photos/ab/cd/<sha256>.jpg: no folder grows past a few thousand names.
export const pathOf = (directory: string, { sha256, mime }: Pick<StoredFile, 'sha256' | 'mime'>) =>
  join(directory, 'photos', sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}.${EXTENSIONS[mime] ?? 'bin'}`)

export type Incoming = { path: string, sha256: string, bytes: number, head: Buffer, tail: Buffer }

// Streams to a temporary file, hashing on the way; the first and last bytes are kept to see what it really is.
export async function spool(directory: string, source: Readable): Promise<Incoming> {
  const path = join(incomingFolder(directory), randomUUID())
  const hash = createHash('sha256')
  const handle = await open(path, 'wx')
  let bytes = 0
  let head: Buffer = Buffer.alloc(0)
  let tail: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      hash.update(chunk)
      await handle.write(chunk)
      bytes += chunk.length
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES)
      tail = chunk.length >= 64 ? chunk.subarray(-64) : Buffer.concat([tail, chunk]).subarray(-64)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { path, sha256: hash.digest('hex'), bytes, head, tail }
}

// Enough for a JPEG whose EXIF carries a thumbnail before the size is told.
const HEAD_BYTES = 128 * 1024

const folders = new Set<string>()
function incomingFolder(directory: string) {
  const folder = join(directory, 'incoming')
  if (!folders.has(folder)) mkdirSync(folder, { recursive: true })
  folders.add(folder)
  return folder
}

// Moves a spooled file to its place. The same content twice is one file.
export async function keep(directory: string, { path, sha256, bytes }: Incoming, kind: Omit<StoredFile, 'sha256' | 'bytes'>): Promise<StoredFile> {
  const file = { sha256, bytes, ...kind }
  const place = pathOf(directory, file)
  try {
    if (await sizeOf(place) === bytes) await unlink(path)
    else await moveTo(path, place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Problem('full', 'Penyimpanan server penuh. Data Anda masih di HP; kirim lagi nanti.')
    throw error
  }
  return file
}

const sizeOf = (path: string) => stat(path).then(({ size }) => size, () => -1)

async function moveTo(path: string, place: string) {
  const folder = dirname(place)
  await access(folder).catch(() => mkdir(folder, { recursive: true }))
  await rename(path, place)
  // The name itself must survive a power cut, not only the bytes.
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

export const discard = ({ path }: Incoming) => unlink(path).catch(() => undefined)

const insertFile = statement<[string, string, number, number | null, number | null, string], unknown>(
  'INSERT INTO files (sha256, mime, bytes, width, height, stored_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')

// Makes a stored file known to the database; rows may name it from now on.
export function recordFile({ db, now }: Pick<Tx, 'db' | 'now'>, { sha256, mime, bytes, width, height }: StoredFile) {
  insertFile(db).run(sha256, mime, bytes, width ?? null, height ?? null, now)
}

const selectFile = statement<[string], StoredFile>('SELECT sha256, mime, bytes, width, height FROM files WHERE sha256 = ?')
export const findFile = (db: Db, sha256: string) => selectFile(db).get(sha256)
