import { and, eq, sql, type SQL } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { officerFigures, regions, users } from '#db/schema/index.ts'

export const OFFICER_SORTS = ['verdict', 'name', 'visits', 'minutes', 'flags', 'returned', 'not_found'] as const
export type OfficerSort = typeof OFFICER_SORTS[number]
export type OfficerQuery = { region: string, month: string, level?: 'look' | 'fine' | 'unknown', sort: OfficerSort }
// Where a page of the list ends: what it is sorted by there, and whose row it is.
export type OfficerPlace = { value: string, officerId: string, region: string }

const share = (part: typeof officerFigures.returned | typeof officerFigures.notFound | typeof officerFigures.flagCount) => sql<number>`1.0 * ${part} / max(${officerFigures.visits}, 1)`
// Every order runs upwards, so that one comparison serves all: the worst first is its number below nothing.
const ORDER: Record<OfficerSort, SQL<number | string>> = {
  verdict: sql`-${officerFigures.score}`, name: sql`${users.name}`, visits: sql`-${officerFigures.visits}`, minutes: sql`coalesce(${officerFigures.medianMs}, 9e15)`,
  flags: sql`-${share(officerFigures.flagCount)}`, returned: sql`-${share(officerFigures.returned)}`, not_found: sql`-${share(officerFigures.notFound)}`,
}

const PAGE_SIZE = 50
export type OfficerRow = ReturnType<typeof listOfficers>['rows'][number]

// Ready figures, a row for an officer in a desa: as many as there are officers, however many visits they made.
export function listOfficers(db: Db, actor: Actor, { region, month, level, sort }: OfficerQuery, after?: OfficerPlace, limit = PAGE_SIZE) {
  demand(actor, 'quality.read')
  const order = ORDER[sort]
  const value = after && (sort === 'name' ? after.value : Number(after.value))
  const rows = db.select({
    officerId: officerFigures.officerId, regionCode: officerFigures.regionCode, name: users.name, desa: regions.name, visits: officerFigures.visits, finished: officerFigures.finished,
    notFound: officerFigures.notFound, returned: officerFigures.returned, flagCount: officerFigures.flagCount, medianMs: officerFigures.medianMs, bandMs: officerFigures.bandMs,
    level: officerFigures.level, score: officerFigures.score, reasons: officerFigures.reasons, at: sql<string | number>`${order}`,
  }).from(officerFigures).innerJoin(users, eq(users.id, officerFigures.officerId)).leftJoin(regions, eq(regions.code, officerFigures.regionCode))
    .where(and(eq(officerFigures.month, month), within(officerFigures.regionCode, { regions: regionsIn(actor, region) }), level ? eq(officerFigures.level, level) : undefined,
      after ? sql`(${order}, ${officerFigures.officerId}, ${officerFigures.regionCode}) > (${value}, ${after.officerId}, ${after.region})` : undefined))
    .orderBy(order, officerFigures.officerId, officerFigures.regionCode).limit(limit + 1).all()
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)! : undefined
  return { rows: shown, next: last && { value: String(last.at), officerId: last.officerId, region: last.regionCode } }
}

// How many of each verdict stand in the list.
export function countOfficers(db: Db, actor: Actor, { region, month }: Pick<OfficerQuery, 'region' | 'month'>) {
  demand(actor, 'quality.read')
  const rows = db.select({ level: officerFigures.level, n: sql<number>`count(*)` }).from(officerFigures)
    .where(and(eq(officerFigures.month, month), within(officerFigures.regionCode, { regions: regionsIn(actor, region) }))).groupBy(officerFigures.level).all()
  const of = (level: string) => rows.find((row) => row.level === level)?.n ?? 0
  return { look: of('look'), fine: of('fine'), unknown: of('unknown') }
}
