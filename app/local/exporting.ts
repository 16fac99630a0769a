import { inChunks, type Cell, type Exportable, type Query, type Reader } from '#app/exports/exportable.ts'
import { pages } from '#app/exports/office-lists.ts'
import { getLocal, listLocal, LOCAL_CODES, type ListedLocal, type LocalFilter, type LocalPlace, type LocalProgramme } from '#app/local/programmes.ts'
import { listLocalRecipients, type LocalRecipient, type LocalRecipientPlace } from '#app/local/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { findRegionName } from '#app/regions/regions.ts'

const filterOf = ({ region = '', kind }: Query): LocalFilter => ({ region, kind: LOCAL_CODES.find((code) => code === kind) })

export const localProgrammesExport: Exportable = {
  name: 'local-programmes', title: 'Program desa dan kabupaten', href: '/local', verbs: ['programme.read'],
  columns: [
    { label: 'Jenis' }, { label: 'Program' }, { label: 'Pemilik' }, { label: 'Kode wilayah' }, { label: 'Bulan pertama' }, { label: 'Bulan terakhir' }, { label: 'Rupiah sebulan', kind: 'count' },
    { label: 'Diusulkan', kind: 'count' }, { label: 'Penerima', kind: 'count' }, { label: 'Pembayaran', kind: 'count' }, { label: 'Rupiah dibayar', kind: 'count' },
  ],
  words: ({ db }, query) => {
    const { region, kind } = filterOf(query)
    return [kind && programmeOf(kind).name, region && findRegionName(db, region)].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => inChunks<ListedLocal>((after, limit) => listLocal(db, actor, filterOf(query), after, limit).rows,
    (rows) => rows.map(({ programme, name, owner, regionCode, startsOn, endsOn, amount, states, payments, amountPaid }) =>
      [programmeOf(programme).name, name, owner, regionCode, startsOn, endsOn, amount, (states.proposed ?? 0) + (states.agreed ?? 0), (states.active ?? 0) + (states.finished ?? 0), payments, amountPaid])),
}

const LARGE = 250

// Who stands or stood in one programme of a desa or kabupaten, with the months that were paid.
export const localRecipientsExport: Exportable = {
  name: 'local-recipients', title: 'Penerima program desa atau kabupaten', href: '/local', verbs: ['programme.read'],
  columns: [
    { label: 'Program' }, { label: 'Nama' }, { label: 'NIK', kind: 'card' }, { label: 'Nomor KK', kind: 'card' }, { label: 'Alamat' }, { label: 'Kode desa' }, { label: 'Desa/kelurahan' }, { label: 'Keadaan' }, { label: 'Alasan berhenti' },
    { label: 'Mulai menerima' }, { label: 'Berakhir' }, { label: 'Bulan dibayar' }, { label: 'Rupiah dibayar', kind: 'count' },
  ],
  words: (reader, { local = '', region = '', state = '' }) => {
    const found = local ? getLocal(reader, local) : undefined
    return [found?.name ?? 'semua program', region && findRegionName(reader.db, region), found && state && programmeOf(found.programme).states[state]?.label].filter(Boolean).join('; ')
  },
  chunks: function* (reader, { local = '', region = '', state }) {
    const one = local ? [[getLocal(reader, local)]] : pages<ListedLocal, LocalPlace, LocalProgramme>((after) => listLocal(reader.db, reader.actor, { region }, after, LARGE), (row) => row)
    for (const programmes of one) for (const found of programmes) yield* recipientChunks(reader, found, region, state)
  },
}

function* recipientChunks(reader: Reader, { id, name, programme }: LocalProgramme, region: string, state?: string): Generator<Cell[][]> {
  const { states } = programmeOf(programme)
  yield* pages<LocalRecipient, LocalRecipientPlace>((after) => listLocalRecipients(reader, id, { region, state: state || undefined }, after, LARGE), (row) =>
    [name, row.name, row.nik, row.kkNumber, row.address, row.regionCode, row.village, states[row.state]?.label ?? row.state, row.reason, row.startedOn, row.endedOn, row.months.join(', '), row.amount])
}
