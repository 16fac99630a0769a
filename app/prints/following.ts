import { setTimeout as rest } from 'node:timers/promises'
import { restUntilCalm } from '#app/background.ts'
import { READING } from '#app/files/photo-store.ts'
import { finishRound, followerOf, followTo, goOn, readFollower, type Follower } from '#app/followers.ts'
import { noteRun, runJob } from '#app/operation/works.ts'
import { keepPrints } from '#app/prints/keeping.ts'
import { PhotoAway, type PrintVisit } from '#app/prints/printing.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

const NAME = 'prints'

// The submitting itself, and the merging of a second visit that brought photos the first lacked.
const sentAfter = statement<[number], { seq: number, visitId: string }>(`SELECT seq, subject AS visitId FROM audit_entries
  WHERE action IN ('visit.submitted', 'visit.merged') AND seq > ? ORDER BY seq LIMIT 20`)
const nextHouseholds = statement<[number], { number: number, id: string }>('SELECT number, id FROM households WHERE number > ? ORDER BY number LIMIT 100')
const visitsOf = statement<[string], string>('SELECT id FROM visits WHERE household_id = ? AND submitted_at IS NOT NULL ORDER BY submitted_at, id')

// How far the photos that were here before have been looked at, in households.
export const readProgress = (db: Db): Follower | undefined => readFollower(db, NAME)

// What has just been sent first, then the photos of former visits, household by household. false: nothing was left to do.
export async function followSome(db: Db, print: PrintVisit, now: string): Promise<boolean> {
  const { sequence, cursor, finishedAt } = followerOf(db, NAME, now)
  const sent = sentAfter(db).all(sequence)
  for (const { seq, visitId } of sent) await printOne(db, print, [visitId], () => followTo(db, NAME, seq))
  if (sent.length > 0) return true
  return finishedAt === null && goRound(db, print, cursor, now)
}

// Households without a visit cost a look at an index each, so many are taken at once.
async function goRound(db: Db, print: PrintVisit, cursor: number, now: string): Promise<boolean> {
  const households = nextHouseholds(db).all(cursor)
  for (const { number, id } of households) {
    await printOne(db, print, visitsOf(db).pluck().all(id) as string[], () => goOn(db, NAME, number, 1))
  }
  if (households.length === 0) finishRound(db, NAME, now)
  return households.length > 0
}

// What it writes can be worked out again at any time, so its commits need not wait for the disk. Photos that cannot be looked
// at hold up nobody: the next ones follow. A store that does not answer holds up all: it would for each.
async function printOne(db: Db, print: PrintVisit, visitIds: string[], move: () => void) {
  for (const visitId of visitIds) {
    const printed = await print(visitId).catch((error: unknown) => {
      if (error instanceof PhotoAway) throw error
      if (db.$client.open) console.error(error)
      return []
    })
    if (!db.$client.open) return
    commitUnsynced(db, () => db.$client.transaction(() => keepPrints(db, visitId, printed)).immediate())
  }
  move()
}

// Everything there is to do, at once: for tests, seeds and figures.
export async function catchUpPrints(db: Db, print: PrintVisit, now = () => new Date().toISOString()) {
  while (await followSome(db, print, now())) await rest(0)
}

const PAUSE_MS = 1000
const AWAY_PAUSE_MS = 20_000

// Works beside everybody else, in chunks, and while the server is busy it waits. Stops when told, or when the database is closed.
export function startFollowing(db: Db, print: PrintVisit): () => void {
  let stopped = false
  const run = async () => {
    while (!stopped && db.$client.open) {
      let [more, pause] = [false, PAUSE_MS]
      await runJob(db, NAME, async () => {
        more = await followSome(db, print, new Date().toISOString()).catch((failure: unknown) => {
          if (!(failure instanceof PhotoAway)) throw failure
          // It waits, which is no fault of this server: the page tells of the store.
          noteRun(db, READING, { tookMs: 0, failure })
          pause = AWAY_PAUSE_MS
          return false
        })
      })
      if (more) await restUntilCalm(20)
      else await rest(pause, undefined, { ref: false })
    }
  }
  void run()
  return () => { stopped = true }
}
