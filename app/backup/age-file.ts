import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Decrypter, Encrypter } from 'age-encryption'
import { Told } from '#app/operation/failures.ts'

// Files as `age` writes and reads them (age-encryption.org/v1). Header and keys are the package's; the content goes through Node's
// own ChaCha20-Poly1305, some ten times as fast, for a backup reads and writes every photo there is.
const CHUNK = 64 * 1024
const TAG = 16
const NONCE = 16

// bytes: of what is held in memory whole, which is most files and much the faster way.
export type Sealer = { stream: (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>, bytes: (whole: Buffer) => Buffer }

// One header for all files of a run: it holds the key, and each file has a nonce of its own from which its stream key is made.
export async function makeSealer(recipients: string[]): Promise<Sealer> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  let fileKey: Uint8Array | undefined
  encrypter.addRecipient({ wrapFileKey: (key) => { fileKey = Uint8Array.from(key); return [] } })
  const empty = Buffer.from(await encrypter.encrypt(new Uint8Array(0)))
  const header = empty.subarray(0, endOfHeader(empty))
  const begin = () => {
    const nonce = randomBytes(NONCE)
    return { head: Buffer.concat([header, nonce]), seal: sealChunks(streamKey(fileKey!, nonce)) }
  }
  return {
    stream: async function* (source) {
      const { head, seal } = begin()
      yield head
      for await (const { bytes, isLast } of chunked(source, CHUNK)) yield Buffer.concat(seal(bytes, isLast))
    },
    bytes: (whole) => {
      const { head, seal } = begin()
      return Buffer.concat([head, ...cut(whole, CHUNK).flatMap(({ bytes, isLast }) => seal(bytes, isLast))])
    },
  }
}

function sealChunks(key: Buffer) {
  let counter = 0
  return (bytes: Buffer, isLast: boolean): Buffer[] => {
    const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(counter, isLast), { authTagLength: TAG })
    counter += 1
    return [cipher.update(bytes), cipher.final(), cipher.getAuthTag()]
  }
}

export type Opener = { stream: (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>, bytes: (whole: Buffer) => Promise<Buffer> }
const MOST_HEADER = 64 * 1024

// Headers of one run are the same bytes: each is unwrapped once.
export function makeOpener(identities: string[]): Opener {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  const known = new Map<string, Promise<Uint8Array>>()
  const keyOf = (header: Buffer) => {
    const name = header.toString('latin1')
    const key = known.get(name) ?? decrypter.decryptHeader(Uint8Array.from(header)).catch(() => { throw new Told('Kunci ini tidak membuka cadangannya. Pakai kunci rahasia age yang pasangannya dipakai waktu mencadangkan.') })
    known.set(name, key)
    return key
  }
  const begin = async (head: Buffer, end: number) => openChunks(streamKey(await keyOf(head.subarray(0, end)), head.subarray(end, end + NONCE)))
  return {
    stream: async function* (source) {
      const reader = source[Symbol.asyncIterator]()
      let head: Buffer = Buffer.alloc(0)
      let end = -1
      while (head.length < MOST_HEADER && (end < 0 || head.length < end + NONCE)) {
        const { value, done } = await reader.next()
        if (done) throw damaged()
        head = Buffer.concat([head, value])
        end = endOfHeader(head)
      }
      if (end < 0) throw damaged()
      const open = await begin(head, end)
      for await (const { bytes, isLast } of chunked(following(head.subarray(end + NONCE), reader), CHUNK + TAG)) yield open(bytes, isLast)
    },
    bytes: async (whole) => {
      const end = endOfHeader(whole.subarray(0, MOST_HEADER))
      if (end < 0 || whole.length < end + NONCE) throw damaged()
      const open = await begin(whole, end)
      return Buffer.concat(cut(whole.subarray(end + NONCE), CHUNK + TAG).map(({ bytes, isLast }) => open(bytes, isLast)))
    },
  }
}

function openChunks(key: Buffer) {
  let counter = 0
  return (bytes: Buffer, isLast: boolean): Buffer => {
    if (bytes.length < TAG) throw damaged()
    const decipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(counter, isLast), { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
    counter += 1
    return proven(decipher, bytes.subarray(0, bytes.length - TAG))
  }
}

function proven(decipher: ReturnType<typeof createDecipheriv>, bytes: Buffer) {
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()])
  } catch {
    throw damaged()
  }
}

const damaged = () => new Told('Satu berkas cadangan rusak atau terpotong.')

async function* following(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

const cut = (whole: Buffer, size: number) => {
  const count = Math.max(1, Math.ceil(whole.length / size))
  return Array.from({ length: count }, (_, n) => ({ bytes: whole.subarray(n * size, (n + 1) * size), isLast: n === count - 1 }))
}

// Pieces of exactly `size`, the last one shorter or as long, and known to be the last.
async function* chunked(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<{ bytes: Buffer, isLast: boolean }> {
  let left: Buffer = Buffer.alloc(0)
  for await (const piece of source) {
    left = left.length === 0 ? piece : Buffer.concat([left, piece])
    let at = 0
    for (; left.length - at > size; at += size) yield { bytes: left.subarray(at, at + size), isLast: false }
    left = left.subarray(at)
  }
  yield { bytes: left, isLast: true }
}

const streamKey = (fileKey: Uint8Array, nonce: Uint8Array) => Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32))

function chunkNonce(counter: number, isLast: boolean) {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(counter, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

// The header ends with the line of its MAC: "--- ...".
function endOfHeader(bytes: Buffer) {
  const mac = bytes.indexOf('\n--- ')
  const end = mac < 0 ? -1 : bytes.indexOf('\n', mac + 1)
  return end < 0 ? -1 : end + 1
}
