import { stat } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import type { Readable } from 'node:stream'
import sax from 'sax'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { Line, TableFile } from '#app/assignments/csv-lines.ts'
import { readSheet, readSharedStrings } from '#app/assignments/xlsx-parts.ts'
import { invalid } from '#app/problems.ts'

// Streams the sheets of a workbook. A ZIP names its parts at its end, so the shared strings can be read before the
// sheet that uses them, and no sheet is ever held whole.
export async function openXlsx(path: string): Promise<TableFile> {
  const { size } = await stat(path)
  const zip = await openZip(path)
  try {
    const entries = await entriesOf(zip)
    const progress = { read: 0, total: 1 }
    const part = (name: string) => partOf(zip, entries, name, progress)
    const sheets = await sheetsOf(part)
    const known = [...sheets.map(({ path: name }) => name), STRINGS].map((name) => entries.get(name)?.uncompressedSize ?? 0)
    progress.total = Math.max(1, known.reduce((sum, bytes) => sum + bytes, 0))
    if (progress.total > MOST_BYTES) throw unreadable('terlalu besar; simpan sebagai CSV')
    progress.read = 0
    const strings = entries.has(STRINGS) ? await readSharedStrings(await part(STRINGS)) : []
    return {
      tables: sheets.map(({ name, path: place }) => ({ name, lines: () => linesOf(part, place, strings) })),
      bytesRead: () => Math.min(size, Math.round(size * progress.read / progress.total)),
      close: async () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

const STRINGS = 'xl/sharedStrings.xml'
const MOST_BYTES = 4 * 2 ** 30
const MOST_ENTRIES = 2000

const unreadable = (why: string) => invalid({ file: `Berkas XLSX ini tidak terbaca: ${why}.` })

const openZip = (path: string) => new Promise<ZipFile>((resolve, reject) =>
  yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => error ? reject(unreadable('isinya rusak')) : resolve(zip)))

const entriesOf = (zip: ZipFile) => new Promise<Map<string, Entry>>((resolve, reject) => {
  const entries = new Map<string, Entry>()
  if (zip.entryCount > MOST_ENTRIES) return reject(unreadable('isinya bukan buku kerja'))
  zip.on('entry', (entry: Entry) => {
    entries.set(entry.fileName, entry)
    zip.readEntry()
  }).on('end', () => resolve(entries)).on('error', () => reject(unreadable('isinya rusak')))
  zip.readEntry()
})

type Part = (name: string) => Promise<AsyncIterable<string>>

async function partOf(zip: ZipFile, entries: Map<string, Entry>, name: string, progress: { read: number }) {
  const entry = entries.get(name)
  if (!entry) throw unreadable('bukan buku kerja Excel')
  const stream = await new Promise<Readable>((resolve, reject) =>
    zip.openReadStream(entry, (error, opened) => error ? reject(unreadable('terkunci kata sandi atau rusak')) : resolve(opened)))
  return textOf(stream, progress)
}

async function* textOf(stream: Readable, progress: { read: number }): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      progress.read += chunk.length
      yield decoder.write(chunk)
    }
  } finally {
    stream.destroy()
  }
}

async function sheetsOf(part: Part) {
  const targets = new Map<string, string>()
  await eachTag(await part('xl/_rels/workbook.xml.rels'), 'Relationship', ({ Id = '', Target = '' }) =>
    targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`))
  const sheets: { name: string, path: string }[] = []
  await eachTag(await part('xl/workbook.xml'), 'sheet', (attributes) => {
    const path = targets.get(attributes['r:id'] ?? '')
    if (path) sheets.push({ name: attributes.name ?? '', path })
  })
  return sheets
}

async function eachTag(text: AsyncIterable<string>, wanted: string, take: (attributes: Record<string, string>) => void) {
  const parser = sax.parser(true)
  parser.onopentag = ({ name, attributes }) => name.split(':').at(-1) === wanted && take(attributes as Record<string, string>)
  for await (const chunk of text) parser.write(chunk)
}

async function* linesOf(part: Part, path: string, strings: string[]): AsyncGenerator<Line> {
  yield* readSheet(await part(path), strings)
}
