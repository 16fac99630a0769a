import { and, asc, count, eq, inArray, min, sql, sum, type SQL } from 'drizzle-orm'
import { levelOf, WAITING } from '#app/reviews/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, regions, users, visits } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export type Filter = { village?: string, officer?: string, outcome?: number, flags?: 'yes' | 'no' }

// Where a case stands in the queue: since when it waits, and its number where two came at once.
export type Place = { stageAt: string, number: number }

const PAGE_SIZE = 50
const START: Place = { stageAt: '', number: 0 }

// Oldest first. Each village is one seek in the index (stage, village, since); the few firsts of each are merged here,
// so that neither the length of the queue nor the size of the region is felt.
export function listWaiting(db: Db, actor: Actor, filter: Filter = {}, after: Place = START) {
  const places = firstPlaces(db, actor, filter, after, PAGE_SIZE + 1)
  const shown = places.slice(0, PAGE_SIZE)
  return { cases: casesAt(db, shown), next: places.length > PAGE_SIZE ? shown.at(-1)! : null }
}

export type WaitingCase = ReturnType<typeof casesAt>[number]

// The visit that follows `after` in the same queue; undefined at its end.
export function nextWaiting(db: Db, actor: Actor, filter: Filter = {}, after: Place = START) {
  const [place] = firstPlaces(db, actor, filter, after, 1)
  return place && casesAt(db, [place])[0]
}

export function countWaiting(db: Db, actor: Actor, filter: Filter = {}) {
  const found = db.select({
    waiting: count(), flagged: sum(sql`${households.flagCount} > 0`).mapWith(Number),
    rechecks: sum(sql`${households.stage} = 'recheck'`).mapWith(Number), oldest: min(households.stageAt),
  }).from(households).where(mine(actor, filter)).get()!
  return { ...found, flagged: found.flagged ?? 0, rechecks: found.rechecks ?? 0 }
}

// What the queue can be narrowed to: the villages and officers that have something waiting.
export function listChoices(db: Db, actor: Actor) {
  return {
    villages: db.select({ code: households.regionCode, name: regions.name, waiting: count() }).from(households)
      .innerJoin(regions, eq(regions.code, households.regionCode)).where(mine(actor))
      .groupBy(households.regionCode).orderBy(asc(regions.name), asc(regions.code)).limit(1000).all(),
    officers: db.select({ id: users.id, name: users.name, waiting: count() }).from(households)
      .innerJoin(users, eq(users.id, households.officerId)).where(mine(actor))
      .groupBy(users.id).orderBy(asc(users.name), asc(users.id)).limit(1000).all(),
  }
}

// Nobody decides their own work, so it does not wait for them either.
const mine = (actor: Actor, { village, officer, outcome, flags }: Filter = {}): SQL => and(
  inArray(households.stage, [...WAITING[levelOf(actor)]]), within(households.regionCode, actor),
  sql`${households.officerId} IS NOT ${actor.id}`,
  village ? under(households.regionCode, village) : undefined,
  officer ? eq(households.officerId, officer) : undefined,
  outcome ? eq(households.outcome, outcome) : undefined,
  flags ? sql`(${households.flagCount} > 0) = ${flags === 'yes' ? 1 : 0}` : undefined,
)!

type Seek = { stage: string, village: string, me: string, officer: string | null, outcome: number | null, flagged: number | null, limit: number } & Place

const seek = statement<[Seek], Place>(`
  SELECT stage_at AS stageAt, number FROM households INDEXED BY households_by_stage
  WHERE stage = @stage AND region_code = @village AND (stage_at, number) > (@stageAt, @number) AND officer_id IS NOT @me
    AND (@officer IS NULL OR officer_id = @officer) AND (@outcome IS NULL OR outcome = @outcome)
    AND (@flagged IS NULL OR (flag_count > 0) = @flagged)
  ORDER BY stage_at, number LIMIT @limit`)

function firstPlaces(db: Db, actor: Actor, { village, officer, outcome, flags }: Filter, after: Place, limit: number): Place[] {
  const stages = WAITING[levelOf(actor)]
  const wanted = {
    ...after, me: actor.id, limit, officer: officer ?? null, outcome: outcome ?? null,
    flagged: flags ? Number(flags === 'yes') : null,
  }
  return villagesOf(db, actor, village)
    .flatMap(({ code }) => stages.flatMap((stage) => seek(db).all({ ...wanted, stage, village: code })))
    .sort((one, other) => compare(one.stageAt, other.stageAt) || one.number - other.number)
    .slice(0, limit)
}

const compare = (one: string, other: string) => one < other ? -1 : Number(one > other)

const villagesOf = (db: Db, actor: Actor, village?: string) =>
  db.select({ code: regions.code }).from(regions)
    .where(and(eq(regions.level, 4), within(regions.code, actor), village ? under(regions.code, village) : undefined)).all()

const casesAt = (db: Db, places: Place[]) =>
  db.select({
    visitId: visits.id, householdId: households.id, number: households.number, stage: households.stage, stageAt: households.stageAt,
    headName: households.headName, headNik: households.headNik, village: regions.name, officerName: users.name,
    outcome: visits.outcome, activeMs: visits.activeMs, flagCount: visits.flagCount, revision: visits.revision, status: visits.status,
  }).from(households)
    .innerJoin(visits, eq(visits.id, households.visitId)).innerJoin(users, eq(users.id, visits.officerId))
    .leftJoin(regions, eq(regions.code, households.regionCode))
    .where(inArray(households.number, places.map(({ number }) => number)))
    .orderBy(asc(households.stageAt), asc(households.number)).limit(PAGE_SIZE).all()
