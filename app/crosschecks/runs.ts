import { and, desc, eq } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { crosscheckRuns } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type CrosscheckRun = typeof crosscheckRuns.$inferSelect

// Everything in the actor's places once more from the beginning, in the background. One that is under way goes on. The id of
// each run to work on.
export function startRun(tx: Tx, key: string): string[] {
  demand(tx.actor, 'crosscheck.run')
  if (!isFirstTime(tx, key)) return []
  return tx.actor.regions.map((regionCode) => openRun(tx, regionCode, `${key}:${regionCode}`))
}

export function openRun({ db, actor, now, audit }: Tx, regionCode: string, id: string): string {
  const running = db.select({ id: crosscheckRuns.id }).from(crosscheckRuns).where(and(eq(crosscheckRuns.regionCode, regionCode), eq(crosscheckRuns.status, 'running'))).get()
  if (running) return running.id
  db.insert(crosscheckRuns).values({ id, regionCode, status: 'running', startedBy: actor.id, startedAt: now }).run()
  audit('crosscheck.run_started', id, { region: regionCode })
  return id
}

const RECENT = 50

// The newest run that reached the whole of what the reader looks at, or a part of it.
export function lastRun(db: Db, actor: Actor, region: string): CrosscheckRun | undefined {
  demand(actor, 'programme.read')
  const places = regionsIn(actor, region)
  return db.select().from(crosscheckRuns).orderBy(desc(crosscheckRuns.startedAt)).limit(RECENT).all()
    .find(({ regionCode }) => places.some((code) => code.startsWith(regionCode)) || isWithin(regionCode, { regions: places }))
}

export const findRun = (db: Db, id: string) => db.select().from(crosscheckRuns).where(eq(crosscheckRuns.id, id)).get()

const changedSince = statement<{ at: string, day: string }[], { one: 1 }>(`SELECT 1 AS one FROM dtsen_snapshots WHERE status = 'applied' AND finished_at > @at
  UNION ALL SELECT 1 FROM programme_settings WHERE key = 'desil.max' AND (set_at > @at OR valid_from > substr(@at, 1, 10) AND valid_from <= @day OR valid_to > substr(@at, 1, 10) AND valid_to <= @day) LIMIT 1`)
const whole = statement<[], { at: string | null }>("SELECT max(started_at) AS at FROM crosscheck_runs WHERE region_code = ''")
const anybody = statement<[], { one: 1 }>('SELECT 1 AS one FROM recipients LIMIT 1')

// What changes for everybody at once, a desil or a limit, leaves no line for each: then all are judged anew.
export function isDue(db: Db, day: string): boolean {
  const { at } = whole(db).get()!
  if (at === null) return anybody(db).get() !== undefined
  return changedSince(db).get({ at, day }) !== undefined
}
