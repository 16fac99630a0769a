import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Opener, Sealer } from '#app/backup/age-file.ts'
import type { Sealed } from '#app/backup/manifest.ts'

// The types of Node know no list of stages of which some are left out.
const flow = pipeline as (...stages: unknown[]) => Promise<void>
const READ = { highWaterMark: 1 << 20 }

// Hashes and counts what passes.
function counting() {
  const hash = createHash('sha256')
  const seen = { bytes: 0 }
  return {
    seen, hash: () => hash.digest('hex'),
    pass: async function* (source: AsyncIterable<Buffer>) {
      for await (const piece of source) {
        hash.update(piece)
        seen.bytes += piece.length
        yield piece
      }
    },
  }
}

type Packing = { sealer?: Sealer, zipped?: boolean }

// Up to here a file is held in memory: a pipeline for each of a hundred thousand photos costs more than the photos.
export const SMALL = 32 * 2 ** 20
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

export function sealBytes(bytes: Buffer, sealer?: Sealer): { sealed: Buffer, told: Omit<Sealed, 'object'> } {
  const sealed = sealer ? sealer.bytes(bytes) : bytes
  return { sealed, told: { bytes: bytes.length, sha256: sha256(bytes), sealedBytes: sealed.length, sealedSha256: sha256(sealed) } }
}

export async function openBytes(sealed: Buffer, opener?: Opener): Promise<{ bytes: Buffer, sha256: string }> {
  const bytes = opener ? await opener.bytes(sealed) : sealed
  return { bytes, sha256: sha256(bytes) }
}

// Copies a file as it will lie in the store, and tells of both what they weigh and their hashes.
export const sealFile = (from: string, to: string, packing: Packing) => sealInto(createReadStream(from, READ), to, packing)

// The same of what comes piece by piece and shall lie nowhere open.
export async function sealInto(source: AsyncIterable<Buffer>, to: string, { sealer, zipped }: Packing): Promise<Omit<Sealed, 'object'>> {
  const [plain, stored] = [counting(), counting()]
  await flow(source, plain.pass, ...(zipped ? [createGzip({ level: 1 })] : []), ...(sealer ? [sealer.stream] : []), stored.pass, createWriteStream(to, { mode: 0o600 }))
  return { bytes: plain.seen.bytes, sha256: plain.hash(), sealedBytes: stored.seen.bytes, sealedSha256: stored.hash() }
}

type Unpacking = { opener?: Opener, zipped?: boolean }

type Passed = { bytes: number, sha256: string }

// The way back, piece by piece. passed: asked once everything has.
export async function openThrough(source: AsyncIterable<Buffer>, { opener, zipped }: Unpacking, use: (plain: AsyncIterable<Buffer>, passed: () => Passed) => Promise<void>): Promise<void> {
  const plain = counting()
  await flow(source, ...(opener ? [opener.stream] : []), ...(zipped ? [createGunzip()] : []), plain.pass,
    (rest: AsyncIterable<Buffer>) => use(rest, () => ({ bytes: plain.seen.bytes, sha256: plain.hash() })))
}

// What comes out is written only to be compared: the caller believes it when the hash is the one promised.
export async function openInto(source: AsyncIterable<Buffer>, to: string, unpacking: Unpacking): Promise<Passed> {
  let written: Passed
  await openThrough(source, unpacking, async (plain, passed) => {
    await flow(plain, createWriteStream(to, { mode: 0o600 }))
    written = passed()
  })
  return written!
}

export async function hashOf(source: AsyncIterable<Buffer>, opener?: Opener): Promise<{ bytes: number, sha256: string }> {
  const all = counting()
  for await (const _ of all.pass(opener ? opener.stream(source) : source)) { /* only counted */ }
  return { bytes: all.seen.bytes, sha256: all.hash() }
}
