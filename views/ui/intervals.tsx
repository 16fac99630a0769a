import { scaleLinear } from 'd3-scale'
import { formatDecimal, formatNumber } from '#views/ui/format.ts'

export type Estimate = { label: string, href?: string, share: number, low: number, high: number, count: number }

const percent = (share: number) => `${formatDecimal(share * 100, share > 0 && share < 0.1 ? 1 : 0)}%`
export const intervalWords = ({ share, low, high }: Omit<Estimate, 'label'>) => `${percent(share)} (${percent(low)}–${percent(high)})`

// One bar for each share of a whole.
export const Shares = ({ title, description, rows }: { title: string, description?: string, rows: { label: string, share: number }[] }) => (
  <figure class="chart">
    <figcaption>{title}</figcaption>
    {description && <p class="hint">{description}</p>}
    <ol class="bars">
      {rows.map(({ label, share }) => (
        <li>
          <span>{label}</span>{' '}
          <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true" class="bar">
            <rect class="fill-track" width={100} height={14} />
            <rect class="fill-1" width={share > 0 ? Math.max(share * 100, 0.6) : 0} height={14} />
          </svg>{' '}
          <strong class="right">{percent(share)}</strong>
        </li>
      ))}
    </ol>
  </figure>
)

// A dot for what was seen, and the line in which the true share lies in nineteen of twenty cases. The page has the table; the
// words stand outside the drawing, so that they keep their size on a small screen.
export const Intervals = ({ title, description, rows }: { title: string, description?: string, rows: Estimate[] }) => {
  const across = scaleLinear().domain([0, Math.min(1, Math.max(0.1, ...rows.map(({ high }) => high)))]).range([0, 100])
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {description && <p class="hint">{description}</p>}
      <ol class="bars">
        {rows.map((row) => (
          <li>
            <span>{row.href ? <a href={row.href}>{row.label}</a> : row.label}</span>{' '}
            <svg viewBox="0 0 100 14" preserveAspectRatio="none" role="img" class="bar">
              <title>{row.label}</title>
              <desc>{`${intervalWords(row)} dari ${formatNumber(row.count)}`}</desc>
              <rect class="fill-track" width={100} height={14} />
              <rect class="fill-2" x={across(row.low)} y={5} width={Math.max(across(row.high) - across(row.low), 0.4)} height={4} />
              <rect class="fill-1" x={Math.max(0, Math.min(98.8, across(row.share) - 0.6))} y={1} width={1.2} height={12} />
            </svg>{' '}
            <strong class="right">{percent(row.share)}</strong>
          </li>
        ))}
      </ol>
    </figure>
  )
}
