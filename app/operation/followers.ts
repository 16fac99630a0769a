import { lastRun, type Run } from '#app/operation/works.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Everything that runs by itself, in one place. Followers work through what happened and may fall behind; jobs run by the clock.
export type FollowerName = 'households' | 'evidence' | 'prints' | 'dashboards' | 'quality' | 'words'
export const JOBS = ['anchors', 'periods', 'reports', 'forgetting', 'restrictions', 'matching', 'rescue', 'crosschecks', 'duplicates', 'exports', 'resuming', 'undoing', 'sessions', 'retention', 'photos'] as const
export type JobName = typeof JOBS[number]

const LAST_LINE = '(SELECT coalesce(max(seq), 0) FROM audit_entries)'
const sequenceOf = (name: string) => `(SELECT sequence FROM followers WHERE name = '${name}')`
const PRINTED = "action IN ('visit.submitted', 'visit.merged')"

const BEHIND: Record<FollowerName, ReturnType<typeof statement<[], number | null>>> = {
  households: statement(`SELECT ${LAST_LINE} - ${sequenceOf('households')} + (SELECT count(*) FROM check_queue)`),
  evidence: statement(`SELECT ${LAST_LINE} - ${sequenceOf('evidence')} + (SELECT count(*) FROM evidence_queue)`),
  prints: statement(`SELECT count(*) FROM audit_entries INDEXED BY audit_by_action WHERE ${PRINTED} AND seq > coalesce(${sequenceOf('prints')}, ${LAST_LINE})`),
  dashboards: statement(`SELECT ${LAST_LINE} - line + (SELECT coalesce(max(id), 0) FROM transitions) - move FROM dashboard_following WHERE name = 'dashboards'`),
  quality: statement('SELECT count(*) FROM quality_queue'),
  words: statement("SELECT total - done FROM followers WHERE name = 'words' AND finished_at IS NULL"),
}

export type Follower = { name: FollowerName, behind: number, stuck: boolean, run?: Run }

const PATIENCE_MS = 10 * 60_000

// Stuck: there is something to do, and for so long nothing has ended well. What the disk remembers of before the start counts
// for nothing: a server that was off for a day is not stuck.
export function listFollowers(db: Db, startedAt: Date, now: Date): Follower[] {
  return (Object.keys(BEHIND) as FollowerName[]).map((name) => {
    const behind = Math.max(0, Number(BEHIND[name](db).pluck().get() ?? 0))
    const run = lastRun(db, name)
    const fine = Date.parse(run?.fineAt ?? '') || 0
    // Noted by a clock that ran ahead, it would hide every standstill until that day.
    const sign = [startedAt.getTime(), fine].filter((at) => at <= now.getTime()).sort((a, b) => a - b).at(-1) ?? now.getTime()
    return { name, behind, run, stuck: behind > 0 && now.getTime() - sign > PATIENCE_MS }
  })
}
