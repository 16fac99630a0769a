import { scaleBand, scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { Ends, Legend, type ChartTone } from '#views/ui/chart.tsx'
import { formatNumber } from '#views/ui/format.ts'

type Series = { key: string, label: string, tone: ChartTone, dashed?: boolean }
type Point = { label: string, values: Record<string, number | undefined> }
type CurveProps = { title: string, description?: string, series: Series[], points: Point[] }

// Lines that need not all go on to the end: what has been made stops today, what should be made goes on. The page has the
// table; words stand outside the drawing, so they keep their size on a small screen.
export const Curve = ({ title, description, series, points }: CurveProps) => {
  const most = Math.max(1, ...points.flatMap(({ values }) => series.map(({ key }) => values[key] ?? 0)))
  const x = scalePoint<number>().domain(points.map((_, index) => index)).range([2, 298])
  const y = scaleLinear().domain([0, most]).range([96, 4])
  const path = (key: string) => line<number | undefined>((_, index) => x(index) ?? 0, (value) => y(value ?? 0)).defined((value) => value !== undefined)(points.map(({ values }) => values[key])) ?? ''
  const lastOf = (key: string) => points.filter(({ values }) => values[key] !== undefined).at(-1)
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <Legend series={series} />
      {description && <p class="hint">{description}</p>}
      <p class="hint lines-most">{formatNumber(most)}</p>
      <svg viewBox="0 0 300 100" preserveAspectRatio="none" role="img" class="lines">
        <title>{title}</title>
        <desc>{series.map(({ key, label }) => `${label}: ${formatNumber(lastOf(key)?.values[key])} pada ${lastOf(key)?.label ?? '–'}`).join('; ')}</desc>
        <rect class="fill-track" x={0} y={96} width={300} height={1} />
        {series.map(({ key, tone, dashed }) => <path class={`stroke-${tone}`} fill="none" stroke-dasharray={dashed ? '5 4' : undefined} d={path(key)} />)}
      </svg>
      <Ends points={points} />
    </figure>
  )
}

// One column a day.
export const DayColumns = ({ title, description, series, points }: CurveProps) => {
  const sums = points.map(({ values }) => series.reduce((sum, { key }) => sum + (values[key] ?? 0), 0))
  const most = Math.max(1, ...sums)
  const x = scaleBand<number>().domain(points.map((_, index) => index)).range([0, 300]).paddingInner(0.2)
  const y = scaleLinear().domain([0, most]).range([0, 92])
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <Legend series={series} />
      {description && <p class="hint">{description}</p>}
      <p class="hint lines-most">{formatNumber(most)}</p>
      <svg viewBox="0 0 300 100" preserveAspectRatio="none" role="img" class="lines">
        <title>{title}</title>
        <desc>{points.flatMap(({ label }, index) => sums[index]! > 0 ? [`${label}: ${formatNumber(sums[index])}`] : []).join('; ') || 'Tidak ada.'}</desc>
        <rect class="fill-track" x={0} y={96} width={300} height={1} />
        {points.map(({ values }, index) => {
          let base = 96
          return series.map(({ key, tone }) => {
            const height = y(values[key] ?? 0)
            base -= height
            return height > 0 ? <rect class={`fill-${tone}`} x={x(index)} y={base} width={x.bandwidth()} height={height} /> : null
          })
        })}
      </svg>
      <Ends points={points} />
    </figure>
  )
}
