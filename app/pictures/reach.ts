import { letOthers, oneAtATime } from '#app/background.ts'
import { desilLimits, loaded, loadScope } from '#app/crosschecks/scope.ts'
import { scopesIn } from '#app/crosschecks/villages.ts'
import { PRESENT } from '#app/households/living.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

type Way = 'eligible' | 'reached' | 'outside' | 'unknown'
export type Tally = Map<ProgrammeCode, Record<Way, number>>
export const newTally = (): Tally => new Map()

type Limit = { programme: ProgrammeCode, most: number | null }
type Counted = { desil: number | null, count: number }
const limitsIn = loaded<Limit, { region: string }>('SELECT programme, desil_max AS most FROM judged_limits WHERE regency = substr(@region, 1, 5)')
const receiving = loaded<Counted & { programme: ProgrammeCode }, { region: string }>(`SELECT programme, desil, count(*) AS count FROM judged_recipients
  WHERE phase = 'receiving' AND programme <> 'ppks' AND region_code = @region GROUP BY 1, 2`)
const families = loaded<Counted, { region: string }>('SELECT desil, count(*) AS count FROM judged_families WHERE region_code = @region GROUP BY 1')
const people = loaded<Counted, { region: string, most: number }>(`SELECT f.desil, count(*) AS count
  FROM judged_families f CROSS JOIN members m ON m.household_id = f.household_id AND m.family_seq = f.seq AND ${PRESENT('m')} WHERE f.region_code = @region AND f.desil <= @most GROUP BY 1`)

// Adds those who are just being judged, as far as they belong to this desa.
export function addToTally(db: Db, tally: Tally, region: string) {
  const limits = new Map(limitsIn(db).all({ region }).map(({ programme, most }) => [programme, most]))
  for (const { programme, desil, count } of receiving(db).all({ region })) {
    const most = limits.get(programme) ?? null
    add(tally, programme, desil === null || most === null ? 'unknown' : desil <= most ? 'reached' : 'outside', count)
  }
  for (const [programme, most] of limits) {
    if (most === null) continue
    const counted = programmeOf(programme).unit === 'family' ? families(db).all({ region }) : people(db).all({ region, most })
    for (const { desil, count } of counted) if (desil !== null && desil <= most) add(tally, programme, 'eligible', count)
  }
}

function add(tally: Tally, programme: ProgrammeCode, way: Way, count: number) {
  const sum = tally.get(programme) ?? { eligible: 0, reached: 0, outside: 0, unknown: 0 }
  tally.set(programme, { ...sum, [way]: sum[way] + count })
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
