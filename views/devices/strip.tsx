import { scaleLinear } from 'd3-scale'
import type { Cell } from '#app/devices/history.ts'
import { formatNumber } from '#views/ui/format.ts'

const WORDS: Record<Cell['state'], string> = {
  arrived: 'Tiba', waiting: 'Foto menunggu', held: 'Ditahan', closed: 'Ditutup', missing: 'Belum tiba',
}
const ORDER = Object.keys(WORDS) as Cell['state'][]
const HEIGHT = 20

// The sequence from the first visit to the last. What is missing is drawn hollow, so that it is seen without colour too;
// the table under it says the same in words.
export const SequenceStrip = ({ cells, made }: { cells: Cell[], made: number }) => {
  const across = scaleLinear().domain([1, made + 1]).range([0, 600])
  const gap = made <= 150 ? 1 : 0
  const shown = ORDER.filter((state) => cells.some((cell) => cell.state === state))
  return (
    <figure class="chart">
      <figcaption>Urutan kunjungan dari HP ini</figcaption>
      <ul class="legend">
        {shown.map((state) => <li><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect class={`strip-${state}`} x="1" y="1" width="10" height="10" /></svg>{WORDS[state]}: {formatNumber(countOf(cells, state))}</li>)}
      </ul>
      <svg viewBox={`0 0 600 ${HEIGHT}`} preserveAspectRatio="none" role="img" class="strip">
        <title>Urutan kunjungan 1 sampai {formatNumber(made)}</title>
        <desc>{cells.map(({ from, to, state }) => `${from === to ? from : `${from} sampai ${to}`}: ${WORDS[state]}`).join('; ')}</desc>
        {cells.flatMap(({ from, to, state }) => gap ? Array.from({ length: to - from + 1 }, (_, i) => ({ from: from + i, to: from + i, state })) : [{ from, to, state }])
          .map(({ from, to, state }) => <rect class={`strip-${state}`} x={across(from) + gap} y="1" width={Math.max(across(to + 1) - across(from) - 2 * gap, 0.8)} height={HEIGHT - 2} />)}
      </svg>
      <p class="strip-ends hint"><span>1</span> <span>{formatNumber(made)}</span></p>
    </figure>
  )
}

const countOf = (cells: Cell[], wanted: Cell['state']) =>
  cells.filter(({ state }) => state === wanted).reduce((sum, { from, to }) => sum + to - from + 1, 0)
