import { scaleLinear, scaleLog } from 'd3-scale'
import type { Durations } from '#app/quality/officer-page.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDateTime, formatDuration, formatNumber, formatShortDate } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { durations: Durations, desa: string, zone: number, fileHref: string, isOwn: boolean }

const [WIDTH, HEIGHT, EDGE] = [600, 180, 8]
const MINUTE = 60_000
const SHOWN = 12

// Every interview against what is usual for the others of the desa: points over the band of their middle half.
export const DurationsCard = ({ durations, desa, zone, fileHref, isOwn }: Props) => {
  const { points, band } = durations
  return (
    <Card title="Lama wawancara" actions={points.length > 0 && <LinkButton href={fileHref} download>Unduh CSV</LinkButton>}>
      {points.length === 0 ? <p>Belum ada wawancara selesai yang sudah dinilai di {desa}.</p> : (
        <>
          <figure class="chart">
            <figcaption>{`${formatNumber(points.length)} wawancara ${isOwn ? 'Anda' : 'petugas ini'} di ${desa}, menurut urutan dikirim`}</figcaption>
            <ul class="legend">
              <li><Mark tone="fill-1" />Tanpa tanda</li><li><Mark tone="fill-4" square />Bertanda</li>
              {band && <li><Mark tone="fill-soft" square />{`Petugas lain: separuh wawancaranya ${formatDuration(band.low)}–${formatDuration(band.high)}`}</li>}
            </ul>
            <p class="hint">{band
              ? `Garis: tengah ${formatNumber(band.visits)} wawancara petugas lain, ${formatDuration(band.middle)}. Skala logaritma: jarak yang sama berarti kelipatan yang sama.`
              : 'Petugas lain di desa ini belum cukup untuk menggambar kebiasaannya.'}</p>
            <Drawing {...durations} />
            <p class="hint lines-ends"><span>{formatShortDate(points[0]!.submittedAt, zone)}</span> <span>{points.length > 1 && formatShortDate(points.at(-1)!.submittedAt, zone)}</span></p>
          </figure>
          <Table caption={`${Math.min(SHOWN, points.length)} wawancara terbaru; semuanya ada di CSV`} dense columns={['Dikirim', { label: 'Lama', align: 'right' }, { label: 'Anggota', align: 'right' }, { label: 'Tanda', align: 'right' }]}>
            {points.slice(-SHOWN).reverse().map((point) => (
              <Row tone={point.flagCount > 0 ? 'warn' : undefined}>
                <Cell label="Dikirim" lead>{formatDateTime(point.submittedAt, zone)}</Cell>
                <Cell label="Lama" align="right">{formatDuration(point.activeMs)}</Cell>
                <Cell label="Anggota" align="right">{formatNumber(point.memberCount)}</Cell>
                <Cell label="Tanda" align="right">{formatNumber(point.flagCount)}</Cell>
              </Row>
            ))}
          </Table>
        </>
      )}
    </Card>
  )
}

const Drawing = ({ points, band }: Durations) => {
  const minutes = points.map(({ activeMs }) => Math.max(activeMs / MINUTE, 0.5))
  const all = [...minutes, ...band ? [band.low / MINUTE, band.high / MINUTE] : []]
  const y = scaleLog().domain([Math.min(...all) / 1.3, Math.max(...all) * 1.3]).range([HEIGHT, 0])
  const x = scaleLinear().domain([0, Math.max(1, points.length - 1)]).range([EDGE, WIDTH - EDGE])
  const at = (index: number) => points.length === 1 ? WIDTH / 2 : x(index)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" class="points">
      <title>Lama wawancara menurut urutan dikirim</title>
      <desc>{points.slice(-SHOWN).map(({ submittedAt, activeMs }) => `${formatShortDate(submittedAt)}: ${formatDuration(activeMs)}`).join('; ')}</desc>
      <rect class="fill-track" width={WIDTH} height={HEIGHT} opacity="0.35" />
      {band && <rect class="fill-soft" x={0} width={WIDTH} y={y(Math.max(band.high / MINUTE, 0.5))} height={Math.max(1, y(Math.max(band.low / MINUTE, 0.5)) - y(Math.max(band.high / MINUTE, 0.5)))} />}
      {band && <rect class="fill-2" x={0} width={WIDTH} y={y(Math.max(band.middle / MINUTE, 0.5)) - 0.75} height={1.5} />}
      {points.map(({ flagCount }, index) => flagCount > 0
        ? <rect class="fill-4" x={at(index) - 4} y={y(minutes[index]!) - 4} width={8} height={8} />
        : <circle class="fill-1" cx={at(index)} cy={y(minutes[index]!)} r={4} />)}
    </svg>
  )
}

// Round or square, so that a flag is seen without colour too.
const Mark = ({ tone, square }: { tone: string, square?: boolean }) => (
  <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">{square ? <rect class={tone} width="12" height="12" /> : <circle class={tone} cx="6" cy="6" r="5" />}</svg>
)
