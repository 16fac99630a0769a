import { letOthers, oneAtATime } from '#app/background.ts'
import { codesOf, desilLimits, loadScope } from '#app/crosschecks/scope.ts'
import { scopesIn } from '#app/crosschecks/villages.ts'
import { PRESENT } from '#app/households/living.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

type Counted = { programme: ProgrammeCode, eligible: number, reached: number, outside: number, unknown: number }
export type Tally = Map<ProgrammeCode, Omit<Counted, 'programme'>>
export const newTally = (): Tally => new Map()

// A plus before a column keeps SQLite from making an index for one look.
const HERE = 'l.regency = substr(@region, 1, 5)'
const BELOW = "judged_limits l CROSS JOIN judged_families f ON f.desil <= l.desil_max AND +f.region_code = @region"
const inScope = statement<{ region: string }[], Counted>(`
  SELECT l.programme, 0 AS eligible, sum(s.desil <= l.desil_max) AS reached, sum(s.desil > l.desil_max) AS outside, sum(s.desil IS NULL OR l.desil_max IS NULL) AS unknown
    FROM judged_limits l CROSS JOIN judged_recipients s ON +s.programme = l.programme AND +s.phase = 'receiving' AND +s.region_code = @region
    WHERE ${HERE} AND l.programme <> 'ppks' GROUP BY l.programme
  UNION ALL SELECT l.programme, count(*), 0, 0, 0 FROM ${BELOW} WHERE ${HERE} AND l.programme IN (${codesOf('family')}) GROUP BY l.programme
  UNION ALL SELECT l.programme, count(*), 0, 0, 0 FROM ${BELOW} CROSS JOIN members m ON m.household_id = f.household_id AND m.family_seq = f.seq AND ${PRESENT('m')}
    WHERE ${HERE} AND l.programme IN (${codesOf('person')}) GROUP BY l.programme`)

// Adds those who are just being judged, as far as they belong to this desa.
export function addToTally(db: Db, tally: Tally, region: string) {
  for (const { programme, eligible, reached, outside, unknown } of inScope(db).all({ region })) {
    const sum = tally.get(programme) ?? { eligible: 0, reached: 0, outside: 0, unknown: 0 }
    tally.set(programme, {
      eligible: sum.eligible + eligible, reached: sum.reached + (reached ?? 0), outside: sum.outside + (outside ?? 0), unknown: sum.unknown + (unknown ?? 0),
    })
  }
}

const forget = statement<[string], unknown>('DELETE FROM programme_reach WHERE region_code = ?')
const put = statement<unknown[], unknown>(`INSERT INTO programme_reach (region_code, programme, desil_max, eligible, reached, outside, unknown, counted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)

export function keepTally(db: Db, tally: Tally, region: string, now: string) {
  const limits = new Map(desilLimits(db, regencyOf(region), dayOf(now)).map(({ programme, desil }) => [programme, desil]))
  forget(db).run(region)
  for (const [programme, { eligible, reached, outside, unknown }] of tally) put(db).run(region, programme, limits.get(programme) ?? null, eligible, reached, outside, unknown, now)
}

const stale = statement<[number], string>('SELECT DISTINCT region_code FROM programme_reach WHERE stale LIMIT ?')
const queue = oneAtATime()
export const reachDone = queue.done
const AT_ONCE = 50

// In the background: counts again where something has changed since. Whoever opens a picture asks for it.
export function refreshReach(db: Db, clock = () => new Date().toISOString()) {
  queue.add(db, async () => {
    for (const region of stale(db).pluck().all(AT_ONCE) as string[]) {
      if (!db.$client.open) return
      await recount(db, region, clock()).catch((error: unknown) => void (db.$client.open && console.error(error)))
    }
  })
}

async function recount(db: Db, region: string, now: string) {
  const tally = newTally()
  for (const scope of scopesIn(db, region, dayOf(now))) {
    loadScope(db, scope, dayOf(now))
    addToTally(db, tally, region)
    await letOthers()
  }
  commitUnsynced(db, () => db.$client.transaction(() => keepTally(db, tally, region, now)).immediate())
}
