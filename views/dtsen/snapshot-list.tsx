import type { ListedSnapshot } from '#app/dtsen/snapshots.ts'
import { SNAPSHOT_STATUS } from '#views/dtsen/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatAge, formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { snapshots: ListedSnapshot[], next?: string, now: string }

export const SnapshotListPage = ({ snapshots, next, now }: Props) => (
  <div class="stack">
    <PageHead title="Potret desil" trail={[{ href: '/dtsen', label: 'Desil DTSEN' }]}
      lead="Setiap berkas dibaca dan diperlihatkan dulu. Setelah dikonfirmasi, potret tidak dapat diubah atau dihapus; yang berlaku adalah yang tanggal datanya paling baru."
      actions={<LinkButton href="/dtsen/snapshots/new" tone="primary">Unggah potret desil</LinkButton>} />
    {snapshots.length === 0
      ? <EmptyState title="Belum ada potret desil" action={<LinkButton href="/dtsen/snapshots/template.csv" download>Unduh contoh berkas</LinkButton>} />
      : (
        <Table caption="Potret desil yang pernah diunggah" columns={['Versi', 'Keadaan', 'Tanggal data', 'Wilayah', 'Sumber', 'Diunggah', right('Keluarga'), right('Salah')]}>
          {snapshots.map((row) => (
            <Row>
              <Cell label="Versi" lead><a href={`/dtsen/snapshots/${row.id}`}>{row.label}</a></Cell>
              <Cell label="Keadaan"><Badge tone={SNAPSHOT_STATUS[row.status].tone}>{SNAPSHOT_STATUS[row.status].label}</Badge></Cell>
              <Cell label="Tanggal data">{formatDate(row.effectiveOn)}</Cell>
              <Cell label="Wilayah">{row.regionName}</Cell>
              <Cell label="Sumber">{row.source}</Cell>
              <Cell label="Diunggah"><div><time datetime={row.uploadedAt} title={formatDateTime(row.uploadedAt)}>{formatAge(row.uploadedAt, now)}</time> oleh {row.uploadedBy}</div></Cell>
              <Cell label="Keluarga" align="right">{formatNumber(row.rowCount)}</Cell>
              <Cell label="Salah" align="right">{formatNumber(row.errorCount)}</Cell>
            </Row>
          ))}
        </Table>
      )}
    <Pager nextHref={next && `/dtsen/snapshots?before=${encodeURIComponent(next)}`} />
  </div>
)
