import { asc, eq, lt } from 'drizzle-orm'
import { invalid } from '#app/problems.ts'
import { putStep } from '#app/protection/steps.ts'
import { dayOf, isDate } from '#app/questionnaire/age.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { restrictions, subjectCases } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

// A granted request to halt or limit (UU 27/2022, art. 11 and 41) holds back what it was granted for, until it is ended or its last day is over: rows
// in files that leave, and what is new in programmes. What was determined is paid on, and what the law asks for (penetapan) goes on.
export type Restriction = typeof restrictions.$inferSelect
export type Held = { exports: boolean, programmes: boolean, untilOn: string }
type Case = Pick<typeof subjectCases.$inferSelect, 'id' | 'householdId'>

export const restrictionOf = (db: Db, caseId: string): Restriction | undefined => db.select().from(restrictions).where(eq(restrictions.caseId, caseId)).get()

export const restrictionsOf = (db: Db, householdId: string) => db.select({ restriction: restrictions, number: subjectCases.number }).from(restrictions)
  .innerJoin(subjectCases, eq(subjectCases.id, restrictions.caseId)).where(eq(restrictions.householdId, householdId)).orderBy(asc(subjectCases.number)).limit(20).all()
  .map(({ restriction, number }) => ({ ...restriction, number }))

export function restrict(tx: Tx, { id, householdId }: Case, { exports, programmes, untilOn }: Held, reason: string) {
  if (!exports && !programmes) throw invalid({ held: 'Pilih apa yang dibatasi, sedikitnya satu.' })
  if (untilOn && (!isDate(untilOn) || untilOn < dayOf(tx.now))) throw invalid({ untilOn: 'Tanggal ini sudah lewat atau bukan tanggal.' })
  if (reason.length < 10) throw invalid({ reply: 'Tuliskan alasannya, sedikitnya 10 huruf.' })
  const held = { exports: Number(exports), programmes: Number(programmes), untilOn: untilOn || null, reason }
  tx.db.insert(restrictions).values({ caseId: id, householdId, ...held, since: tx.now }).onConflictDoUpdate({ target: restrictions.caseId, set: held }).run()
  putStep(tx, `case:${id}`, 'restricted', reason)
  tx.audit('subject_case.restricted', id, { household: householdId, exports, programmes, ...(untilOn && { until: untilOn }) })
}

export function endRestriction(tx: Tx, { id, householdId }: Case, note: string) {
  tx.db.delete(restrictions).where(eq(restrictions.caseId, id)).run()
  putStep(tx, `case:${id}`, 'released', note)
  tx.audit('subject_case.released', id, { household: householdId, note })
}

// Every hour: what was agreed until a day that is over.
export const endDue = (db: Db, now = new Date()) => transact(db, system, (tx) => {
  const due = tx.db.select({ id: restrictions.caseId, householdId: restrictions.householdId }).from(restrictions).where(lt(restrictions.untilOn, dayOf(tx.now))).all()
  for (const one of due) endRestriction(tx, one, 'Tanggal yang disepakati sudah lewat.')
}, now)
