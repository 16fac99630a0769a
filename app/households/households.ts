import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import { narrow, regionsIn, type Filter } from '#app/households/filter.ts'
import { countedPlaces, START, type Place } from '#app/households/name-order.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { householdDesil, households, inactiveHouseholds, userRegions, users } from '#db/schema/index.ts'

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

function rowsAt(db: Db, places: Place[]) {
  const rows = places.length === 0 ? [] : db.select({
    id: households.id, number: households.number, headName: households.headName, headNik: households.headNik, address: households.address,
    regionCode: households.regionCode, memberCount: households.memberCount, programmes: households.programmes, stage: households.stage,
    stageAt: households.stageAt, outcome: households.outcome, flagCount: households.flagCount, officerName: users.name, inactiveSince: inactiveHouseholds.since, desil: householdDesil.desil,
  }).from(households).leftJoin(users, eq(users.id, households.officerId)).leftJoin(inactiveHouseholds, eq(inactiveHouseholds.householdId, households.id))
    .leftJoin(householdDesil, eq(householdDesil.householdId, households.id))
    .where(inArray(households.number, places.map(({ number }) => number)))
    .orderBy(asc(households.headName), asc(households.number)).limit(PAGE).all()
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return rows.map((row) => ({ ...row, village: names.get(row.regionCode)! }))
}

const MOST_OFFICERS = 300

export type Officer = { id: string, name: string }

// Who may hold a row in these regions: the field officers at work below them, or whose area they lie in.
export function officersIn(db: Db, actor: Actor, region: string): Officer[] {
  const codes = regionsIn(actor, region)
  return db.selectDistinct({ id: users.id, name: users.name }).from(userRegions).innerJoin(users, eq(users.id, userRegions.userId))
    .where(and(inArray(users.role, ['enumerator', 'village_operator']), or(...codes.map((code) => code ? under(userRegions.regionCode, code) : sql`1`))))
    .orderBy(asc(users.name), asc(users.id)).limit(MOST_OFFICERS).all()
}
