import { asc, sql } from 'drizzle-orm'
import { addDays, dayOf, startOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { keyIdOf, type Db } from '#db/connection.ts'
import { processingActivities } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

// The record of processing activities (UU 27/2022, art. 31), as it holds today.
export type Activity = typeof processingActivities.$inferSelect

export function listActivities(db: Db, actor: Actor, now = new Date()): Activity[] {
  demand(actor, 'protection.read')
  return activitiesOn(db, dayOf(now.toISOString())).filter(({ ended }) => !ended)
}

// Of each the newest row that has begun; those that have ended among them.
export function activitiesOn(db: Db, day: string): Activity[] {
  const all = db.select().from(processingActivities).where(sql`${processingActivities.validFrom} <= ${day}`).orderBy(asc(processingActivities.validFrom)).all()
  return [...new Map(all.map((one) => [one.code, one])).values()].sort((a, b) => a.position - b.position)
}

// Which key the data lie under; undefined: they lie open.
export const encryptionOf = (db: Db) => keyIdOf(db.$client)

export type Leaving = { action: string, count: number, last: string }
// Everything by which data of people leaves, each with its line in the trail.
export const LEAVING = [
  'export.downloaded', 'pack.downloaded', 'pack.updated', 'exchange.package_downloaded', 'exchange.changes_downloaded', 'matching.exported', 'matching.errors_downloaded', 'prelist.printed', 'certificate.printed', 'certificate.absence_printed', 'numbers.printed',
  'prelist.errors_downloaded', 'musdes.minutes_printed', 'batch.dispatched', 'batch.package_downloaded', 'batch.names_printed', 'recipients.printed', 'payment_list.printed', 'local_programme.printed', 'rescue.printed', 'crosscheck.printed', 'psks.printed',
  'period.differences_downloaded', 'intake.errors_downloaded', 'dtsen.errors_downloaded', 'dtsen.table_downloaded', 'dashboard.downloaded', 'quality.downloaded', 'monitoring.table_downloaded',
  'backcheck.table_downloaded', 'picture.downloaded', 'audit.exported', 'access.review_downloaded', 'breach.letters_printed', 'subject_case.file_made',
] as const
const leaving = statement<[string, string], Leaving>(`SELECT action, count(*) AS count, max(at) AS last FROM audit_entries INDEXED BY audit_by_action WHERE action = ? AND at >= ?`)

const DAYS = 30

export function listLeaving(db: Db, actor: Actor, now = new Date()): Leaving[] {
  demand(actor, 'protection.read')
  const since = startOf(addDays(dayOf(now.toISOString()), -DAYS))
  return LEAVING.map((action) => leaving(db).get(action, since)!).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
}
