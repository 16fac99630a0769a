import { metresBetween } from '#app/evidence/places.ts'
import type { Comparable, Neighbour } from '#app/evidence/rows.ts'
import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { metresWords, thousands, timeSpan } from '#app/evidence/words.ts'

const BAR = THRESHOLDS.speed
type Fix = Pick<Comparable, 'latitude' | 'longitude' | 'accuracyM' | 'locatedMs'>

// From the fix before to this one, and from this one to the next: no faster than a road allows, once both accuracies are
// taken off the way. Both times are of one phone's GPS or clock, so a clock that is wrong all day does no harm.
export function judgeSpeed(mine: Fix, own: readonly Neighbour[]): Signal[] {
  if (mine.locatedMs === null) return [unknown('impossible_speed', 'Koordinat diketik, jadi tidak ada jam untuk menghitung kecepatan.')]
  const fixed = own.filter((other): other is Neighbour & { locatedMs: number } => other.locatedMs !== null)
  if (fixed.length === 0) return [unknown('impossible_speed', 'Belum ada kunjungan lain petugas ini yang dapat dihitung kecepatannya.')]
  const at = mine.locatedMs
  const before = fixed.filter(({ locatedMs }) => locatedMs <= at).sort((one, other) => other.locatedMs - one.locatedMs)[0]
  const after = fixed.filter(({ locatedMs }) => locatedMs > at).sort((one, other) => one.locatedMs - other.locatedMs)[0]
  const legs = [before, after].flatMap((other) => other ? [legOf(mine, at, other)] : [])
  const fastest = legs.reduce((one, other) => other.kmh > one.kmh ? other : one)
  const numbers = { kmh: Math.min(fastest.kmh, 100_000), metres: fastest.metres, ms: fastest.ms }
  const way = `${metresWords(fastest.metres)} dalam ${timeSpan(fastest.ms)} ${fastest.other === before ? 'sejak' : 'sebelum'} kunjungan ke ${fastest.other.headName}`
  return fastest.beyondM >= BAR.leastM && fastest.kmh > BAR.kmh
    ? [look('impossible_speed', `${way[0]!.toUpperCase()}${way.slice(1)}: ${fastest.kmh > 2000 ? 'tidak mungkin ditempuh' : `${thousands(fastest.kmh)} km/jam`}.`, numbers)]
    : [fine('impossible_speed', `Jarak antar kunjungan wajar: ${way}.`, numbers)]
}

function legOf(mine: Fix, at: number, other: Neighbour & { locatedMs: number }) {
  const [metres, ms] = [metresBetween(mine, other), Math.abs(at - other.locatedMs)]
  const beyondM = Math.max(0, metres - mine.accuracyM - other.accuracyM)
  return { other, metres, ms, beyondM, kmh: beyondM / Math.max(ms, BAR.leastMs) * 3600 }
}
