import type { Cell, Exportable, Query, Reader } from '#app/exports/exportable.ts'
import { pages } from '#app/exports/office-lists.ts'
import { listRecipients, type Filter, type ListedRecipient, type Place } from '#app/programmes/list.ts'
import type { Phase, ProgrammeCode } from '#app/programmes/programme.ts'
import { listChanges, startingTab, TAB_NAMES, type ListedChange, type QueueFilter, type QueuePlace } from '#app/programmes/queue.ts'
import { findPeriod } from '#app/programmes/periods.ts'
import { PROGRAMMES, programmeOf } from '#app/programmes/registry.ts'
import { variantWord } from '#app/programmes/variants.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { PHASES } from '#db/schema/programmes.ts'

const codeOf = (code: string | undefined): ProgrammeCode | undefined => Object.values(PROGRAMMES).find((programme) => programme.code === code)?.code

const LARGE = 250

// Of one programme as its list has it; without one, of all.
const filtersOf = ({ programme, q = '', region = '', state, phase, variant, period }: Query): Filter[] => (codeOf(programme) ? [codeOf(programme)!] : Object.values(PROGRAMMES).map(({ code }) => code)).map((code) => ({
  programme: code, q, region, state: state || undefined, phase: PHASES.find((one) => one === phase) satisfies Phase | undefined, variant: variant || undefined, period: period || undefined,
}))

const PHASE_WORDS: Record<Phase, string> = { waiting: 'menunggu', receiving: 'menerima', paused: 'ditahan', ended: 'berakhir' }

// The sensitive categories of PPKS leave in a file only when exactly one of them was asked for, by who may see it.
const hidesSensitive = ({ programme, variant }: Filter) => !(variant && programmeOf(programme).isSensitive?.(variant))

function* recipientChunks({ db, actor }: Reader, filter: Filter): Generator<Cell[][]> {
  const programme = programmeOf(filter.programme)
  const { name, states } = programme
  const hides = hidesSensitive(filter)
  yield* pages<ListedRecipient, Place>((after) => {
    const { rows, next } = listRecipients(db, actor, filter, after, LARGE)
    return { rows: rows.filter(({ sensitive }) => !hides || !sensitive), next }
  }, (row) => [name, row.number, row.name, row.nik, row.kkNumber, row.address, row.regionCode, row.village, variantWord(db, programme, row.variant) ?? '',
    states[row.state]?.label ?? row.state, row.stateAt, row.startedOn, row.endedOn])
}

export const recipientsExport: Exportable = {
  name: 'recipients', title: 'Penerima program bansos', href: '/programmes', verbs: ['programme.read'],
  columns: [
    { label: 'Program' }, { label: 'Nomor peserta/kartu' }, { label: 'Nama' }, { label: 'NIK', kind: 'card' }, { label: 'Nomor KK', kind: 'card' }, { label: 'Alamat' }, { label: 'Kode desa' }, { label: 'Desa/kelurahan' },
    { label: 'Kategori' }, { label: 'Keadaan' }, { label: 'Sejak' }, { label: 'Mulai menerima' }, { label: 'Berakhir' },
  ],
  words: ({ db }, query) => {
    const filters = filtersOf(query)
    const [{ programme, q, region, state, phase, variant, period }] = filters as [Filter]
    const { states } = programmeOf(programme)
    const one = filters.length === 1
    return [
      filters.map((filter) => programmeOf(filter.programme).name).join(', '), region && findRegionName(db, region), q && `pencarian "${q}"`, one && state && states[state]?.label, phase && PHASE_WORDS[phase],
      one && variant && variantWord(db, programmeOf(programme), variant), period && `periode ${findPeriod(db, period)?.name ?? period}`,
    ].filter(Boolean).join('; ')
  },
  chunks: function* (reader, query) {
    for (const filter of filtersOf(query)) yield* recipientChunks(reader, filter)
  },
}

const STATUSES: Record<ListedChange['status'], string> = {
  submitted: 'Menunggu kecamatan', checked: 'Menunggu Dinsos', verified: 'Disetujui Dinsos', batched: 'Dalam berkas pengesahan', ratified: 'Disahkan', returned: 'Dikembalikan', rejected: 'Ditolak', withdrawn: 'Ditarik',
}

const TAB_WORDS: Record<QueueFilter['tab'], string> = {
  mine: 'yang menunggu pembuat ekspor', own: 'yang diusulkan pembuat ekspor', submitted: 'menunggu kecamatan', checked: 'menunggu Dinsos', verified: 'siap disahkan', batched: 'dalam berkas pengesahan', returned: 'dikembalikan', done: 'disahkan', closed: 'ditolak atau ditarik',
}

const queueFilter = (actor: Actor, { tab, region = '', programme, kind }: Query): QueueFilter =>
  ({ tab: TAB_NAMES.find((one) => one === tab) ?? startingTab(actor), region, programme: codeOf(programme), kind: kind || undefined })

export const changesExport: Exportable = {
  name: 'recipient-changes', title: 'Usulan penerima program', href: '/programmes/changes', verbs: ['programme.read'],
  columns: [
    { label: 'Program' }, { label: 'Usulan' }, { label: 'Nama' }, { label: 'Desa/kelurahan' }, { label: 'Keadaan' }, { label: 'Keadaan sejak' }, { label: 'Pengusul' }, { label: 'Diajukan' }, { label: 'Berita acara' }, { label: 'Harus disahkan sebelum' },
  ],
  words: ({ db, actor }, query) => {
    const { tab, region, programme, kind } = queueFilter(actor, query)
    return [TAB_WORDS[tab], programme && programmeOf(programme).name, region && findRegionName(db, region), programme && kind && programmeOf(programme).changes[kind]?.label].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => pages<ListedChange, QueuePlace>((after) => {
    const { rows, next } = listChanges(db, actor, queueFilter(actor, query), after)
    return { rows: rows.filter(({ sensitive }) => !sensitive), next }
  }, (row) => [row.programmeName, row.kindLabel, row.name, row.village, STATUSES[row.status], row.statusAt, row.proposer, row.proposedAt, row.minutesNumber, row.dueOn]),
}
