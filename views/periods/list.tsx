import type { Snapshot } from '#app/periods/snapshots.ts'
import type { ListedPeriod } from '#app/periods/periods.ts'
import { CADENCE, STATUS } from '#views/periods/labels.ts'
import { Choosing } from '#views/periods/choosing.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatNumber, formatShortDate } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { periods: ListedPeriod[], snapshots: Map<string, Snapshot>, comparable: ListedPeriod[], manages: boolean }

export const PeriodList = ({ periods, snapshots, comparable, manages }: Props) => (
  <div class="stack">
    <PageHead title="Periode penetapan" lead="Berkas yang dikirim sampai batas kirim ditetapkan dalam periode itu. Yang terlambat masuk periode berikutnya dengan sendirinya."
      actions={manages && <LinkButton href="/periods/new" tone="primary">Buat periode</LinkButton>} />
    {periods.length === 0
      ? <EmptyState title="Belum ada periode"><p>{manages ? 'Buat periode pertama agar desa dan Dinsos tahu batas kirimnya.' : 'Kemensos belum membuat periode penetapan.'}</p></EmptyState>
      : <Periods periods={periods} snapshots={snapshots} />}
    {comparable.length > 1 && <Card title="Bandingkan dua periode"><Choosing periods={comparable} /></Card>}
  </div>
)

const Periods = ({ periods, snapshots }: Pick<Props, 'periods' | 'snapshots'>) => (
  <Table caption="Periode, terbaru lebih dulu" columns={['Periode', 'Keadaan', 'Wilayah', 'Buka', 'Batas kirim', 'Tutup', { label: 'Rumah tangga ditetapkan', align: 'right' }]}>
    {periods.map(({ id, name, status, cadence, regionName, opensOn, cutoffOn, nationalCutoffOn, closesOn }) => {
      const snapshot = snapshots.get(id)
      return (
        <Row>
          <Cell label="Periode" lead><a href={`/periods/${id}`}>{name}</a> <small>{CADENCE[cadence]}</small></Cell>
          <Cell label="Keadaan"><Badge tone={STATUS[status].tone}>{STATUS[status].label}</Badge></Cell>
          <Cell label="Wilayah">{regionName}</Cell>
          <Cell label="Buka">{formatShortDate(opensOn)}</Cell>
          <Cell label="Batas kirim">{formatShortDate(cutoffOn)}{cutoffOn !== nationalCutoffOn && <small> (batas sendiri)</small>}</Cell>
          <Cell label="Tutup">{formatShortDate(closesOn)}</Cell>
          <Cell label="Rumah tangga ditetapkan" align="right">
            {snapshot?.status === 'ready' ? <a href={`/periods/${id}/snapshot`}>{formatNumber(snapshot.householdCount)}</a> : snapshot ? 'dipotret' : '–'}
          </Cell>
        </Row>
      )
    })}
  </Table>
)
