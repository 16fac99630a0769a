import { setImmediate as breathe } from 'node:timers/promises'
import { and, asc, eq, inArray, lt, ne, or } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { raise } from '#app/reports/answering.ts'
import { moveReport, type Report } from '#app/reports/reports.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { reports } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

const CHUNK = 100

// What nobody answered in time goes to the next level by itself; what waits for the reporter, or was answered and not
// objected to, is closed. Broken off by a restart it is simply run again: what has moved has a later day.
export async function escalateReports(db: Db, now = new Date()): Promise<number> {
  let moved = 0
  for (let n = CHUNK; n === CHUNK; moved += n) {
    n = transact(db, system, moveSome, now)
    await breathe()
  }
  return moved
}

const NOTES: Partial<Record<Report['status'], string>> = {
  needs_more: 'Pelapor tidak menjawab sampai batas waktu', answered: 'Tidak ada keberatan sampai batas waktu',
}

function moveSome(tx: Tx): number {
  const due = tx.db.select().from(reports).where(and(lt(reports.dueOn, dayOf(tx.now)), or(
    and(inArray(reports.status, ['received', 'examining']), ne(reports.level, 'regency')), eq(reports.status, 'needs_more'), eq(reports.status, 'answered'),
  ))).orderBy(asc(reports.dueOn), asc(reports.number)).limit(CHUNK).all()
  for (const report of due) {
    const note = NOTES[report.status]
    if (note) moveReport(tx, report, { status: 'closed', note })
    else raise(tx, report, 'Tidak dijawab sampai batas waktu')
  }
  return due.length
}
