import type { ListedRound } from '#app/rounds/rounds.ts'
import { inShort, ROUND_STATUS } from '#views/rounds/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatAge, formatDateTime } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const RoundListPage = ({ rounds, next, now }: { rounds: ListedRound[], next?: string, now: string }) => (
  <Stack>
    <PageHead title="Usulan bersama" trail={[{ href: '/eligibility', label: 'Kelayakan & simulasi' }]} lead="Perubahan penerima yang Anda usulkan banyak sekaligus. Selama sepuluh menit setelah selesai, semuanya bisa ditarik kembali." />
    {rounds.length === 0 ? <EmptyState title="Belum ada usulan bersama">Buka hasil perhitungan kelayakan, lalu pilih yang masuk atau yang keluar.</EmptyState> : (
      <Table caption="Usulan Anda, yang terbaru lebih dahulu" bodyId="usulan" columns={['Usulan', 'Wilayah', 'Keadaan', 'Hasil', 'Waktu']}>
        {rounds.map((round) => (
          <Row>
            <Cell label="Usulan" lead><a href={`/rounds/${round.id}`}>{round.programmeName}: {round.changeLabel}</a></Cell>
            <Cell label="Wilayah">{round.placeName}</Cell>
            <Cell label="Keadaan"><Badge tone={ROUND_STATUS[round.status].tone}>{ROUND_STATUS[round.status].label}</Badge></Cell>
            <Cell label="Hasil">{inShort(round)}</Cell>
            <Cell label="Waktu"><time datetime={round.madeAt} title={formatDateTime(round.madeAt)}>{formatAge(round.madeAt, now)}</time></Cell>
          </Row>
        ))}
      </Table>
    )}
    <Pager bodyId="usulan" nextHref={next && `/rounds?before=${encodeURIComponent(next)}`} />
  </Stack>
)
