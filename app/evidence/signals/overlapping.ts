import { metresBetween } from '#app/evidence/places.ts'
import type { Comparable, Neighbour } from '#app/evidence/rows.ts'
import { fine, look, type Signal } from '#app/evidence/signal.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { metresWords, timeSpan } from '#app/evidence/words.ts'

const BAR = THRESHOLDS.overlap
const LONGEST_STAY_MS = 3 * 3_600_000

// Two visits of one officer, or of two on one phone, that cannot both have been made. Drafts may lie open side by side, so that alone says nothing: the
// two interviews together must take longer than the time there was, or photos and fixes of two places must have been made
// in turns.
export function judgeOverlap(mine: Comparable, own: readonly Neighbour[]): Signal[] {
  const near = own.filter((other) => Math.abs(other.startedMs - mine.startedMs) < BAR.withinMs)
  const clashes = near.flatMap((other) => {
    const excess = excessOf(mine, other)
    if (excess > Math.max(BAR.excessMs, BAR.share * Math.min(mine.activeMs, other.activeMs))) return [{ other, excess, words: `lama keduanya ${timeSpan(mine.activeMs)} dan ${timeSpan(other.activeMs)}, ${timeSpan(excess)} lebih dari waktu yang ada` }]
    const together = sharedStay(mine, other)
    const metres = metresBetween(mine, other) - mine.accuracyM - other.accuracyM
    return together > BAR.spanMs && metres > BAR.apartM
      ? [{ other, excess: together, words: `foto dan lokasi di dua tempat berjarak ${metresWords(metres)} dibuat bergantian selama ${timeSpan(together)}` }] : []
  }).sort((one, more) => more.excess - one.excess)
  const [worst] = clashes
  if (!worst) return [fine('overlapping', 'Tidak ada wawancara lain petugas ini, atau dari HP ini, pada waktu yang sama.', { visits: near.length })]
  const others = clashes.length > 1 ? ` Begitu juga dengan ${clashes.length - 1} kunjungan lain.` : ''
  return [look('overlapping', `Bersamaan dengan kunjungan ke ${worst.other.headName}${worst.other.officerId === mine.officerId ? '' : ' oleh akun lain dari HP yang sama'}: ${worst.words}.${others}`, { excessMs: worst.excess, clashes: clashes.length })]
}

type Span = Pick<Comparable, 'startedMs' | 'endedMs' | 'activeMs'>

// What both interviews took beyond the time from the first page of one to the end of the other.
function excessOf(one: Span, other: Span): number {
  const isKnown = ({ startedMs, endedMs }: Span) => endedMs > startedMs
  if (!isKnown(one) || !isKnown(other) || one.startedMs >= other.endedMs || other.startedMs >= one.endedMs) return 0
  return one.activeMs + other.activeMs - (Math.max(one.endedMs, other.endedMs) - Math.min(one.startedMs, other.startedMs))
}

function sharedStay(one: Comparable, other: Comparable): number {
  const [a, b] = [stayOf(one), stayOf(other)]
  return a && b ? Math.min(a.to, b.to) - Math.max(a.from, b.from) : 0
}

// From the first fix or photo to the last. A visit sent again has photos of two days: no stay can be told from those.
function stayOf({ startedMs, endedMs, locatedMs, takenFromMs, takenToMs }: Comparable) {
  const times = [locatedMs, takenFromMs, takenToMs].filter((ms): ms is number => ms !== null && ms >= startedMs && ms <= endedMs)
  if (times.length < 2) return undefined
  const [from, to] = [Math.min(...times), Math.max(...times)]
  return to - from > LONGEST_STAY_MS ? undefined : { from, to }
}
