import type { VillageTimes } from '#app/reports/times.ts'
import { StackedBars, type ChartTone } from '#views/ui/chart.tsx'
import { formatDecimal, formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const SERIES: { key: 'inTime' | 'late' | 'waiting' | 'overdue', label: string, tone: ChartTone }[] = [
  { key: 'inTime', label: 'Dijawab tepat waktu', tone: 1 }, { key: 'late', label: 'Dijawab terlambat', tone: 3 },
  { key: 'waiting', label: 'Belum dijawab', tone: 6 }, { key: 'overdue', label: 'Lewat batas', tone: 4 },
]
const DRAWN = 40

export const TimesPage = ({ villages }: { villages: VillageTimes[] }) => (
  <>
    <PageHead title="Waktu jawab laporan" trail={[{ href: '/reports', label: 'Laporan warga' }]}
      lead="Dua belas bulan terakhir, tanpa laporan yang ditarik. Desa dengan laporan lewat batas lebih dahulu." />
    {villages.length === 0
      ? <EmptyState title="Belum ada laporan">Angka muncul setelah warga mengirim laporan.</EmptyState>
      : (
        <>
          <Card title="Laporan menurut keadaan">
            <StackedBars title={villages.length > DRAWN ? `Jumlah laporan, ${DRAWN} desa pertama` : 'Jumlah laporan per desa'} series={SERIES} rows={villages.slice(0, DRAWN).map(({ code, name, ...row }) => ({
              label: name, href: `/reports?show=open&region=${code}`, values: Object.fromEntries(SERIES.map(({ key }) => [key, row[key]])),
            }))} />
          </Card>
          <Table caption="Waktu jawab per desa" columns={['Desa', ...['Masuk', 'Dijawab tepat waktu', 'Lama menjawab (nilai tengah)', 'Lewat batas', 'Naik ke atas'].map((label) => ({ label, align: 'right' as const }))]}>
            {villages.map((row) => <VillageRow row={row} />)}
          </Table>
        </>
      )}
  </>
)

const VillageRow = ({ row: { code, name, received, inTime, late, medianDays, overdue, raised } }: { row: VillageTimes }) => (
  <Row tone={overdue > 0 ? 'bad' : undefined}>
    <Cell label="Desa" lead><a href={`/reports?show=open&region=${code}`}>{name}</a></Cell>
    <Cell label="Masuk" align="right">{formatNumber(received)}</Cell>
    <Cell label="Dijawab tepat waktu" align="right">{formatPercent(inTime, inTime + late)}</Cell>
    <Cell label="Lama menjawab (nilai tengah)" align="right">{medianDays === null ? '–' : `${formatDecimal(medianDays)} hari`}</Cell>
    <Cell label="Lewat batas" align="right">{formatNumber(overdue)}</Cell>
    <Cell label="Naik ke atas" align="right">{formatNumber(raised)}</Cell>
  </Row>
)
