import { and, eq } from 'drizzle-orm'
import { listHouseholds } from '#app/households/households.ts'
import { reasonLabel, reasonsFor } from '#app/proposals/reasons.ts'
import { proposalsOfReport } from '#app/proposals/proposals.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { isOverdue } from '#app/reports/queue.ts'
import { above, getReport, isOpen, levelOf, mayAnswer, messagesOf, photosOf, reporterFor, stepsOf } from '#app/reports/reports.ts'
import { offeredTemplates } from '#app/reports/templates.ts'
import { within } from '#app/users/scope.ts'
import { households } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type ReportCase = ReturnType<typeof openReport>

// Reading a report is reading people's data, so it leaves a line in the trail.
export function openReport(tx: Tx, id: string) {
  const found = readCase(tx, id)
  tx.audit('report.opened', id)
  return found
}

function readCase({ db, actor, now }: Pick<Tx, 'db' | 'actor' | 'now'>, id: string) {
  const whole = getReport({ db, actor }, id)
  const { codeHash: _code, textHash: _text, reporterName: _name, reporterContact: _contact, ...report } = whole
  const answerable = mayAnswer(actor, report)
  return {
    report, open: isOpen(report), answerable, takesOver: answerable && levelOf(actor) !== report.level, reporter: reporterFor(actor, whole), overdue: isOverdue(report, dayOf(now)),
    reason: reasonLabel(db, report.kind, report.reasonCode), refusal: report.refusalCode && reasonLabel(db, 'report_refusal', report.refusalCode),
    village: findRegionName(db, report.regionCode) ?? report.regionCode, raisesTo: report.level === 'regency' ? undefined : above(report.level),
    steps: stepsOf(db, id), messages: messagesOf(db, id), photos: photosOf(db, id).map(({ position, addedAt }) => ({ position, addedAt })),
    household: linked({ db, actor }, report.householdId), candidates: answerable && !report.householdId ? candidatesFor({ db, actor }, report) : [],
    proposals: proposalsOfReport(db, actor, id), refusals: reasonsFor(db, 'report_refusal', dayOf(now)).map(({ code, label }) => ({ value: code, label })),
    templates: offeredTemplates(db, dayOf(now)),
  }
}

type Reader = Pick<Tx, 'db' | 'actor'>

// Of the desa of the report when it was tied. Where it went since is not this reader's to see.
const linked = ({ db, actor }: Reader, id: string | null) => id === null ? undefined
  : db.select({ id: households.id, headName: households.headName, address: households.address, stage: households.stage }).from(households).where(and(eq(households.id, id), within(households.regionCode, actor))).get()

const MOST = 5

// Households of the same desa where somebody has these words in the name.
const candidatesFor = ({ db, actor }: Reader, { subjectName, regionCode }: { subjectName: string, regionCode: string }) =>
  listHouseholds(db, actor, { q: subjectName, region: regionCode }).households.slice(0, MOST)
    .map(({ id, headName, address, memberCount }) => ({ id, headName, address, memberCount }))
