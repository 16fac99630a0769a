import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { MusdesRow } from '#app/musdes/musdes.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { RESULTS, totalOf } from '#views/musdes/labels.ts'

type Props = { meetings: MusdesRow[], nextHref?: string, choices: PlaceChoices, region: string, actor: Actor }

export const MusdesList = ({ meetings, nextHref, choices, region, actor }: Props) => {
  const records = can(actor, 'musdes.record')
  return (
    <div class="stack">
      <PageHead title="Musdes/muskel" actions={records && <><LinkButton href="/musdes/new" tone="primary">Catat musdes</LinkButton><LinkButton href="/musdes/attendance-list">Cetak daftar hadir</LinkButton></>}
        lead={records ? 'Catat musyawarah desa/kelurahan Anda, lalu isi hasilnya per baris prelist.' : 'Musyawarah yang sudah dicatat di wilayah Anda.'} />
      {!records && hasChoice(choices) && <Filters action="/musdes" clearHref={region ? '/musdes' : undefined}><PlaceField choices={choices} chosen={region} /></Filters>}
      {meetings.length === 0
        ? <EmptyState title="Belum ada musdes"><p>{records ? 'Musdes yang Anda catat akan muncul di sini.' : 'Belum ada musdes yang dicatat di wilayah ini.'}</p></EmptyState>
        : <MeetingTable meetings={meetings} />}
      <Pager nextHref={nextHref} bodyId="musdes-rows" />
    </div>
  )
}

const MeetingTable = ({ meetings }: Pick<Props, 'meetings'>) => (
  <Table caption="Musdes, terbaru lebih dulu" bodyId="musdes-rows" columns={[
    'Desa/kelurahan', 'Tanggal', 'Nomor berita acara', ...[1, 2, 3, 4].map((status) => right(RESULTS[status]!)), right('Jumlah baris'),
  ]}>
    {meetings.map((meeting) => (
      <Row>
        <Cell label="Desa/kelurahan" lead><a href={`/musdes/${meeting.id}`}>{meeting.villageName}</a> <small>{meeting.districtName}</small></Cell>
        <Cell label="Tanggal">{formatDate(meeting.heldOn)}</Cell>
        <Cell label="Nomor berita acara">{meeting.minutesNumber}</Cell>
        {([1, 2, 3, 4] as const).map((status) => <Cell label={RESULTS[status]!} align="right">{formatNumber(meeting.tally[status])}</Cell>)}
        <Cell label="Jumlah baris" align="right">{formatNumber(totalOf(meeting.tally))}</Cell>
      </Row>
    ))}
  </Table>
)
