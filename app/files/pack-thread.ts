import { createHash } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { seal, type DataKey } from '#app/files/sealing.ts'

// A thread that hashes photos and puts them on the disk (pack-writer.ts): one message for what would be five calls and as
// many changes of thread for each visit.
// key: what the file is locked with, where this installation has one.
export type Order = { id: number, path: string, key?: DataKey, memory: SharedArrayBuffer, start: number, end: number, photos: { start: number, end: number, sha256: string }[] }
// wrong: the photo whose bytes are not what they were promised to be. code: what the file system said.
export type Done = { id: number, wrong?: number, code?: string }

function write({ id, path, key, memory, start, end, photos }: Order): Done {
  const wrong = photos.findIndex((photo) =>
    createHash('sha256').update(new Uint8Array(memory, photo.start, photo.end - photo.start)).digest('hex') !== photo.sha256)
  if (wrong >= 0) return { id, wrong }
  try {
    const file = openNew(path)
    try {
      const plain = new Uint8Array(memory, start, end - start)
      const bytes = key ? seal(key, basename(path), plain) : plain
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
      fdatasyncSync(file)
    } finally {
      closeSync(file)
    }
    return { id }
  } catch (error) {
    return { id, code: (error as NodeJS.ErrnoException).code ?? 'EIO' }
  }
}

// Its folder is made when it turns out to be missing, as in a young store it mostly is.
function openNew(path: string): number {
  try {
    return openSync(path, 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, 'wx')
  }
}

parentPort!.on('message', (order: Order) => parentPort!.postMessage(write(order)))
