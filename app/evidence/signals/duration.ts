import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import type { Comparable, Peers } from '#app/evidence/rows.ts'
import { modifiedZ, quantile, sigmaOf, spreadOf, theilSen } from '#app/evidence/statistics.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { decimal, timeSpan } from '#app/evidence/words.ts'

const { duration: BAR, peers: ENOUGH } = THRESHOLDS
const WHERE = { village: 'di desa ini', district: 'di kecamatan ini (di desa ini belum cukup)', regency: 'di kabupaten/kota ini (di kecamatan ini belum cukup)' }

type Timed = Pick<Comparable, 'size' | 'logMinutes'>

// How long this interview took beside those of other officers of the same desa and period. Durations grow by factors, not by
// minutes, so their logarithms are compared; and with the people in the house, so each is told as for a house of this size.
export function judgeDuration({ size, logMinutes }: Timed, { basis, rows, visits, officers }: Peers): Signal[] {
  if (logMinutes === null) return []
  const peers = rows.filter((row): row is Comparable & { logMinutes: number } => row.logMinutes !== null)
  if (basis === 'unknown' || peers.length < ENOUGH.visits) return [unknown('duration', tooFew({ visits, officers }))]
  const band = bandFor(size, peers)
  const z = modifiedZ(logMinutes, band.spread)
  const ratio = Math.exp(logMinutes - band.spread.centre)
  const numbers = {
    minutes: Math.exp(logMinutes), median: Math.exp(band.spread.centre), q1: Math.exp(band.q1), q3: Math.exp(band.q3), low: Math.exp(band.low), high: Math.exp(band.high),
    z, slope: band.slope, peers: peers.length, officers, size, basis,
  }
  const usual = `${peers.length} kunjungan oleh ${officers} petugas lain ${WHERE[basis]} pada periode yang sama, untuk ${size} orang, biasanya ${minutes(numbers.q1)}–${minutes(numbers.q3)} menit (tengah ${minutes(numbers.median)})`
  const took = timeSpan(numbers.minutes * 60_000)
  const isFar = Math.abs(z) > BAR.z && (ratio >= BAR.factor || ratio <= 1 / BAR.factor)
  if (!isFar) return [fine('duration', `Wawancara ${took}; ${usual}.`, numbers)]
  const [words, weight] = z < 0 ? ['jauh lebih singkat', z <= -BAR.strongZ ? 3 : 2] as const : ['jauh lebih lama', 1] as const
  return [look('duration', `Wawancara ${took}, ${words}: ${usual}.`, numbers, weight)]
}

// The logarithms of the peers' minutes as if each house had this many people, and where the bars lie in them.
function bandFor(size: number, peers: readonly { size: number, logMinutes: number }[]) {
  const slope = peers.length < BAR.slopeFrom ? 0 : Math.min(BAR.steepest, Math.max(0, theilSen(peers.map((peer) => ({ x: peer.size, y: peer.logMinutes })))))
  const adjusted = peers.map((peer) => peer.logMinutes + slope * (size - peer.size))
  const spread = spreadOf(adjusted)
  const width = Math.max(Math.log(BAR.factor), BAR.z * sigmaOf(spread))
  return { slope, spread, q1: quantile(adjusted, 0.25), q3: quantile(adjusted, 0.75), low: spread.centre - width, high: spread.centre + width }
}

const minutes = (value: number) => value < 10 ? decimal(value) : String(Math.round(value))

export const tooFew = ({ visits, officers }: { visits: number, officers: number }) =>
  `Belum dapat dibandingkan: baru ${visits} kunjungan selesai oleh ${officers} petugas lain di kabupaten/kota ini pada periode ini; perlu ${ENOUGH.visits} oleh ${ENOUGH.officers} petugas.`
