import sax, { type QualifiedTag, type Tag } from 'sax'
import type { Line } from '#app/assignments/csv-lines.ts'
import { invalid } from '#app/problems.ts'

const MOST_STRING_LETTERS = 150_000_000
const MOST_STRINGS = 20_000_000
// A sheet is five deep.
const DEEPEST = 50
const LONGEST_CELL = 32_767
const MOST_COLUMNS = 1000

// Events of a part, read as its text comes in. Some programs write every tag with a prefix (x:row). Entities of a document's own
// are not known to this parser, so nothing unfolds; what nests deeper than any workbook is refused.
type Events = { open: (name: string, attributes: Record<string, string>) => void, text: (text: string) => void, close: (name: string) => void }
export function scan(on: Events) {
  const parser = sax.parser(true, { position: false })
  let depth = 0
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.onopentag = ({ name, attributes }: Tag | QualifiedTag) => {
    if (++depth > DEEPEST) throw damaged()
    on.open(local(name), attributes as Record<string, string>)
  }
  parser.ontext = on.text
  parser.oncdata = on.text
  parser.onclosetag = (name) => {
    depth -= 1
    on.close(local(name))
  }
  parser.onerror = () => { throw damaged() }
  return parser
}

const damaged = () => invalid({ file: 'Isi berkas XLSX ini rusak. Buka di Excel, simpan ulang, lalu coba lagi.' })

// The texts a workbook's cells point at. Only these are held in memory.
export async function readSharedStrings(text: AsyncIterable<string>): Promise<string[]> {
  const strings: string[] = []
  let inText = false
  let phonetic = false
  let value = ''
  let letters = 0
  const parser = scan({
    open: (name) => {
      if (name === 'si') value = ''
      if (name === 'rPh') phonetic = true
      inText = name === 't' && !phonetic
    },
    text: (piece) => {
      if (inText && value.length < LONGEST_CELL) value += piece
    },
    close: (name) => {
      inText = false
      if (name === 'rPh') phonetic = false
      if (name !== 'si') return
      strings.push(value)
      letters += value.length
    },
  })
  for await (const chunk of text) {
    parser.write(chunk)
    if (letters > MOST_STRING_LETTERS || strings.length > MOST_STRINGS) throw invalid({ file: 'Berkas XLSX ini terlalu besar. Simpan sebagai CSV, lalu unggah CSV-nya.' })
  }
  return strings
}

export async function* readSheet(text: AsyncIterable<string>, strings: string[]): AsyncGenerator<Line> {
  let ready: Line[] = []
  let line: Line = { row: 0, cells: [] }
  let cell = { column: 0, type: 'n' }
  let value = ''
  let inValue = false
  const parser = scan({
    open: (name, { r, t = 'n' }) => {
      if (name === 'row') line = { row: r ? Number(r) : line.row + 1, cells: [] }
      if (name === 'c') {
        cell = { column: r ? columnOf(r) : line.cells.length, type: t }
        value = ''
      }
      inValue = name === 'v' || name === 't'
    },
    text: (piece) => {
      if (inValue && value.length < LONGEST_CELL) value += piece
    },
    close: (name) => {
      inValue = false
      if (name === 'c' && cell.column < MOST_COLUMNS) {
        while (line.cells.length < cell.column) line.cells.push('')
        line.cells[cell.column] = textOf(cell.type, value, strings)
      }
      if (name === 'row') ready.push(line)
    },
  })
  for await (const chunk of text) {
    parser.write(chunk)
    const lines = ready
    ready = []
    yield* lines
  }
}

// "C12" → 2
function columnOf(reference: string) {
  let column = 0
  for (const sign of reference) {
    if (sign < 'A') break
    column = column * 26 + sign.charCodeAt(0) - 64
  }
  return column - 1
}

// A number of more than 15 digits has lost its last ones in Excel, which writes a nought for them: it is given with an exponent, as
// the larger ones are written, to be refused as rounded. One that ends otherwise was written whole by another program.
function textOf(type: string, value: string, strings: string[]) {
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'n' && /^[1-9]\d{14,}0$/.test(value)) return Number(value).toExponential()
  if (type !== 'n' || !/E/i.test(value)) return value
  return Math.abs(Number(value)) < 1e15 ? String(Number(value)) : value
}
