// One decision as the figures of a reviewer need it. isWatched: since it is kept which photos are looked at. isFollowed,
// isOverturned: a later stage has decided, and differently.
export type Decided = { decidedAt: string, isApproval: boolean, isBulk: boolean, isWatched: boolean, isOpened: boolean, isFollowed: boolean, isOverturned: boolean }
export type ReviewerDay = {
  approved: number, returned: number, bulk: number, watched: number, unopened: number, sessions: number, sessionMs: number, inSession: number, streak: number
  followed: number, overturned: number
}

const PAUSE_MS = 30 * 60_000
export const QUICK_S = 10

const count = <T>(rows: T[], is: (row: T) => boolean) => rows.filter(is).length

// decisions: of one day, in the order they were given. Bulk approvals are one act, so they have no pace.
export function summariseDay(decisions: Decided[]): ReviewerDay {
  const single = decisions.filter(({ isBulk }) => !isBulk)
  const approvals = decisions.filter(({ isApproval }) => isApproval)
  const watched = single.filter(({ isApproval, isWatched }) => isApproval && isWatched)
  return {
    approved: approvals.length, returned: decisions.length - approvals.length, bulk: decisions.length - single.length,
    watched: watched.length, unopened: count(watched, ({ isOpened }) => !isOpened), ...sessionsOf(single), streak: longestStreak(single),
    followed: count(approvals, ({ isFollowed }) => isFollowed), overturned: count(approvals, ({ isOverturned }) => isOverturned),
  }
}

const gapsOf = (decisions: Decided[]) => decisions.slice(1).map(({ decidedAt }, i) => Date.parse(decidedAt) - Date.parse(decisions[i]!.decidedAt))

// inSession: decisions that have one before them in the same stretch of work; sessionMs is the time they took together.
function sessionsOf(decisions: Decided[]) {
  const within = gapsOf(decisions).filter((gap) => gap <= PAUSE_MS)
  return { sessions: decisions.length - within.length, sessionMs: within.reduce((sum, gap) => sum + gap, 0), inSession: within.length }
}

// Approvals in a row, each given within a few seconds of the decision before it.
function longestStreak(decisions: Decided[]) {
  let [longest, run] = [0, 0]
  gapsOf(decisions).forEach((gap, i) => {
    run = decisions[i + 1]!.isApproval && gap < QUICK_S * 1000 ? run + 1 : 0
    longest = Math.max(longest, run)
  })
  return longest
}
