import { createHash } from 'node:crypto'
import { grouped, sum } from '#app/backchecks/groups.ts'

// How visits are drawn for a second visit. Stratified by officer, within each systematically with unequal probabilities in a
// random order (Madow 1949): a fixed number for each officer, and for every visit a probability that is known beforehand.
// All chance comes from SHA-256 of the seed, so that anybody with the frame and the seed draws the same. Pure.
export const METHOD = 'madow-sha256-1'

export type FrameVisit = { visitId: string, officerId: string, regionCode: string, risk: number }
export type Weighed = FrameVisit & { probability: number }
export type Wanted = { sizeKind: 'count' | 'share', size: number, riskShare: number }

// Every officer gets at least one, and there are no more than there are visits.
export function sampleSize(frame: FrameVisit[], { sizeKind, size }: Pick<Wanted, 'sizeKind' | 'size'>): number {
  const officers = new Set(frame.map(({ officerId }) => officerId)).size
  const asked = sizeKind === 'count' ? Math.round(size) : Math.ceil(frame.length * size / 100)
  return Math.min(frame.length, Math.max(officers, asked))
}

// One for each officer, the rest by their shares of visits and of flags; largest remainders take what rounding left over.
export function allocate(frame: FrameVisit[], total: number, riskShare: number): Map<string, number> {
  const whole = wholeOf(frame)
  const officers = [...byOfficer(frame)].map(([officerId, visits]) => ({ officerId, most: visits.length, size: sum(sizesOf(visits, riskShare, whole)), count: 1 }))
  let left = total - officers.length
  while (left > 0) {
    const open = officers.filter(({ count, most }) => count < most)
    const sizes = sum(open.map(({ size }) => size))
    const shares = open.map((officer) => ({ officer, share: left * officer.size / sizes }))
    let given = 0
    for (const { officer, share } of shares) {
      const more = Math.min(Math.floor(share), officer.most - officer.count)
      officer.count += more
      given += more
    }
    for (const { officer } of [...shares].sort((a, b) => remainder(b.share) - remainder(a.share) || (a.officer.officerId < b.officer.officerId ? -1 : 1))) {
      if (given >= left || officer.count >= officer.most) continue
      officer.count += 1
      given += 1
    }
    left -= given
  }
  return new Map(officers.map(({ officerId, count }) => [officerId, count]))
}

// The probability with which each visit is drawn. Where a weight asks for more than certainty, the visit is drawn for sure
// and the rest share what is left.
export function weigh(frame: FrameVisit[], allocation: Map<string, number>, riskShare: number): Weighed[] {
  return [...byOfficer(frame)].flatMap(([officerId, visits]) =>
    probabilities(sizesOf(visits, riskShare, wholeOf(visits)), allocation.get(officerId) ?? 0).map((probability, i) => ({ ...visits[i]!, probability })))
}

export function probabilities(sizes: number[], count: number): number[] {
  const sure = new Set<number>()
  for (;;) {
    const left = count - sure.size
    const whole = sum(sizes.filter((_, i) => !sure.has(i)))
    const over = sizes.flatMap((size, i) => !sure.has(i) && left * size >= whole * (1 - 1e-12) ? [i] : [])
    if (over.length === 0 || left <= 0) return sizes.map((size, i) => sure.has(i) ? 1 : left > 0 ? left * size / whole : 0)
    for (const i of over) sure.add(i)
  }
}

// The visits drawn with this seed, in the order of their numbers.
export function draw(weighed: Weighed[], seed: string): Weighed[] {
  return [...byOfficer(weighed)].flatMap(([officerId, visits]) => {
    const ordered = visits.map((visit) => ({ visit, key: hash(`${seed}:urutan:${visit.visitId}`) })).sort((a, b) => a.key < b.key ? -1 : 1).map(({ visit }) => visit)
    return systematic(ordered.map(({ probability }) => probability), chance(`${seed}:mulai:${officerId}`)).map((i) => ordered[i]!)
  }).sort((a, b) => a.visitId < b.visitId ? -1 : 1)
}

// Laid end to end on a line, each as long as its probability; one is taken wherever start, start + 1, start + 2 … falls.
export function systematic(chances: number[], start: number): number[] {
  const end = Math.round(sum(chances))
  let from = 0
  return chances.flatMap((probability, i) => {
    const to = i === chances.length - 1 ? end : from + probability
    const taken = Math.ceil(to - start) > Math.ceil(from - start)
    from = to
    return taken ? [i] : []
  })
}

// What the drawing is made from, in words anybody can hash again (sha256sum).
const frameText = (frame: FrameVisit[], total: number, riskShare: number) => [
  `metode=${METHOD} jumlah=${total} bobot_tanda=${riskShare}`,
  ...[...frame].sort((a, b) => a.visitId < b.visitId ? -1 : 1).map(({ visitId, officerId, risk }) => `${visitId} ${officerId} ${risk}`), '',
].join('\n')

export const frameHash = (frame: FrameVisit[], total: number, riskShare: number) => hash(frameText(frame, total, riskShare))

// What the shares are shares of.
type Whole = { visits: number, risks: number }
const wholeOf = (visits: FrameVisit[]): Whole => ({ visits: visits.length, risks: sum(visits.map(({ risk }) => risk)) })

// A share is the same for each visit, the rest follows its flags.
function sizesOf(own: FrameVisit[], riskShare: number, { visits, risks }: Whole): number[] {
  const follows = risks > 0 ? riskShare / 100 : 0
  // Even where all should follow the flags a visit without any keeps a chance: what cannot be drawn cannot be estimated.
  const even = Math.max(1 - follows, 0.05)
  return own.map(({ risk }) => even / visits + (risks > 0 ? follows * risk / risks : 0))
}

const byOfficer = <T extends FrameVisit>(frame: T[]): Map<string, T[]> => grouped(
  [...frame].sort((a, b) => a.officerId === b.officerId ? a.visitId < b.visitId ? -1 : 1 : a.officerId < b.officerId ? -1 : 1), ({ officerId }) => officerId)

const remainder = (share: number) => share - Math.floor(share)
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
// The first 52 bits, as a number from 0 up to 1.
const chance = (text: string) => Number.parseInt(hash(text).slice(0, 13), 16) / 2 ** 52
