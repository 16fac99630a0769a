import { invalid, notFound } from '#app/problems.ts'
import { ageOn, dayOf } from '#app/questionnaire/age.ts'
import { parseSection, type FormFields } from '#app/questionnaire/form.ts'
import { findMistakes, questionnaireOf, sectionOf, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Roster, SectionCode } from '#app/questionnaire/types.ts'
import { reviseDraft, type Saving } from '#app/visits/drafts.ts'
import { getAssignment, type Visit } from '#app/visits/visits.ts'
import type { Tx } from '#db/transaction.ts'

export type SectionSaving = Omit<Saving, 'section'> & { section: SectionCode, fields: FormFields, index?: number }
export type SavedSection = { visit: Visit, mistakes: Mistake[] }

// Saves one page. A draft may still be incomplete: only what cannot be read is refused, and then nothing is saved.
export function saveSection(tx: Tx, householdId: string, visitId: string, { section, fields, index, ...saving }: SectionSaving): SavedSection {
  const today = dayOf(tx.now)
  const visit = reviseDraft(tx, householdId, visitId, { ...saving, section: index === undefined ? section : `${section}.${index}` }, ({ record, questionnaireVersion }) => {
    if (index !== undefined && !record.members[index]) throw notFound('Anggota')
    const questionnaire = questionnaireOf(questionnaireVersion)!
    const parsed = parseSection(sectionOf(questionnaire, section), record, fields, { index })
    if (parsed.mistakes.length > 0) throw invalid(Object.fromEntries(parsed.mistakes.map(({ path, message }) => [path, message])))
    return { record: withoutUnasked(questionnaire, withAges(parsed.record, today), today), outcome: outcomeOf(parsed.record) }
  })
  const questionnaire = questionnaireOf(visit.questionnaireVersion)!
  return { visit, mistakes: findMistakes(questionnaire, visit.record, { section, context: { today } }) }
}

// null while none is chosen. The visit's own column holds one of six, so another code is refused here.
export function outcomeOf({ household: { hasilVerivali } }: HouseholdRecord): number | null {
  if (hasilVerivali === undefined || hasilVerivali === null) return null
  if ([1, 2, 3, 4, 5, 6].includes(hasilVerivali as number)) return hasilVerivali as number
  throw invalid({ 'household.hasilVerivali': 'Hasil kunjungan belum dipilih.' })
}

// The age is counted, not asked twice.
export const withAges = (record: HouseholdRecord, today: string): HouseholdRecord => ({
  ...record,
  members: record.members.map((member) => typeof member.birthDate === 'string'
    ? { ...member, age: ageOn(member.birthDate, today) ?? member.age } : member),
})

const FIRST: Partial<Record<Roster, (record: HouseholdRecord) => Record<string, number>>> = {
  members: ({ members }) => ({ memberSeq: members.reduce((top, { memberSeq }) => Math.max(top, Number(memberSeq) || 0), 0) + 1, memberPresence: 4 }),
  families: ({ families }) => ({ familySeq: families.reduce((top, { familySeq }) => Math.max(top, Number(familySeq) || 0), 0) + 1 }),
}
const MOST_ROWS = 98

// One more person, family, child or business, with its number already given.
export function addRow(tx: Tx, householdId: string, visitId: string, roster: Exclude<Roster, 'household'>, saving: Omit<Saving, 'section'>): Visit {
  return reviseDraft(tx, householdId, visitId, { ...saving, section: roster }, ({ record }) => {
    if (record[roster].length >= MOST_ROWS) throw invalid({ [roster]: 'Daftar ini sudah penuh.' })
    return { record: { ...record, [roster]: [...record[roster], FIRST[roster]?.(record) ?? {}] } }
  })
}

// Takes a row off that was added by mistake. A member known to the master is not removed but marked by presence, even
// when that presence was first mistaken for "new".
export function removeRow(tx: Tx, householdId: string, visitId: string, roster: Exclude<Roster, 'household'>, index: number, saving: Omit<Saving, 'section'>): Visit {
  return reviseDraft(tx, householdId, visitId, { ...saving, section: roster }, ({ record }) => {
    const row = record[roster][index]
    if (!row) throw invalid({ [roster]: 'Baris ini tidak ada.' })
    const known = roster === 'members' && getAssignment(tx, householdId).record.members.some(({ memberSeq }) => memberSeq === row.memberSeq)
    if (known || (roster === 'members' && row.memberPresence !== 4)) throw invalid({ [`members.${index}.memberPresence`]: 'Anggota dari prelist tidak dihapus. Pilih keterangan keberadaannya.' })
    return { record: { ...record, [roster]: record[roster].filter((_, i) => i !== index) } }
  })
}
