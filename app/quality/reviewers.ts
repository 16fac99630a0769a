import { and, asc, desc, eq, exists, sql } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import { notFound } from '#app/problems.ts'
import { daysOf } from '#app/quality/keeping-reviewers.ts'
import { sumOfDays, type ReviewerFigures } from '#app/quality/reviewer-verdict.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, reviewerFigures, reviews, userRegions, users } from '#db/schema/index.ts'

export const REVIEWER_SORTS = ['verdict', 'name', 'decided', 'approved', 'unopened', 'pace', 'overturned'] as const
export type ReviewerSort = typeof REVIEWER_SORTS[number]
export type ReviewerQuery = { region: string, level?: 'look' | 'fine' | 'unknown', sort: ReviewerSort }
export type ReviewerPlace = { value: string, reviewerId: string }

const figure = (name: string) => sql<number>`json_extract(${reviewerFigures.figures}, ${`$.${name}`})`
const share = (part: string, whole: string) => sql`coalesce(1.0 * ${figure(part)} / nullif(${figure(whole)}, 0), -1)`
// Upwards, as in the list of officers.
const ORDER = {
  verdict: sql`-${reviewerFigures.score}`, name: sql`${users.name}`, decided: sql`-${reviewerFigures.decided}`, approved: sql`-1.0 * ${reviewerFigures.approved} / max(${reviewerFigures.decided}, 1)`,
  unopened: sql`-${share('unopened', 'watched')}`, pace: sql`-coalesce(1.0 * ${figure('inSession')} / nullif(${figure('sessionMs')}, 0), -1)`, overturned: sql`-${share('overturned', 'followed')}`,
} as const

const PAGE_SIZE = 50
export type ReviewerRow = ReturnType<typeof listReviewers>['rows'][number]

// Those who decide in the reader's region, by their ready figures.
export function listReviewers(db: Db, actor: Actor, { region, level, sort }: ReviewerQuery, after?: ReviewerPlace, limit = PAGE_SIZE) {
  demand(actor, 'quality.review')
  const order = ORDER[sort]
  const value = after && (sort === 'name' ? after.value : Number(after.value))
  const rows = db.select({
    reviewerId: reviewerFigures.reviewerId, name: users.name, role: users.role, reviewLevel: reviewerFigures.reviewLevel, figures: reviewerFigures.figures, level: reviewerFigures.level,
    reasons: reviewerFigures.reasons, at: sql<string | number>`${order}`,
    place: sql<string>`(SELECT group_concat(coalesce(r.name, 'Indonesia'), ', ') FROM user_regions u LEFT JOIN regions r ON r.code = u.region_code WHERE u.user_id = ${reviewerFigures.reviewerId})`,
  }).from(reviewerFigures).innerJoin(users, eq(users.id, reviewerFigures.reviewerId))
    .where(and(worksIn(db, regionsIn(actor, region)), level ? eq(reviewerFigures.level, level) : undefined,
      after ? sql`(${order}, ${reviewerFigures.reviewerId}) > (${value}, ${after.reviewerId})` : undefined))
    .orderBy(order, reviewerFigures.reviewerId).limit(limit + 1).all().map((row) => ({ ...row, figures: row.figures as ReviewerFigures }))
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)! : undefined
  return { rows: shown, next: last && { value: String(last.at), reviewerId: last.reviewerId } }
}

const worksIn = (db: Db, regions: string[]) => exists(db.select({ one: sql`1` }).from(userRegions)
  .where(and(eq(userRegions.userId, reviewerFigures.reviewerId), within(userRegions.regionCode, { regions }))))

export type ReviewerView = ReturnType<typeof viewReviewer>
const DAYS = 60

export function viewReviewer(db: Db, actor: Actor, reviewerId: string) {
  const isOwn = reviewerId === actor.id
  if (!isOwn) demand(actor, 'quality.review')
  const reviewer = db.select({ id: users.id, name: users.name, role: users.role }).from(users).where(eq(users.id, reviewerId)).get()
  const found = db.select().from(reviewerFigures).where(and(eq(reviewerFigures.reviewerId, reviewerId), isOwn ? undefined : worksIn(db, actor.regions))).get()
  if (!reviewer || (!found && !isOwn)) throw notFound('Pemeriksa')
  const codes = db.select({ code: userRegions.regionCode }).from(userRegions).where(eq(userRegions.userId, reviewerId)).limit(50).all().map(({ code }) => code)
  return {
    reviewer, isOwn, seesOthers: can(actor, 'quality.review'), places: [...regionNames(db, codes).values()], kept: found && { ...found, figures: found.figures as ReviewerFigures },
    days: daysOf(db, reviewerId).slice(-DAYS), others: found && othersOf(db, reviewerId, found.reviewLevel), overturned: overturnedOf(db, actor, reviewerId),
  }
}

// Those of the same step in the same kabupaten/kota together, by numbers alone; undefined: there is nobody.
function othersOf(db: Db, reviewerId: string, reviewLevel: number) {
  const peers = db.selectDistinct({ id: reviewerFigures.reviewerId, figures: reviewerFigures.figures }).from(reviewerFigures)
    .innerJoin(userRegions, eq(userRegions.userId, reviewerFigures.reviewerId))
    .where(and(eq(reviewerFigures.reviewLevel, reviewLevel), sql`${reviewerFigures.reviewerId} <> ${reviewerId}`,
      sql`substr(${userRegions.regionCode}, 1, 5) IN (SELECT substr(region_code, 1, 5) FROM user_regions WHERE user_id = ${reviewerId})`))
    .orderBy(asc(reviewerFigures.reviewerId)).limit(200).all().map(({ figures }) => figures as ReviewerFigures)
  return peers.length > 0 ? sumOfDays(peers) : undefined
}

// Of the first return at a later step.
const later = (column: 'decided_at' | 'note') => sql<string>`(SELECT ${sql.raw(`l.${column}`)} FROM reviews l
  WHERE l.visit_id = ${reviews.visitId} AND l.level > ${reviews.level} AND l.decided_at > ${reviews.decidedAt} AND l.outcome = 'returned' ORDER BY l.decided_at LIMIT 1)`

// Approved here, sent back by the next: the newest, as cases to learn from.
const overturnedOf = (db: Db, actor: Actor, reviewerId: string) => db.select({
  visitId: reviews.visitId, householdId: reviews.householdId, headName: households.headName, approvedAt: reviews.decidedAt, returnedAt: later('decided_at'), note: later('note'),
}).from(reviews).innerJoin(households, eq(households.id, reviews.householdId))
  .where(and(eq(reviews.decidedBy, reviewerId), eq(reviews.outcome, 'approved'), within(households.regionCode, actor), sql`${later('decided_at')} IS NOT NULL`))
  .orderBy(desc(reviews.decidedAt)).limit(20).all()
