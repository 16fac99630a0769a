import { eq } from 'drizzle-orm'
import type { ReceivedFile } from '#app/files/upload.ts'
import { conflict, notFound } from '#app/problems.ts'
import { reasonLabel } from '#app/proposals/reasons.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { hashCode, readCode } from '#app/reports/codes.ts'
import { above, addMessage, isOpen, messagesOf, moveReport, photosOf, stepsOf, type Report } from '#app/reports/reports.ts'
import { keepPhotos } from '#app/reports/submitting.ts'
import { daysOf, termsAt } from '#app/reports/terms.ts'
import type { Db } from '#db/connection.ts'
import { reports } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Followed = ReturnType<typeof followReport>

// A code nobody has, and one that cannot be a code, are the same to whoever tries.
export function findByCode(db: Db, typed: string): Report {
  const code = readCode(typed)
  const report = code && db.select().from(reports).where(eq(reports.codeHash, hashCode(code))).get()
  if (!report) throw notFound('Kode laporan')
  return report
}

// What the reporter sees: the states, the replies meant for the reporter, no name of an officer and no note of the office.
export function followReport(db: Db, typed: string) {
  const report = findByCode(db, typed)
  const { id, kind, status, level, dueOn, replyBy, createdAt, answeredAt, outcome, refusalCode, subjectName, statement, reasonCode, regionCode, anonymous } = report
  return {
    code: readCode(typed)!, kind, status, level, dueOn, replyBy, createdAt, answeredAt, outcome, subjectName, statement, anonymous, open: isOpen(report),
    reason: reasonLabel(db, kind, reasonCode), refusal: refusalCode && reasonLabel(db, 'report_refusal', refusalCode),
    village: findRegionName(db, regionCode) ?? regionCode, photos: photosOf(db, id).length,
    messages: messagesOf(db, id, { forReporter: true }).map(({ at, author, text }) => ({ at, author, text })),
    steps: stepsOf(db, id).map(({ at, fromStatus, toStatus, fromLevel, toLevel }) => ({ at, fromStatus, toStatus, fromLevel, toLevel })),
  }
}

export type Addition = { key: string, text: string }

// The reporter writes more. What was asked for brings the report back to who examines it; a reply that does not satisfy
// goes one level up, so that somebody else looks.
export function addToReport(tx: Tx, typed: string, { key, text }: Addition, photos: ReceivedFile[]) {
  const report = findByCode(tx.db, typed)
  if (report.status === 'closed' || report.status === 'withdrawn') throw conflict('Laporan ini sudah ditutup. Buat laporan baru bila perlu.')
  if (!addMessage(tx, { id: key, reportId: report.id, author: 'reporter', audience: 'reporter', text })) return
  keepPhotos(tx, report.id, photos, key)
  tx.audit('report.message_added', report.id, { author: 'reporter', photos: photos.length })
  if (report.status === 'needs_more') resume(tx, report)
  if (report.status === 'answered') object(tx, report)
}

function resume(tx: Tx, report: Report) {
  const today = dayOf(tx.now)
  moveReport(tx, report, { status: 'examining', set: { dueOn: addDays(today, daysOf(termsAt(tx.db, today), report.level)) } })
}

function object(tx: Tx, report: Report) {
  const today = dayOf(tx.now)
  const level = above(report.level)
  moveReport(tx, report, {
    status: 'examining', level, note: 'Pelapor keberatan atas jawaban',
    set: { outcome: null, refusalCode: null, answeredAt: null, answeredBy: null, dueOn: addDays(today, daysOf(termsAt(tx.db, today), level)) },
  })
}

export function withdrawReport(tx: Tx, typed: string) {
  const report = findByCode(tx.db, typed)
  if (report.status === 'withdrawn') return
  if (!isOpen(report)) throw conflict('Laporan ini sudah dijawab, jadi tidak bisa ditarik lagi.')
  moveReport(tx, report, { status: 'withdrawn', note: 'Ditarik pelapor' })
}
