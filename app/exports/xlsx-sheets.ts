import { PassThrough, type Readable } from 'node:stream'
import { once } from 'node:events'
import yazl from 'yazl'
import { defused } from '#app/exports/csv-lines.ts'
import type { Cell, ExportColumn } from '#app/exports/exportable.ts'

// A workbook that is written as it comes: each sheet is a stream into the archive, texts stand in the cells themselves, so
// memory does not grow with the rows. A sheet holds 1,048,576 lines at most; what is beyond begins another.
const MOST_LINES = 1_000_000
const LONGEST = 32_767

export class XlsxSheets {
  readonly #zip = new yazl.ZipFile()
  readonly #columns: ExportColumn[]
  #sheet: PassThrough | undefined
  #sheets = 0
  #line = 0

  constructor(columns: ExportColumn[]) {
    this.#columns = columns
  }

  get output(): Readable {
    return this.#zip.outputStream as Readable
  }

  async write(rows: Cell[][]) {
    let text = ''
    for (const row of rows) {
      if (!this.#sheet || this.#line > MOST_LINES) {
        await this.#put(text)
        text = this.#begin()
      }
      this.#line += 1
      text += rowXml(row, this.#line)
    }
    await this.#put(text)
  }

  async end() {
    if (!this.#sheet) await this.#put(this.#begin())
    this.#finish()
    const numbers = Array.from({ length: this.#sheets }, (_, i) => i + 1)
    for (const [name, text] of Object.entries(partsOf(numbers))) this.#zip.addBuffer(Buffer.from(text), name)
    this.#zip.end()
  }

  #begin() {
    this.#finish()
    this.#sheet = new PassThrough({ highWaterMark: 1 << 18 })
    this.#sheets += 1
    this.#zip.addReadStream(this.#sheet, `xl/worksheets/sheet${this.#sheets}.xml`, { compressionLevel: 4 })
    this.#line = 1
    return SHEET_HEAD + widths(this.#columns) + '<sheetData>' + rowXml(this.#columns.map(({ label }) => label), 1, 1)
  }

  #finish() {
    this.#sheet?.end('</sheetData></worksheet>')
    this.#sheet = undefined
  }

  async #put(text: string) {
    if (text && this.#sheet && !this.#sheet.write(text)) await once(this.#sheet, 'drain')
  }
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

// The heading stays in sight while one scrolls.
const SHEET_HEAD = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`

const WIDTHS = { text: 24, count: 12, card: 20, birth: 14, specific: 16 }
const widths = (columns: ExportColumn[]) =>
  `<cols>${columns.map(({ kind = 'text' }, i) => `<col min="${i + 1}" max="${i + 1}" width="${WIDTHS[kind]}" customWidth="1"/>`).join('')}</cols>`

// A, B … Z, AA: the name of a column.
const letters = (index: number): string => (index > 25 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + index % 26)
const NAMES = Array.from({ length: 200 }, (_, index) => letters(index))

function rowXml(row: Cell[], line: number, style = 0): string {
  let text = `<row r="${line}">`
  for (let i = 0; i < row.length; i += 1) {
    const cell = row[i]
    if (cell === null || cell === undefined || cell === '') continue
    const at = `<c r="${NAMES[i]}${line}"${style ? ` s="${style}"` : ''}`
    text += typeof cell === 'number' ? `${at}><v>${cell}</v></c>` : `${at} t="inlineStr"><is><t xml:space="preserve">${escaped(String(defused(cell)))}</t></is></c>`
  }
  return text + '</row>'
}

// What XML cannot carry at all is left out.
const UNSPEAKABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu
const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
const escaped = (text: string) => text.slice(0, LONGEST).replace(UNSPEAKABLE, '').replace(/[&<>\r]/g, (sign) => SIGNS[sign]!)

const partsOf = (sheets: number[]): Record<string, string> => ({
  '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
    + '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    + '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    + sheets.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('') + '</Types>',
  '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.map((n) => `<sheet name="Data${n > 1 ? ` ${n}` : ''}" sheetId="${n}" r:id="rId${n}"/>`).join('')}</sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}`
    + `<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>`
    + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>',
})
