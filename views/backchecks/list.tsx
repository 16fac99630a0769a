import type { ListedRound } from '#app/backchecks/rounds.ts'
import { STATUS } from '#views/backchecks/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rounds: ListedRound[], next?: number, mayPlan: boolean, mayConfigure: boolean }

export const RoundsPage = ({ rounds, next, mayPlan, mayConfigure }: Props) => (
  <Stack>
    <PageHead title="Kunjungan ulang" lead="Sebagian kunjungan diundi dan didatangi lagi oleh petugas lain, tanpa melihat jawaban pertama. Bedanya menunjukkan seberapa bisa dipercaya data sebuah desa dan kerja seorang petugas."
      actions={<>
        {mayPlan && <LinkButton href="/backchecks/new" tone="primary">Rencanakan putaran</LinkButton>}
        <LinkButton href="/backchecks/results">Lihat hasil</LinkButton>
        {mayConfigure && <LinkButton href="/backchecks/items">Isian yang ditanyakan</LinkButton>}
      </>} />
    {rounds.length === 0
      ? <EmptyState title="Belum ada putaran kunjungan ulang">{mayPlan ? 'Rencanakan putaran pertama: pilih wilayah, tanggal kunjungan, dan jumlahnya.' : 'Dinsos merencanakan putaran. Hasilnya akan tampil di sini.'}</EmptyState>
      : (
        <>
          <Table caption="Putaran kunjungan ulang" hideCaption bodyId="putaran" columns={['Putaran', 'Wilayah', 'Kunjungan', 'Keadaan', { label: 'Selesai', align: 'right' }, { label: 'Belum dinilai', align: 'right' }]}>
            {rounds.map(({ id, title, place, fromDay, toDay, status, sampleCount, done, undecided }) => (
              <Row>
                <Cell label="Putaran" lead><a href={`/backchecks/${id}`}>{title}</a></Cell>
                <Cell label="Wilayah">{place}</Cell>
                <Cell label="Kunjungan">{formatDate(fromDay)} – {formatDate(toDay)}</Cell>
                <Cell label="Keadaan"><Badge tone={STATUS[status].tone}>{STATUS[status].words}</Badge></Cell>
                <Cell label="Selesai" align="right">{sampleCount > 0 ? `${formatNumber(done)} dari ${formatNumber(sampleCount)}` : '–'}</Cell>
                <Cell label="Belum dinilai" align="right">{formatNumber(undecided)}</Cell>
              </Row>
            ))}
          </Table>
          <Pager bodyId="putaran" nextHref={next === undefined ? undefined : `/backchecks?before=${next}`} />
        </>
      )}
  </Stack>
)
