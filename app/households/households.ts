import { and, eq } from 'drizzle-orm'
import { narrow, regionsIn, type Filter } from '#app/households/filter.ts'
import { HELD_BACK, RESTRICTED } from '#app/households/living.ts'
import { countedPlaces, START, type Place } from '#app/households/name-order.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export { regionsIn, type Filter }
// Households by their number: the page that follows one, or the page before it.
export type Turning = { after?: number, before?: number }

export const PAGE = 50
const COUNTED = 1000

export type ListedHousehold = ReturnType<typeof rowsAt>[number]

// Where nothing bears the words as they were typed, what is like them is shown instead; the filter that comes back says so.
export function listHouseholds(db: Db, actor: Actor, filter: Filter, turning: Turning = {}) {
  demand(actor, 'household.read')
  const exact = { ...pageOf(db, actor, filter, turning), filter }
  const begins = turning.after === undefined && turning.before === undefined
  if (exact.households.length > 0 || !begins || !filter.q || filter.alike) return exact
  const wider: Filter = { ...filter, alike: 'yes' }
  const alike = { ...pageOf(db, actor, wider, turning), filter: wider }
  return alike.households.length > 0 ? alike : exact
}

// By name of the head; the number decides between namesakes. total: undefined when more than a thousand or not known cheaply.
function pageOf(db: Db, actor: Actor, filter: Filter, { after, before }: Turning) {
  const narrowing = narrow(actor, filter)
  const backward = before !== undefined
  const from = placeOf(db, actor, before ?? after) ?? START
  const turned = backward && from !== START
  const { places: found, total } = countedPlaces(db, narrowing, { from, backward: turned, limit: PAGE + 1 }, COUNTED)
  const shown = turned ? found.slice(-PAGE) : found.slice(0, PAGE)
  const more = found.length > PAGE
  const [first, last] = [shown.at(0), shown.at(-1)]
  return {
    households: rowsAt(db, shown),
    next: last && (turned || more) ? last.number : undefined,
    previous: first && (turned ? more : from !== START) ? first.number : undefined,
    total,
  }
}

// A number from elsewhere would tell where its name stands among the reader's own, so it counts for nothing.
const placeOf = (db: Db, actor: Actor, number: number | undefined): Place | undefined => number === undefined ? undefined
  : db.select({ headName: households.headName, number: households.number }).from(households)
    .where(and(eq(households.number, number), within(households.regionCode, actor))).get()

type HouseholdRow = Pick<typeof households.$inferSelect, 'id' | 'number' | 'headName' | 'headNik' | 'address' | 'regionCode' | 'memberCount' | 'programmes' | 'stage' | 'stageAt' | 'outcome' | 'flagCount'>
  & { officerName: string | null, inactiveSince: string | null, heldBack: 0 | 1, restricted: 0 | 1, desil: number | null }

// The page that is asked for most in the whole product.
const byNumber = statement<[string], HouseholdRow>(`SELECT h.id, h.number, h.head_name AS headName, h.head_nik AS headNik, h.address, h.region_code AS regionCode, h.member_count AS memberCount,
    h.programmes, h.stage, h.stage_at AS stageAt, h.outcome, h.flag_count AS flagCount, u.name AS officerName, i.since AS inactiveSince, ${HELD_BACK('h.id')} AS heldBack, ${RESTRICTED('h.id')} AS restricted, d.desil
  FROM json_each(?) AS place CROSS JOIN households h ON h.number = place.value LEFT JOIN users u ON u.id = h.officer_id
  LEFT JOIN inactive_households i ON i.household_id = h.id LEFT JOIN household_desil d ON d.household_id = h.id ORDER BY h.head_name, h.number`)

function rowsAt(db: Db, places: Place[]) {
  const rows = byNumber(db).all(JSON.stringify(places.map(({ number }) => number)))
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return rows.map((row) => ({ ...row, village: names.get(row.regionCode)! }))
}

// More cannot be chosen from a list.
const MOST_OFFICERS = 300

export type Officer = { id: string, name: string }

// Who may hold a row in these places: the field officers at work in them. Null where they are too many to choose from; then the one
// who is chosen already stays.
export function officersIn(db: Db, actor: Actor, { region, officer }: Pick<Filter, 'region' | 'officer'>): Officer[] | null {
  const codes = regionsIn(actor, region)
  const isMany = codes.some((code) => code.length < REGENCY) || codes.reduce((n, code) => n + countWorking(db, code), 0) > MOST_OFFICERS
  const found = codes.flatMap((code) => isMany ? oneUnder(db).all(code, `${code}:`, officer ?? '') : officersUnder(db).all(code, `${code}:`))
  return isMany && found.length === 0 ? null : [...new Map(found.sort(byName).map((one) => [one.id, one])).values()]
}

const countWorking = (db: Db, code: string) => workingUnder(db).pluck().get(code, `${code}:`, MOST_OFFICERS + 1) as unknown as number
const workingUnder = statement<[string, string, number], number>('SELECT count(*) FROM (SELECT 1 FROM user_regions WHERE region_code >= ? AND region_code < ? LIMIT ?)')
const UNDER = `SELECT DISTINCT u.id, u.name FROM user_regions r JOIN users u ON u.id = r.user_id
  WHERE r.region_code >= ? AND r.region_code < ? AND u.role IN ('enumerator', 'village_operator')`
const officersUnder = statement<[string, string], Officer>(UNDER)
const oneUnder = statement<[string, string, string], Officer>(`${UNDER} AND u.id = ?`)
const byName = (one: Officer, other: Officer) => one.name < other.name ? -1 : one.name > other.name ? 1 : one.id < other.id ? -1 : 1
