import { StringDecoder } from 'node:string_decoder'
import { Readable } from 'node:stream'
import yauzl, { RandomAccessReader, type Entry, type ZipFile } from 'yauzl'
import type { Line, TableFile } from '#app/assignments/csv-lines.ts'
import { readSheet, readSharedStrings, scan } from '#app/assignments/xlsx-parts.ts'
import type { Opened } from '#app/files/opened.ts'
import { invalid } from '#app/problems.ts'

// Streams the sheets of a workbook. A ZIP names its parts at its end, so the shared strings can be read before the
// sheet that uses them, and no sheet is ever held whole.
export async function openXlsx(file: Opened): Promise<TableFile> {
  const size = file.bytes
  const zip = await openZip(file)
  try {
    const entries = await entriesOf(zip)
    const progress = { read: 0, total: 1 }
    const part = (name: string) => partOf(zip, entries, name, progress)
    const sheets = await sheetsOf(part)
    const known = [...sheets.map(({ path: name }) => name), STRINGS].map((name) => entries.get(name)?.uncompressedSize ?? 0)
    progress.total = Math.max(1, known.reduce((sum, bytes) => sum + bytes, 0))
    if (progress.total > MOST_BYTES || (progress.total > HARMLESS && progress.total > size * MOST_TIMES)) throw unreadable('terlalu besar; simpan sebagai CSV')
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
const MOST_SHEETS = 200
// Tables squeeze to a tenth or a twentieth of their size; a thousandth is a file made to fill us up.
const MOST_TIMES = 200
const HARMLESS = 50 * 2 ** 20

const unreadable = (why: string) => invalid({ file: `Berkas XLSX ini tidak terbaca: ${why}.` })

const openZip = (file: Opened) => new Promise<ZipFile>((resolve, reject) =>
  yauzl.fromRandomAccessReader(new KeptReader(file), file.bytes, { lazyEntries: true, autoClose: false }, (error, zip) => {
    if (!error) return resolve(zip)
    void file.close()
    reject(unreadable('isinya rusak'))
  }))

// yauzl jumps about in a workbook; the file may lie locked.
class KeptReader extends RandomAccessReader {
  constructor(private readonly file: Opened) {
    super()
  }

  override _readStreamForRange(start: number, end: number) {
    return Readable.from(this.between(start, end), { objectMode: false })
  }

  private async* between(start: number, end: number) {
    for (let at = start; at < end; at += STEP) yield await this.file.read(at, Math.min(STEP, end - at))
  }

  override close(done: (error: Error | null) => void) {
    this.file.close().then(() => done(null), done)
  }
}
const STEP = 262_144

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
    if (sheets.length > MOST_SHEETS) throw unreadable('terlalu banyak lembar')
  })
  return sheets
}

async function eachTag(text: AsyncIterable<string>, wanted: string, take: (attributes: Record<string, string>) => void) {
  const parser = scan({ open: (name, attributes) => name === wanted && take(attributes), text: () => {}, close: () => {} })
  for await (const chunk of text) parser.write(chunk)
}

async function* linesOf(part: Part, path: string, strings: string[]): AsyncGenerator<Line> {
  yield* readSheet(await part(path), strings)
}
