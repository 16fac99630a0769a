import { setImmediate as breathe } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { addMonths, dayOf } from '#app/questionnaire/age.ts'
import { termsAt } from '#app/reports/terms.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { reports } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

const CHUNK = 100

// Who reported is kept for so many months after the report was closed, by the terms that hold now. What was reported and
// what came of it stays. Broken off by a restart it is simply run again.
export async function forgetReporters(db: Db, now = new Date()): Promise<number> {
  let forgotten = 0
  for (let n = CHUNK; n === CHUNK; forgotten += n) {
    n = transact(db, system, forgetSome, now)
    await breathe()
  }
  return forgotten
}

const keptTooLong = statement<[string, number], { id: string }>(`SELECT id FROM reports INDEXED BY reports_keeping_reporter
  WHERE reporter_removed_at IS NULL AND status IN ('closed', 'withdrawn') AND changed_at < ? ORDER BY changed_at, number LIMIT ?`)

function forgetSome(tx: Tx): number {
  const { retentionMonths } = termsAt(tx.db, dayOf(tx.now))
  const due = keptTooLong(tx.db).all(`${addMonths(tx.now.slice(0, 10), -retentionMonths)}${tx.now.slice(10)}`, CHUNK)
  for (const { id } of due) {
    tx.db.update(reports).set({ reporterName: '', reporterContact: '', reporterRemovedAt: tx.now }).where(eq(reports.id, id)).run()
    tx.audit('report.reporter_removed', id, { months: retentionMonths })
  }
  return due.length
}
