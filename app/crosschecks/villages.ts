import { desilLimits, mostDesil, type Scope } from '#app/crosschecks/scope.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import { PROGRAMME_CODES } from '#db/schema/programmes.ts'
import { statement } from '#db/statements.ts'

const CODES = PROGRAMME_CODES.map((code) => `'${code}'`).join(', ')
const firstHome = statement<[string, string], { code: string | null }>('SELECT min(region_code) AS code FROM households WHERE region_code >= ? AND region_code < ?')
const firstRecipient = statement<[string, string, string], { code: string | null }>('SELECT min(region_code) AS code FROM recipients WHERE programme = ? AND region_code >= ? AND region_code < ?')

// The desa of a place that households or recipients lie in: one look into an index of each list for every desa.
export function* villagesIn(db: Db, regionCode: string, after = ''): Generator<string> {
  const end = `${regionCode}:`
  // '!' comes before every digit: the first code behind this one.
  for (let at = after ? `${after}!` : regionCode; ;) {
    const codes = [firstHome(db).get(at, end), ...PROGRAMME_CODES.map((programme) => firstRecipient(db).get(programme, at, end))].flatMap((found) => found?.code ?? [])
    const next = codes.sort()[0]
    if (next === undefined) return
    yield next
    at = `${next}!`
  }
}

// Whoever receives in this desa, or did when something was found.
const recipientsIn = statement<{ region: string }[], number>(`SELECT rowid FROM recipients WHERE programme IN (${CODES}) AND region_code = @region
  UNION SELECT r.rowid FROM crosscheck_findings c CROSS JOIN recipients r ON r.id = c.recipient_id WHERE c.status IN ('open', 'dismissed') AND c.region_code = @region ORDER BY 1`)
// Only families within a limit of desil can be left out of aid.
const householdsIn = statement<{ region: string, most: number }[], number>(`SELECT number FROM household_desil WHERE region_code = @region AND desil <= @most
  UNION SELECT household_number FROM crosscheck_findings WHERE status IN ('open', 'dismissed') AND region_code = @region AND recipient_id IS NULL`)

// Small enough that a page asked for in between does not wait for it.
const CHUNK = 1000

export function* slices<T>(all: T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += CHUNK) yield all.slice(at, at + CHUNK)
}

// Everybody of one desa, some at a time.
export function* scopesIn(db: Db, region: string, day: string): Generator<Scope> {
  const most = mostDesil(desilLimits(db, regencyOf(region), day))
  for (const recipients of slices(recipientsIn(db).pluck().all({ region }) as number[])) yield { recipients, households: [] }
  for (const households of slices(householdsIn(db).pluck().all({ region, most }) as number[])) yield { recipients: [], households }
}
