import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { noteRun } from '#app/operation/works.ts'
import type { Db } from '#db/connection.ts'

// A request takes a few turns of the event loop: accepted, read, answered. Between chunks it gets them all at once.
export async function letOthers() {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn()
}

const SOON_MS = 800

const BUSY = 0.25
const LOOK_MS = 200
const LONGEST_WAIT_MS = 30_000

// On the last evening visits come first: a verdict may be half a minute late, an officer who waits sends again. Even then
// the work goes on, a chunk at a time. ms: the first look. ref: whether the process is kept alive for it.
export async function restUntilCalm(ms: number, { ref = false } = {}) {
  const begun = Date.now()
  for (let wait = ms; ; wait = LOOK_MS) {
    const before = performance.eventLoopUtilization()
    await pause(wait, undefined, { ref })
    if (performance.eventLoopUtilization(before).utilization < BUSY || Date.now() - begun > LONGEST_WAIT_MS) return
  }
}

const SHARE = 2

// Small steps beside everybody else, for as long as the database is open: after each it rests twice as long as the step took,
// and while the server is busy it waits. step: tells whether there is more to do at once; one that fails is tried again
// after the pause (ms). name: by which it is known where everything that runs is told. Returns what stops it.
export function workBeside(db: Db, step: (now: Date) => boolean, pauseMs: number, name?: string): () => void {
  let stopped = false
  const attempt = (begun: number) => {
    const note = (failure?: unknown) => { if (name) noteRun(db, name, { tookMs: Date.now() - begun, failure }) }
    try {
      const more = step(new Date())
      note()
      return more
    } catch (error) {
      if (db.$client.open) console.error(error)
      note(error)
      return false
    }
  }
  const run = async () => {
    while (!stopped && db.$client.open) {
      const begun = Date.now()
      if (attempt(begun)) await restUntilCalm(Math.max(50, (Date.now() - begun) * SHARE))
      else await pause(pauseMs, undefined, { ref: false })
    }
  }
  void run()
  return () => { stopped = true }
}

let piecesWaiting = 0
// Pieces of long work under way or in line, in the whole server.
export const countPieces = () => piecesWaiting

// Long work behind the requests, one piece after another for each database, so that people are served between. Each piece
// tells its own failure; where even that fails (a full disk), it is told here, and those after it are not held up.
export function oneAtATime() {
  const queues = new WeakMap<Db, Promise<void>>()
  const times = new WeakMap<Db, Map<string, number>>()
  // Settles when nothing is under way.
  const done = (db: Db): Promise<void> => queues.get(db) ?? Promise.resolve()
  return {
    done,
    // id: what it is about, where pages tell how it goes.
    add: (db: Db, work: () => Promise<void> | void, id = '') => {
      piecesWaiting += 1
      const going = times.get(db) ?? new Map<string, number>()
      times.set(db, going)
      going.set(id, (going.get(id) ?? 0) + 1)
      queues.set(db, done(db).then(work).catch((error: unknown) => { if (db.$client.open) console.error(error) }).finally(() => {
        piecesWaiting -= 1
        going.set(id, going.get(id)! - 1)
      }))
    },
    // Was under way, and is no more: where it is not finished, it has failed.
    hasEnded: (db: Db, id: string) => times.get(db)?.get(id) === 0,
    // A small piece is finished before its page is drawn; a long one is left to go on.
    soon: (db: Db) => Promise.race([done(db), pause(SOON_MS, undefined, { ref: false })]),
  }
}
