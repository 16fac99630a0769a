import { setTimeout as rest } from 'node:timers/promises'
import { workBeside } from '#app/background.ts'
import { attemptOne } from '#app/followers.ts'
import { judgePlace, keepOfficer, keepVisit } from '#app/quality/keeping-officers.ts'
import { judgeColleagues, keepDay, keepReviewer } from '#app/quality/keeping-reviewers.ts'
import { STEP, takeNext, type Step } from '#app/quality/queue.ts'
import type { Db } from '#db/connection.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

const AT_ONCE = 40

const WORK: Record<Step, (db: Db, now: string, ...parts: string[]) => void> = {
  [STEP.visit]: (db, _now, visitId) => keepVisit(db, visitId!),
  [STEP.officer]: (db, now, officerId, region, month) => keepOfficer(db, officerId!, region!, month!, now),
  [STEP.place]: (db, now, district, month) => judgePlace(db, district!, month!, now),
  [STEP.day]: (db, _now, reviewerId, day) => keepDay(db, reviewerId!, day!),
  [STEP.reviewer]: (db, now, reviewerId) => keepReviewer(db, reviewerId!, now),
  [STEP.colleagues]: (db, now, regency) => judgeColleagues(db, regency!, now),
}

// One chunk of what waits. All of it can be worked out again at any time, so its commits need not wait for the disk; what is taken
// off the queue and what comes of it stand in one transaction, so a stop loses nothing.
export function followSome(db: Db, now: string): boolean {
  let taken = 0
  commitUnsynced(db, () => db.$client.transaction(() => {
    const next = takeNext(db, AT_ONCE)
    taken = next.length
    for (const { step, parts } of next) attemptOne(db, `Angka ${parts.join(' ')} tidak dapat dihitung.`, () => WORK[step](db, now, ...parts))
  }).immediate())
  return taken > 0
}

// Everything there is to do, at once: for tests, seeds and figures.
export async function catchUpQuality(db: Db, now = () => new Date().toISOString()) {
  while (followSome(db, now())) await rest(0)
}

const PAUSE_MS = 2000

export const startQuality = (db: Db) => workBeside(db, (now) => followSome(db, now.toISOString()), PAUSE_MS, 'quality')
