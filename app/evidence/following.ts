import { setTimeout as rest } from 'node:timers/promises'
import { workBeside } from '#app/background.ts'
import { keepEvidence } from '#app/evidence/keeping.ts'
import { LAST, OLD, takeNext } from '#app/evidence/queue.ts'
import { attemptOne, finishRound, followerOf, followTo, goOn, nextLine } from '#app/followers.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

// Follows the audit trail by a cursor of its own: every visit that is sent, or put together with another, is judged within a
// second or two. At the very first, once over all households, so that visits from before are judged too.
const NAME = 'evidence'

const queueSent = statement<{ from: number, to: number }[], unknown>(`INSERT INTO evidence_queue (visit_id, number)
  SELECT a.subject, ${LAST} + a.seq - @from FROM audit_entries a
  WHERE a.seq > @from AND a.seq <= @to AND a.action IN ('visit.submitted', 'visit.merged') ORDER BY a.seq ON CONFLICT DO NOTHING`)

function takeLines(db: Db, from: number): boolean {
  const to = nextLine(db, { sequence: from })
  if (to === undefined) return false
  queueSent(db).run({ from, to })
  followTo(db, NAME, to)
  return true
}

const NUMBERS = 500
const inRound = statement<[number, number], string>('SELECT visit_id FROM households WHERE number > ? AND number <= ? AND visit_id IS NOT NULL ORDER BY number')
const lastNumber = statement<[], number>('SELECT coalesce(max(number), 0) FROM households')
const queueOld = statement<[string, number], unknown>('INSERT INTO evidence_queue (visit_id, number) VALUES (?, ?) ON CONFLICT DO NOTHING')

// The visits from before, so many households at a time; what is sent meanwhile goes first.
function goRound(db: Db, cursor: number, now: string) {
  for (const visitId of inRound(db).pluck().all(cursor, cursor + NUMBERS) as string[]) queueOld(db).run(visitId, OLD)
  if (cursor + NUMBERS >= (lastNumber(db).pluck().get() as number)) finishRound(db, NAME, now)
  else goOn(db, NAME, cursor + NUMBERS, NUMBERS)
}

const CHUNK_MS = 20

// One chunk: the lines that came, then so many visits as fit into a moment. What it writes can be worked out again at any
// time, so its commits need not wait for the disk. Tells whether there is more to do.
export function followSome(db: Db, now: string): boolean {
  let more = false
  commitUnsynced(db, () => db.$client.transaction(() => { more = work(db, now) }).immediate())
  return more
}

function work(db: Db, now: string): boolean {
  const begun = performance.now()
  const { sequence, cursor, finishedAt } = followerOf(db, NAME, now)
  const behind = takeLines(db, sequence)
  for (let visitId = takeNext(db); visitId !== undefined; visitId = takeNext(db)) {
    judgeOne(db, visitId, now)
    if (performance.now() - begun > CHUNK_MS) return true
  }
  if (behind || finishedAt !== null) return behind
  goRound(db, cursor, now)
  return true
}

// One that cannot be judged stays unjudged, so that nobody approves it unseen.
const judgeOne = (db: Db, visitId: string, now: string) =>
  attemptOne(db, `Bukti kunjungan ${visitId} tidak dapat dinilai.`, () => keepEvidence(db, visitId, now))

// Everything there is to do, at once: for tests, seeds and figures.
export async function catchUp(db: Db, now = () => new Date().toISOString()) {
  while (followSome(db, now())) await rest(0)
}

const PAUSE_MS = 1000

export const startEvidence = (db: Db) => workBeside(db, (now) => followSome(db, now.toISOString()), PAUSE_MS, 'evidence')
