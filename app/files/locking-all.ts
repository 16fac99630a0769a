import { createReadStream, createWriteStream } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { currentDataKey } from '#app/files/data-keys.ts'
import { dataKeyIdOf, HEAD_BYTES, sealing } from '#app/files/sealing.ts'
import { ownAs } from '#db/sync-file.ts'

// Everything kept as a file before this installation had a key. A file takes the place of its open self by one rename, so the
// server may run meanwhile, and a second call goes on where the first was cut short.
const FOLDERS = ['photos', 'exports']

export async function lockAll(directory: string, tell: (locked: number) => void = () => {}): Promise<number> {
  const key = currentDataKey(directory)!
  let locked = 0
  for await (const { path, name } of openFiles(directory)) {
    await pipeline(createReadStream(path), sealing(key, name), createWriteStream(`${path}.locking`, { mode: 0o600, flush: true }))
    ownAs(`${path}.locking`, path)
    await rename(`${path}.locking`, path)
    locked += 1
    if (locked % 1000 === 0) tell(locked)
  }
  return locked
}

export async function countOpenFiles(directory: string): Promise<number> {
  let count = 0
  for await (const _ of openFiles(directory)) count += 1
  return count
}

async function* openFiles(directory: string) {
  for (const folder of FOLDERS) {
    for await (const { path, name } of filesUnder(join(directory, folder))) {
      if (name.endsWith('.locking')) await rm(path)
      else if (!name.endsWith('.part') && !await isLocked(path)) yield { path, name }
    }
  }
}

// Folder by folder: a store holds millions of names.
async function* filesUnder(folder: string): AsyncGenerator<{ path: string, name: string }> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesUnder(path)
    else if (entry.isFile()) yield { path, name: entry.name }
  }
}

async function isLocked(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return dataKeyIdOf(buffer.subarray(0, bytesRead)) !== undefined
  } finally {
    await file.close()
  }
}
