import { parse } from 'zod/v4/core'
import { demandWorkList } from '#app/assignments/listing.ts'
import { inChunks, type Cell, type Exportable, type Query, type Reader } from '#app/exports/exportable.ts'
import { HouseholdFilter, narrow, type Filter } from '#app/households/filter.ts'
import { countNarrowed, placesInOrder, START, type Narrowing, type Place } from '#app/households/name-order.ts'
import { STAGE_WORDS, type Stage } from '#app/households/stages.ts'
import { OUTCOMES, SEXES } from '#app/questionnaire/2026/options.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import type { Option } from '#app/questionnaire/types.ts'
import { codesTo, findRegionName } from '#app/regions/regions.ts'
import { demand } from '#app/users/permissions.ts'
import { getUser } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Stored = {
  number: number, regionCode: string, prelistId: string | null, headName: string, headNik: string | null, kk: string | null, address: string, slsName: string,
  memberCount: number, programmes: string, stage: Stage, outcome: number | null, officer: string | null, flagCount: number, version: number, inactive: string | null, desil: number | null
}

const rowsAt = statement<[string], Stored>(`SELECT h.number, h.region_code AS regionCode, h.prelist_id AS prelistId, h.head_name AS headName, h.head_nik AS headNik,
    (SELECT kk_number FROM families WHERE household_id = h.id ORDER BY seq LIMIT 1) AS kk, h.address, h.sls_name AS slsName, h.member_count AS memberCount,
    h.programmes, h.stage, h.outcome, u.name AS officer, h.flag_count AS flagCount, h.version, i.since AS inactive,
    (SELECT desil FROM household_desil WHERE household_id = h.id) AS desil
  FROM json_each(?) j JOIN households h ON h.number = j.value LEFT JOIN users u ON u.id = h.officer_id LEFT JOIN inactive_households i ON i.household_id = h.id
  ORDER BY h.head_name, h.number`)
export const numbersOf = (places: Place[]) => JSON.stringify(places.map(({ number }) => number))

// Along the names, as the page shows them, whatever it is narrowed to.
export const walk = ({ db }: Reader, narrowing: Narrowing, cells: (places: Place[]) => Cell[][], size?: number) =>
  inChunks<Place>((after, limit) => placesInOrder(db, narrowing, { from: after ?? START, backward: false, limit }), cells, size)

// Kabupaten, kecamatan, desa of a code, each looked up once.
function placeNames(db: Db) {
  const known = new Map<string, string[]>()
  return (code: string): string[] => {
    const found = known.get(code) ?? codesTo(code).slice(1).map((one) => findRegionName(db, one) ?? one)
    known.set(code, found)
    return found
  }
}

const outcomeWords = (code: number | null) => OUTCOMES.find((option) => option.code === code)?.label ?? ''
const programmesIn = (programmes: string) => programmes.split(',').filter(Boolean).join(', ').toUpperCase()

// Which rows, in words: the place first.
function wordsFor({ db }: Pick<Reader, 'db'>, { q, region, stage, outcome, officer, programme, flags, desil, active, point, alike }: Filter) {
  return [
    region && findRegionName(db, region), q && `pencarian "${q}"${alike ? ' dan yang mirip' : ''}`, stage && `tahap ${STAGE_WORDS[stage]}`, outcome && `hasil ${outcomeWords(outcome)}`,
    officer && `petugas ${getUser(db, officer).name}`, programme && `program ${programme.toUpperCase()}`, flags && 'yang bertanda', desil && (desil === 'none' ? 'tanpa desil' : `desil ${desil}`), point && 'tanpa titik di peta',
    active === 'no' ? 'nonaktif saja' : active === 'all' ? 'termasuk nonaktif' : '',
  ].filter(Boolean).join('; ')
}

const filterOf = (query: Query): Filter => parse(HouseholdFilter, query)
const places = [{ label: 'Kode desa' }, { label: 'Kabupaten/kota' }, { label: 'Kecamatan' }, { label: 'Desa/kelurahan' }]

export function narrowFor(reader: Reader, query: Query): Narrowing {
  demand(reader.actor, 'household.read')
  return narrow(reader.actor, filterOf(query))
}

export const ofHouseholds: Pick<Exportable, 'verbs' | 'count' | 'words'> = {
  verbs: ['household.read'],
  count: (reader, query) => countNarrowed(reader.db, narrowFor(reader, query)),
  words: (reader, query) => {
    narrowFor(reader, query)
    return wordsFor(reader, filterOf(query))
  },
}

export const householdsExport: Exportable = {
  ...ofHouseholds, name: 'households', title: 'Rumah tangga', href: '/households',
  columns: [
    ...places, { label: 'ID prelist' }, { label: 'Kepala rumah tangga' }, { label: 'NIK kepala', kind: 'card' }, { label: 'No. KK', kind: 'card' }, { label: 'Alamat' }, { label: 'SLS' },
    { label: 'Jumlah ART', kind: 'count' }, { label: 'Program' }, { label: 'Tahap' }, { label: 'Hasil kunjungan' }, { label: 'Petugas' }, { label: 'Tanda', kind: 'count' },
    { label: 'Desil', kind: 'count' }, { label: 'Versi', kind: 'count' }, { label: 'Keadaan' },
  ],
  chunks: (reader, query) => {
    const names = placeNames(reader.db)
    return walk(reader, narrowFor(reader, query), (at) => rowsAt(reader.db).all(numbersOf(at)).map((row) => [
      row.regionCode, ...names(row.regionCode), row.prelistId, row.headName, row.headNik, row.kk, row.address, row.slsName, row.memberCount,
      programmesIn(row.programmes), STAGE_WORDS[row.stage], outcomeWords(row.outcome), row.officer, row.flagCount, row.desil, row.version, row.inactive ? `Nonaktif sejak ${row.inactive.slice(0, 10)}` : 'Aktif',
    ]))
  },
}

type Person = { regionCode: string, headName: string, prelistId: string | null, seq: number, name: string, nik: string | null, kk: string | null, sex: number | null, birthDate: string | null, presence: number | null }

const peopleAt = statement<[string], Person>(`SELECT h.region_code AS regionCode, h.head_name AS headName, h.prelist_id AS prelistId, m.seq, m.name, m.nik, f.kk_number AS kk, m.sex,
    m.birth_date AS birthDate, m.presence
  FROM json_each(?) j JOIN households h ON h.number = j.value JOIN members m ON m.household_id = h.id
  LEFT JOIN families f ON f.household_id = h.id AND f.seq = m.family_seq ORDER BY h.head_name, h.number, m.seq`)
const labelsOf = (options: readonly Option[] = []) => new Map(options.map(({ code, label }) => [code, label]))
const SEX = labelsOf(SEXES)
const PRESENCE = labelsOf(CURRENT.sections.flatMap(({ questions }) => questions).find(({ key }) => key === 'memberPresence')?.options)

export const membersExport: Exportable = {
  ...ofHouseholds, name: 'members', title: 'Anggota rumah tangga', href: '/households', count: undefined,
  columns: [
    ...places, { label: 'ID prelist' }, { label: 'Kepala rumah tangga' }, { label: 'No. urut', kind: 'count' }, { label: 'Nama' }, { label: 'NIK', kind: 'card' }, { label: 'No. KK', kind: 'card' },
    { label: 'Jenis kelamin' }, { label: 'Tanggal lahir', kind: 'birth' }, { label: 'Keberadaan' },
  ],
  chunks: (reader, query) => {
    const names = placeNames(reader.db)
    return walk(reader, narrowFor(reader, query), (at) => peopleAt(reader.db).all(numbersOf(at)).map(({ regionCode, prelistId, headName, seq, name, nik, kk, sex, birthDate, presence }) => [
      regionCode, ...names(regionCode), prelistId, headName, seq, name, nik, kk, SEX.get(sex ?? 0) ?? '', birthDate, PRESENCE.get(presence ?? 0) ?? '',
    ]), 80)
  },
}

// The work list: one village as its page shows it, or every village of the reader.
export const prelistExport: Exportable = {
  name: 'prelist', title: 'Prelist', href: '/prelist', verbs: ['prelist.assign', 'prelist.revoke'],
  columns: [
    ...places, { label: 'ID prelist' }, { label: 'Kepala rumah tangga' }, { label: 'NIK kepala', kind: 'card' }, { label: 'Alamat' }, { label: 'SLS' }, { label: 'Jumlah ART', kind: 'count' },
    { label: 'Tahap' }, { label: 'Petugas' },
  ],
  words: (reader, query) => wordsFor(reader, prelistFilter(query)),
  count: (reader, query) => countNarrowed(reader.db, narrow(reader.actor, prelistFilter(query))),
  chunks: (reader, query) => {
    demandWorkList(reader.actor)
    const names = placeNames(reader.db)
    return walk(reader, narrow(reader.actor, prelistFilter(query)), (at) => rowsAt(reader.db).all(numbersOf(at)).map((row) => [
      row.regionCode, ...names(row.regionCode), row.prelistId, row.headName, row.headNik, row.address, row.slsName, row.memberCount, STAGE_WORDS[row.stage], row.officer,
    ]))
  },
}

const prelistFilter = ({ village = '', stage, officer }: Query) => filterOf({ region: village, ...(stage && { stage }), ...(officer && { officer }) })
