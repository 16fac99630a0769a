import type { Peers } from '#app/evidence/rows.ts'
import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { tooFew } from '#app/evidence/signals/duration.ts'
import { median, modifiedZ, spreadOf } from '#app/evidence/statistics.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { percent } from '#app/evidence/words.ts'

const BAR = THRESHOLDS.unchanged

// Shares are spread more widely in the middle than at the ends; on this scale they are spread alike.
const arcsine = (share: number) => Math.asin(Math.sqrt(share))

// How much of what the register said was found otherwise, beside what others here find. changes: null where the visit began
// from no record; known: answers the register had.
export function judgeUnchanged(changes: { known: number, changed: number } | null, { basis, rows, visits, officers }: Peers): Signal[] {
  if (changes === null || changes.known < BAR.known) return [unknown('unchanged_answers', `Data induk baru berisi ${changes?.known ?? 0} jawaban; perlu ${BAR.known} untuk tahu apa yang berubah.`)]
  const peers = rows.flatMap(({ changed }) => changed ?? [])
  if (basis === 'unknown' || peers.length < THRESHOLDS.peers.visits) return [unknown('unchanged_answers', tooFew({ visits, officers }))]
  const share = changes.changed / changes.known
  const usual = median(peers)
  const z = modifiedZ(arcsine(share), spreadOf(peers.map(arcsine)))
  const numbers = { ...changes, share, usual, z, peers: peers.length }
  const words = `${changes.changed} dari ${changes.known} jawaban prelist berubah (${percent(share)}); pada ${peers.length} kunjungan petugas lain tengahnya ${percent(usual)}`
  const isStill = usual >= BAR.leastUsual && share <= usual / BAR.timesLess && z < -BAR.z
  return [isStill ? look('unchanged_answers', `Hampir tidak ada yang berubah: ${words}.`, numbers) : fine('unchanged_answers', `${words}.`, numbers)]
}
