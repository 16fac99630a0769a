import type { BulkRun } from '#app/bulk/runs.ts'
import { ACT_WORDS, inShort, RUN_STATUS } from '#views/bulk/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatAge, formatDateTime } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const RunListPage = ({ runs, next, now }: { runs: BulkRun[], next?: string, now: string }) => (
  <div class="stack">
    <PageHead title="Tindakan massal" lead="Yang Anda lakukan pada banyak baris sekaligus. Selama sepuluh menit setelah selesai, tindakan bisa diurungkan." />
    {runs.length === 0 ? <EmptyState title="Belum ada tindakan massal">Pilih baris di daftar prelist atau antrean pemeriksaan.</EmptyState> : (
      <Table caption="Tindakan Anda, yang terbaru lebih dahulu" bodyId="tindakan" columns={['Tindakan', 'Keadaan', 'Hasil', 'Waktu']}>
        {runs.map((run) => (
          <Row>
            <Cell label="Tindakan" lead><a href={`/bulk/${run.id}`}>{ACT_WORDS[run.kind].title}</a></Cell>
            <Cell label="Keadaan"><Badge tone={RUN_STATUS[run.status].tone}>{RUN_STATUS[run.status].label}</Badge></Cell>
            <Cell label="Hasil">{inShort(run)}</Cell>
            <Cell label="Waktu"><time datetime={run.madeAt} title={formatDateTime(run.madeAt)}>{formatAge(run.madeAt, now)}</time></Cell>
          </Row>
        ))}
      </Table>
    )}
    <Pager bodyId="tindakan" nextHref={next && `/bulk?before=${encodeURIComponent(next)}`} />
  </div>
)
