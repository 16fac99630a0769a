import { boxOf, drawnAt, HEIGHT, metresPerDot, project, unproject, WIDTH, type View } from '#app/map/projection.ts'

// Lines of equal latitude and longitude and a scale: without a picture of the land below, they say where and how far.
const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005]
const LINES = 4

export const Graticule = ({ view }: { view: View }) => {
  const { left, right, top, bottom } = boxOf(view)
  const [northWest, southEast] = [unproject({ x: left, y: top }), unproject({ x: right, y: bottom })]
  const step = STEPS.find((one) => (southEast.longitude - northWest.longitude) / one >= LINES) ?? STEPS.at(-1)!
  return (
    <g class="graticule" aria-hidden="true">
      {between(northWest.longitude, southEast.longitude, step).map((longitude) => {
        const { x } = drawnAt(view, project({ latitude: view.latitude, longitude }))
        return <><line x1={round(x)} x2={round(x)} y1={0} y2={HEIGHT} /><text x={round(x + 4)} y={HEIGHT - 6}>{degrees(longitude, step, 'BT', 'BB')} </text></>
      })}
      {between(southEast.latitude, northWest.latitude, step).map((latitude) => {
        const { y } = drawnAt(view, project({ latitude, longitude: view.longitude }))
        return <><line x1={0} x2={WIDTH} y1={round(y)} y2={round(y)} /><text x={WIDTH - 6} y={round(y - 4)} text-anchor="end">{degrees(latitude, step, 'LU', 'LS')} </text></>
      })}
    </g>
  )
}

const between = (low: number, high: number, step: number) =>
  Array.from({ length: Math.max(0, Math.floor(high / step) - Math.ceil(low / step) + 1) }, (_, i) => (Math.ceil(low / step) + i) * step)

export const round = (value: number) => Math.round(value * 10) / 10
const degrees = (value: number, step: number, plus: string, minus: string) =>
  `${Math.abs(value).toFixed(Math.max(0, -Math.floor(Math.log10(step)))).replace('.', ',')}° ${value < 0 ? minus : plus}`

const SCALES = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]
const LONGEST = 140

export const Scale = ({ view }: { view: View }) => {
  const perDot = metresPerDot(view)
  const metres = SCALES.filter((one) => one / perDot <= LONGEST).at(-1) ?? SCALES[0]!
  const long = round(metres / perDot)
  return (
    <g class="map-scale" transform={`translate(120 ${HEIGHT - 30})`}>
      <rect x={-8} y={-18} width={long + 16} height={28} rx={4} />
      <path d={`M0 -4v6h${long}v-6`} />
      <text x={long / 2} y={-4} text-anchor="middle">{metres >= 1000 ? `${metres / 1000} km` : `${metres} m`}</text>
    </g>
  )
}
