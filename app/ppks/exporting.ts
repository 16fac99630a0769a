import { inChunks, type Exportable, type Query } from '#app/exports/exportable.ts'
import { isSensitive } from '#app/ppks/categories.ts'
import { listServices, type ListedService, type ServiceFilter } from '#app/ppks/list.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { isDate } from '#app/questionnaire/age.ts'

const day = (text = '') => isDate(text) ? text : undefined
const filterOf = ({ region = '', mode, kind, category, from, to, open }: Query): ServiceFilter => ({
  region, mode: mode === 'given' || mode === 'referred' ? mode : undefined, kind, category, from: day(from), to: day(to), open: open === 'yes' ? 'yes' : undefined,
})

// Sensitive categories leave in a file only when exactly one of them was asked for, by who may see it.
const leaves = ({ category }: ServiceFilter) => ({ sensitive }: ListedService) => !sensitive || (category !== undefined && isSensitive(category))

export const ppksServicesExport: Exportable = {
  name: 'ppks-services', title: 'Layanan PPKS', href: '/ppks/services', verbs: ['programme.read'],
  columns: [
    { label: 'Tanggal' }, { label: 'Nama' }, { label: 'NIK', kind: 'card' }, { label: 'Desa/kelurahan' }, { label: 'Kategori' }, { label: 'Cara' }, { label: 'Layanan' }, { label: 'Oleh / dirujuk ke' }, { label: 'Hasil' },
  ],
  words: ({ db }, { region }) => region ? findRegionName(db, region) ?? '' : '',
  chunks: ({ db, actor }, query) => inChunks<ListedService>((after, limit) => listServices(db, actor, filterOf(query), after, limit).rows,
    (rows) => rows.filter(leaves(filterOf(query))).map(({ servedOn, name, nik, village, category, mode, kindLabel, who, result }) =>
      [servedOn, name, nik, village, category, mode === 'given' ? 'Diberikan' : 'Dirujuk', kindLabel, who, result])),
}
