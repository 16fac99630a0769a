import type { Group } from '#app/evidence/rows.ts'
import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { binomialTail } from '#app/evidence/statistics.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { percent } from '#app/evidence/words.ts'

const BAR = THRESHOLDS.unfinished
const total = ({ finished, unfinished }: Group) => finished + unfinished

// A household that is not found takes a minute instead of half an hour. groups: all officers of the desa and period, or of the
// place above where the desa has too few.
export function judgeUnfinished({ outcome, officerId }: { outcome: number, officerId: string }, groups: readonly Group[]): Signal[] {
  if (outcome === 1) return []
  const own = groups.find((group) => group.officerId === officerId) ?? { officerId, finished: 0, unfinished: 1 }
  const others = groups.filter((group) => group.officerId !== officerId && total(group) > 0)
  const [visits, unfinished] = [others.reduce((sum, group) => sum + total(group), 0), others.reduce((sum, group) => sum + group.unfinished, 0)]
  if (visits < THRESHOLDS.peers.visits || others.length < THRESHOLDS.peers.officers) return [unknown('short_outcomes', `Belum dapat dibandingkan: baru ${visits} kunjungan oleh ${others.length} petugas lain.`)]
  if (total(own) < BAR.visits) return [unknown('short_outcomes', `Baru ${total(own)} kunjungan petugas ini; perlu ${BAR.visits} untuk membandingkan hasilnya.`)]
  const usual = (unfinished + 1) / (visits + 2)
  const share = own.unfinished / total(own)
  const numbers = { unfinished: own.unfinished, visits: total(own), share, usual }
  const words = `${own.unfinished} dari ${total(own)} kunjungan petugas ini tanpa wawancara (${percent(share)}); pada ${others.length} petugas lain ${unfinished} dari ${visits} (${percent(unfinished / visits)})`
  const isMuch = own.unfinished >= BAR.least && share >= BAR.times * usual && binomialTail(own.unfinished, total(own), usual) < BAR.chance
  return [isMuch ? look('short_outcomes', `${words}.`, numbers) : fine('short_outcomes', `${words}.`, numbers)]
}
