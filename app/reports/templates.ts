import { asc, eq, gt, isNull, or } from 'drizzle-orm'
import { notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { reportTemplates } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Template = typeof reportTemplates.$inferSelect

export const offeredTemplates = (db: Db, day: string): Template[] => db.select().from(reportTemplates)
  .where(or(isNull(reportTemplates.retiredOn), gt(reportTemplates.retiredOn, day))).orderBy(asc(reportTemplates.use), asc(reportTemplates.label)).limit(60).all()

export function listTemplates(db: Db, actor: Actor): Template[] {
  demand(actor, 'report.configure')
  return db.select().from(reportTemplates).orderBy(asc(reportTemplates.use), asc(reportTemplates.label), asc(reportTemplates.code)).limit(200).all()
}

// The same form again is the same template.
export function addTemplate(tx: Tx, template: Omit<Template, 'retiredOn'>) {
  demand(tx.actor, 'report.configure')
  const added = tx.db.insert(reportTemplates).values(template).onConflictDoNothing().run().changes === 1
  if (added) tx.audit('report.template_added', template.code)
}

export function retireTemplate(tx: Tx, code: string) {
  demand(tx.actor, 'report.configure')
  const known = tx.db.select().from(reportTemplates).where(eq(reportTemplates.code, code)).get()
  if (!known) throw notFound('Contoh jawaban')
  if (known.retiredOn !== null) return
  tx.db.update(reportTemplates).set({ retiredOn: dayOf(tx.now) }).where(eq(reportTemplates.code, code)).run()
  tx.audit('report.template_retired', code)
}
