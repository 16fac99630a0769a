import { BDT_HOUSEHOLD_COLUMNS, BDT_MEMBER_COLUMNS, toBdtHousehold, toBdtMember } from '#app/assignments/bdt-profile.ts'
import type { ExportColumn, Exportable } from '#app/exports/exportable.ts'
import { narrowFor, numbersOf, ofHouseholds, walk } from '#app/exports/household-lists.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { statement } from '#db/statements.ts'

// The registry with every answer, in the two tables SIKS-NG knows: what goes out here can be read in again as a prelist.
const CARDS = new Set(`NIK NoKK NoPesertaPKH NoPesertaKKS2016 NoPesertaPBI PesertaKIP NoPesertaPBDTART NoArtPKH NoArtPBDT NoArtKKS2016 NoArtPBI
  nomor_meter_air nomor_pln nomor_gas`.split(/\s+/))
const SPECIFIC = new Set('lat long Sta_hamil Jenis_cacat Penyakit_kronis namagadis_ibukandung'.split(' '))
const kindOf = (column: string): ExportColumn['kind'] => CARDS.has(column) ? 'card' : column === 'TglLahir' ? 'birth' : SPECIFIC.has(column) ? 'specific' : 'text'
const headed = (columns: readonly string[]) => columns.map((label): ExportColumn => ({ label, kind: kindOf(label) }))

type Stored = { id: string, regionCode: string, prelistId: string | null, bpsCode: string | null, record: string }
const recordsAt = statement<[string], Stored>(`SELECT h.id, h.region_code AS regionCode, h.prelist_id AS prelistId, r.bps_code AS bpsCode, h.record
  FROM json_each(?) j JOIN households h ON h.number = j.value LEFT JOIN regions r ON r.code = h.region_code ORDER BY h.head_name, h.number`)
// Whole records: fewer at a time.
const CHUNK = 80

const cellsOf = (columns: readonly string[], row: Record<string, string>) => columns.map((column) => row[column] || null)
const recordOf = ({ record }: Stored) => JSON.parse(record) as HouseholdRecord
// A usulan baru has no IDBDT yet: its own id joins the two tables.
const idOf = ({ id, prelistId }: Stored) => prelistId ?? id

export const bdtHouseholdsExport: Exportable = {
  ...ofHouseholds, name: 'bdt-households', title: 'Rumah tangga, kolom SIKS-NG BDT', href: '/households', columns: headed(BDT_HOUSEHOLD_COLUMNS),
  chunks: (reader, query) => walk(reader, narrowFor(reader, query), (at) => recordsAt(reader.db).all(numbersOf(at)).map((stored) =>
    cellsOf(BDT_HOUSEHOLD_COLUMNS, toBdtHousehold(recordOf(stored), { regionCode: stored.regionCode, prelistId: idOf(stored), bpsCode: stored.bpsCode }))), CHUNK),
}

export const bdtMembersExport: Exportable = {
  ...ofHouseholds, name: 'bdt-members', title: 'Anggota, kolom SIKS-NG BDT', href: '/households', count: undefined, columns: headed(['IDBDT', ...BDT_MEMBER_COLUMNS]),
  chunks: (reader, query) => walk(reader, narrowFor(reader, query), (at) => recordsAt(reader.db).all(numbersOf(at)).flatMap((stored) => {
    const record = recordOf(stored)
    return record.members.map((member) => [idOf(stored), ...cellsOf(BDT_MEMBER_COLUMNS, toBdtMember(member, record))])
  }), CHUNK),
}
