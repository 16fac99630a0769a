import { and, eq } from 'drizzle-orm'
import { questionnaireVersionIn } from '#app/dtsen/extension.ts'
import { moveStage } from '#app/households/moves.ts'
import { conflict, notFound } from '#app/problems.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import { beginRecord, demandEditable, IN_HAND, isRepeated, lastSaved, nextRevision, type Saving } from '#app/visits/answers.ts'
import { keepRemarksAtTheirRows } from '#app/visits/remarks.ts'
import { findOpenVisit, getAssignment, getOwnVisit, type Visit } from '#app/visits/visits.ts'
import { visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// Begins a visit from the master record. `id` was made by whoever begins it: the same id again is the same visit, and
// a visit under way is continued rather than begun twice.
export function beginVisit(tx: Tx, householdId: string, id: string): Visit {
  const household = getAssignment(tx, householdId)
  const open = findOpenVisit(tx, householdId)
  if (open) return open
  if (!IN_HAND.includes(household.stage)) throw conflict('Tugas ini tidak sedang di tangan Anda.')
  if (tx.db.select({ id: visits.id }).from(visits).where(eq(visits.id, id)).get()) throw notFound('Kunjungan')
  tx.db.insert(visits).values({
    id, householdId, regionCode: household.regionCode, officerId: tx.actor.id, status: 'draft', record: beginRecord(household.record), savedSections: {}, revision: 1,
    baseVersion: household.version, questionnaireVersion: questionnaireVersionIn(tx.db, household.regionCode, dayIn(household.regionCode, tx.now)), openedAt: tx.now,
  }).run()
  tx.audit('visit.begun', id, { householdId })
  if (household.stage === 'assigned') moveStage(tx, household, 'downloaded', { subject: `visit:${id}` })
  return getOwnVisit(tx, householdId, id).visit
}

// Changes a draft against the revision the page was made from.
export function reviseDraft(tx: Tx, householdId: string, visitId: string, saving: Saving,
  change: (visit: Visit) => Partial<typeof visits.$inferInsert>): Visit {
  const { visit, household } = getOwnVisit(tx, householdId, visitId)
  demandEditable(visit, household)
  const changes = change(visit)
  if (isRepeated(visit, saving, changes)) return visit
  const passedMs = Math.max(0, Date.parse(tx.now) - Date.parse(lastSaved(visit)))
  const revised = nextRevision(visit, changes, saving, { now: tx.now, passedMs })
  tx.db.update(visits).set(revised).where(and(eq(visits.id, visitId))).run()
  if (revised.record) keepRemarksAtTheirRows(tx, visitId, visit.record, revised.record)
  tx.audit('visit.section_saved', visitId, { section: saving.section })
  return getOwnVisit(tx, householdId, visitId).visit
}
