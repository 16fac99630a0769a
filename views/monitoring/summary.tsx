import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { SheetFilter } from '#app/monitoring/sheets.ts'
import type { Summary } from '#app/monitoring/summary.ts'
import { FORM_LABELS, monitoringHref, SheetFilters } from '#views/monitoring/list.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars, type ChartTone } from '#views/ui/chart.tsx'
import { formatNumber, formatPercent } from '#views/ui/format.ts'
import { Shares } from '#views/ui/intervals.tsx'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { summary: Summary, filter: SheetFilter, choices: PlaceChoices }

const MOST_BARS = 30
const TONES: ChartTone[] = [1, 2, 3, 5]
const series = Object.entries(FORM_LABELS).map(([key, label], i) => ({ key, label, tone: TONES[i]! }))

export const SummaryPage = ({ summary: { places, forms }, filter, choices }: Props) => (
  <Stack>
    <PageHead title="Ringkasan pemantauan" trail={[{ href: '/monitoring', label: 'Formulir pemantauan' }]} lead="Berapa formulir per wilayah, dan isian mana yang nilainya paling rendah. Yang ditarik tidak dihitung." />
    <SheetFilters action="/monitoring/summary" filter={filter} choices={choices} />
    {places.length === 0 ? <EmptyState title="Belum ada formulir di sini">Ubah saringan, atau isi formulir pertama.</EmptyState> : (
      <Card title="Formulir per wilayah">
        <StackedBars title="Formulir yang diisi" labelHeading="Wilayah" series={series} description={places.length > MOST_BARS ? `${MOST_BARS} wilayah pertama.` : undefined}
          rows={places.slice(0, MOST_BARS).map(({ code, name, values }) => ({ label: name, href: monitoringHref('', { ...filter, region: code }), values }))} />
      </Card>
    )}
    {forms.map(({ code, title, items }) => (
      <Card title={title} actions={<LinkButton small href={monitoringHref('/list.csv', { ...filter, form: code })} download>Unduh CSV</LinkButton>}>
        <Shares title={`Nilai rata-rata per isian, ${title.toLowerCase()}`} rows={items.map(({ label, average }) => ({ label, share: average }))} />
        <Table caption={`Nilai per isian, ${title.toLowerCase()}`} dense columns={['Isian', right('Formulir'), right('Rata-rata'), right('Terendah')]}>
          {items.map((item) => (
            <Row>
              <Cell label="Isian" lead>{`${item.code}. ${item.label}${item.reversed ? ' (makin jarang makin baik)' : ''}`}</Cell><Cell label="Formulir" align="right">{formatNumber(item.count)}</Cell>
              <Cell label="Rata-rata" align="right">{formatPercent(item.average, 1)}</Cell><Cell label="Terendah" align="right">{formatPercent(item.least, 1)}</Cell>
            </Row>
          ))}
        </Table>
      </Card>
    ))}
  </Stack>
)
