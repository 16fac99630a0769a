import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line, stack } from 'd3-shape'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { formatNumber, formatPercent } from '#views/ui/format.ts'

export type ChartTone = 1 | 2 | 3 | 4 | 5 | 6
type Series = { key: string, label: string, tone: ChartTone }
type Bar = { label: string, href?: string, values: Record<string, number> }

// bare: the page has a table of its own with the same numbers.
type StackedProps = { title: string, description?: string, labelHeading?: string, series: Series[], rows: Bar[], bare?: boolean }

// The drawing is for the eye; the table under it holds the same numbers for everybody.
export const StackedBars = ({ title, description, labelHeading = 'Desa', series, rows, bare }: StackedProps) => (
  <figure class="chart">
    <figcaption>{title}</figcaption>
    <Legend series={series} />
    {description && <p class="hint">{description}</p>}
    <Bars series={series} rows={rows} />
    {!bare && <Numbers title={title} labelHeading={labelHeading} series={series} rows={rows} />}
  </figure>
)

const Numbers = ({ title, labelHeading, series, rows }: Pick<StackedProps, 'title' | 'labelHeading' | 'series' | 'rows'> & { labelHeading: string }) => (
  <details class="chart-table">
    <summary>Lihat angka dalam tabel</summary>
    <Table caption={title} hideCaption dense columns={[labelHeading, ...series.map(({ label }) => ({ label, align: 'right' as const })), { label: 'Jumlah', align: 'right' }]}>
      {rows.map((row) => (
        <Row>
          <Cell label={labelHeading} lead>{row.href ? <a href={row.href}>{row.label}</a> : row.label}</Cell>
          {series.map(({ key, label }) => <Cell label={label} align="right">{formatNumber(row.values[key] ?? 0)}</Cell>)}
          <Cell label="Jumlah" align="right">{formatNumber(total(row))}</Cell>
        </Row>
      ))}
    </Table>
  </details>
)

// Words stand outside the drawing, so they keep their size when the bars shrink with the screen.
const Bars = ({ series, rows }: { series: Series[], rows: Bar[] }) => {
  const across = scaleLinear().domain([0, Math.max(1, ...rows.map(total))]).range([0, 100])
  const layers = stack<Bar>().keys(series.map(({ key }) => key)).value(({ values }, key) => values[key] ?? 0)(rows)
  return (
    <ol class="bars">
      {rows.map((row, index) => (
        <li>
          <span>{row.href ? <a href={row.href}>{row.label}</a> : row.label}</span>{' '}
          <svg viewBox="0 0 100 14" preserveAspectRatio="none" role="img" class="bar">
            <title>{row.label}</title>
            <desc>{series.map(({ key, label }) => `${label}: ${formatNumber(row.values[key] ?? 0)}`).join('; ')}</desc>
            {layers.map((layer, place) => <Piece span={layer[index]} across={across} tone={series[place]?.tone} />)}
          </svg>{' '}
          <strong class="right"><span class="unseen">jumlah </span>{formatNumber(total(row))}</strong>
        </li>
      ))}
    </ol>
  )
}

type PieceProps = { span?: [number, number] | { 0: number, 1: number }, across: (value: number) => number, tone?: ChartTone }

const Piece = ({ span, across, tone }: PieceProps) => span && span[1] > span[0] ? (
  <rect class={`fill-${tone}`} x={across(span[0])} width={Math.max(across(span[1]) - across(span[0]) - 0.2, 0.3)} height={14} />
) : null

type FunnelProps = { title: string, description?: string, steps: { label: string, count: number, href?: string }[] }

export const Funnel = ({ title, description, steps }: FunnelProps) => {
  const first = steps[0]?.count ?? 0
  const across = scaleLinear().domain([0, Math.max(1, ...steps.map(({ count }) => count))]).range([0, 100])
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {description && <p class="hint">{description}</p>}
      <ol class="funnel">
        {steps.map(({ label, count, href }) => (
          <li>
            <span class="funnel-label">{href ? <a href={href}>{label}</a> : label}</span>{' '}
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" class="funnel-bar">
              <rect class="fill-track" width={100} height={8} />
              <rect class="fill-1" width={count > 0 ? Math.max(across(count), 0.6) : 0} height={8} />
            </svg>
            <span class="funnel-count"><strong>{formatNumber(count)}</strong> <small>{formatPercent(count, first)}</small></span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

export const Sparkline = ({ title, points }: { title: string, points: number[] }) => {
  const x = scalePoint<number>().domain(points.map((_, index) => index)).range([2, 118])
  const y = scaleLinear().domain([0, Math.max(1, ...points)]).range([30, 3])
  const at = (_: number, index: number) => x(index) ?? 0
  return (
    <svg viewBox="0 0 120 32" width="120" height="32" role="img" aria-label={title} class="spark">
      <title>{title}</title>
      <desc>{points.map(formatNumber).join(', ')}</desc>
      <path class="fill-soft" d={area<number>(at, 30, y)(points) ?? ''} />
      <path class="stroke-1" fill="none" stroke-width="2" d={line<number>(at, y)(points) ?? ''} />
    </svg>
  )
}

type LinesProps = { title: string, description?: string, series: Series[], points: { label: string, values: Record<string, number> }[] }

// Lines over time; the page has the table. Its words stand outside the drawing, so they keep their size on a small screen.
export const Lines = ({ title, description, series, points }: LinesProps) => {
  const most = Math.max(1, ...points.flatMap(({ values }) => series.map(({ key }) => values[key] ?? 0)))
  const x = scalePoint<number>().domain(points.map((_, index) => index)).range([2, 298])
  const y = scaleLinear().domain([0, most]).range([96, 4])
  const path = (key: string) => line<number>((_, index) => x(index) ?? 0, y)(points.map(({ values }) => values[key] ?? 0)) ?? ''
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <Legend series={series} />
      {description && <p class="hint">{description}</p>}
      <p class="hint lines-most">{formatNumber(most)}</p>
      <svg viewBox="0 0 300 100" preserveAspectRatio="none" role="img" class="lines">
        <title>{title}</title>
        <desc>{points.map(({ label, values }) => `${label}: ${series.map(({ key, label: named }) => `${named} ${formatNumber(values[key] ?? 0)}`).join(', ')}`).join('; ')}</desc>
        <rect class="fill-track" x={0} y={96} width={300} height={1} />
        {series.map(({ key, tone }) => <path class={`stroke-${tone}`} fill="none" d={path(key)} />)}
        {points.length === 1 && series.map(({ key, tone }) => <rect class={`fill-${tone}`} x={146} y={y(points[0]!.values[key] ?? 0) - 2} width={8} height={4} />)}
      </svg>
      <Ends points={points} />
    </figure>
  )
}

export const Legend = ({ series }: { series: Pick<Series, 'label' | 'tone'>[] }) => <ul class="legend">{series.map(({ label, tone }) => <li><Swatch tone={tone} />{label}</li>)}</ul>

export const Swatch = ({ tone }: { tone: ChartTone }) => (
  <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect class={`fill-${tone}`} width="12" height="12" rx="2" /></svg>
)

const total = ({ values }: Bar) => Object.values(values).reduce((sum, value) => sum + value, 0)

// The first and the last day below a drawing of days.
export const Ends = ({ points }: { points: { label: string }[] }) => <p class="hint lines-ends"><span>{points[0]?.label}</span> <span>{points.length > 1 && points.at(-1)?.label}</span></p>
