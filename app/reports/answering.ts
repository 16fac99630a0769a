import { eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import { getHousehold } from '#app/households/records.ts'
import { demandReason } from '#app/proposals/reasons.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { above, addMessage, getReport, isOpen, levelOf, mayAnswer, moveReport, type Report } from '#app/reports/reports.ts'
import { daysOf, termsAt } from '#app/reports/terms.ts'
import { demand } from '#app/users/permissions.ts'
import { reports } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// key: made with the form, so that it counts once. revision: what the report was like when the page was made.
export type Act = { key: string, revision: number }
export type Said = Act & { text: string }
export type Answer = Said & { outcome: 'accepted' | 'refused', refusalCode: string }

export const beginExamination = (tx: Tx, id: string, act: Act) => once(tx, id, 'examination', act, (report) => {
  if (report.status !== 'received') throw conflict('Laporan ini sudah mulai diperiksa.')
  moveReport(tx, report, { status: 'examining' })
})

// Back to the reporter with a question. Meanwhile the office's clock stands still.
export const askReporter = (tx: Tx, id: string, { text, ...act }: Said) => once(tx, id, 'question', act, (report) => {
  demandOpen(report)
  tell(tx, report, `${act.key}:question`, text)
  const today = dayOf(tx.now)
  moveReport(tx, report, { status: 'needs_more', set: { dueOn: addDays(today, termsAt(tx.db, today).waitDays) } })
})

// Accepted or refused, in words for the reporter. No household changes: accepted means that a proposal may be made.
export const answerReport = (tx: Tx, id: string, { text, outcome, refusalCode, ...act }: Answer) => once(tx, id, 'answer', act, (report) => {
  demandOpen(report)
  if (outcome === 'refused') demandRefusal(tx, refusalCode)
  tell(tx, report, `${act.key}:answer`, text)
  const today = dayOf(tx.now)
  moveReport(tx, report, {
    status: 'answered',
    set: {
      outcome, refusalCode: outcome === 'refused' ? refusalCode : null, answeredAt: tx.now, answeredBy: tx.actor.id,
      dueOn: addDays(today, termsAt(tx.db, today).waitDays),
    },
  })
})

function demandRefusal(tx: Tx, code: string) {
  if (!code) throw invalid({ refusalCode: 'Pilih alasan penolakan.' })
  demandReason(tx, 'report_refusal', code)
}

export const closeReport = (tx: Tx, id: string, { text, ...act }: Said) => once(tx, id, 'closing', act, (report) => {
  if (report.status !== 'answered' && report.status !== 'needs_more') throw conflict('Jawab dahulu laporan ini, baru bisa ditutup.')
  moveReport(tx, report, { status: 'closed', note: text })
})

// Handed up before its time, because the desa cannot or should not examine it.
export const raiseReport = (tx: Tx, id: string, { text, ...act }: Said) => once(tx, id, 'raising', act, (report) => {
  demandOpen(report)
  if (report.level === 'regency') throw conflict('Laporan ini sudah di Dinsos.')
  raise(tx, report, text)
})

export function raise(tx: Tx, report: Report, note: string): Report {
  const today = dayOf(tx.now)
  const level = above(report.level)
  return moveReport(tx, report, { level, note, set: { dueOn: addDays(today, daysOf(termsAt(tx.db, today), level)) } })
}

// A note for the office alone; whoever may read the report may leave one.
export function noteReport(tx: Tx, id: string, { key, text }: Omit<Said, 'revision'>) {
  demand(tx.actor, 'report.answer')
  const report = getReport(tx, id)
  if (addMessage(tx, { id: `${key}:note`, reportId: report.id, author: 'office', audience: 'office', text })) tx.audit('report.noted', id)
}

// Which household of the registry this is about. Only a pointer: the household itself stays as it is.
export const linkHousehold = (tx: Tx, id: string, { householdId, ...act }: Act & { householdId: string }) => once(tx, id, 'household', act, (report) => {
  if (report.householdId === (householdId || null)) return
  if (householdId && getHousehold(tx, householdId).regionCode !== report.regionCode) throw notFound('Rumah tangga')
  tx.db.update(reports).set({ householdId: householdId || null, revision: report.revision + 1 }).where(eq(reports.id, id)).run()
  tx.audit('report.household_linked', id, { household: householdId })
})

// May this person? Is it the same form again? Has the report moved since the page was made? Only then. A page holds several
// forms with one key, so what is remembered is the key with the deed.
function once(tx: Tx, id: string, deed: string, { key, revision }: Act, work: (report: Report) => void): Report {
  demand(tx.actor, 'report.answer')
  const report = getReport(tx, id)
  if (!mayAnswer(tx.actor, report)) throw forbidden(`Giliran laporan ini sudah di ${report.level === 'district' ? 'kecamatan' : 'Dinsos'}. Anda masih bisa menulis catatan.`)
  if (!isFirstTime(tx, `${key}:${deed}`)) return report
  if (report.revision !== revision) throw conflict('Laporan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu coba lagi.')
  work(takeOver(tx, report))
  return report
}

// Who answers from above takes the turn with it, so that the history says who examined.
function takeOver(tx: Tx, report: Report): Report {
  const own = levelOf(tx.actor)!
  if (own === report.level) return report
  const today = dayOf(tx.now)
  return isOpen(report) ? moveReport(tx, report, { level: own, note: 'Diambil alih', set: { dueOn: addDays(today, daysOf(termsAt(tx.db, today), own)) } }) : report
}

function demandOpen(report: Report) {
  if (!isOpen(report)) throw conflict('Laporan ini sudah dijawab atau ditutup.')
}

const tell = (tx: Tx, { id: reportId }: Report, id: string, text: string) => {
  addMessage(tx, { id, reportId, author: 'office', audience: 'reporter', text })
  tx.audit('report.replied', reportId)
}
