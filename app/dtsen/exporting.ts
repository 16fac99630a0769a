import { inChunks, type Cell, type Exportable, type Query } from '#app/exports/exportable.ts'
import { nameOf, placeOf, snapshotFor } from '#app/dtsen/reports.ts'
import { listMissing, listRows, type ListedRow, type MissingHousehold, type RowFilter } from '#app/dtsen/rows.ts'
import { inWords } from '#app/questionnaire/display.ts'

const KINDS: Record<RowFilter['kind'], string> = { all: 'semua keluarga', found: 'yang ada di registri', unknown: 'yang tidak ada di registri' }
const kindOf = ({ kind }: Query): RowFilter['kind'] => kind === 'found' || kind === 'unknown' ? kind : 'all'
const desilOf = ({ desil }: Query) => /^([1-9]|10)$/.test(desil ?? '') ? Number(desil) : undefined

// The families of a snapshot, with the same filter as their page.
export const desilRowsExport: Exportable = {
  name: 'dtsen-rows', title: 'Keluarga dalam DTSEN', href: '/dtsen/rows', verbs: ['dtsen.read'],
  columns: [
    { label: 'No. KK', kind: 'card' }, { label: 'NIK kepala keluarga', kind: 'card' }, { label: 'Desil', kind: 'count' }, { label: 'Kode desa' }, { label: 'Desa/kelurahan' },
    { label: 'Kepala rumah tangga di registri' }, { label: 'ID keluarga' },
  ],
  chunks: ({ db, actor }, query) => {
    const region = placeOf(actor, query.region ?? '')
    const { snapshot } = snapshotFor(db, actor, region, query.snapshot)
    if (!snapshot) return []
    const filter = { snapshotId: snapshot.id, region, kind: kindOf(query), desil: desilOf(query) }
    return inChunks<ListedRow>((last, limit) => listRows(db, actor, filter, { limit, after: last && { region: last.regionCode, desil: last.desil, position: last.position } }).rows,
      (rows) => rows.map(({ kkNumber, nik, desil, regionCode, village, headName, reference }): Cell[] => [kkNumber, nik, desil, regionCode, village, headName, reference]))
  },
  words: ({ db, actor }, query) => {
    const region = placeOf(actor, query.region ?? '')
    const { snapshot } = snapshotFor(db, actor, region, query.snapshot)
    return [nameOf(db, region), snapshot && `potret desil ${snapshot.label} per ${inWords(snapshot.effectiveOn)}`, KINDS[kindOf(query)], desilOf(query) && `desil ${desilOf(query)}`].filter(Boolean).join(', ')
  },
}

// Households with a family that has no desil in effect.
export const desilMissingExport: Exportable = {
  name: 'dtsen-missing', title: 'Keluarga tanpa desil', href: '/dtsen/missing', verbs: ['dtsen.read'],
  columns: [{ label: 'Kepala rumah tangga' }, { label: 'Alamat' }, { label: 'Kode desa' }, { label: 'Desa/kelurahan' }, { label: 'Keluarga', kind: 'count' }, { label: 'Tanpa desil', kind: 'count' }],
  chunks: ({ db, actor }, query) => inChunks<MissingHousehold>(
    (last, limit) => listMissing(db, actor, placeOf(actor, query.region ?? ''), { limit, after: last && { region: last.regionCode, number: last.number } }).rows,
    (rows) => rows.map(({ headName, address, regionCode, village, families, withDesil }): Cell[] => [headName, address, regionCode, village, families, families - withDesil])),
  words: ({ db, actor }, query) => nameOf(db, placeOf(actor, query.region ?? '')),
}
