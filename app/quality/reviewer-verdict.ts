import { binomialTail, median } from '#app/evidence/statistics.ts'
import { decimal, percent, thousands } from '#app/evidence/words.ts'
import type { Reason, Verdict } from '#app/quality/officer-verdict.ts'
import { QUICK_S, type ReviewerDay } from '#app/quality/reviewer-days.ts'

export type ReviewerFigures = ReviewerDay & { reviewerId: string, reviewLevel: 1 | 2 }

// Fewer decisions say nothing about a person.
const FEWEST_DECISIONS = 20
const ENOUGH_WEIGHT = 2
const CHANCE = 1e-3

export const sumOfDays = (days: ReviewerDay[]): ReviewerDay => days.reduce((sum, day) => ({
  approved: sum.approved + day.approved, returned: sum.returned + day.returned, bulk: sum.bulk + day.bulk, watched: sum.watched + day.watched,
  unopened: sum.unopened + day.unopened, sessions: sum.sessions + day.sessions, sessionMs: sum.sessionMs + day.sessionMs, inSession: sum.inSession + day.inSession,
  streak: Math.max(sum.streak, day.streak), followed: sum.followed + day.followed, overturned: sum.overturned + day.overturned,
}), { approved: 0, returned: 0, bulk: 0, watched: 0, unopened: 0, sessions: 0, sessionMs: 0, inSession: 0, streak: 0, followed: 0, overturned: 0 })

// Decisions a minute while at work; null when no two stood in one stretch of work.
export const paceOfReviewer = ({ inSession, sessionMs }: Pick<ReviewerDay, 'inSession' | 'sessionMs'>) =>
  inSession === 0 ? null : inSession / (Math.max(sessionMs, 1000) / 60_000)

const TOO_QUICK_A_MINUTE = 4
const LONG_STREAK = 15

// Against the others of the same step; nobody is troubled for what chance alone brings.
export function judgeReviewer(reviewer: ReviewerFigures, peers: ReviewerFigures[]): Verdict {
  const { approved, returned, streak, watched, unopened, followed, overturned } = reviewer
  if (approved + returned < FEWEST_DECISIONS) return { level: 'unknown', score: 0, reasons: [] }
  const others = peers.filter((one) => one.reviewerId !== reviewer.reviewerId && one.reviewLevel === reviewer.reviewLevel && one.approved + one.returned >= FEWEST_DECISIONS)
  const pace = paceOfReviewer(reviewer)
  const reasons: Reason[] = [
    ...share('unopened', 3, { hits: unopened, tries: watched }, others.map((one) => ({ hits: one.unopened, tries: one.watched })), 0.1,
      (found) => `${unopened} dari ${watched} persetujuan (${found}) diberikan tanpa membuka foto`),
    ...pace !== null && pace > TOO_QUICK_A_MINUTE && reviewer.inSession >= FEWEST_DECISIONS ? [{ code: 'pace', weight: 2, numbers: { perMinute: Math.round(pace * 10) / 10 },
      sentence: `${pace < 10 ? decimal(pace) : thousands(pace)} keputusan per menit selama bekerja; memeriksa satu kunjungan perlu lebih dari ${60 / TOO_QUICK_A_MINUTE} detik.` }] : [],
    ...streak >= LONG_STREAK ? [{ code: 'streak', weight: 2, numbers: { streak }, sentence: `${streak} persetujuan berturut-turut, masing-masing kurang dari ${QUICK_S} detik.` }] : [],
    ...share('overturned', 2, { hits: overturned, tries: followed }, others.map((one) => ({ hits: one.overturned, tries: one.followed })), 0.1,
      (found) => `${overturned} dari ${followed} persetujuan (${found}) dikembalikan tahap berikutnya`),
    ...share('approves_all', 1, { hits: approved, tries: approved + returned }, others.map((one) => ({ hits: one.approved, tries: one.approved + one.returned })), 0.8,
      (found) => `${found} keputusannya menyetujui`),
  ]
  const weight = reasons.reduce((sum, one) => sum + one.weight, 0)
  return { level: weight >= ENOUGH_WEIGHT ? 'look' : 'fine', score: weight + (watched > 0 ? Math.round(unopened / watched * 100) / 100 : 0), reasons }
}

type Counted = { hits: number, tries: number }

// A reason where the share is beyond what the others show, or beyond `least` where there are none.
function share(code: string, weight: number, { hits, tries }: Counted, others: Counted[], least: number, say: (found: string) => string): Reason[] {
  const shares = others.filter((other) => other.tries >= FEWEST_DECISIONS).map((other) => other.hits / other.tries)
  const usual = shares.length > 0 ? median(shares) : null
  const expected = Math.max(least, usual ?? 0)
  if (tries < FEWEST_DECISIONS || expected >= 1 || binomialTail(hits, tries, expected) >= CHANCE) return []
  return [{ code, weight, numbers: { hits, tries }, sentence: `${say(percent(hits / tries))}${usual === null ? '' : `; pemeriksa lain biasanya ${percent(usual)}`}.` }]
}
