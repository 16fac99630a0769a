import { BLOCKS } from '#app/evidence/answers.ts'
import type { Comparable, Peers } from '#app/evidence/rows.ts'
import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { tooFew } from '#app/evidence/signals/duration.ts'
import { binomialTail } from '#app/evidence/statistics.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { percent } from '#app/evidence/words.ts'

const BAR = THRESHOLDS.straight

// One code through a whole block is often the truth (no assets, nobody disabled). It is looked at when this visit has it and
// this officer has it far oftener than others here.
export function judgeStraightLining({ uniform, outcome }: Pick<Comparable, 'uniform' | 'outcome'>, own: readonly Pick<Comparable, 'uniform' | 'outcome'>[], peers: Peers): Signal[] {
  if (outcome !== 1) return []
  const ours = [{ uniform, outcome }, ...own].filter((visit) => visit.outcome === 1)
  const theirs = peers.rows.filter((visit) => visit.outcome === 1)
  if (peers.basis === 'unknown' || theirs.length < THRESHOLDS.peers.visits) return [unknown('straight_lining', tooFew(peers))]
  if (ours.length < BAR.visits) return [unknown('straight_lining', `Baru ${ours.length} wawancara petugas ini; perlu ${BAR.visits} untuk melihat kebiasaannya.`)]
  const blocks = BLOCKS.flatMap(({ title }, i) => {
    const has = (visit: { uniform: number }) => (visit.uniform & (1 << i)) !== 0
    if (!has({ uniform })) return []
    const [count, usual] = [ours.filter(has).length, (theirs.filter(has).length + 1) / (theirs.length + 2)]
    const share = count / ours.length
    return share >= BAR.times * usual && binomialTail(count, ours.length, usual) < BAR.chance ? [{ title, share, usual }] : []
  })
  const [first] = blocks
  if (!first) return [fine('straight_lining', 'Jawaban dalam satu blok tidak lebih seragam daripada kunjungan petugas lain di sini.', { visits: ours.length })]
  return [look('straight_lining', `Blok ${blocks.map(({ title }) => title).join(' dan ')} berisi satu jawaban yang sama; begitu pada ${percent(first.share)} dari ${ours.length} wawancara petugas ini, pada petugas lain ${percent(first.usual)}.`,
    { share: first.share, usual: first.usual, blocks: blocks.length })]
}
