import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { hashOf } from '#app/backup/sealing.ts'
import type { Store } from '#app/backup/stores.ts'
import { currentDataKey } from '#app/files/data-keys.ts'
import { dataKeyIdOf, HEAD_BYTES, seal, sealing } from '#app/files/sealing.ts'

// One file into the store of photos, under the name it has here, and the look at it there before its copy here goes. What leaves is
// locked: as it lies here, or, where it came before this installation had a key, on its way out.
export type Sent = { name: string, bytes: number, sha256: string } | { name: string, gone: true }
export type Claim = { name: string, sha256: string }
export type Carrier = { send: (names: string[]) => Promise<Sent[]>, prove: (claims: Claim[]) => Promise<string[]> }

const IN_MEMORY = 16 * 2 ** 20
const LANES = 4

// In the thread of away-thread.ts, or at once where a test looks.
export const carrierTo = (directory: string, store: Store): Carrier => ({
  send: (names) => inLanes(names, (name) => sendOne(directory, store, name)),
  // The names of those that lie there to the byte.
  prove: async (claims) => (await inLanes(claims, (claim) => isThere(store, claim))).flatMap((fine, i) => fine ? [claims[i]!.name] : []),
})

// One file that this disk no longer gives holds up none of those after it; a round a day counts how many there are.
const UNREADABLE = new Set(['ENOENT', 'EIO', 'EACCES', 'EISDIR'])

async function sendOne(directory: string, store: Store, name: string): Promise<Sent> {
  const path = join(directory, name)
  try {
    const { size } = await stat(path)
    return size <= IN_MEMORY ? await sendBytes(directory, store, name, await readFile(path)) : await sendFile(directory, store, name, path)
  } catch (error) {
    if (UNREADABLE.has((error as NodeJS.ErrnoException).code ?? '')) return { name, gone: true }
    throw error
  }
}

async function sendBytes(directory: string, store: Store, name: string, here: Buffer): Promise<Sent> {
  const key = dataKeyIdOf(here.subarray(0, HEAD_BYTES)) === undefined ? currentDataKey(directory) : undefined
  const bytes = key ? seal(key, basename(name), here) : here
  await store.put(name, bytes)
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

async function sendFile(directory: string, store: Store, name: string, path: string): Promise<Sent> {
  const key = await isOpen(path) ? currentDataKey(directory) : undefined
  const locked = join(directory, 'incoming', `away-${randomBytes(6).toString('hex')}`)
  try {
    if (key) await pipeline(createReadStream(path), sealing(key, basename(name)), createWriteStream(locked, { mode: 0o600 }))
    const leaving = key ? locked : path
    await store.put(name, leaving)
    return { name, ...await hashOf(createReadStream(leaving) as AsyncIterable<Buffer>) }
  } finally {
    await rm(locked, { force: true })
  }
}

async function isOpen(path: string): Promise<boolean> {
  for await (const head of createReadStream(path, { end: HEAD_BYTES - 1 }) as AsyncIterable<Buffer>) return dataKeyIdOf(head) === undefined
  return true
}

// Read whole: a copy is given up for nothing less.
async function isThere(store: Store, { name, sha256 }: Claim): Promise<boolean> {
  if ((await store.list(name)).get(name) === undefined) return false
  return (await hashOf(store.stream(name))).sha256 === sha256
}

async function inLanes<T, R>(all: T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  let next = 0
  const lane = async () => {
    for (let i = next++; i < all.length; i = next++) done[i] = await work(all[i]!)
  }
  await Promise.all(Array.from({ length: Math.min(LANES, all.length) }, lane))
  return done
}
