import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Told } from '#app/operation/failures.ts'

// The keys of this installation, one a line in a file that only the service can read. The first is in use; those after it open
// what was locked before a rotation: an older backup, or a database whose rotation was cut short.
export type Key = { id: string, secret: Buffer }

// What cannot be opened is told to a person in their words, and nothing is started on it.
export class LockedOut extends Told {}

export const LOOK_AT = 'SIKS_KEY_FILE'

export function parseRing(text: string): Key[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/#.*/, '').trim()).filter(Boolean)
  if (lines.length === 0) throw new LockedOut(`Berkas kunci di ${LOOK_AT} kosong. Buat kunci dengan: npm run keys -- make BERKAS`)
  return lines.map((line, i) => asKey(secretOf(line), i + 1))
}

function secretOf(line: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(line)) return Buffer.from(line, 'hex')
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(line) ? Buffer.from(line, 'base64') : Buffer.alloc(0)
}

function asKey(secret: Buffer, line: number): Key {
  if (secret.length !== 32) throw new LockedOut(`Baris ${line} berkas kunci di ${LOOK_AT} bukan kunci 32 bita (64 angka heksadesimal atau base64).`)
  return { id: createHash('sha256').update(secret).digest('hex').slice(0, 8), secret }
}

export const makeKey = (): Key => asKey(randomBytes(32), 1)
export const printRing = (ring: Key[]) => ring.map(({ id, secret }) => `${secret.toString('hex')}  # ${id}\n`).join('')

export function readRing(path: string): Key[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new LockedOut(`Berkas kunci ${path} (${LOOK_AT}) tidak dapat dibaca: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'tidak ada' : 'izinnya tidak cukup'}. ` +
      'Tanpa kunci ini data tidak dapat dibuka. Kembalikan berkasnya dari brankas cadangan kunci.')
  }
  return parseRing(text)
}

let ring: Key[] | undefined

// Every thread and every tool opens the database, also those that never read the configuration; so the file is looked up here,
// the first time it is needed. Empty: this installation has no key.
export const keyRing = (): Key[] => ring ??= process.env[LOOK_AT] ? readRing(process.env[LOOK_AT]) : []
export const useKeys = (keys: Key[] | undefined) => void (ring = keys)

// One secret, a key of its own for each use.
export const keyFor = ({ secret }: Key, use: 'database' | 'files'): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `siks ${use}`, 32))
