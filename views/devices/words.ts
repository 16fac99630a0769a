import type { Range } from '#app/devices/gaps.ts'
import { formatNumber } from '#views/ui/format.ts'

const NAMED = 6

// "3, 5–7 dan 14": the numbers that have not come, the first few of them.
export function numbersOf(ranges: readonly Range[]): string {
  const named = ranges.slice(0, NAMED).map(({ from, to }) => from === to ? String(from) : `${from}–${to}`)
  if (ranges.length > NAMED) return `${named.join(', ')} dan seterusnya`
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} dan ${named.at(-1)}` : named.join('')
}

// "Kunjungan 14 dari 17 dari HP ini belum tiba."
export const missingWords = (ranges: readonly Range[], made: number) =>
  `Kunjungan ${numbersOf(ranges)} dari ${formatNumber(made)} dari HP ini belum tiba.`

export const STATUS_WORDS = { accepted: 'Diterima', waiting_photos: 'Foto menunggu', held: 'Ditahan', closed: 'Ditutup tanpa dipakai' } as const
export const STATUS_TONES = { accepted: 'good', waiting_photos: 'info', held: 'warn', closed: 'neutral' } as const
