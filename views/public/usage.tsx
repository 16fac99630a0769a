import type { lookupUsage } from '#app/public/usage.ts'
import { StackedBars, type ChartTone } from '#views/ui/chart.tsx'
import { formatNumber, formatShortDate } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = ReturnType<typeof lookupUsage>

const SERIES: { key: string, label: string, tone: ChartTone }[] = [
  { key: 'found', label: 'Ditemukan', tone: 1 }, { key: 'nothing', label: 'Tidak ditampilkan', tone: 6 }, { key: 'refused', label: 'Ditolak karena terlalu sering', tone: 4 },
]

export const UsagePage = ({ days, villages }: Props) => (
  <>
    <PageHead title="Pemakaian Cek Bansos" lead="Berapa kali warga mencari dalam 30 hari terakhir. Nama yang dicari dan siapa yang mencari tidak disimpan." />
    {days.length === 0
      ? <EmptyState title="Belum ada pencarian">Angka muncul setelah warga memakai <a href="/cek">Cek Bansos</a>.</EmptyState>
      : (
        <>
          <Card title="Per hari">
            <StackedBars title="Pencarian per hari" labelHeading="Hari" series={SERIES} rows={days.map(({ day, asked, found, refused }) => ({
              label: formatShortDate(day), values: { found, nothing: asked - found, refused },
            }))} />
          </Card>
          <Table caption="Desa yang paling sering dicari" columns={['Desa', ...['Dicari', 'Ditemukan', 'Ditolak'].map((label) => ({ label, align: 'right' as const }))]}>
            {villages.map(({ name, asked, found, refused }) => (
              <Row tone={refused > 0 ? 'warn' : undefined}>
                <Cell label="Desa" lead>{name}</Cell>
                <Cell label="Dicari" align="right">{formatNumber(asked)}</Cell>
                <Cell label="Ditemukan" align="right">{formatNumber(found)}</Cell>
                <Cell label="Ditolak" align="right">{formatNumber(refused)}</Cell>
              </Row>
            ))}
          </Table>
        </>
      )}
    <p><a href="/reports/settings">Aturan laporan warga: batas waktu dan contoh jawaban</a></p>
  </>
)
