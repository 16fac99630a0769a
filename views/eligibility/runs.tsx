import type { ListedRun, RunPlace } from '#app/eligibility/runs.ts'
import { PROGRAMME_LABELS, RUN_STATUS } from '#views/eligibility/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const RunsPage = ({ runs, next }: { runs: ListedRun[], next?: RunPlace }) => (
  <Stack>
    <PageHead title="Kelayakan & simulasi" lead="Hitung siapa yang berhak menurut aturan, atau coba batas dan kuota lain. Tidak ada penerima yang berubah sebelum diusulkan."
      actions={<><LinkButton href="/eligibility/new" tone="primary">Hitung baru</LinkButton><LinkButton href="/eligibility/rules">Lihat aturan</LinkButton></>} />
    {runs.length === 0
      ? <EmptyState title="Belum ada perhitungan" action={<LinkButton href="/eligibility/new">Hitung baru</LinkButton>}>Mulai dengan aturan yang berlaku, lalu bandingkan dengan aturan lain.</EmptyState>
      : (
        <Table caption="Perhitungan, yang terbaru di atas" columns={['Nama', 'Program', 'Jenis', 'Wilayah', 'Keadaan', 'Diminta']}>
          {runs.map(({ id, name, programme, trial, regionName, status, askedAt, by }) => (
            <Row>
              <Cell label="Nama" lead><a href={`/eligibility/runs/${id}`}>{name}</a></Cell>
              <Cell label="Program">{PROGRAMME_LABELS[programme]}</Cell>
              <Cell label="Jenis">{trial ? 'Simulasi' : 'Aturan berlaku'}</Cell>
              <Cell label="Wilayah">{regionName}</Cell>
              <Cell label="Keadaan"><Badge tone={RUN_STATUS[status].tone}>{RUN_STATUS[status].label}</Badge></Cell>
              <Cell label="Diminta"><span>{formatDateTime(askedAt)}<br /><small class="hint">{by}</small></span></Cell>
            </Row>
          ))}
        </Table>
      )}
    <Pager nextHref={next && `/eligibility?after=${next.askedAt}~${next.id}`} />
  </Stack>
)
