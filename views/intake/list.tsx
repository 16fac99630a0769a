import type { ListedIntake } from '#app/intake/intakes.ts'
import { INTAKE_KIND, INTAKE_STATUS, PROGRAMME_NAMES } from '#views/intake/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatAge, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { intakes: ListedIntake[], next?: string, now: string }

export const IntakeListPage = ({ intakes, next, now }: Props) => (
  <Stack>
    <PageHead title="Impor penerima" trail={[{ href: '/programmes', label: 'Program bansos' }]} lead="Daftar penerima PKH, Sembako, PBI-JK, dan PPKS dari berkas. Setiap berkas dibaca dan diperlihatkan dulu; baru masuk setelah dikonfirmasi."
      actions={<LinkButton href="/intake/new" tone="primary">Unggah daftar penerima</LinkButton>} />
    {intakes.length === 0
      ? <EmptyState title="Belum ada berkas" action={<LinkButton href="/intake/new">Unggah yang pertama</LinkButton>} />
      : (
        <Table caption="Berkas yang pernah diunggah" columns={['Berkas', 'Jenis', 'Keadaan', 'Diunggah', right('Baris'), right('Tidak ada di registri'), right('Salah')]}>
          {intakes.map((row) => (
            <Row>
              <Cell label="Berkas" lead><a href={`/intake/${row.id}`}>{row.fileName}</a></Cell>
              <Cell label="Jenis"><div>{INTAKE_KIND[row.kind]} {PROGRAMME_NAMES[row.programme]}<br /><small class="hint">{row.regionName}</small></div></Cell>
              <Cell label="Keadaan"><Badge tone={INTAKE_STATUS[row.status].tone}>{INTAKE_STATUS[row.status].label}</Badge></Cell>
              <Cell label="Diunggah"><div><time datetime={row.uploadedAt} title={formatDateTime(row.uploadedAt)}>{formatAge(row.uploadedAt, now)}</time> oleh {row.uploadedBy}</div></Cell>
              <Cell label="Baris" align="right">{formatNumber(row.rowCount)}</Cell>
              <Cell label="Tidak ada di registri" align="right">{formatNumber(row.unmatchedCount)}</Cell>
              <Cell label="Salah" align="right">{formatNumber(row.errorCount)}</Cell>
            </Row>
          ))}
        </Table>
      )}
    <Pager nextHref={next && `/intake?before=${encodeURIComponent(next)}`} />
  </Stack>
)
