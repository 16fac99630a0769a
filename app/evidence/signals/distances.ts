import { metresBetween, type Point } from '#app/evidence/places.ts'
import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { median, quantile } from '#app/evidence/statistics.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { metresWords } from '#app/evidence/words.ts'

const { prelist: PRELIST, village: VILLAGE, peers: ENOUGH } = THRESHOLDS

// From the point the register has. Where the register's points are poor, they are poor for all: what is usual here counts too.
// isBefore: the register's point is the one from before this visit.
export function judgePrelistDistance({ prelistM, accuracyM, isBefore = true }: { prelistM: number | null, accuracyM: number, isBefore?: boolean }, peers: readonly (number | null)[]): Signal[] {
  if (prelistM === null) return [unknown('far_from_prelist', 'Data induk belum punya titik, jadi jaraknya tidak dapat dihitung.')]
  if (prelistM < PRELIST.sameM && isBefore) return [look('far_from_prelist', 'Titik ini sama persis dengan titik prelist. GPS tidak mengulang satu titik sampai sentimeter: titiknya mungkin disalin.', { prelistM, accuracyM }, 2)]
  const known = peers.filter((metres): metres is number => metres !== null)
  const usual = known.length >= ENOUGH.visits ? quantile(known, 0.75) : 0
  const beyond = prelistM - accuracyM
  const numbers = { prelistM, accuracyM, usual }
  const words = `${metresWords(prelistM)} dari titik prelist${usual > 0 ? `; tiga perempat kunjungan lain di sini paling jauh ${metresWords(usual)}` : ''}`
  if (beyond <= Math.max(PRELIST.hintM, PRELIST.timesUsual * usual)) return [fine('far_from_prelist', `Lokasi ${words}.`, numbers)]
  return [look('far_from_prelist', `Lokasi ${words} (ketelitian ±${Math.round(accuracyM)} m).`, numbers, beyond > Math.max(PRELIST.lookM, PRELIST.timesUsual * usual) ? 2 : 1)]
}

// From the middle of the desa's other visits: of each coordinate the median, so that one wrong point does not move it.
export function judgeVillageDistance(mine: Point, others: readonly Point[]): Signal[] {
  if (others.length < VILLAGE.points) return [unknown('far_from_village', `Baru ${others.length} kunjungan lain di desa ini; perlu ${VILLAGE.points} untuk tahu letaknya.`)]
  const middle = { latitude: median(others.map(({ latitude }) => latitude)), longitude: median(others.map(({ longitude }) => longitude)) }
  const usual = median(others.map((point) => metresBetween(point, middle)))
  const metres = metresBetween(mine, middle)
  const numbers = { metres, usual, visits: others.length }
  const words = `Lokasi ${metresWords(metres)} dari tengah ${others.length} kunjungan lain di desa ini (biasanya ${metresWords(usual)}).`
  return metres > Math.max(VILLAGE.farM, VILLAGE.timesUsual * usual) ? [look('far_from_village', words, numbers)] : [fine('far_from_village', words, numbers)]
}
