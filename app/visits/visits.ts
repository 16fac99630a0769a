import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Household } from '#app/households/records.ts'
import { notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import { households, visits } from '#db/schema/index.ts'
import { prepared } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Visit = typeof visits.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// A household given to this officer. Anybody else's is not found.
export function getAssignment({ db, actor }: Reader, householdId: string): Household {
  demand(actor, 'visit.submit')
  const household = ownHousehold(db).get({ id: householdId, officer: actor.id })
  if (!household || !isWithin(household.regionCode, actor)) throw notFound('Tugas ini')
  return household
}

// The officer's own visit, with the household it belongs to.
export function getOwnVisit({ db, actor }: Reader, householdId: string, visitId: string): { visit: Visit, household: Household } {
  const household = getAssignment({ db, actor }, householdId)
  const visit = ownVisit(db).get({ id: visitId, household: householdId, officer: actor.id })
  if (!visit) throw notFound('Kunjungan')
  return { visit, household }
}

// Built once per connection: building the query costs more than running it, and every submission runs both.
const ownHousehold = prepared((db) => db.select().from(households)
  .where(and(eq(households.id, sql.placeholder('id')), eq(households.officerId, sql.placeholder('officer')))).prepare())
const ownVisit = prepared((db) => db.select().from(visits).where(and(eq(visits.id, sql.placeholder('id')),
  eq(visits.householdId, sql.placeholder('household')), eq(visits.officerId, sql.placeholder('officer')))).prepare())

// Any visit; the caller has read it in its scope, or works behind the requests.
export const readVisit = prepared((db) => db.select().from(visits).where(eq(visits.id, sql.placeholder('id'))).prepare())

// The visit under way for this household: the one sent back, or else the draft last begun. A draft may lie beside a
// visit that came whole from a device.
export function findOpenVisit({ db, actor }: Reader, householdId: string): Visit | undefined {
  const open = db.select().from(visits).where(and(eq(visits.householdId, householdId), eq(visits.officerId, actor.id),
    inArray(visits.status, ['draft', 'returned']))).orderBy(desc(visits.openedAt)).limit(10).all()
  return open.find(({ status }) => status === 'returned') ?? open[0]
}
