import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { letOthers, oneAtATime, restUntilCalm } from '#app/background.ts'
import { judge, linkAndJudge, scopesAround } from '#app/crosschecks/judging.ts'
import { findRun, isDue, openRun, type CrosscheckRun } from '#app/crosschecks/runs.ts'
import { scopesIn, villagesIn } from '#app/crosschecks/villages.ts'
import { addToTally, keepTally, newTally } from '#app/pictures/reach.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { crosscheckRuns } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

type Clock = () => string
const CLOCK: Clock = () => new Date().toISOString()
const queue = oneAtATime()

// In the background; asked twice, the second finds nothing left to do.
export const workOnRun = (db: Db, id: string, clock = CLOCK) => queue.add(db, () => work(db, id, clock))
export const crosschecksDone = queue.done
export const soonDone = queue.soon

async function work(db: Db, id: string, clock: Clock) {
  try {
    const run = findRun(db, id)
    if (run?.status === 'running') await goThrough(db, run, clock)
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (!db.$client.open) return
    console.error(error)
    transact(db, system, (tx) => void tx.db.update(crosscheckRuns).set({ status: 'failed', finishedAt: tx.now }).where(eq(crosscheckRuns.id, id)).run())
  }
}

// Desa by desa everybody is linked to where the registry has them and judged there, while their pages are at hand. What moved
// is looked at once more at the end, when the others too are where they are.
async function goThrough(db: Db, { id, regionCode, cursor, done: begun }: CrosscheckRun, clock: Clock) {
  const own = eq(crosscheckRuns.id, id)
  const villages = [...villagesIn(db, regionCode)]
  writing(db, () => void db.update(crosscheckRuns).set({ total: villages.length }).where(own).run())
  const moved = new Set<string>()
  let done = begun
  const rest = nowAndThen()
  for (const village of villagesIn(db, regionCode, cursor)) {
    await rest()
    for await (const id of judgeVillage(db, village, clock)) moved.add(id)
    done += 1
    writing(db, () => void db.update(crosscheckRuns).set({ cursor: village, done, total: Math.max(done, villages.length) }).where(own).run())
  }
  for (const scope of scopesAround(db, moved)) {
    writing(db, () => judge(db, scope, clock()))
    await letOthers()
  }
  transact(db, system, (tx) => {
    tx.db.update(crosscheckRuns).set({ status: 'done', finishedAt: clock() }).where(own).run()
    tx.audit('crosscheck.run_finished', id, { region: regionCode, villages: done })
  }, new Date(clock()))
}

// What it writes can be worked out again at any time, so its commits need not wait for the disk.
const writing = (db: Db, act: () => void) => commitUnsynced(db, () => db.$client.transaction(act).immediate())

// Gives who was linked anew, and the households they left and came to.
async function* judgeVillage(db: Db, region: string, clock: Clock): AsyncGenerator<string> {
  const tally = newTally()
  for (const scope of scopesIn(db, region, dayOf(clock()))) {
    let moved: string[] = []
    writing(db, () => { moved = linkAndJudge(db, scope, clock()) })
    yield* moved
    addToTally(db, tally, region)
    await letOthers()
  }
  writing(db, () => keepTally(db, tally, region, clock()))
}

const LOOK_MS = 1000

// A desa takes a fraction of a second: each second the run looks whether the server is busy.
function nowAndThen() {
  let looked = 0
  return async () => {
    if (Date.now() - looked < LOOK_MS) return
    await restUntilCalm(10, { ref: true })
    looked = Date.now()
  }
}

// At a start what was broken off goes on; then, and each hour, everything is judged anew when something changed for all at once.
export function resumeRuns(db: Db) {
  const left = db.select({ id: crosscheckRuns.id }).from(crosscheckRuns).where(eq(crosscheckRuns.status, 'running')).orderBy(asc(crosscheckRuns.startedAt)).all()
  for (const { id } of left) workOnRun(db, id)
  if (left.length > 0 || !isDue(db, dayOf(new Date().toISOString()))) return
  workOnRun(db, transact(db, system, (tx) => openRun(tx, '', randomUUID())))
}
