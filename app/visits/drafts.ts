import { and, eq } from 'drizzle-orm'
import { moveStage } from '#app/households/moves.ts'
import { conflict, notFound } from '#app/problems.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import { demandEditable, findOpenVisit, getAssignment, getOwnVisit, IN_HAND, type Visit } from '#app/visits/visits.ts'
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
  const record = structuredClone(household.record)
  delete record.household.hasilVerivali
  tx.db.insert(visits).values({
    id, householdId, regionCode: household.regionCode, officerId: tx.actor.id, status: 'draft', record, savedSections: {}, revision: 1,
    baseVersion: household.version, questionnaireVersion: CURRENT.version, openedAt: tx.now,
  }).run()
  tx.audit('visit.begun', id, { householdId })
  if (household.stage === 'assigned') moveStage(tx, household, 'downloaded', { subject: `visit:${id}` })
  return getOwnVisit(tx, householdId, id).visit
}

export type Saving = { revision: number, activeMs?: number, section: string }

// Changes a draft against the revision the page was made from; an older page is refused and keeps what was typed.
export function reviseDraft(tx: Tx, householdId: string, visitId: string, { revision, activeMs, section }: Saving,
  change: (visit: Visit) => Partial<typeof visits.$inferInsert>): Visit {
  const { visit, household } = getOwnVisit(tx, householdId, visitId)
  demandEditable(visit, household)
  if (visit.revision !== revision) throw conflict('Isian ini sudah disimpan dari halaman atau HP lain, jadi yang ini belum disimpan. Periksa yang berbeda, lalu simpan lagi.')
  tx.db.update(visits).set({
    ...change(visit), revision: visit.revision + 1, activeMs: addedTime(tx, visit, activeMs),
    savedSections: { ...visit.savedSections, [section]: tx.now },
  }).where(and(eq(visits.id, visitId))).run()
  tx.audit('visit.section_saved', visitId, { section })
  return getOwnVisit(tx, householdId, visitId).visit
}

const LONGEST_WITHOUT_CLOCK_MS = 10 * 60_000

// The page's own monotonic clock counts the time in front of it, but never more than passed on the server since the
// last save. Without script the server's times alone count, at most ten minutes a page.
function addedTime({ now }: Tx, { activeMs, openedAt, savedSections }: Visit, pageMs: number | undefined) {
  const last = Object.values(savedSections).reduce((latest, at) => at > latest ? at : latest, openedAt)
  const passed = Math.max(0, Date.parse(now) - Date.parse(last))
  return activeMs + Math.min(passed, pageMs && pageMs > 0 ? pageMs : LONGEST_WITHOUT_CLOCK_MS)
}
