import { desc, lte } from 'drizzle-orm'
import { conflict } from '#app/problems.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { reportTerms } from '#db/schema/index.ts'
import type { ReportLevel } from '#db/schema/reports.ts'
import type { Tx } from '#db/transaction.ts'

export type Terms = typeof reportTerms.$inferSelect

// The newest that has begun. The migration lays the first, so there is always one.
export const termsAt = (db: Db, day: string): Terms =>
  db.select().from(reportTerms).where(lte(reportTerms.validFrom, day)).orderBy(desc(reportTerms.validFrom)).limit(1).get()
  ?? { validFrom: day, villageDays: 7, districtDays: 5, regencyDays: 7, waitDays: 14, retentionMonths: 24, source: '' }

export function listTerms(db: Db, actor: Actor): Terms[] {
  demand(actor, 'report.configure')
  return db.select().from(reportTerms).orderBy(desc(reportTerms.validFrom)).limit(50).all()
}

// Reports that came before keep the days they were promised: their dates stand in them.
export function setTerms(tx: Tx, terms: typeof reportTerms.$inferInsert) {
  demand(tx.actor, 'report.configure')
  if (terms.validFrom < dayOf(tx.now)) throw conflict('Batas waktu tidak bisa diubah mundur. Pilih mulai hari ini atau sesudahnya.')
  tx.db.insert(reportTerms).values(terms).onConflictDoUpdate({ target: reportTerms.validFrom, set: terms }).run()
  tx.audit('report.terms_set', terms.validFrom, terms)
}

const DAYS: Record<ReportLevel, 'villageDays' | 'districtDays' | 'regencyDays'> = {
  village: 'villageDays', district: 'districtDays', regency: 'regencyDays',
}
export const daysOf = (terms: Terms, level: ReportLevel) => terms[DAYS[level]]
export const allDays = ({ villageDays, districtDays, regencyDays }: Terms) => villageDays + districtDays + regencyDays

// What somebody who reports today is promised: the desa's day, and the last day of all.
export function promiseAt(db: Db, today: string) {
  const terms = termsAt(db, today)
  return { village: addDays(today, terms.villageDays), last: addDays(today, allDays(terms)) }
}
