import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { dataKeyCalled } from '#app/files/data-keys.ts'
import { bringBack } from '#app/files/photo-store.ts'
import { dataKeyIdOf, HEAD_BYTES, opening, PIECE } from '#app/files/sealing.ts'

// The one door through which a kept file is read, locked or not, here or in the store of photos: what comes out are its own bytes.
export type Opened = {
  bytes: number
  // Fewer than asked for at the end of the file only.
  read: (start: number, length: number) => Promise<Buffer>
  // first and last: both read. Closes the file when it has been read or given up.
  stream: (first?: number, last?: number) => Readable
  close: () => Promise<void>
}

export async function openKept(directory: string, path: string): Promise<Opened> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => openAway(directory, path, error))
  try {
    const { size } = await handle.stat()
    const head = await exactly(handle, 0, Math.min(size, HEAD_BYTES))
    const id = dataKeyIdOf(head)
    return id === undefined ? asItIs(handle, size) : locked(handle, opening(dataKeyCalled(directory, id), basename(path), head, size))
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function openAway(directory: string, path: string, missing: NodeJS.ErrnoException): Promise<FileHandle> {
  const brought = missing.code === 'ENOENT' ? await bringBack(directory, path) : undefined
  if (brought === undefined) throw missing
  return open(brought)
}

async function exactly(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start)
  return buffer.subarray(0, bytesRead)
}

const asItIs = (handle: FileHandle, bytes: number): Opened => ({
  bytes,
  read: (start, length) => exactly(handle, start, Math.max(0, Math.min(length, bytes - start))),
  stream: (start = 0, end) => handle.createReadStream({ start, end }),
  close: () => handle.close(),
})

function locked(handle: FileHandle, { bytes, placeOf, open: unlock }: ReturnType<typeof opening>): Opened {
  const pieceAt = async (piece: number) => {
    const { start, length } = placeOf(piece)
    return unlock(await exactly(handle, start, length), piece)
  }
  async function* between(first: number, last: number) {
    for (let piece = Math.floor(first / PIECE); piece * PIECE <= last; piece += 1) {
      yield (await pieceAt(piece)).subarray(Math.max(0, first - piece * PIECE), last + 1 - piece * PIECE)
    }
  }
  return {
    bytes,
    async read(start, length) {
      const parts: Buffer[] = []
      for await (const part of between(start, Math.min(bytes, start + length) - 1)) parts.push(part)
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    },
    stream: (first = 0, last = bytes - 1) =>
      Readable.from(between(first, Math.min(last, bytes - 1)), { objectMode: false }).once('close', () => void handle.close()),
    close: () => handle.close(),
  }
}

// A whole file that nobody will go on reading.
export async function readKept(directory: string, path: string, start = 0, length?: number): Promise<Buffer> {
  const file = await openKept(directory, path)
  try {
    return await file.read(start, length ?? file.bytes - start)
  } finally {
    await file.close()
  }
}
