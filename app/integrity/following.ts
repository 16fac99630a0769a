import { setTimeout as rest } from 'node:timers/promises'
import { workBeside } from '#app/background.ts'
import { attemptOne, finishRound, followerOf, followTo, goOn, nextLine, readFollower, restartRound as restartFollower, type Follower } from '#app/followers.ts'
import { queueCheck } from '#app/integrity/queue.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

// What is done with every household that is new or has changed, each in the worker's own transaction.
export type Check = (db: Db, householdId: string, now: string) => void

const NAME = 'households'

// Every write leaves a line with the household, the visit or the recipient as its subject. What only reads, or is still a draft,
// changes no verdict. A recipient may have no household, so it waits by its own id, which only the cross-checks know.
const queueChanged = statement<{ from: number, to: number }[], unknown>(`INSERT INTO check_queue (household_id, sequence)
  SELECT coalesce(h.id, v.household_id, r.id), a.seq FROM audit_entries a LEFT JOIN households h ON h.id = a.subject LEFT JOIN visits v ON v.id = a.subject
    LEFT JOIN recipients r ON a.action GLOB 'recipient.*' AND r.id = a.subject
  WHERE a.seq > @from AND a.seq <= @to AND (a.action GLOB 'household.*' OR a.action GLOB 'visit.*' OR a.action GLOB 'recipient.*')
    AND a.action NOT IN ('household.opened', 'numbers.opened', 'visit.opened', 'visit.begun', 'visit.section_saved', 'visit.photos_added', 'recipient.opened')
    AND coalesce(h.id, v.household_id, r.id) IS NOT NULL
  ORDER BY a.seq ON CONFLICT DO NOTHING`)

const waiting = statement<[number], string>('SELECT household_id FROM check_queue ORDER BY sequence, household_id LIMIT ?')
const dequeue = statement<[string], unknown>('DELETE FROM check_queue WHERE household_id = ?')
const nextInRound = statement<[number, number], { number: number, id: string }>('SELECT number, id FROM households WHERE number > ? ORDER BY number LIMIT ?')
const waitingCount = statement<[], number>('SELECT count(*) FROM check_queue')
const firstWaiting = statement<[], number | null>('SELECT min(sequence) FROM check_queue')

export type Following = Follower & { waiting: number }

export function readFollowing(db: Db): Following | undefined {
  const found = readFollower(db, NAME)
  return found && { ...found, waiting: waitingCount(db).pluck().get() as number }
}

// The line of audit up to which every change has been looked at.
export function checkedUpTo(db: Db): number {
  const first = firstWaiting(db).pluck().get() as number | null
  return first === null ? readFollower(db, NAME)?.sequence ?? 0 : first - 1
}

// A run over all households from the beginning; asked for while one is under way, that one goes on.
export const restartRound = (db: Db, now: string) => restartFollower(db, NAME, now)

const AT_ONCE = 20

// One chunk: the changes first, then the run over all. What it writes can be worked out again at any time, so its commits
// need not wait for the disk: after a cut of power it goes on from what is there. round: what the run over all checks.
export function followSome(db: Db, checks: Check[], now: string, round = checks): boolean {
  let more = false
  commitUnsynced(db, () => db.$client.transaction(() => { more = work(db, checks, now, round) }).immediate())
  return more
}

function work(db: Db, checks: Check[], now: string, round: Check[]): boolean {
  const { sequence, cursor, finishedAt } = followerOf(db, NAME, now)
  const behind = takeLines(db, sequence)
  const changed = waiting(db).pluck().all(AT_ONCE) as string[]
  for (const id of changed) {
    // Taken off first: a check may ask for another look at its neighbours.
    dequeue(db).run(id)
    checkOne(db, checks, id, now)
  }
  if (changed.length > 0 || behind) return true
  return finishedAt === null && goRound(db, round, cursor, now)
}

// Where one of the checks fails, the household keeps what that one had found before.
function checkOne(db: Db, checks: Check[], id: string, now: string) {
  for (const check of checks) attemptOne(db, `Rumah tangga ${id} tidak dapat diperiksa.`, () => check(db, id, now))
}

function takeLines(db: Db, from: number): boolean {
  const to = nextLine(db, { sequence: from })
  if (to === undefined) return false
  queueChanged(db).run({ from, to })
  followTo(db, NAME, to)
  return true
}

function goRound(db: Db, checks: Check[], cursor: number, now: string): boolean {
  const rows = nextInRound(db).all(cursor, AT_ONCE)
  for (const { id } of rows) checkOne(db, checks, id, now)
  if (rows.length > 0) goOn(db, NAME, rows.at(-1)!.number, rows.length)
  else finishRound(db, NAME, now)
  return rows.length > 0
}

const MONTH_MS = 30 * 24 * 60 * 60 * 1000
const longAgo = statement<[string, number], string>('SELECT household_id FROM gate_verdicts WHERE judged_at < ? ORDER BY judged_at, household_id LIMIT ?')

// Ages move on without anybody writing: a verdict a month old is worked out anew.
function queueOld(db: Db, now: Date) {
  const old = longAgo(db).pluck().all(new Date(now.getTime() - MONTH_MS).toISOString(), AT_ONCE) as string[]
  if (old.length > 0) queueCheck(db, old)
}

// Everything there is to do, at once: for tests, seeds and figures.
export async function catchUp(db: Db, checks: Check[], now = () => new Date().toISOString(), round = checks) {
  while (followSome(db, checks, now(), round)) await rest(0)
}

const PAUSE_MS = 2000

export const startFollowing = (db: Db, checks: Check[], round = checks) => workBeside(db, (now) => {
  const more = followSome(db, checks, now.toISOString(), round)
  if (!more) queueOld(db, now)
  return more
}, PAUSE_MS, 'households')
