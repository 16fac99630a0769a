import { inChunks, type Exportable, type Query } from '#app/exports/exportable.ts'
import { isSensitive } from '#app/ppks/categories.ts'
import { listServices, type ListedService, type ServiceFilter } from '#app/ppks/list.ts'
import { wordFor } from '#app/programmes/settings.ts'
import { isDate } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { findRegionName } from '#app/regions/regions.ts'

const day = (text = '') => isDate(text) ? text : undefined
const filterOf = ({ region = '', mode, kind, category, from, to, open }: Query): ServiceFilter => ({
  region, mode: mode === 'given' || mode === 'referred' ? mode : undefined, kind, category, from: day(from), to: day(to), open: open === 'yes' ? 'yes' : undefined,
})
const MODES = { given: 'Diberikan', referred: 'Dirujuk' }

// Sensitive categories leave in a file only when exactly one of them was asked for, by who may see it.
const leaves = ({ category }: ServiceFilter) => ({ sensitive }: ListedService) => !sensitive || (category !== undefined && isSensitive(category))

export const ppksServicesExport: Exportable = {
  name: 'ppks-services', title: 'Layanan PPKS', href: '/ppks/services', verbs: ['programme.read'],
  columns: [
    { label: 'Tanggal' }, { label: 'Nama' }, { label: 'NIK', kind: 'card' }, { label: 'Desa/kelurahan' }, { label: 'Kategori' }, { label: 'Cara' }, { label: 'Layanan' }, { label: 'Oleh / dirujuk ke' }, { label: 'Hasil' },
  ],
  words: ({ db }, query) => {
    const { region, mode, kind, category, from, to, open } = filterOf(query)
    return [
      region && findRegionName(db, region), mode && MODES[mode].toLowerCase(), kind && wordFor(db, 'ppks', 'service', kind), category && wordFor(db, 'ppks', 'category', category),
      from && `sejak ${inWords(from)}`, to && `sampai ${inWords(to)}`, open && 'rujukan tanpa kabar',
    ].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => inChunks<ListedService>((after, limit) => listServices(db, actor, filterOf(query), after, limit).rows,
    (rows) => rows.filter(leaves(filterOf(query))).map(({ servedOn, name, nik, village, category, mode, kindLabel, who, result }) =>
      [servedOn, name, nik, village, category, MODES[mode], kindLabel, who, result])),
}
