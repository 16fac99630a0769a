import { SIGNALS, isSignalCode } from '#app/evidence/signal.ts'
import { binomialTail, median, quantile, spreadOf } from '#app/evidence/statistics.ts'
import { percent } from '#app/evidence/words.ts'
import { isAboutPresence, type OfficerFigures } from '#app/quality/officer-figures.ts'

// One reason why an officer's work should be looked at, with its numbers; weights as those of signals.
export type Reason = { code: string, sentence: string, weight: number, numbers: Record<string, number> }
export type Verdict = { level: 'fine' | 'look' | 'unknown', score: number, reasons: Reason[] }

// Fewer visits say nothing about a person.
export const FEWEST = 8
const FEWEST_PEERS = 3
const ENOUGH_WEIGHT = 3

// What is expected of anybody at least and at most, by weight: among many who make things up the others are no measure. excess:
// by how much the share must lie above what is expected before anybody is troubled.
const EXPECTED: Record<number, { least: number, most: number, excess: number }> = {
  1: { least: 0.1, most: 0.5, excess: 0.3 }, 2: { least: 0.05, most: 0.2, excess: 0.15 }, 3: { least: 0.02, most: 0.08, excess: 0.08 },
}
// Of a thousand honest officers asked about twenty things, two at most are troubled by chance.
const CHANCE = 1e-4
// Where one thing alone is asked.
const FEW_TRIED = 1e-3

// Judged by what is beyond chance against peers: others of the same desa, or of the kecamatan where too few work there.
export function judgeOfficer(officer: OfficerFigures, peers: OfficerFigures[]): Verdict {
  if (officer.visits < FEWEST) return { level: 'unknown', score: 0, reasons: [] }
  const others = peers.filter(({ officerId, visits }) => officerId !== officer.officerId && visits >= FEWEST)
  const unchanged = unchangedOf(officer, others)
  const reasons = [
    ...reasonsOfSignals(officer, others), ...(unchanged ? unchangedReason(unchanged) : []), ...togetherReason(officer, others, unchanged), ...gatheredReason(officer, others),
    ...paceReason(officer, others), ...outcomeReasons(officer, others), ...cardReason(officer, others),
  ].sort((a, b) => b.weight - a.weight)
  const weight = reasons.reduce((sum, one) => sum + one.weight, 0)
  return { level: weight >= ENOUGH_WEIGHT ? 'look' : 'fine', score: Math.round((weight + officer.weights[3]! / officer.visits) * 100) / 100, reasons }
}

type Counted = { hits: number, tries: number }
type Expected = typeof EXPECTED[number]

// The others' usual share, within what is believable; undefined when what is seen here is no more than chance.
function beyond({ hits, tries }: Counted, others: Counted[], { least, most, excess }: Expected, chance = CHANCE): { share: number, usual: number } | undefined {
  const usual = usualShare(others)
  const expected = expectedOf(others, { least, most })
  const share = tries === 0 ? 0 : hits / tries
  return tries >= FEWEST && share - expected >= excess && binomialTail(hits, tries, expected) < chance ? { share, usual } : undefined
}

// Of the better third: even where every second one makes things up, that is what honest work looks like here.
const usualShare = (others: Counted[]) => {
  const shares = others.filter(({ tries }) => tries >= FEWEST).map(({ hits, tries }) => hits / tries)
  return shares.length > 0 ? quantile(shares, 1 / 3) : 0
}

const expectedOf = (others: Counted[], { least, most }: Pick<Expected, 'least' | 'most'>) => Math.min(most, Math.max(least, usualShare(others)))

const asNumbers = (share: number, usual: number) => ({ share: Math.round(share * 1000) / 1000, usual: Math.round(usual * 1000) / 1000 })

function reasonsOfSignals(officer: OfficerFigures, others: OfficerFigures[]): Reason[] {
  return Object.entries(officer.codes).flatMap(([code, { visits: hits, weight: sum }]) => {
    if (!isSignalCode(code) || !isAboutPresence(code)) return []
    const { title } = SIGNALS[code]
    // A sign comes lighter and heavier; here counts how it mostly came.
    const weight = Math.min(3, Math.max(1, Math.round(sum / hits)))
    const found = beyond({ hits, tries: officer.visits }, others.map(({ codes, visits }) => ({ hits: codes[code]?.visits ?? 0, tries: visits })), EXPECTED[weight]!)
    return found ? [{ code, weight, numbers: { visits: hits, ...asNumbers(found.share, found.usual) },
      sentence: `${title}: ${hits} dari ${officer.visits} kunjungan (${percent(found.share)}), petugas lain biasanya ${percent(found.usual)}.` }] : []
  })
}

// How the flags of honest visits and of made-up ones weigh: nothing, 1, 2, or like a strong sign. What is usual here may be
// worse, up to a limit: among many who make things up the others are no measure.
const HONEST = { usual: [0.9, 0.07, 0.02, 0.01], worst: [0, 0.3, 0.12, 0.06] }
const MADE_UP = [0.15, 0.3, 0.25, 0.3]
const LIKELIER = 4
const SHARES = Array.from({ length: 20 }, (_, i) => (i + 1) / 20)

// Answers left as the prelist had them. What is usual here is the measure, so a prelist that was right troubles nobody; and some
// have a better eye for what has changed than others.
const LITTLE = 0.4
const LEAST_CHANGED = 0.02
const LITTLE_CHANGED: Expected = { least: 0.12, most: 0.3, excess: 0.15 }
const MADE_UP_UNCHANGED = 0.75
const MUCH = 0.3

type Unchanged = { mine: Counted, others: Counted[] }

// How many interviews of each left the prelist nearly as it was; undefined where that says nothing.
function unchangedOf(officer: OfficerFigures, others: OfficerFigures[]): Unchanged | undefined {
  const comparable = others.filter(({ changed, finished }) => changed.length > 0 && finished >= FEWEST)
  const middle = comparable.length < FEWEST_PEERS ? 0 : median(comparable.map(({ changed }) => changed[5]!))
  if (middle < LEAST_CHANGED || officer.changed.length === 0) return undefined
  const counted = ({ changed, finished }: OfficerFigures) => ({ hits: Math.round(shareBelow(changed, middle * LITTLE) * finished), tries: finished })
  return { mine: counted(officer), others: comparable.map(counted) }
}

// Whether flags and answers are those of honest work alone, or rather of some of it made up: the share that explains them best,
// and by how much better (the logarithm of the likelihood ratio).
function madeUpShare({ weights, visits }: OfficerFigures, others: OfficerFigures[], unchanged?: Unchanged): { share: number, likelier: number } {
  const usual = HONEST.usual.map((prior, weight) => weight === 0 ? 0 : Math.min(HONEST.worst[weight]!, Math.max(prior, usualShare(others.map((other) => ({ hits: other.weights[weight]!, tries: other.visits }))))))
  usual[0] = 1 - usual.reduce((sum, one) => sum + one, 0)
  const still = unchanged && expectedOf(unchanged.others, LITTLE_CHANGED)
  return SHARES.map((share) => {
    const mixed = (madeUp: number, honest: number) => Math.log(1 - share + share * madeUp / honest)
    const flags = weights.reduce((sum, n, weight) => sum + n * mixed(MADE_UP[weight]!, usual[weight]!), 0)
    const answers = unchanged && still ? unchanged.mine.hits * mixed(MADE_UP_UNCHANGED, still) + (unchanged.mine.tries - unchanged.mine.hits) * mixed(1 - MADE_UP_UNCHANGED, 1 - still) : 0
    return { share, likelier: visits > 0 ? flags + answers : 0 }
  }).reduce((best, one) => one.likelier > best.likelier ? one : best, { share: 0, likelier: 0 })
}

function togetherReason(officer: OfficerFigures, others: OfficerFigures[], unchanged?: Unchanged): Reason[] {
  const { share, likelier } = madeUpShare(officer, others, unchanged)
  const flagged = officer.visits - officer.weights[0]!
  return likelier >= LIKELIER ? [{ code: 'together', weight: 3, numbers: { visits: flagged, share, likelier: Math.round(likelier * 10) / 10 },
    sentence: `${flagged} dari ${officer.visits} kunjungan bertanda${unchanged ? ` dan ${unchanged.mine.hits} hampir tidak mengubah prelist` : ''}: lebih dari kunjungan jujur di sini, seperti bila sekitar ${percent(share)} tidak dibuat di rumah warga.` }] : []
}

function unchangedReason({ mine, others }: Unchanged): Reason[] {
  const found = beyond(mine, others, LITTLE_CHANGED, FEW_TRIED)
  return found ? [{ code: 'unchanged', weight: found.share - found.usual >= MUCH ? 3 : 2, numbers: { visits: mine.hits, ...asNumbers(found.share, found.usual) },
    sentence: `${mine.hits} dari ${mine.tries} wawancara hampir tidak mengubah prelist (kurang dari 40% yang biasa di sini); petugas lain biasanya ${percent(found.usual)}.` }] : []
}

// From deciles, between two of them in proportion.
function shareBelow(deciles: number[], bar: number) {
  const above = deciles.findIndex((value) => value >= bar)
  if (above < 0) return 1
  if (above === 0) return 0
  const [low, high] = [deciles[above - 1]!, deciles[above]!]
  return (above - 1 + (high > low ? (bar - low) / (high - low) : 0)) / 10
}

function gatheredReason({ gathered, placed }: OfficerFigures, others: OfficerFigures[]): Reason[] {
  const found = beyond({ hits: gathered, tries: placed }, others.map((other) => ({ hits: other.gathered, tries: other.placed })), EXPECTED[2]!)
  return found ? [{ code: 'gathered', weight: 3, numbers: { visits: gathered, ...asNumbers(found.share, found.usual) },
    sentence: `${gathered} dari ${placed} kunjungan dibuat di tempat yang berdekatan, padahal rumahnya menurut prelist berjauhan; petugas lain biasanya ${percent(found.usual)}.` }] : []
}

const FAR = 3.5
// Peers so alike that chance alone would put somebody far away.
const LEAST_SPREAD = 0.12
const FAST = Math.log(0.6)
const SLOW = Math.log(2.5)

function paceReason({ pace, finished, medianMs }: OfficerFigures, others: OfficerFigures[]): Reason[] {
  const paces = others.filter((other) => other.finished >= FEWEST).flatMap((other) => other.pace ?? [])
  if (pace === null || finished < FEWEST || paces.length < FEWEST_PEERS) return []
  const { centre: middle, mad } = spreadOf(paces)
  const distance = (pace - middle) / Math.max(1.4826 * mad, LEAST_SPREAD)
  const isFar = (distance < -FAR && pace - middle < FAST) || (distance > FAR && pace - middle > SLOW)
  const percentOf = Math.round(Math.exp(pace - middle) * 100)
  return isFar ? [{ code: 'pace', weight: 2, numbers: { z: Math.round(distance * 10) / 10, percent: percentOf },
    sentence: `Lama wawancara di tengah ${Math.round(medianMs! / 60_000)} menit, yaitu ${percentOf}% dari petugas lain untuk keluarga sebesar itu.` }] : []
}

function outcomeReasons({ notFound, returned, visits }: OfficerFigures, others: OfficerFigures[]): Reason[] {
  const gone = beyond({ hits: notFound, tries: visits }, others.map((other) => ({ hits: other.notFound, tries: other.visits })), EXPECTED[2]!)
  const back = beyond({ hits: returned, tries: visits }, others.map((other) => ({ hits: other.returned, tries: other.visits })), EXPECTED[1]!)
  return [
    ...(gone ? [{ code: 'not_found', weight: 2, numbers: { visits: notFound, ...asNumbers(gone.share, gone.usual) },
      sentence: `Tidak ditemukan: ${notFound} dari ${visits} kunjungan (${percent(gone.share)}), petugas lain biasanya ${percent(gone.usual)}.` }] : []),
    ...(back ? [{ code: 'returned', weight: 1, numbers: { visits: returned, ...asNumbers(back.share, back.usual) },
      sentence: `Dikembalikan: ${returned} dari ${visits} kunjungan (${percent(back.share)}), petugas lain biasanya ${percent(back.usual)}.` }] : []),
  ]
}

// The easy way to leave out the photo of the card. Where nobody has one it is usual, and troubles nobody.
function cardReason(officer: OfficerFigures, others: OfficerFigures[]): Reason[] {
  const counted = ({ codes, finished }: OfficerFigures): Counted => ({ hits: codes.no_card?.visits ?? 0, tries: finished })
  const found = beyond(counted(officer), others.map(counted), EXPECTED[2]!)
  return found ? [{ code: 'no_card', weight: found.share - found.usual >= MUCH ? 3 : 2, numbers: { visits: counted(officer).hits, ...asNumbers(found.share, found.usual) },
    sentence: `Keluarga tanpa KK: ${counted(officer).hits} dari ${officer.finished} wawancara (${percent(found.share)}), petugas lain biasanya ${percent(found.usual)}.` }] : []
}
