import { addDays, startOf } from '#app/questionnaire/age.ts'
import { queue, STEP } from '#app/quality/queue.ts'
import { summariseDay, type Decided, type ReviewerDay } from '#app/quality/reviewer-days.ts'
import { judgeReviewer, sumOfDays, type ReviewerFigures } from '#app/quality/reviewer-verdict.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Row = Record<'isApproval' | 'isBulk' | 'isWatched' | 'isOpened' | 'isFollowed' | 'isOverturned', 0 | 1> & { decidedAt: string }

// A later stage: Dinsos after the first check, the ministry after both. What was returned at the same step and approved again is
// no disagreement.
const decidedOn = statement<[string, string, string], Row>(`SELECT r.decided_at AS decidedAt, r.outcome = 'approved' AS isApproval, r.bulk AS isBulk,
    r.decided_at >= (SELECT applied_at FROM migrations WHERE name = '0044_quality.sql') AS isWatched,
    EXISTS (SELECT 1 FROM photo_views p WHERE p.visit_id = r.visit_id AND p.reviewer_id = r.decided_by AND p.first_at <= r.decided_at) AS isOpened,
    EXISTS (SELECT 1 FROM reviews l WHERE l.visit_id = r.visit_id AND l.level > r.level AND l.decided_at > r.decided_at)
      OR EXISTS (SELECT 1 FROM batch_items b WHERE b.household_id = r.household_id AND b.visit_id = r.visit_id AND b.decision <> 'pending' AND b.decided_at > r.decided_at) AS isFollowed,
    EXISTS (SELECT 1 FROM reviews l WHERE l.visit_id = r.visit_id AND l.level > r.level AND l.decided_at > r.decided_at AND l.outcome = 'returned')
      OR EXISTS (SELECT 1 FROM batch_items b WHERE b.household_id = r.household_id AND b.visit_id = r.visit_id AND b.decision = 'returned' AND b.decided_at > r.decided_at) AS isOverturned
  FROM reviews r WHERE r.decided_by = ? AND r.decided_at >= ? AND r.decided_at < ? ORDER BY r.decided_at, r.id`)

const COLUMNS = ['approved', 'returned', 'bulk', 'watched', 'unopened', 'sessions', 'sessionMs', 'inSession', 'streak', 'followed', 'overturned'] as const
const writeDay = statement<unknown[], unknown>(`INSERT OR REPLACE INTO reviewer_days (reviewer_id, day, approved, returned, bulk, watched, unopened, sessions, session_ms,
  in_session, streak, followed, overturned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)

export function keepDay(db: Db, reviewerId: string, day: string) {
  const decisions = decidedOn(db).all(reviewerId, startOf(day), startOf(addDays(day, 1))).map(({ decidedAt, ...is }): Decided => ({ decidedAt,
    isApproval: is.isApproval === 1, isBulk: is.isBulk === 1, isWatched: is.isWatched === 1, isOpened: is.isOpened === 1, isFollowed: is.isFollowed === 1, isOverturned: is.isOverturned === 1 }))
  const made = summariseDay(decisions)
  writeDay(db).run(reviewerId, day, ...COLUMNS.map((name) => made[name]))
  queue(db, STEP.reviewer, reviewerId)
}

const days = statement<[string], ReviewerDay & { day: string }>(`SELECT day, approved, returned, bulk, watched, unopened, sessions, session_ms AS sessionMs,
  in_session AS inSession, streak, followed, overturned FROM reviewer_days WHERE reviewer_id = ? ORDER BY day`)
export const daysOf = (db: Db, reviewerId: string) => days(db).all(reviewerId)

const levelOf = statement<[string], 1 | 2>('SELECT level FROM reviews WHERE decided_by = ? ORDER BY decided_at DESC LIMIT 1')
const writeFigures = statement<unknown[], unknown>(`INSERT INTO reviewer_figures (reviewer_id, review_level, decided, approved, figures, level, score, reasons, judged_at)
  VALUES (?, ?, ?, ?, ?, 'unknown', 0, '[]', ?) ON CONFLICT (reviewer_id) DO UPDATE SET review_level = excluded.review_level, decided = excluded.decided,
    approved = excluded.approved, figures = excluded.figures`)
const regenciesOf = statement<[string], string>('SELECT DISTINCT substr(region_code, 1, 5) FROM user_regions WHERE user_id = ?')

export function keepReviewer(db: Db, reviewerId: string, now: string) {
  const level = levelOf(db).pluck().get(reviewerId) as 1 | 2 | undefined
  if (level === undefined) return
  const made: ReviewerFigures = { reviewerId, reviewLevel: level, ...sumOfDays(daysOf(db, reviewerId)) }
  writeFigures(db).run(reviewerId, level, made.approved + made.returned, made.approved, JSON.stringify(made), now)
  for (const regency of regenciesOf(db).pluck().all(reviewerId) as string[]) queue(db, STEP.colleagues, regency)
}

type Kept = { reviewerId: string, figures: string, level: string, score: number, reasons: string }
const inRegency = statement<[string, string], Kept>(`SELECT reviewer_id AS reviewerId, figures, level, score, reasons FROM reviewer_figures
  WHERE reviewer_id IN (SELECT user_id FROM user_regions WHERE region_code >= ? AND region_code < ?) ORDER BY reviewer_id`)
const writeVerdict = statement<unknown[], unknown>('UPDATE reviewer_figures SET level = ?, score = ?, reasons = ?, judged_at = ? WHERE reviewer_id = ?')

// All who decide in a kabupaten anew: those of the same step are each other's measure.
export function judgeColleagues(db: Db, regency: string, now: string) {
  const rows = inRegency(db).all(regency, `${regency}:`)
  const all = rows.map(({ figures }) => JSON.parse(figures) as ReviewerFigures)
  rows.forEach((row, i) => {
    const { level, score, reasons } = judgeReviewer(all[i]!, all)
    const words = JSON.stringify(reasons)
    if (level !== row.level || score !== row.score || words !== row.reasons) writeVerdict(db).run(level, score, words, now, row.reviewerId)
  })
}
