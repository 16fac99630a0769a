import { and, desc, eq } from 'drizzle-orm'
import type { Household } from '#app/households/records.ts'
import { conflict, notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import { households, visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Visit = typeof visits.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// Stages at which the officer holds the record.
export const IN_HAND: readonly string[] = ['assigned', 'downloaded', 'deliberated', 'returned']

// A household given to this officer. Anybody else's is not found.
export function getAssignment({ db, actor }: Reader, householdId: string): Household {
  demand(actor, 'visit.submit')
  const household = db.select().from(households).where(and(
    eq(households.id, householdId), eq(households.officerId, actor.id), within(households.regionCode, actor))).get()
  if (!household) throw notFound('Tugas ini')
  return household
}

// The officer's own visit, with the household it belongs to.
export function getOwnVisit({ db, actor }: Reader, householdId: string, visitId: string): { visit: Visit, household: Household } {
  const household = getAssignment({ db, actor }, householdId)
  const visit = db.select().from(visits).where(and(
    eq(visits.id, visitId), eq(visits.householdId, householdId), eq(visits.officerId, actor.id))).get()
  if (!visit) throw notFound('Kunjungan')
  return { visit, household }
}

// The visit under way for this household, if the officer began one.
export const findOpenVisit = ({ db, actor }: Reader, householdId: string): Visit | undefined => db.select().from(visits)
  .where(and(eq(visits.householdId, householdId), eq(visits.officerId, actor.id))).orderBy(desc(visits.openedAt)).limit(1).all()
  .find(({ status }) => status === 'draft' || status === 'returned')

export function demandEditable({ status }: Visit, { stage }: Pick<Household, 'stage'>) {
  if (status !== 'draft' && status !== 'returned') throw conflict('Kunjungan ini sudah dikirim. Tunggu hasil pemeriksaan.')
  if (!IN_HAND.includes(stage)) throw conflict('Tugas ini sudah tidak di tangan Anda. Isian tetap tersimpan; hubungi Dinsos.')
}
