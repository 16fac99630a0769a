import { findingsIn, NOT_SENSITIVE, type After, type Filter, type Finding } from '#app/crosschecks/work-list.ts'
import { villagesIn } from '#app/crosschecks/villages.ts'
import type { Cell, Exportable, Query, Reader } from '#app/exports/exportable.ts'
import { regionsIn } from '#app/households/filter.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { FINDING_KINDS, FINDING_STATUSES, type FindingKind } from '#db/schema/crosschecks.ts'
import { PROGRAMME_CODES } from '#db/schema/programmes.ts'

const CHUNK = 200
const KIND_LABELS: Record<FindingKind, string> = {
  dead: 'Meninggal', moved: 'Pindah', unregistered: 'Tidak ada di registri', inactive: 'Rumah tangga nonaktif', occupation: 'Pekerjaan dikecualikan', double: 'Bantuan ganda',
  high_desil: 'Desil di atas batas', low_desil: 'Belum menerima apa pun', two_families: 'Orang di dua keluarga',
}
const STATUS_LABELS = { open: 'Terbuka', dismissed: 'Dikesampingkan', settled: 'Selesai' }

const filterOf = ({ show, kind, programme }: Query): Filter => ({
  show: FINDING_STATUSES.find((one) => one === show) ?? 'open', kind: FINDING_KINDS.find((one) => one === kind),
  programme: programme === 'none' ? '' : PROGRAMME_CODES.find((one): one is ProgrammeCode => one === programme),
})

// The work list as a file. No number of a card is in it.
export const crosscheckExport: Exportable = {
  name: 'crosschecks', title: 'Temuan pemeriksaan silang', href: '/crosschecks', verbs: ['programme.read'],
  columns: ['Desa/kelurahan', 'Kode desa', 'Program', 'Nama', 'Nomor di program', 'Temuan', 'Keterangan', 'Ditemukan', 'Keadaan', 'Sejak', 'Oleh', 'Alasan'].map((label) => ({ label })),
  words: ({ db }, { region = '', ...query }) => {
    const { show, kind, programme } = filterOf(query)
    return [region ? findRegionName(db, region) ?? region : 'Seluruh wilayah saya', `temuan ${STATUS_LABELS[show].toLowerCase()}`, kind && KIND_LABELS[kind], programme === '' ? 'tanpa program' : programme && programmeOf(programme).name].filter(Boolean).join('; ')
  },
  chunks: rows,
}

function* rows({ db, actor }: Reader, query: Query): Generator<Cell[][]> {
  const filter = filterOf(query)
  for (const region of regionsIn(actor, query.region ?? '')) {
    for (const village of villagesIn(db, region)) yield* findingsOfVillage({ db, actor }, village, filter)
  }
}

function* findingsOfVillage({ db, actor }: Reader, village: string, filter: Filter): Generator<Cell[][]> {
  const name = findRegionName(db, village) ?? village
  for (let after: After | undefined; ;) {
    const found: Finding[] = findingsIn(db, actor, village, filter, after, CHUNK, NOT_SENSITIVE)
    if (found.length > 0) yield found.map((one): Cell[] => [
      name, village, one.programmeName, one.name, one.number, KIND_LABELS[one.kind], one.sentence, one.foundAt, STATUS_LABELS[one.status], one.statusAt, one.deciderName, one.note,
    ])
    if (found.length < CHUNK) return
    after = { name: found.at(-1)!.name, id: found.at(-1)!.id }
  }
}
