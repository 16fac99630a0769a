import { dayIn } from '#app/questionnaire/age.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import type { Roster } from '#app/questionnaire/types.ts'
import { answerSection, isAdded, mistakesOn, pageName, rowsName, withoutRow, withRow, type Saving, type SectionSaving } from '#app/visits/answers.ts'
import { reviseDraft } from '#app/visits/drafts.ts'
import { getAssignment, type Visit } from '#app/visits/visits.ts'
import type { Tx } from '#db/transaction.ts'

export type SavedSection = { visit: Visit, mistakes: Mistake[] }

// Saves one page. A draft may still be incomplete.
export function saveSection(tx: Tx, householdId: string, visitId: string, { section, fields, index, ...saving }: SectionSaving): SavedSection {
  const visit = reviseDraft(tx, householdId, visitId, { ...saving, section: pageName({ section, index }) },
    (before) => answerSection(before, { section, fields, index }, dayIn(before.regionCode, tx.now)))
  return { visit, mistakes: mistakesOn(section, visit, dayIn(visit.regionCode, tx.now)) }
}

export function addRow(tx: Tx, householdId: string, visitId: string, roster: Exclude<Roster, 'household'>, saving: Omit<Saving, 'section'>): Visit {
  return reviseDraft(tx, householdId, visitId, { ...saving, section: rowsName(roster) }, (visit) => ({ record: isAdded(visit, roster, saving) ? visit.record : withRow(visit.record, roster) }))
}

export function removeRow(tx: Tx, householdId: string, visitId: string, roster: Exclude<Roster, 'household'>, index: number, saving: Omit<Saving, 'section'>): Visit {
  return reviseDraft(tx, householdId, visitId, { ...saving, section: rowsName(roster) },
    (before) => withoutRow(before, roster, index, () => getAssignment(tx, householdId).record.members))
}
