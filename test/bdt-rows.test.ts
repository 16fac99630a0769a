import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assembleRecord, BDT_HOUSEHOLD_COLUMNS, BDT_MEMBER_COLUMNS, fromBdtHousehold, fromBdtMember, toBdtHousehold, toBdtMember } from '#app/assignments/bdt-profile.ts'
import { BDT_FLAT_COLUMNS, groupFlatRows, joinRows, readHeader, regionOf, toFlatRow, type SheetLine } from '#app/assignments/bdt-rows.ts'
import { aRecord } from '#test/support/records.ts'

const lines = (...rows: SheetLine['cells'][]): SheetLine[] => rows.map((cells, i) => ({ line: i + 2, cells }))
const rows = suite('the rows of a BDT file')

rows('have the 93 household columns of SIKS-NG and one of ours, and the 43 of a member, each once', () => {
  assert.equal([BDT_HOUSEHOLD_COLUMNS.length, BDT_MEMBER_COLUMNS.length, BDT_FLAT_COLUMNS.length], [94, 43, 137])
  assert.is(new Set(BDT_FLAT_COLUMNS.map((column) => column.toLowerCase())).size, BDT_FLAT_COLUMNS.length)
})

rows('gather a flat file into households, one without members too', () => {
  const [asep, ujang] = [...groupFlatRows(lines(
    { IDBDT: '1', Nama_KRT: 'Asep', Nama: 'Asep' }, { IDBDT: '1', Nama_KRT: 'Asep', Nama: 'Wati' }, { IDBDT: '2', Nama_KRT: 'Ujang' }))]
  assert.equal([asep!.line, asep!.members.map(({ line, cells }) => [line, cells.Nama]), asep!.errors], [2, [[2, 'Asep'], [3, 'Wati']], []])
  assert.equal([ujang!.household.Nama_KRT, ujang!.members], ['Ujang', []])
})

rows('name the line that tells something else of the same household', () => {
  const [first] = [...groupFlatRows(lines({ IDBDT: '1', lantai: '6', Nama: 'Asep' }, { IDBDT: '1', lantai: '2', Nama: 'Wati' }))]
  assert.equal(first!.errors.map(({ line, column }) => [line, column]), [[3, 'lantai']])
})

rows('without IDBDT are households of their own', () => {
  assert.is([...groupFlatRows(lines({ Nama: 'Asep' }, { Nama: 'Ujang' }))].length, 2)
})

rows('tell the household\'s PBI number from the member\'s', () => {
  const [one] = [...groupFlatRows(lines(toFlatRow({ IDBDT: '1', NoPesertaPBI: 'H' }, { Nama: 'Asep', NoPesertaPBI: 'M' })))]
  assert.equal([one!.household.NoPesertaPBI, one!.members[0]!.cells.NoPesertaPBI], ['H', 'M'])
})

rows('of two tables are joined by IDBDT, and a member without a household is named', () => {
  const { households, orphans } = joinRows(lines({ IDBDT: '1' }, { IDBDT: '2' }), lines({ IDBDT: '2', Nama: 'Ujang' }, { IDBDT: '9', Nama: 'Tuti' }, { Nama: 'Budi' }))
  assert.equal(households.map(({ members }) => members.length), [0, 1])
  assert.equal(orphans.map(({ line, column }) => [line, column]), [[3, 'IDBDT'], [4, 'IDBDT']])
})

rows('may write their header in any case; foreign and doubled columns are named', () => {
  const { columns, unknown, twice } = readHeader(['\uFEFFidbdt', 'NAMA_KRT ', 'Agama', 'nik', 'NIK'])
  assert.equal([columns, unknown, twice], [['IDBDT', 'Nama_KRT', 'Agama', 'NIK', 'NIK'], ['Agama'], ['NIK']])
})

rows('name their place by either code', () => {
  assert.equal(regionOf({ KODE_KEMENDAGRI: '3402012001' }), { regionCode: '34.02.01.2001', errors: [] })
  assert.equal(regionOf({ KDPROP: '34', KDKAB: '2', KDKEC: '010', KDDESA: '001' }), { bpsCode: '3402010001', errors: [] })
  assert.equal(regionOf({ KDPROP: '34', KDKAB: 'x' }).errors.map(({ column }) => column), ['KDKAB', 'KDKEC', 'KDDESA'])
  assert.equal(regionOf({ KODE_KEMENDAGRI: '34.02' }).errors.map(({ column }) => column), ['KODE_KEMENDAGRI'])
})

rows('written flat come back as the records they were', () => fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 4 }), (floors) => {
  const records = floors.map((floorType) => aRecord({ household: { floorType } }))
  const written = records.flatMap((record, i) => record.members.map((member) =>
    toFlatRow(toBdtHousehold(record, { regionCode: '34.02.01.2001', prelistId: String(i + 1) }), toBdtMember(member, record))))
  const again = [...groupFlatRows(lines(...written))].map(({ household, members }) =>
    assembleRecord({ ...fromBdtHousehold(household).value, hasilVerivali: 1 }, members.map(({ cells }) => fromBdtMember(cells).value)))
  assert.equal(JSON.parse(JSON.stringify(again)), JSON.parse(JSON.stringify(records)))
}), { numRuns: 20 }))

rows.run()
