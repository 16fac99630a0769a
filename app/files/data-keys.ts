import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DataKey } from '#app/files/sealing.ts'
import { keyFor, keyRing, LockedOut, LOOK_AT, type Key } from '#db/key-ring.ts'
import { ownAs } from '#db/sync-file.ts'

// The keys that files are locked with, each locked itself by a key of the ring. A rotation locks these few anew instead of
// rewriting every photo; from then on new files get a new one. The newest is the first.
type Wrapped = { id: string, by: string, wrapped: string, madeAt: string }

const NAME = 'file-keys.json'
const known = new Map<string, { ring: Key[], keys: DataKey[] }>()

// What new files are locked with. undefined: this installation has no key.
export function currentDataKey(directory: string): DataKey | undefined {
  const ring = keyRing()
  return ring.length === 0 ? undefined : dataKeys(directory, ring)[0] ?? begin(directory, ring)
}

export function dataKeyCalled(directory: string, id: string): DataKey {
  const ring = keyRing()
  if (ring.length === 0) throw new LockedOut(`Berkas di ${directory} terkunci (terenkripsi), tetapi ${LOOK_AT} tidak diisi.`)
  const find = () => dataKeys(directory, ring).find((key) => key.id === id)
  const found = find() ?? (known.delete(directory), find())
  if (!found) throw new LockedOut(`Kunci berkas ${id} tidak ada di ${join(directory, NAME)}. Kembalikan ${NAME} dari cadangan.`)
  return found
}

function dataKeys(directory: string, ring: Key[]): DataKey[] {
  const cached = known.get(directory)
  if (cached?.ring === ring) return cached.keys
  const keys = readWrapped(directory).map((one) => unwrap(one, ring))
  if (keys.length > 0) known.set(directory, { ring, keys })
  return keys
}

export function readWrapped(directory: string): Wrapped[] {
  try {
    return JSON.parse(readFileSync(join(directory, NAME), 'utf8')) as Wrapped[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function wrap({ id, secret }: DataKey, by: Key): Omit<Wrapped, 'madeAt'> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(by, 'files'), nonce).setAAD(Buffer.from(id))
  return { id, by: by.id, wrapped: Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64') }
}

export function unwrap({ id, by, wrapped }: Wrapped, ring: Key[]): DataKey {
  const key = ring.find((one) => one.id === by)
  if (!key) throw new LockedOut(`Berkas dikunci dengan kunci ${by}, yang tidak ada di ${LOOK_AT}. Kembalikan berkas kunci yang benar dari brankas.`)
  const bytes = Buffer.from(wrapped, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(key, 'files'), bytes.subarray(0, 12)).setAAD(Buffer.from(id))
  decipher.setAuthTag(bytes.subarray(-16))
  return { id, secret: Uint8Array.from(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])) }
}

const fresh = (): DataKey => ({ id: randomBytes(4).toString('hex'), secret: Uint8Array.from(randomBytes(32)) })

// Two threads may begin at once; the file of the first stays.
function begin(directory: string, ring: Key[]): DataKey {
  const path = write(directory, [{ ...wrap(fresh(), ring[0]!), madeAt: new Date().toISOString() }])
  try {
    linkSync(path, join(directory, NAME))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(path)
  }
  return dataKeys(directory, ring)[0]!
}

// Every data key locked by the first key of the ring, and a new one before them for what comes from now on.
export function rewrap(directory: string, ring: Key[]): number {
  const old = readWrapped(directory)
  const locked = old.map((one) => ({ ...wrap(unwrap(one, ring), ring[0]!), madeAt: one.madeAt }))
  renameSync(write(directory, [{ ...wrap(fresh(), ring[0]!), madeAt: new Date().toISOString() }, ...locked]), join(directory, NAME))
  known.delete(directory)
  return old.length
}

function write(directory: string, keys: Wrapped[]): string {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, `${NAME}.${randomBytes(6).toString('hex')}`)
  const file = openSync(path, 'wx', 0o600)
  ownAs(path, directory)
  writeSync(file, JSON.stringify(keys, null, 1))
  fsyncSync(file)
  closeSync(file)
  return path
}
