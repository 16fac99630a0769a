import { scaleLinear } from 'd3-scale'
import type { Disk } from '#app/operation/disk.ts'
import { Swatch } from '#views/ui/chart.tsx'
import { formatBytes, formatPercent } from '#views/ui/format.ts'

const WORDS = { fine: 'cukup', low: 'hampir penuh', full: 'penuh, kiriman ditolak' }

type Props = { disk: Disk, database: number, photos: number }

// The whole disk as one bar: our database, our files, what others use, and the edge beyond which nothing is taken in.
export const DiskBar = ({ disk, database, photos }: Props) => {
  const across = scaleLinear().domain([0, Math.max(1, disk.size)]).range([0, 100]).clamp(true)
  const used = disk.size - disk.free
  const others = Math.max(0, used - database - photos)
  const parts = [
    { label: `Sistem dan program lain: ${formatBytes(others)}`, from: 0, to: others, tone: 2 as const },
    { label: `Foto dan berkas: ${formatBytes(photos)}`, from: others, to: others + photos, tone: 1 as const },
    { label: `Basis data: ${formatBytes(database)}`, from: others + photos, to: used, tone: 3 as const },
    { label: `${formatBytes(disk.reserve)} terakhir, di sini kiriman ditolak`, from: Math.max(used, disk.size - disk.reserve), to: disk.size, tone: 4 as const },
  ]
  return (
    <figure class="chart">
      <figcaption>Ruang disk: {WORDS[disk.level]}. Sisa {formatBytes(disk.free)} dari {formatBytes(disk.size)}</figcaption>
      <svg viewBox="0 0 100 14" preserveAspectRatio="none" role="img" class="bar">
        <title>Ruang disk</title>
        <desc>Terpakai {formatPercent(used, disk.size)}. {parts.map(({ label }) => label).join('; ')}.</desc>
        <rect class="fill-track" width="100" height="14" />
        {parts.map(({ from, to, tone }) => to > from && <rect class={`fill-${tone}`} x={across(from).toFixed(2)} width={Math.max(0.4, across(to) - across(from)).toFixed(2)} height="14" />)}
      </svg>
      <ul class="legend">
        {parts.map(({ label, tone }) => <li><Swatch tone={tone} />{label}</li>)}
      </ul>
    </figure>
  )
}
