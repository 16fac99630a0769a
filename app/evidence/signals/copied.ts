import type { Comparable, Neighbour, Peers } from '#app/evidence/rows.ts'
import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { tooFew } from '#app/evidence/signals/duration.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { percent } from '#app/evidence/words.ts'

const BAR = THRESHOLDS.copied
type Signed<T> = T & { answers: Uint8Array }

// Poor houses of one desa are alike, so only answers that differ between them count, and the nearest visit of this officer is
// held against the nearest of the others: where everything is alike, both are near. One other officer may have the very same
// answers because both wrote down one template, so what is usual is how near the others come without the nearest of them.
export function judgeCopied(mine: Pick<Comparable, 'answers'>, own: readonly Neighbour[], peers: Peers): Signal[] {
  const { answers } = mine
  if (answers === null) return []
  const comparable = <T extends Comparable>(rows: readonly T[]) => rows.filter((row): row is Signed<T> => row.answers !== null && row.answers.length === answers.length && row.answers[0] === answers[0])
  const [ours, theirs] = [comparable(own), comparable(peers.rows)]
  if (peers.basis === 'unknown' || theirs.length < THRESHOLDS.peers.visits) return [unknown('copied_answers', tooFew(peers))]
  if (ours.length === 0) return [unknown('copied_answers', 'Belum ada kunjungan lain petugas ini untuk dibandingkan jawabannya.')]
  const items = tellingItems(theirs.map((row) => row.answers))
  if (items.length < BAR.items) return [unknown('copied_answers', `Hanya ${items.length} isian yang berbeda-beda di desa ini; perlu ${BAR.items} untuk membandingkan.`)]
  const shares = ours.map((row) => ({ row, share: equalShare(answers, row.answers, items) })).sort((one, other) => other.share - one.share)
  const nearest = shares[0]!
  const [closest, usual] = nearestOfOthers(theirs.map((row) => ({ officerId: row.officerId, share: equalShare(answers, row.answers, items) })))
  const copies = shares.filter(({ share }) => share >= BAR.share && share - usual >= BAR.above)
  const numbers = { share: nearest.share, usual, items: items.length, copies: copies.length }
  const words = `${percent(nearest.share)} dari ${items.length} isian yang berbeda-beda di desa ini sama dengan kunjungan petugas ini ke ${nearest.row.headName}; dengan kunjungan petugas lain paling banyak ${percent(usual)}${closest > usual ? `, kecuali seorang petugas: ${percent(closest)}` : ''}`
  if (copies.length === 0) return [fine('copied_answers', `${words}.`, numbers)]
  return [look('copied_answers', `${words}${copies.length > 1 ? `. ${copies.length} kunjungannya semirip ini` : ''}.`, numbers, copies.length >= BAR.strongAt ? 3 : 2)]
}

// How near the officer comes who is nearest, and the one after him; the same where there is but one.
function nearestOfOthers(shares: { officerId: string, share: number }[]): [closest: number, usual: number] {
  const nearest = new Map<string, number>()
  for (const { officerId, share } of shares) nearest.set(officerId, Math.max(nearest.get(officerId) ?? 0, share))
  const [closest = 0, usual = closest] = [...nearest.values()].sort((one, other) => other - one)
  return [closest, usual]
}

// Which answers tell houses apart here: those that nearly everybody gives alike say nothing.
function tellingItems(signatures: readonly Uint8Array[]): number[] {
  const length = signatures[0]!.length
  const items: number[] = []
  const counts = new Uint16Array(256)
  for (let i = 1; i < length; i += 1) {
    counts.fill(0)
    let most = 0
    for (const signature of signatures) {
      const count = (counts[signature[i]!] ?? 0) + 1
      counts[signature[i]!] = count
      if (count > most) most = count
    }
    if (most < BAR.usual * signatures.length) items.push(i)
  }
  return items
}

function equalShare(one: Uint8Array, other: Uint8Array, items: readonly number[]): number {
  let [asked, equal] = [0, 0]
  for (const i of items) {
    if (one[i] === 0 && other[i] === 0) continue
    asked += 1
    if (one[i] === other[i]) equal += 1
  }
  return asked === 0 ? 0 : equal / asked
}
