import { inChunks, type Exportable, type Query } from '#app/exports/exportable.ts'
import { wordFor } from '#app/programmes/settings.ts'
import { listPsks, type ListedPsks, type PsksFilter } from '#app/psks/list.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { findRegionName } from '#app/regions/regions.ts'

const filterOf = ({ q = '', region = '', kind, show }: Query): PsksFilter => ({ q, region, kind, show: show === 'ended' || show === 'all' ? show : 'active' })
const SHOW_WORDS: Record<PsksFilter['show'], string> = { active: 'yang aktif', ended: 'yang berakhir', all: 'aktif dan berakhir' }

export const psksExport: Exportable = {
  name: 'psks', whole: true, title: 'PSKS', href: '/psks', verbs: ['programme.read'],
  columns: [
    { label: 'Jenis' }, { label: 'Nama' }, { label: 'Wilayah' }, { label: 'Narahubung' }, { label: 'Telepon' }, { label: 'Alamat' }, { label: 'Sertifikat/nomor' }, { label: 'Mulai aktif' }, { label: 'Berakhir' },
  ],
  words: ({ db }, query) => {
    const { q, region, kind, show } = filterOf(query)
    return [region && findRegionName(db, region), q && `pencarian "${q}"`, kind && wordFor(db, 'ppks', 'psks_kind', kind), SHOW_WORDS[show]].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => inChunks<ListedPsks>((after, limit) => listPsks(db, actor, filterOf(query), after, dayOf(new Date().toISOString()), limit).rows,
    (rows) => rows.map(({ kindLabel, name, place, contactName, phone, address, certificate, activeFrom, activeTo }) =>
      [kindLabel, name, place, contactName, phone, address, certificate, activeFrom, activeTo])),
}
