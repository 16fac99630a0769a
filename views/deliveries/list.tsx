import { heldFor } from '#app/deliveries/held-words.ts'
import type { HeldPlace, ListedHeld } from '#app/deliveries/held.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatAge, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: ListedHeld[], next: HeldPlace | null, waiting: number, now: string }

export const HeldPage = ({ rows, next, waiting, now }: Props) => (
  <>
    <PageHead title="Kiriman ditahan" badge={waiting > 0 ? <Badge tone="warn">{formatNumber(waiting)} menunggu keputusan</Badge> : undefined}
      lead="Kunjungan yang sudah tiba dari HP tetapi belum bisa diterima begitu saja. Isinya dan fotonya tersimpan utuh sampai ada yang memutuskan." />
    {rows.length === 0
      ? <EmptyState title="Tidak ada kiriman yang ditahan">Semua kunjungan yang tiba sudah diterima atau diselesaikan.</EmptyState>
      : (
        <>
          <Table caption="Kiriman ditahan, yang paling lama menunggu lebih dahulu" bodyId="ditahan" columns={['Rumah tangga', 'Sebab', 'Desa', 'Petugas', 'Tiba']}>
            {rows.map((row) => <HeldRow row={row} now={now} />)}
          </Table>
          <Pager bodyId="ditahan" nextHref={next && `/deliveries?after=${encodeURIComponent(`${next.receivedAt}~${next.id}`)}`} />
        </>
      )}
  </>
)

const HeldRow = ({ row, now }: { row: ListedHeld, now: string }) => (
  <Row>
    <Cell label="Rumah tangga" lead><a href={`/deliveries/${row.id}/case`}>{row.headName ?? 'Rumah tangga tidak dikenal'}</a></Cell>
    <Cell label="Sebab"><Badge tone="warn">{heldFor(row.reason)}</Badge></Cell>
    <Cell label="Desa">{row.village ?? '–'}</Cell>
    <Cell label="Petugas"><div>{row.officerName}<br /><small class="hint">kunjungan nomor {row.sequence}{row.via !== 'network' && ', lewat berkas'}</small></div></Cell>
    <Cell label="Tiba"><time datetime={row.receivedAt}>{formatAge(row.receivedAt, now)}</time></Cell>
  </Row>
)
