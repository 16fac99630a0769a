import { scaleLog } from 'd3-scale'
import { formatDecimal } from '#views/ui/format.ts'

export type Band = { minutes: number, median: number, q1: number, q3: number, low: number, high: number }
type Numbers = Record<string, number | string> | undefined

// The numbers of a judged duration, if it was held against others.
export function bandIn(numbers: Numbers): Band | undefined {
  const { minutes, median, q1, q3, low, high } = numbers ?? {}
  return [minutes, median, q1, q3, low, high].every((value) => typeof value === 'number' && value > 0 && Number.isFinite(value))
    ? { minutes, median, q1, q3, low, high } as Band : undefined
}

const words = (minutes: number) => `${minutes < 10 ? formatDecimal(minutes) : formatDecimal(minutes, 0)} menit`

// Where this visit lies among those of the other officers. The sentence above says the same in words.
export const DurationBand = ({ band }: { band: Band }) => {
  const { minutes, median, q1, q3, low, high } = band
  const x = scaleLog().domain([Math.min(low, minutes) / 1.3, Math.max(high, minutes) * 1.3]).range([0, 300])
  return (
    <figure class="band">
      <svg viewBox="0 0 300 36" preserveAspectRatio="none" role="img" class="band-strip">
        <title>Lama wawancara ini di antara wawancara petugas lain</title>
        <desc>{`Wawancara ini ${words(minutes)}. Separuh yang lain antara ${words(q1)} dan ${words(q3)}, tengahnya ${words(median)}. Di luar ${words(low)} sampai ${words(high)} jauh berbeda.`}</desc>
        <rect class="fill-track" x={0} y={12} width={300} height={12} />
        <rect class="fill-soft" x={x(low)} y={12} width={x(high) - x(low)} height={12} />
        <rect class="fill-2" x={x(q1)} y={8} width={Math.max(1, x(q3) - x(q1))} height={20} />
        <rect class="fill-1" x={x(median) - 1} y={6} width={2} height={24} />
        <rect class="band-mark" x={x(minutes) - 3} y={2} width={6} height={32} />
      </svg>
      <figcaption class="hint">
        <span><i class="band-key band-mark" aria-hidden="true" />Kunjungan ini {words(minutes)}</span>{' '}
        <span><i class="band-key band-middle" aria-hidden="true" />Separuh yang lain {words(q1)}–{words(q3)}, tengah {words(median)}</span>{' '}
        <span><i class="band-key band-wide" aria-hidden="true" />Wajar {words(low)}–{words(high)}</span>
      </figcaption>
    </figure>
  )
}
