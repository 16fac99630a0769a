import { randomUUID } from 'node:crypto'
import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { asFull, Problem } from '#app/problems.ts'

export const cut = () => new Problem('invalid', 'Kiriman terputus di tengah jalan. Kirim lagi.')

type Read = (room: Buffer) => Promise<Uint8Array>

// A body written to the disk as it comes, and given to `work` when it is whole. Nothing is synced: until it is answered,
// the phone still has it.
export async function throughDisk<T>(directory: string, incoming: IncomingMessage, bytes: number, work: (read: Read) => Promise<T>): Promise<T> {
  const file = await openNameless(join(directory, 'incoming')).catch((error: unknown) => { throw asFull(error) })
  try {
    await take(file, incoming, bytes)
    return await work(async (room) => {
      await file.read(room, 0, bytes, 0)
      return room
    })
  } finally {
    await file.close()
  }
}

// Its name is taken away at once: whatever happens, nothing is left of it.
async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, randomUUID())
  const file = await open(path, 'wx+')
  await unlink(path)
  return file
}

async function take(file: FileHandle, incoming: IncomingMessage, bytes: number) {
  let at = 0
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      await file.write(chunk, 0, chunk.length, at)
      at += chunk.length
    }
  } catch (error) {
    throw incoming.destroyed && !incoming.complete ? cut() : asFull(error)
  }
  if (at !== bytes) throw cut()
}
