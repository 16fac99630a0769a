import { scaleSqrt } from 'd3-scale'
import { arc, pie } from 'd3-shape'
import { countOf, FACETS, type Facet } from '#app/map/facets.ts'
import type { Asked, Mark, PlaceSums } from '#app/map/map.ts'
import { boxOf, CLOSEST, drawnAt, HEIGHT, TILE, unitsPerDot, unproject, WIDTH, zoomed, type Point, type View } from '#app/map/projection.ts'
import { Graticule, round, Scale } from '#views/map/graticule.tsx'
import { mapHref } from '#views/map/links.ts'
import { drawnOnce } from '#views/ui/drawn.ts'
import { formatNumber } from '#views/ui/format.ts'

type Props = { asked: Asked, view: View, marks: Mark[], places: PlaceSums[], tiles?: string }

// The map itself. It keeps its scale on a small screen and shows its middle there, so that its words stay readable.
export const Drawing = ({ asked, view, marks, places, tiles }: Props) => {
  const most = Math.max(60, ...marks.map(({ n }) => n))
  const radius = scaleSqrt().domain([1, most]).range([10, 26])
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="xMidYMid slice" class="map" role="group" aria-label="Peta rumah tangga" data-map>
      <rect class="map-ground" width={WIDTH} height={HEIGHT} />
      <g data-map-moving>
        {tiles && <Tiles view={view} address={tiles} />}
        <Graticule view={view} />
        {marks.map((mark) => <MarkLink asked={asked} view={view} mark={mark} radius={radius(mark.n)} />)}
        <Labels view={view} places={places} circles={marks.map((mark) => ({ ...drawnAt(view, mark), r: mark.n === 1 ? POINT : radius(mark.n) }))} />
      </g>
      <Scale view={view} />
    </svg>
  )
}

type MarkProps = { asked: Asked, view: View, mark: Mark, radius: number }

const MarkLink = drawnOnce(({ asked, view, mark, radius }: MarkProps) => {
  const facet: Facet = FACETS[asked.colour]
  const { x, y } = drawnAt(view, mark)
  const shares = facet.classes.map((one) => ({ ...one, count: countOf(mark, facet, one.key) })).filter(({ count }) => count > 0)
  const words = `${mark.n === 1 ? 'Satu rumah tangga' : `${formatNumber(mark.n)} rumah tangga`}: ${shares.map(({ label, count }) => mark.n === 1 ? label.toLowerCase() : `${label.toLowerCase()} ${formatNumber(count)}`).join(', ')}`
  return (
    <a href={hrefOf(asked, view, mark)} aria-label={words} class="map-mark" transform={`translate(${round(x)} ${round(y)})`} data-map-part={mark.householdId ? undefined : ''}>
      <title>{words}</title>
      {mark.n === 1 ? <><circle class="map-touch" r={14} /><circle class={`map-point fill-${shares[0]!.tone}`} r={6} /></> : (
        <>
          <circle class="map-back" r={round(radius)} />
          {ring(shares.map(({ count }) => count), radius).map((path, i) => <path class={`fill-${shares[i]!.tone}`} d={path} />)}
          <text class="map-count" text-anchor="middle" dy="0.36em">{short(mark.n)}</text>
        </>
      )}
    </a>
  )
}, 1000)

// One household, seen closely, opens; everything else looks closer at the same spot.
const hrefOf = (asked: Asked, view: View, { householdId, x, y }: Mark) =>
  householdId ? `/households/${householdId}` : mapHref(asked, zoomed({ ...unproject({ x, y }), zoom: view.zoom }, Math.min(CLOSEST, view.zoom + 2)))

const ring = (counts: number[], radius: number) => pie<number>().sort(null)(counts)
  .map((piece) => arc<typeof piece>().innerRadius(radius - Math.min(6, radius / 3)).outerRadius(radius).digits(1)(piece)!)

const short = (n: number) => n < 1000 ? String(n) : n < 100_000 ? `${(n / 1000).toFixed(n < 10_000 ? 1 : 0).replace('.', ',')} rb` : `${Math.round(n / 1000)} rb`

const MOST_LABELS = 24
const HIGH = 17

// Above the middle of the place, or below it, measured to the foot of the letters.
const BESIDE = [-30, 42]
const POINT = 6

// The largest first, where it covers no circle; one that would cover another, or finds no room, is left out: the table has them all.
const Labels = ({ view, places, circles }: { view: View, places: PlaceSums[], circles: (Point & { r: number })[] }) => {
  const shown: { name: string, at: Point, wide: number }[] = []
  const isFree = ({ x, y }: Point, wide: number) => shown.every(({ at, wide: other }) => Math.abs(at.y - y) > HIGH || Math.abs(at.x - x) > (other + wide) / 2)
    && circles.every(({ x: cx, y: cy, r }) => Math.abs(cx - x) > wide / 2 + r || cy + r < y - HIGH + 4 || cy - r > y + 3)
  for (const { name, x, y } of places) {
    if (shown.length >= MOST_LABELS) break
    const [middle, wide] = [drawnAt(view, { x, y }), name.length * 7.5]
    const at = BESIDE.map((by) => ({ x: middle.x, y: middle.y + by })).find((one) => one.x > 20 && one.x < WIDTH - 20 && one.y > 20 && one.y < HEIGHT - 6 && isFree(one, wide))
    if (at) shown.push({ name, at, wide })
  }
  return <g class="map-labels" aria-hidden="true">{shown.map(({ name, at }) => <text x={round(at.x)} y={round(at.y)} text-anchor="middle">{name} </text>)}</g>
}

// Pictures of the land from the tile server the administrator has named, as they lie at this zoom.
const Tiles = ({ view, address }: { view: View, address: string }) => {
  const { left, top } = boxOf(view)
  const units = unitsPerDot(view.zoom)
  const [first, highest] = [left, top].map((edge) => Math.floor(edge / (units * TILE))) as [number, number]
  const across = Array.from({ length: Math.ceil(WIDTH / TILE) + 1 }, (_, i) => first + i)
  const down = Array.from({ length: Math.ceil(HEIGHT / TILE) + 1 }, (_, i) => highest + i)
  return (
    <g class="map-tiles" aria-hidden="true">
      {across.flatMap((x) => down.map((y) => (
        <image href={address.replace('{z}', String(view.zoom)).replace('{x}', String(x)).replace('{y}', String(y))}
          x={round(x * TILE - left / units)} y={round(y * TILE - top / units)} width={TILE} height={TILE} />
      )))}
    </g>
  )
}
