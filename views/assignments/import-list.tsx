import type { ListedImport } from '#app/assignments/imports.ts'
import { IMPORT_STATUS } from '#views/assignments/import-labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatAge, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { imports: ListedImport[], next?: string, now: string }

export const ImportListPage = ({ imports, next, now }: Props) => (
  <div class="stack">
    <PageHead title="Impor prelist" lead="Berkas dibaca dan diperlihatkan dulu. Data rumah tangga baru berubah setelah Anda mengonfirmasi."
      trail={[{ href: '/prelist', label: 'Prelist' }]} actions={<LinkButton href="/imports/new" tone="primary">Unggah prelist</LinkButton>} />
    {imports.length === 0
      ? <EmptyState title="Belum ada berkas yang diimpor" action={<LinkButton href="/imports/template.csv" download>Unduh contoh berkas</LinkButton>} />
      : (
        <Table caption="Berkas prelist" columns={['Berkas', 'Keadaan', 'Kabupaten/kota', 'Diunggah', right('Rumah tangga'), right('Diimpor'), right('Salah')]}>
          {imports.map((row) => (
            <Row>
              <Cell label="Berkas" lead><a href={`/imports/${row.id}`}>{row.fileName}</a></Cell>
              <Cell label="Keadaan"><Badge tone={IMPORT_STATUS[row.status].tone}>{IMPORT_STATUS[row.status].label}</Badge></Cell>
              <Cell label="Kabupaten/kota">{row.regionName}</Cell>
              <Cell label="Diunggah"><time datetime={row.uploadedAt} title={formatDateTime(row.uploadedAt)}>{formatAge(row.uploadedAt, now)}</time> oleh {row.uploadedBy}</Cell>
              <Cell label="Rumah tangga" align="right">{formatNumber(row.householdCount)}</Cell>
              <Cell label="Diimpor" align="right">{formatNumber(row.appliedCount)}</Cell>
              <Cell label="Salah" align="right">{formatNumber(row.errorCount)}</Cell>
            </Row>
          ))}
        </Table>
      )}
    <Pager nextHref={next && `/imports?before=${encodeURIComponent(next)}`} />
  </div>
)
