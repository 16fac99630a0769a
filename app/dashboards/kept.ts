import type { MoveKind } from '#app/dashboards/contributions.ts'
import { readFollowing } from '#app/dashboards/rounds.ts'
import type { Stage } from '#app/households/stages.ts'
import { remember } from '#app/remember.ts'
import type { Db } from '#db/connection.ts'
import { prepared } from '#db/statements.ts'

// What the officers of a desa are counted with, on some days. Nothing of a reader is in it, and nothing changes it once it is kept.
export type Work = { stages: Partial<Record<Stage, number>>, moves: Record<MoveKind, number> }
export type Village = Map<string, Work>

// Kept until the follower writes there. Another process may follow, too: when the follower stands elsewhere than where this
// connection left it, nothing that is kept holds.
type Kept = { state: string, villages: Map<string, Map<string, Village>> }
const MOST_VILLAGES = 4000
const MOST_RANGES = 3

const kept = prepared((): Kept => ({ state: '', villages: new Map() }))
export const stateOf = (db: Db): string => JSON.stringify(readFollowing(db) ?? null)

export function keptVillages(db: Db): Kept['villages'] {
  const all = kept(db)
  const state = stateOf(db)
  if (all.state !== state) all.villages.clear()
  all.state = state
  return all.villages
}

// state: where this connection's own step has brought the follower, read before anybody else could take another.
export const keepAt = (db: Db, state: string) => void (kept(db).state = state)
export const forgetVillage = (db: Db, code: string) => void kept(db).villages.delete(code)

export function villageOf(villages: Kept['villages'], code: string, days: string, count: () => Village): Village {
  const ranges = villages.get(code) ?? remember(villages, code, new Map<string, Village>(), MOST_VILLAGES)
  return ranges.get(days) ?? remember(ranges, days, count(), MOST_RANGES)
}
