import { and, asc, desc, eq, gt, inArray, like, or, sql } from 'drizzle-orm'
import type { Remark, Tab, TaskDetail, TaskFilter, TaskList } from '#app/field/store.ts'
import { PAGE_SIZE, patternOf, TABS } from '#app/field/tabs.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import { findOpenVisit, getAssignment } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { households, regions, remarks, reviews, visits } from '#db/schema/index.ts'

// Given to the officer and in the officer's places: after either has moved, it is nobody's to open from here.
const mine = (actor: Actor) => and(eq(households.officerId, actor.id), within(households.regionCode, actor))

// The officer's own tasks, by number; `words` looks in name and address.
export function listTasks(db: Db, actor: Actor, { tab, words, after = 0 }: TaskFilter): TaskList {
  demand(actor, 'visit.submit')
  const pattern = patternOf(words)
  const rows = db.select({
    number: households.number, id: households.id, headName: households.headName, address: households.address, slsName: households.slsName,
    memberCount: households.memberCount, stage: households.stage, outcome: households.outcome,
    draftId: sql<string | null>`(SELECT id FROM visits v WHERE v.household_id = households.id AND v.officer_id = ${actor.id} AND v.status = 'draft' LIMIT 1)`,
    remarkCount: sql<number>`CASE WHEN households.stage = 'returned' THEN (SELECT count(*) FROM remarks k JOIN reviews r ON r.id = k.review_id
      JOIN visits v ON v.id = k.visit_id WHERE k.visit_id = households.visit_id AND r.decided_at >= v.submitted_at) ELSE 0 END`,
  }).from(households)
    .where(and(mine(actor), inArray(households.stage, TABS[tab]), gt(households.number, after),
      words ? or(like(households.headName, pattern), like(households.address, pattern)) : undefined))
    .orderBy(asc(households.number)).limit(PAGE_SIZE + 1).all()
  const tasks = rows.slice(0, PAGE_SIZE)
  return { tasks, counts: countTabs(db, actor), next: rows.length > PAGE_SIZE ? tasks.at(-1)!.number : undefined }
}

export const countInHand = (db: Db, actor: Actor): { stage: Stage, n: number }[] =>
  db.select({ stage: households.stage, n: sql<number>`count(*)` }).from(households).where(mine(actor)).groupBy(households.stage).all()

function countTabs(db: Db, actor: Actor): Record<Tab, number> {
  const stages = countInHand(db, actor)
  const count = (tab: Tab) => stages.filter(({ stage }) => TABS[tab].includes(stage)).reduce((sum, { n }) => sum + n, 0)
  return { returned: count('returned'), waiting: count('waiting'), sent: count('sent') }
}

export function getTask(db: Db, actor: Actor, householdId: string): TaskDetail {
  const household = getAssignment({ db, actor }, householdId)
  const village = db.select({ name: regions.name }).from(regions).where(eq(regions.code, household.regionCode)).get()
  const open = findOpenVisit({ db, actor }, householdId)
  return {
    household, village: village?.name ?? household.regionCode, openVisitId: open?.id ?? null,
    ...(open ? remarksOf(db, open.id, household.stage) : { remarks: [], note: '' }),
  }
}

// What the last review sent back: a remark at each question, and one for the whole.
export function remarksOf(db: Db, visitId: string, stage: Stage): { remarks: Remark[], note: string } {
  if (stage !== 'returned') return { remarks: [], note: '' }
  const review = db.select().from(reviews).where(and(eq(reviews.visitId, visitId), eq(reviews.outcome, 'returned')))
    .orderBy(desc(reviews.decidedAt), desc(reviews.id)).limit(1).get()
  if (!review) return { remarks: [], note: '' }
  const found = db.select({ path: remarks.path, message: remarks.message }).from(remarks)
    .innerJoin(reviews, eq(reviews.id, remarks.reviewId)).innerJoin(visits, eq(visits.id, remarks.visitId))
    .where(and(eq(remarks.visitId, visitId), sql`${reviews.decidedAt} >= COALESCE(${visits.submittedAt}, '')`))
    .orderBy(asc(remarks.id)).limit(200).all()
  return { remarks: found, note: review.note }
}
