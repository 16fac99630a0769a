import { reasonWords } from '#app/eligibility/reasons.ts'
import { listRows, type ListedRow, type RowFilter, type RowPlace } from '#app/eligibility/results.ts'
import { getRun } from '#app/eligibility/runs.ts'
import type { Exportable, Query } from '#app/exports/exportable.ts'
import { pages } from '#app/exports/office-lists.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { findRegionName } from '#app/regions/regions.ts'

const LARGE = 250
const codesOf = ({ reasons = '' }: Query) => /^[a-z_,]{0,100}$/.test(reasons) ? reasons : ''
const kindOf = ({ kind }: Query) => kind === 'exit' ? 'exit' as const : 'entry' as const

export const eligibilityExport: Exportable = {
  name: 'eligibility', title: 'Hasil perhitungan kelayakan', href: '/eligibility', verbs: ['programme.simulate'],
  columns: [
    { label: 'Akibat' }, { label: 'Kode desa' }, { label: 'Desa/kelurahan' }, { label: 'Urutan', kind: 'count' }, { label: 'Nama' }, { label: 'Desil', kind: 'count' },
    { label: 'Anggota berkomponen', kind: 'count' }, { label: 'Bantuan setahun (Rp)', kind: 'count' }, { label: 'Sebab' },
  ],
  words: ({ db, actor }, { run: id = '', region, ...query }) => {
    const { programme, name } = getRun({ db, actor }, id)
    return [programmeOf(programme).name, name, kindOf(query) === 'exit' ? 'keluar' : 'masuk', region && findRegionName(db, region), kindOf(query) === 'exit' && codesOf(query) && `sebab: ${reasonWords(codesOf(query)).toLowerCase()}`].filter(Boolean).join('; ')
  },
  chunks: (reader, { run: id = '', region = '', ...query }) => pages<ListedRow, RowPlace>((after) => listRowsWhole(reader, id, { kind: kindOf(query), region, reasons: codesOf(query) }, after),
    ({ regionCode, village, position, name, desil, components, perYear, why }) =>
      [kindOf(query) === 'exit' ? 'Keluar' : 'Masuk', regionCode, village, position, name, desil, components, perYear, why]),
}

function listRowsWhole(reader: Parameters<typeof listRows>[0], id: string, filter: RowFilter, after?: RowPlace) {
  const { rows, next } = listRows(reader, id, filter, after, LARGE)
  return { rows, next }
}
