import { metresBetween, type Point } from '#app/evidence/places.ts'
import type { Neighbour } from '#app/evidence/rows.ts'
import { fine, look, type Signal } from '#app/evidence/signal.ts'
import { quantile } from '#app/evidence/statistics.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'

const BAR = THRESHOLDS.samePoint
const SAME_DIGITS = 1e-7

type Mine = Point & { officerId: string }
type Close = Neighbour & { metres: number }

// Other households within ten metres, each once: the nearest of its visits.
export function closeTo(mine: Mine, neighbours: readonly Neighbour[]): Close[] {
  const nearest = new Map<string, Close>()
  for (const neighbour of neighbours) {
    const metres = metresBetween(mine, neighbour)
    if (metres <= BAR.nearM && metres < (nearest.get(neighbour.householdId)?.metres ?? Infinity)) nearest.set(neighbour.householdId, { ...neighbour, metres })
  }
  return [...nearest.values()].sort((one, other) => one.metres - other.metres)
}

// A fix never repeats to the metre by itself. Houses wall to wall are honest, so one other house is a hint only; a fix equal in
// every digit, or several houses at one spot, is not. near: how many houses others have within ten metres here.
export function judgeSamePoint(mine: Mine, close: readonly Close[], near: readonly number[]): Signal[] {
  const same = close.filter(({ metres }) => metres <= BAR.sameM)
  const exact = same.filter((other) => Math.abs(other.latitude - mine.latitude) < SAME_DIGITS && Math.abs(other.longitude - mine.longitude) < SAME_DIGITS)
  const usual = near.length > 0 ? quantile(near, 0.75) : 0
  const numbers = { same: same.length, exact: exact.length, near: close.length, usual }
  if (same.length > 0) {
    const own = same.filter(({ officerId }) => officerId === mine.officerId).length
    const weight = Math.max(Math.min(3, same.length), exact.length > 1 ? 3 : exact.length === 1 ? 2 : 1)
    return [look('same_point', `Titik ini sama ${exact.length > 0 ? 'persis' : `(dalam ${String(BAR.sameM).replace('.', ',')} m)`} dengan ${same.length} rumah tangga lain: ${namesOf(same)}${own < same.length ? `; ${own} oleh petugas yang sama` : ', semua oleh petugas yang sama'}.`, numbers, weight)]
  }
  if (close.length >= Math.max(BAR.near, BAR.timesUsual * (usual + 1))) {
    return [look('same_point', `${close.length} rumah tangga lain berada dalam ${BAR.nearM} m dari titik ini: ${namesOf(close)}. Pada kunjungan petugas lain di sini biasanya paling banyak ${Math.round(usual)}.`, numbers, 2)]
  }
  return [fine('same_point', `Tidak ada rumah tangga lain pada titik yang sama; ${close.length} dalam ${BAR.nearM} m.`, numbers)]
}

const namesOf = (all: readonly Close[]) => [...all.slice(0, 3).map(({ headName }) => headName), ...(all.length > 3 ? [`${all.length - 3} lagi`] : [])].join(', ')
