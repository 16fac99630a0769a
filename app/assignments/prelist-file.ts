import { groupFlatRows, readHeader, type HouseholdLines, type SheetLine } from '#app/assignments/bdt-rows.ts'
import type { Table, TableFile } from '#app/assignments/csv-lines.ts'
import { openMemberShelf } from '#app/assignments/member-shelf.ts'
import { openTables, workbookDay } from '#app/assignments/tables.ts'
import type { StoredFile } from '#app/files/store.ts'
import { invalid } from '#app/problems.ts'

// A prelist as households, streamed. `ignored`: headings that are no column of the profile, told to the reader.
export type PrelistFile = Pick<TableFile, 'bytesRead' | 'close'> & { households: AsyncIterable<HouseholdLines>, ignored: Set<string> }

export async function openPrelist(directory: string, stored: StoredFile): Promise<PrelistFile> {
  const file = await openTables(directory, stored)
  const ignored = new Set<string>()
  const named = (names: string[]) => file.tables.find(({ name }) => names.includes(name.trim().toLowerCase()))
  const households = named(HOUSEHOLD_SHEETS)
  const members = named(MEMBER_SHEETS)
  return {
    households: households && members ? joined(households, members, ignored) : flat(households ?? file.tables[0], ignored),
    ignored, bytesRead: file.bytesRead, close: file.close,
  }
}

const HOUSEHOLD_SHEETS = ['households', 'rumah-tangga', 'rumah tangga', 'ruta']
const MEMBER_SHEETS = ['members', 'anggota-rumah-tangga', 'anggota rumah tangga', 'anggota', 'art']

const ALIASES: Record<string, string> = { kddesa_kemendagri: 'KODE_KEMENDAGRI' }

// The lines of a table by column, blank ones left out. The first line is the heading.
async function* cellsOf(table: Table | undefined, ignored: Set<string>, needed: string[]): AsyncGenerator<SheetLine> {
  let columns: string[] | undefined
  for await (const { row, cells } of table?.lines() ?? []) {
    if (!columns) {
      columns = headingOf(cells, ignored, needed)
      continue
    }
    const line: Record<string, string> = {}
    let filled = false
    for (let i = 0; i < columns.length; i += 1) {
      const cell = cells[i]?.trim()
      if (!cell || columns[i] === '') continue
      line[columns[i]!] = cell
      filled = true
    }
    if (filled) yield { line: row, cells: withDate(line) }
  }
  if (!columns) throw invalid({ file: 'Berkas ini kosong.' })
}

function headingOf(cells: string[], ignored: Set<string>, needed: string[]) {
  const { columns, unknown, twice } = readHeader(cells.map((name) => ALIASES[name.trim().toLowerCase()] ?? name))
  const missing = needed.filter((column) => !columns.includes(column))
  if (missing.length) throw invalid({ file: `Kolom ${missing.join(', ')} tidak ada pada baris judul. Unduh contoh berkas untuk susunan kolomnya.` })
  if (twice.length) throw invalid({ file: `Kolom ${twice.join(', ')} ada dua kali pada baris judul.` })
  for (const column of unknown) ignored.add(column)
  return columns.map((column) => unknown.includes(column) ? '' : column)
}

function withDate(line: Record<string, string>) {
  const born = workbookDay(line.TglLahir ?? '')
  if (born) line.TglLahir = born
  return line
}

// As many people as one household of the questionnaire can hold.
const MOST_MEMBERS = 98

async function* flat(table: Table | undefined, ignored: Set<string>): AsyncGenerator<HouseholdLines> {
  let lines: SheetLine[] = []
  let surplus = 0
  const complete = () => [...groupFlatRows(lines)].map((household) => surplus ? tooMany(household) : household)
  for await (const line of cellsOf(table, ignored, ['IDBDT', 'Alamat'])) {
    if (lines.length && (!line.cells.IDBDT || line.cells.IDBDT !== lines[0]!.cells.IDBDT)) {
      yield* complete()
      lines = []
      surplus = 0
    }
    if (lines.length < MOST_MEMBERS) lines.push(line)
    else surplus += 1
  }
  yield* complete()
}

const tooMany = (household: HouseholdLines): HouseholdLines =>
  ({ ...household, errors: [...household.errors, { line: household.line, column: 'IDBDT', message: `Lebih dari ${MOST_MEMBERS} anggota dalam satu rumah tangga.` }] })

// Two sheets in any order: the members wait on a shelf on the disk until their household comes.
async function* joined(households: Table, members: Table, ignored: Set<string>): AsyncGenerator<HouseholdLines> {
  const shelf = openMemberShelf()
  try {
    let people: SheetLine[] = []
    for await (const line of cellsOf(members, ignored, ['IDBDT', 'Nama'])) {
      people.push(line)
      if (people.length === 500) shelf.put(people.splice(0))
    }
    shelf.put(people.splice(0))
    for await (const { line, cells } of cellsOf(households, ignored, ['IDBDT', 'Alamat'])) {
      const own = cells.IDBDT ? shelf.take(cells.IDBDT, MOST_MEMBERS + 1) : []
      const household = { line, idbdt: cells.IDBDT ?? '', household: cells, members: own.slice(0, MOST_MEMBERS), errors: [] }
      yield own.length > MOST_MEMBERS ? tooMany(household) : household
    }
    for (const one of shelf.left()) yield orphan(one)
  } finally {
    shelf.close()
  }
}

const orphan = (member: SheetLine): HouseholdLines => ({
  line: member.line, idbdt: member.cells.IDBDT ?? '', household: {}, members: [member],
  errors: [{ line: member.line, column: 'IDBDT', message: 'Anggota ini menunjuk rumah tangga yang tidak ada di lembar rumah tangga.' }],
})
