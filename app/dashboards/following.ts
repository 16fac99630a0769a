import { setTimeout as rest } from 'node:timers/promises'
import { workBeside } from '#app/background.ts'
import { countSome, takeChanges, type Pace } from '#app/dashboards/counting.ts'
import { keepAt, keptVillages, stateOf } from '#app/dashboards/kept.ts'
import { begin, readFollowing, restartRound } from '#app/dashboards/rounds.ts'
import { forgetSome } from '#app/dashboards/tally.ts'
import type { Db } from '#db/connection.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

const UNNOTICED: Pace = { households: 40, ms: 15 }

// One chunk: what has happened, or else a piece of the full count. What it writes can be worked out again at any time, so its
// commits need not wait for the disk.
export function followSome(db: Db, now: string, pace = UNNOTICED): { more: boolean, took: number, events: number } {
  const begun = Date.now()
  let done = { more: false, events: 0 }
  let state = ''
  commitUnsynced(db, () => db.$client.transaction(() => {
    keptVillages(db)
    done = work(db, now, pace)
    state = stateOf(db)
  }).immediate())
  keepAt(db, state)
  return { ...done, took: Date.now() - begun }
}

function work(db: Db, now: string, pace: Pace): { more: boolean, events: number } {
  const state = readFollowing(db) ?? begin(db, now)
  const events = takeChanges(db, state)
  if (events > 0) return { more: true, events }
  if (state.building === null) return { more: state.live > 1 && forgetSome(db, state.live), events }
  countSome(db, { ...state, building: state.building }, now, pace)
  return { more: true, events }
}

// Everything there is to do, at once: for tests, seeds and figures.
export async function catchUp(db: Db, now = () => new Date().toISOString()) {
  while (followSome(db, now()).more) await rest(0)
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000
const PAUSE_MS = 2000

// Once a week everything is counted anew.
export const startFollowing = (db: Db) => workBeside(db, (now) => {
  const finishedAt = readFollowing(db)?.finishedAt
  if (finishedAt && Date.parse(finishedAt) < now.getTime() - WEEK_MS) restartRound(db, now.toISOString())
  return followSome(db, now.toISOString()).more
}, PAUSE_MS, 'dashboards')
