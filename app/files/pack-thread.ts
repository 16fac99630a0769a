import { createHash } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'

// A thread that hashes photos and puts them on the disk (pack-writer.ts): one message for what would be five calls and as
// many changes of thread for each visit.
export type Order = { id: number, path: string, memory: SharedArrayBuffer, start: number, end: number, photos: { start: number, end: number, sha256: string }[] }
// wrong: the photo whose bytes are not what they were promised to be. code: what the file system said.
export type Done = { id: number, wrong?: number, code?: string }

function write({ id, path, memory, start, end, photos }: Order): Done {
  const wrong = photos.findIndex((photo) =>
    createHash('sha256').update(new Uint8Array(memory, photo.start, photo.end - photo.start)).digest('hex') !== photo.sha256)
  if (wrong >= 0) return { id, wrong }
  try {
    const file = openSync(path, 'wx')
    try {
      const bytes = new Uint8Array(memory, start, end - start)
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

parentPort!.on('message', (order: Order) => parentPort!.postMessage(write(order)))
