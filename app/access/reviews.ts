import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { listAccounts } from '#app/access/accounts.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { userNames } from '#app/users/people.ts'
import { demand } from '#app/users/permissions.ts'
import { suspendUser } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { accessReviewRows, accessReviews } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Review = typeof accessReviews.$inferSelect
export type ReviewRow = typeof accessReviewRows.$inferSelect
export type Decision = NonNullable<ReviewRow['decision']>

const DAY = 86_400_000
const EVERY_DAYS = 90
const PAGE = 50

const openReview = (db: Db) => db.select().from(accessReviews).where(isNull(accessReviews.closedAt)).limit(1).get()
const lastClosed = (db: Db) => db.select().from(accessReviews).where(isNotNull(accessReviews.closedAt)).orderBy(desc(accessReviews.closedAt)).limit(1).get()

// When the next one is due, and whether that has passed. Before the first one it is due at once.
export function dueOf(db: Db, now: string): { last?: Review, open?: Review, dueAt: string, isDue: boolean } {
  const [open, last] = [openReview(db), lastClosed(db)]
  const dueAt = last ? new Date(Date.parse(last.closedAt!) + EVERY_DAYS * DAY).toISOString() : now
  return { last, open, dueAt, isDue: dueAt <= now }
}

// What was found is kept as it stood now; who is invited afterwards is in the next one. The same form twice opens one.
export function beginReview(tx: Tx, id: string): string {
  demand(tx.actor, 'access.review')
  const open = openReview(tx.db)
  if (open) return open.id
  const accounts = listAccounts(tx.db, tx.actor, tx.now)
  tx.db.insert(accessReviews).values({ id, openedBy: tx.actor.id, openedAt: tx.now }).run()
  accounts.forEach((seen, position) => tx.db.insert(accessReviewRows).values({ reviewId: id, position, userId: seen.id, seen }).run())
  tx.audit('access.review_opened', id, { accounts: accounts.length })
  return id
}

export type Show = 'waiting' | 'remarkable' | 'all'

export function readReview(db: Db, actor: Actor, id: string, { show, after = -1 }: { show: Show, after?: number }) {
  demand(actor, 'access.read')
  const review = getReview(db, id)
  const rows = db.select().from(accessReviewRows).where(and(
    eq(accessReviewRows.reviewId, id), gt(accessReviewRows.position, after),
    show === 'waiting' ? isNull(accessReviewRows.decision) : undefined,
    show === 'remarkable' ? sql`json_array_length(${accessReviewRows.seen}, '$.remarks') > 0` : undefined,
  )).orderBy(asc(accessReviewRows.position)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  return { review, rows: shown, next: rows.length > PAGE ? shown.at(-1)!.position : undefined, counts: countsOf(db, id, actor), names: namesOf(db, [review], shown) }
}

export type ReviewPage = ReturnType<typeof readReview>

const namesOf = (db: Db, reviews: Review[], rows: ReviewRow[] = []) =>
  userNames(db, [...reviews.flatMap(({ openedBy, closedBy }) => [openedBy, closedBy]), ...rows.map(({ decidedBy }) => decidedBy)].filter((one) => one !== null))

// own: one's own row is left to another administrator.
function countsOf(db: Db, id: string, actor: Actor) {
  const rows = db.select({ decision: accessReviewRows.decision, userId: accessReviewRows.userId }).from(accessReviewRows).where(eq(accessReviewRows.reviewId, id)).all()
  const of = (decision: Decision | null) => rows.filter((row) => row.decision === decision).length
  const own = rows.some(({ userId, decision }) => userId === actor.id && decision === null) ? 1 : 0
  return { all: rows.length, kept: of('kept'), suspended: of('suspended'), waiting: of(null), own }
}

// Each chosen account goes on, or is suspended at once with the reason.
export function decideAccess(tx: Tx, id: string, { users, decision, note }: { users: string[], decision: Decision, note: string }): number {
  demand(tx.actor, 'access.review')
  const review = getReview(tx.db, id)
  if (review.closedAt) throw conflict('Peninjauan ini sudah ditutup.')
  if (users.length === 0) throw invalid({ user: 'Pilih akun dahulu.' })
  if (users.includes(tx.actor.id)) throw conflict('Akun Anda sendiri ditinjau oleh admin lain.')
  if (decision === 'suspended' && !note) throw invalid({ note: 'Tuliskan alasan penangguhan.' })
  const rows = tx.db.select().from(accessReviewRows).where(and(eq(accessReviewRows.reviewId, id), inArray(accessReviewRows.userId, users), isNull(accessReviewRows.decision))).all()
  for (const { userId } of rows) {
    tx.db.update(accessReviewRows).set({ decision, note, decidedBy: tx.actor.id, decidedAt: tx.now })
      .where(and(eq(accessReviewRows.reviewId, id), eq(accessReviewRows.userId, userId))).run()
    if (decision === 'suspended') suspendUser(tx, userId, note)
    else tx.audit('user.access_kept', userId, { review: id })
  }
  return rows.length
}

// Ends it once everybody but the one who ends it was looked at: that row says openly that nobody else did.
export function closeReview(tx: Tx, id: string) {
  demand(tx.actor, 'access.review')
  const review = getReview(tx.db, id)
  if (review.closedAt) return
  const { waiting, own, kept, suspended } = countsOf(tx.db, id, tx.actor)
  if (waiting - own > 0) throw conflict(`Masih ada ${waiting - own} akun yang belum ditinjau.`)
  tx.db.update(accessReviews).set({ closedBy: tx.actor.id, closedAt: tx.now }).where(eq(accessReviews.id, id)).run()
  tx.audit('access.review_closed', id, { kept, suspended, waiting })
}

export function readOverview(db: Db, actor: Actor, now: string) {
  const accounts = listAccounts(db, actor, now)
  const past = db.select().from(accessReviews).orderBy(desc(accessReviews.openedAt)).limit(20).all()
  return { accounts, ...dueOf(db, now), past: past.map((review) => ({ ...review, counts: countsOf(db, review.id, actor) })), names: namesOf(db, past) }
}

export type Overview = ReturnType<typeof readOverview>

// Every row of a review, for a file; that it was taken is on record.
export function takeReview(tx: Tx, id: string) {
  demand(tx.actor, 'access.read')
  const review = getReview(tx.db, id)
  const rows = tx.db.select().from(accessReviewRows).where(eq(accessReviewRows.reviewId, id)).orderBy(asc(accessReviewRows.position)).all()
  tx.audit('access.review_downloaded', id, { accounts: rows.length })
  return { review, rows, names: namesOf(tx.db, [review], rows) }
}

function getReview(db: Db, id: string): Review {
  const review = db.select().from(accessReviews).where(eq(accessReviews.id, id)).get()
  if (!review) throw notFound('Peninjauan akses ini')
  return review
}
