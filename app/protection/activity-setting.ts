import { and, asc, eq, max } from 'drizzle-orm'
import { invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { activitiesOn, type Activity } from '#app/protection/register.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { processingActivities } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type WantedActivity = Omit<Activity, 'code' | 'position'>
export type ActivityView = { activity?: Activity, history: { validFrom: string, source: string, ended: boolean }[] }

// undefined: an activity that is not in the record yet.
export function viewActivity(db: Db, actor: Actor, code?: string, now = new Date()): ActivityView {
  demand(actor, 'protection.configure')
  if (code === undefined) return { history: [] }
  const { validFrom, source, ended } = processingActivities
  const history = db.select({ validFrom, source, ended }).from(processingActivities).where(eq(processingActivities.code, code)).orderBy(asc(validFrom)).limit(100).all()
  const activity = activitiesOn(db, dayOf(now.toISOString())).find((one) => one.code === code)
    ?? db.select().from(processingActivities).where(eq(processingActivities.code, code)).orderBy(asc(validFrom)).limit(1).get()
  if (!activity) throw notFound('Kegiatan pemrosesan')
  return { activity, history }
}

// A dated row: what stood in the record before stays there to be read. code: of a new activity the form's own key, so that it may be sent twice.
export function setActivity(tx: Tx, code: string, wanted: WantedActivity) {
  demand(tx.actor, 'protection.configure')
  if (wanted.validFrom < dayOf(tx.now)) throw invalid({ validFrom: 'Pilih hari ini atau sesudahnya.' })
  const known = tx.db.select().from(processingActivities).where(and(eq(processingActivities.code, code), eq(processingActivities.validFrom, wanted.validFrom))).get()
  if (known && Object.entries(wanted).every(([name, value]) => known[name as keyof Activity] === value)) return
  const position = positionOf(tx.db, code)
  tx.db.insert(processingActivities).values({ ...wanted, code, position }).onConflictDoUpdate({ target: [processingActivities.code, processingActivities.validFrom], set: wanted }).run()
  tx.audit('protection.activity_set', code, { title: wanted.title, validFrom: wanted.validFrom, ended: wanted.ended })
}

const positionOf = (db: Db, code: string) =>
  db.select({ position: processingActivities.position }).from(processingActivities).where(eq(processingActivities.code, code)).limit(1).get()?.position
  ?? (db.select({ last: max(processingActivities.position) }).from(processingActivities).get()?.last ?? 0) + 1
