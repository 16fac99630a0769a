import type { Point } from '#app/households/detail.ts'
import { formatAccuracy, formatCoordinate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts } from '#views/ui/page.tsx'

// Drawn by the server from the coordinate alone: a grid of degrees, the point and how sure it is. Nothing is fetched.
const [WIDTH, HEIGHT] = [320, 200]
const METRES_PER_DEGREE = 111_320
const STEPS = [0.0005, 0.001, 0.002, 0.005, 0.01]

export const MapCard = ({ point }: { point?: Point }) => (
  <Card title="Lokasi rumah">
    {point ? <Located point={point} /> : <p class="hint">Belum ada titik lokasi. Petugas mengambilnya saat kunjungan.</p>}
  </Card>
)

const Located = ({ point }: { point: Point }) => (
  <>
    <Graticule point={point} />
    <Facts compact items={[
      { label: 'Koordinat', value: formatCoordinate(point.latitude, point.longitude) },
      { label: 'Ketelitian', value: point.accuracyM === null ? 'Tidak diketahui' : formatAccuracy(point.accuracyM) },
      ...(point.at ? [{ label: 'Diambil', value: formatDateTime(point.at) }] : []),
    ]} />
    <p><a href={`geo:${point.latitude},${point.longitude}`}>Buka di aplikasi peta</a></p>
  </>
)

const Graticule = ({ point: { latitude, longitude, accuracyM } }: { point: Point }) => {
  const step = STEPS.find((size) => size * METRES_PER_DEGREE >= (accuracyM ?? 20) * 1.2) ?? 0.01
  // Two and a half steps to each side of the middle; a degree of longitude is shorter the farther from the equator.
  const scale = HEIGHT / (step * 3)
  const across = scale * Math.cos(latitude * Math.PI / 180)
  const x = (degrees: number) => round(WIDTH / 2 + (degrees - longitude) * across)
  const y = (degrees: number) => round(HEIGHT / 2 - (degrees - latitude) * scale)
  const radius = accuracyM === null ? 0 : round(accuracyM / METRES_PER_DEGREE * scale)
  const metres = Math.round(step * METRES_PER_DEGREE / 10) * 10
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" role="img" aria-label={`Titik rumah pada ${formatCoordinate(latitude, longitude)}; satu kotak kira-kira ${metres} meter`}>
      <rect width={WIDTH} height={HEIGHT} fill="#f2f0e8" />
      {linesAround(longitude, step).map((at) => <><line x1={x(at)} x2={x(at)} y1="0" y2={HEIGHT} stroke="#c9c4b4" /><text x={x(at) + 3} y={HEIGHT - 5} font-size="9" fill="#5b6660">{degrees(at)}</text></>)}
      {linesAround(latitude, step).map((at) => <><line x1="0" x2={WIDTH} y1={y(at)} y2={y(at)} stroke="#c9c4b4" /><text x="4" y={y(at) - 3} font-size="9" fill="#5b6660">{degrees(at)}</text></>)}
      {radius > 0 && <circle cx={WIDTH / 2} cy={HEIGHT / 2} r={radius} fill="#0e6466" fill-opacity="0.14" stroke="#0e6466" />}
      <path d={`M${WIDTH / 2 - 12} ${HEIGHT / 2}h24M${WIDTH / 2} ${HEIGHT / 2 - 12}v24`} stroke="#8f2d14" stroke-width="2" />
      <circle cx={WIDTH / 2} cy={HEIGHT / 2} r="4" fill="#8f2d14" />
      <text x={WIDTH - 8} y="14" text-anchor="end" font-size="10" fill="#24332f">1 kotak ± {metres} m</text>
    </svg>
  )
}

const linesAround = (middle: number, step: number) => {
  const first = Math.floor(middle / step)
  return [-2, -1, 0, 1, 2, 3].map((i) => (first + i) * step)
}
const degrees = (value: number) => `${value.toFixed(4).replace('.', ',')}°`
const round = (value: number) => Math.round(value * 10) / 10
