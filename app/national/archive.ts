import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { invalid } from '#app/problems.ts'

// The parts of a batch's archive, read as a stream. What unfolds to more than any batch weighs is refused before it is read.
const MOST_BYTES = 2 ** 30
const MOST_ENTRIES = 50
const LONGEST_LINE = 2 ** 21

export const unreadable = (why: string) => invalid({ package: `Arsip ini tidak dapat diterima: ${why}.` })

export type Archive = { has: (name: string) => boolean, text: (name: string, most: number) => Promise<string>, lines: (name: string) => AsyncGenerator<string>, close: () => void }

export async function openArchive(bytes: Buffer): Promise<Archive> {
  const zip = await openZip(bytes)
  const entries = await entriesOf(zip)
  const sum = [...entries.values()].reduce((total, { uncompressedSize }) => total + uncompressedSize, 0)
  if (sum > MOST_BYTES) throw unreadable('isinya terlalu besar untuk satu berkas pengesahan')
  const part = (name: string) => {
    const entry = entries.get(name)
    if (!entry) throw unreadable(`${name} tidak ada di dalamnya`)
    return entry
  }
  return {
    has: (name) => entries.has(name),
    lines: (name) => linesOf(zip, part(name)),
    text: async (name, most) => {
      if (part(name).uncompressedSize > most) throw unreadable(`${name} terlalu besar`)
      return Buffer.concat(await collect(await streamOf(zip, part(name)))).toString('utf8')
    },
    close: () => zip.close(),
  }
}

const openZip = (bytes: Buffer) => new Promise<ZipFile>((resolve, reject) => yauzl.fromBuffer(bytes, { lazyEntries: true, autoClose: false }, (error, zip) =>
  error ? reject(unreadable('berkasnya bukan ZIP atau sudah rusak')) : resolve(zip)))

const entriesOf = (zip: ZipFile) => new Promise<Map<string, Entry>>((resolve, reject) => {
  const entries = new Map<string, Entry>()
  if (zip.entryCount > MOST_ENTRIES) return reject(unreadable('isinya bukan berkas pengesahan'))
  zip.on('entry', (entry: Entry) => {
    entries.set(entry.fileName, entry)
    zip.readEntry()
  }).on('end', () => resolve(entries)).on('error', () => reject(unreadable('berkasnya rusak')))
  zip.readEntry()
})

const streamOf = (zip: ZipFile, entry: Entry) => new Promise<Readable>((resolve, reject) =>
  zip.openReadStream(entry, (error, stream) => error ? reject(unreadable('berkasnya rusak')) : resolve(stream)))

async function collect(stream: Readable): Promise<Buffer[]> {
  try {
    return await stream.toArray() as Buffer[]
  } catch {
    throw unreadable('berkasnya rusak')
  }
}

// Without their ends; the last line needs none.
async function* linesOf(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  const stream = await streamOf(zip, entry)
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        yield rest.subarray(0, end).toString('utf8')
        rest = rest.subarray(end + 1)
      }
      if (rest.length > LONGEST_LINE) throw unreadable('ada baris yang terlalu panjang')
    }
  } catch (error) {
    throw (error as { code?: string }).code === 'invalid' ? error : unreadable('berkasnya rusak')
  }
  if (rest.length > 0) yield rest.toString('utf8')
}

export const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
