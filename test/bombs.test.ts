import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import yazl from 'yazl'
import { openTables } from '#app/assignments/tables.ts'
import { decryptFile } from '#app/exchange/opening.ts'
import { openContainer } from '#app/exchange/container.ts'
import { pathOf } from '#app/files/store.ts'
import { lock, outboxOf } from '#test/support/siks-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'siks-bombs-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
let made = 0

type Parts = Record<string, Iterable<string>>
const RELATIONS = ['<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>']
const BOOK = ['<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>']

// A workbook with the parts given, each written as it comes, where an upload would lie.
async function workbook(parts: Parts): Promise<string> {
  const zip = new yazl.ZipFile()
  for (const [name, text] of Object.entries({ 'xl/_rels/workbook.xml.rels': RELATIONS, 'xl/workbook.xml': BOOK, ...parts })) zip.addReadStream(Readable.from(text, { objectMode: false }), name)
  zip.end()
  const path = pathOf(folder, storedAs(++made))
  mkdirSync(dirname(path), { recursive: true })
  await pipeline(zip.outputStream as unknown as Readable, createWriteStream(path))
  return path
}

function* times(text: string, count: number, before = '', behind = '') {
  yield before
  for (let left = count; left > 0; left -= 1000) yield text.repeat(Math.min(left, 1000))
  yield behind
}

const storedAs = (n: number) => ({ sha256: String(n).padStart(64, '0'), mime: 'application/zip' })
const openBook = (path: string) => openTables(folder, { ...storedAs(Number(basename(path, '.zip'))), bytes: statSync(path).size })

async function readAll(path: string): Promise<number> {
  const file = await openBook(path)
  try {
    let rows = 0
    for (const table of file.tables) for await (const _line of table.lines()) rows += 1
    return rows
  } finally {
    await file.close()
  }
}
const outcome = (work: Promise<unknown>) => work.then((value) => String(value), (error) => `${error.code}: ${Object.values(error.fields ?? {}).join()}`)
const sheet = (...rows: string[]) => ['<worksheet><sheetData>', ...rows, '</sheetData></worksheet>']

const books = suite('a workbook')

books('that is one is read', async () =>
  assert.is(await outcome(readAll(await workbook({ 'xl/worksheets/sheet1.xml': sheet('<row><c><v>1</v></c></row>') }))), '1'))

books('that unfolds to a thousand times its size is refused before it is unfolded', async () => {
  const path = await workbook({ 'xl/worksheets/sheet1.xml': times('<row><c><v>1</v></c></row>', 3_000_000, '<worksheet><sheetData>', '</sheetData></worksheet>') })
  assert.ok(statSync(path).size < 400_000)
  assert.match(await outcome(readAll(path)), /^invalid: .*terlalu besar/)
})

books('that nests a hundred thousand deep is refused', async () =>
  assert.match(await outcome(readAll(await workbook({ 'xl/worksheets/sheet1.xml': times('<a>', 100_000) }))), /^invalid: .*rusak/))

books('whose entities unfold one another does not unfold', async () => {
  const laughs = ['<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>', ...sheet('<row><c t="str"><v>&c;</v></c></row>')]
  assert.match(await outcome(readAll(await workbook({ 'xl/worksheets/sheet1.xml': laughs }))), /^invalid: .*rusak/)
})

books('that asks for a file of the machine gets none', async () => {
  const asking = ['<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', ...sheet('<row><c t="str"><v>&a;</v></c></row>')]
  assert.match(await outcome(readAll(await workbook({ 'xl/worksheets/sheet1.xml': asking }))), /^invalid: .*rusak/)
})

books('with a million sheets in one is refused', async () =>
  assert.match(await outcome(readAll(await workbook({ 'xl/workbook.xml': times('<sheet name="a" r:id="r1"/>', 100_000, '<workbook><sheets>', '</sheets></workbook>'), 'xl/worksheets/sheet1.xml': sheet() }))), /^invalid: .*lembar/))

books('that points outside itself finds nothing', async () => {
  const away = ['<Relationships><Relationship Id="r1" Target="../../../../../etc/passwd"/></Relationships>']
  assert.match(await outcome(readAll(await workbook({ 'xl/_rels/workbook.xml.rels': away, 'xl/worksheets/sheet1.xml': sheet() }))), /^invalid/)
})

books('whose parts are named as if they lay elsewhere is refused, and nothing is ever written by such a name', async () => {
  const path = await workbook({ 'xl/worksheets/sheet1.xml': sheet(), 'aa/aa/evil.xml': ['x'] })
  const bytes = readFileSync(path)
  // Both in the entry and in the list at the end, of the same length.
  for (let at = bytes.indexOf('aa/aa/evil.xml'); at >= 0; at = bytes.indexOf('aa/aa/evil.xml', at + 1)) bytes.write('../../evil.xml', at, 'latin1')
  writeFileSync(path, bytes)
  assert.match(await outcome(readAll(path)), /^invalid/)
})

books('with a row of a million columns keeps a thousand', async () => {
  const path = await workbook({ 'xl/worksheets/sheet1.xml': sheet('<row><c r="ZZZZZZ1"><v>1</v></c><c r="B1"><v>2</v></c></row>') })
  const file = await openBook(path)
  const lines = []
  for await (const line of file.tables[0]!.lines()) lines.push(line.cells)
  await file.close()
  assert.equal(lines, [['', '2']])
})

const files = suite('a .siks file')
const opened = async (plain: Uint8Array, change: (bytes: Buffer) => Buffer = (bytes) => bytes) => {
  const [from, to] = [join(folder, `${++made}.siks`), join(folder, `${made}.plain`)]
  writeFileSync(from, change(Buffer.from(await (await lock(plain, { passphrase: 'rahasia' })).arrayBuffer())))
  await decryptFile(from, to, { dataDirectory: folder, passphrase: 'rahasia' })
  return to
}

files('cannot grow: opened it is smaller than locked', async () => {
  const plain = Buffer.alloc(300_000)
  assert.is(statSync(await opened(plain)).size, plain.length)
})

files('that asks for a minute of work to open its key is refused', async () =>
  assert.match(await outcome(opened(outboxOf([]), (bytes) => Buffer.from(bytes.toString('latin1').replace(/(-> scrypt \S+) \d+/, '$1 30'), 'latin1'))), /^invalid/))

files('that promises more than it may hold is refused before room is made for it', async () => {
  for (const text of ['{"photos":[{"bytes":1e12}]}', '{"photos":[{"bytes":-5}]}', '{"photos":[null]}', `{"photos":[${Array(30).fill('{"bytes":1}').join()}]}`, '['.repeat(900_000)]) {
    const bytes = Buffer.from(text)
    const head = Buffer.alloc(4)
    head.writeUInt32BE(bytes.length)
    const container = await openContainer((async function* () { yield Buffer.concat([outboxOf([]), head, bytes]) })())
    assert.match(await outcome(container.bundles.next()), /^invalid/, text.slice(0, 30))
  }
  const huge = await openContainer((async function* () { yield Buffer.concat([outboxOf([]), Buffer.from([0x7f, 0xff, 0xff, 0xff])]) })())
  assert.match(await outcome(huge.bundles.next()), /^invalid: .*1 MB/)
})

books.run()
files.run()
