import { setTimeout as rest } from 'node:timers/promises'
import { and, eq, ne, sql } from 'drizzle-orm'
import { oneAtATime } from '#app/background.ts'
import { runJob } from '#app/operation/works.ts'
import { queueCheck } from '#app/integrity/queue.ts'
import { periodAt } from '#app/periods/periods.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { findDangers, threatened } from '#app/rescue/dangers.ts'
import { refreshCase } from '#app/rescue/refreshing.ts'
import type { Db } from '#db/connection.ts'
import { rescueLists } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

type List = typeof rescueLists.$inferSelect
const CHUNK = 50

const nextRegion = statement<[string], { code: string | null }>('SELECT min(region_code) AS code FROM households WHERE region_code > ?')
const countIn = statement<[string, string], { n: number }>('SELECT count(*) AS n FROM households WHERE region_code >= ? AND region_code < ?')

// The kabupaten that hold a household: one look into the index for each.
function* regenciesInUse(db: Db): Generator<string> {
  for (let after = ''; ;) {
    const first = nextRegion(db).get(after)?.code
    if (!first) return
    const regency = regencyOf(first)
    yield regency
    after = `${regency}:`
  }
}

const writing = (db: Db, work: () => void) => commitUnsynced(db, () => db.$client.transaction(work).immediate())

// Each kabupaten has one list that runs, that of its coming cut-off. What it holds can be worked out again at any time.
export function openLists(db: Db, now: string) {
  for (const regencyCode of regenciesInUse(db)) {
    const period = periodAt(db, regencyCode, dayOf(now))
    const known = db.select().from(rescueLists).where(and(eq(rescueLists.regencyCode, regencyCode), ne(rescueLists.status, 'closed'))).all()
    const same = known.find(({ periodId }) => periodId === period?.id)
    if (same && period && known.length === 1 && same.cutoffOn === period.cutoffOn && same.periodName === period.name) continue
    if (!period && known.length === 0) continue
    writing(db, () => {
      db.update(rescueLists).set({ status: 'closed' }).where(and(eq(rescueLists.regencyCode, regencyCode), ne(rescueLists.periodId, period?.id ?? ''))).run()
      if (period) putList(db, regencyCode, period, now)
    })
  }
}

const putList = (db: Db, regencyCode: string, { id, name, cutoffOn }: { id: string, name: string, cutoffOn: string }, now: string) => void db.insert(rescueLists)
  .values({ periodId: id, regencyCode, periodName: name, cutoffOn, status: 'building', startedAt: now, totalCount: countIn(db).get(regencyCode, `${regencyCode}:`)!.n })
  .onConflictDoUpdate({ target: [rescueLists.periodId, rescueLists.regencyCode], set: { periodName: name, cutoffOn, status: sql`CASE status WHEN 'closed' THEN 'building' ELSE status END` } }).run()

type Place = { regionCode: string, headName: string, number: number, id: string }
const nextHouseholds = statement<[{ from: string, to: string, regionCode: string, headName: string, number: number, limit: number }], Place>(`
  SELECT h.region_code AS regionCode, h.head_name AS headName, h.number, h.id FROM households h INDEXED BY households_by_name
  WHERE h.region_code >= @from AND h.region_code < @to AND (h.region_code, h.head_name, h.number) > (@regionCode, @headName, @number)
  ORDER BY h.region_code, h.head_name, h.number LIMIT @limit`)

// Goes through all households of the kabupaten once, resting in between so that people are served. Broken off, it begins again.
export async function buildList(db: Db, { periodId, regencyCode }: Pick<List, 'periodId' | 'regencyCode'>, clock: () => string, pause = 20) {
  const own = and(eq(rescueLists.periodId, periodId), eq(rescueLists.regencyCode, regencyCode))
  let checked = 0
  for (let place: Omit<Place, 'id'> | undefined = { regionCode: '', headName: '', number: 0 }; place;) {
    const from: Omit<Place, 'id'> = place
    const rows = nextHouseholds(db).all({ from: regencyCode, to: `${regencyCode}:`, regionCode: from.regionCode, headName: from.headName, number: from.number, limit: CHUNK })
    checked += rows.length
    writing(db, () => {
      for (const { id } of rows) look(db, periodId, id, clock())
      db.update(rescueLists).set({ checkedCount: checked }).where(own).run()
    })
    place = rows.length === CHUNK ? rows.at(-1) : undefined
    await rest(pause)
  }
  writing(db, () => void db.update(rescueLists).set({ status: 'live', liveAt: clock() }).where(and(own, eq(rescueLists.status, 'building'))).run())
}

function look(db: Db, periodId: string, id: string, now: string) {
  const one = threatened(db, id)
  if (one) refreshCase(db, periodId, one, findDangers(db, one), now)
}

const queue = oneAtATime()

// In the background: opens what is due and builds it. Asked twice, the second finds nothing to do.
export function workOnRescue(db: Db, clock = () => new Date().toISOString(), pause?: number) {
  queue.add(db, () => runJob(db, 'rescue', () => work(db, clock, pause)))
}

// Settles when nothing is under way.
export const rescueDone = queue.done

async function work(db: Db, clock: () => string, pause?: number) {
  openLists(db, clock())
  for (const list of db.select().from(rescueLists).where(eq(rescueLists.status, 'building')).all()) await buildList(db, list, clock, pause)
}

const latePhotos = statement<[string], { id: string }>(`SELECT DISTINCT household_id AS id FROM deliveries INDEXED BY deliveries_open
  WHERE status IN ('held', 'waiting_photos') AND status = 'waiting_photos' AND received_at < ? ORDER BY received_at DESC LIMIT 500`)
const PATIENCE_MS = 10 * 60_000

// A visit whose photos lag behind leaves no line of its own in the trail.
export const queueLatePhotos = (db: Db, now = new Date()) =>
  queueCheck(db, latePhotos(db).all(new Date(now.getTime() - PATIENCE_MS).toISOString()).map(({ id }) => id))

const EVERY_MS = 60_000

export function startRescue(db: Db) {
  workOnRescue(db)
  const timer = setInterval(() => {
    workOnRescue(db)
    queueLatePhotos(db)
  }, EVERY_MS)
  return () => clearInterval(timer)
}
