import { BDT_HOUSEHOLD_COLUMNS, BDT_MEMBER_COLUMNS, type Cells, type ColumnError } from '#app/assignments/bdt-profile.ts'

// How a table is laid out: two tables joined by IDBDT, or one flat table with a line a member and the household's
// columns repeated (a household without members has one line, its member columns blank).
export type SheetLine = { line: number, cells: Cells }
export type HouseholdLines = { line: number, idbdt: string, household: Cells, members: SheetLine[], errors: (ColumnError & { line: number })[] }

// NoPesertaPBI is a column of both tables. In a flat one the plain name is the member's.
const FLAT_NAME: Record<string, string> = Object.fromEntries(
  BDT_HOUSEHOLD_COLUMNS.filter((column) => BDT_MEMBER_COLUMNS.includes(column)).map((column) => [column, `${column}_RT`]))
const flatName = (column: string) => FLAT_NAME[column] ?? column
export const BDT_FLAT_COLUMNS: readonly string[] = [...BDT_HOUSEHOLD_COLUMNS.map(flatName), ...BDT_MEMBER_COLUMNS]

export const toFlatRow = (household: Cells, member: Cells = {}): Cells => ({
  ...Object.fromEntries(BDT_HOUSEHOLD_COLUMNS.map((column) => [flatName(column), household[column] ?? ''])),
  ...Object.fromEntries(BDT_MEMBER_COLUMNS.map((column) => [column, member[column] ?? ''])),
})

const KNOWN = new Map(BDT_FLAT_COLUMNS.map((column) => [column.toLowerCase(), column]))

// The columns by their real names, whatever case they were typed in; what is not of the profile is named, not dropped.
export function readHeader(header: readonly string[]): { columns: string[], unknown: string[], twice: string[] } {
  const columns = header.map((name) => KNOWN.get(name.trim().replace(/^\uFEFF/, '').toLowerCase()) ?? name.trim())
  return {
    columns,
    unknown: columns.filter((column) => column !== '' && !BDT_FLAT_COLUMNS.includes(column)),
    twice: columns.filter((column, i) => column !== '' && columns.indexOf(column) < i),
  }
}

const isBlank = (cell: string | undefined) => (cell ?? '').trim() === ''
const idOf = (cells: Cells) => (cells.IDBDT ?? '').trim()
const isMember = (cells: Cells) => BDT_MEMBER_COLUMNS.some((column) => !isBlank(cells[column]))

const begin = ({ line, cells }: SheetLine): HouseholdLines => {
  const household = Object.fromEntries(BDT_HOUSEHOLD_COLUMNS.map((column) => [column, cells[flatName(column)]]))
  return { line, idbdt: idOf(cells), household, members: [], errors: [] }
}

// Flat lines, one household at a time: the lines of a household stand together. A line that says something else of the
// household than its first line is an error; the same IDBDT again further down comes as a second household.
export function* groupFlatRows(lines: Iterable<SheetLine>): Generator<HouseholdLines> {
  let current: HouseholdLines | undefined
  for (const one of lines) {
    const id = idOf(one.cells)
    if (!current || id === '' || id !== current.idbdt) {
      if (current) yield current
      current = begin(one)
    } else {
      current.errors.push(...differences(current, one))
    }
    if (isMember(one.cells)) current.members.push(one)
  }
  if (current) yield current
}

const differences = ({ household, line: first }: HouseholdLines, { line, cells }: SheetLine) =>
  BDT_HOUSEHOLD_COLUMNS.filter((column) => !isBlank(cells[flatName(column)]) && cells[flatName(column)]!.trim() !== (household[column] ?? '').trim())
    .map((column) => ({ line, column: flatName(column), message: `Berbeda dengan baris ${first} dari rumah tangga yang sama.` }))

// Two tables. Members whose household is not in the first table come back as orphans, each with its line.
export function joinRows(households: Iterable<SheetLine>, members: Iterable<SheetLine>): { households: HouseholdLines[], orphans: (ColumnError & { line: number })[] } {
  const joined = [...households].map(({ line, cells }) => ({ line, idbdt: idOf(cells), household: cells, members: [] as SheetLine[], errors: [] }))
  const byId = new Map(joined.map((household) => [household.idbdt, household]))
  const orphans: (ColumnError & { line: number })[] = []
  for (const member of members) {
    const id = idOf(member.cells)
    const household = id === '' ? undefined : byId.get(id)
    if (household) household.members.push(member)
    else orphans.push({ line: member.line, column: 'IDBDT', message: id === '' ? 'IDBDT kosong, anggota ini tidak tahu rumah tangganya.' : `Rumah tangga ${id} tidak ada di tabel rumah tangga.` })
  }
  return { households: joined, orphans }
}

// The place a line names: the Kemendagri code (dots or none), or the BPS code of the legacy columns, to be looked up.
export function regionOf(cells: Cells): { regionCode?: string, bpsCode?: string, errors: ColumnError[] } {
  const digits = (cells.KODE_KEMENDAGRI ?? '').replace(/\D/g, '')
  if (digits !== '') {
    const found = /^(\d{2})(\d{2})(\d{2})(\d{4})$/.exec(digits)
    return found ? { regionCode: found.slice(1).join('.'), errors: [] }
      : { errors: [{ column: 'KODE_KEMENDAGRI', message: 'Kode wilayah harus 10 angka, misalnya 34.02.01.2001.' }] }
  }
  const parts = ([['KDPROP', 2], ['KDKAB', 2], ['KDKEC', 3], ['KDDESA', 3]] as const).map(([column, size]) => ({ column, size, code: (cells[column] ?? '').trim() }))
  const errors = parts.filter(({ code, size }) => !new RegExp(`^\\d{1,${size}}$`).test(code))
    .map(({ column, size, code }) => ({ column, message: code === '' ? 'Kode wilayah kosong.' : `Kode wilayah "${code.slice(0, 20)}" harus ${size} angka.` }))
  return errors.length ? { errors } : { bpsCode: parts.map(({ code, size }) => code.padStart(size, '0')).join(''), errors: [] }
}
