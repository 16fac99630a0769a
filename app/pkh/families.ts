import { isInactive, PRESENT } from '#app/households/living.ts'
import { benefitOf, type Benefit } from '#app/pkh/benefit.ts'
import type { Member, Rules } from '#app/pkh/components.ts'
import { pregnantSince } from '#app/pkh/pregnancy.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Row = Omit<Member, 'present' | 'pregnant'> & { name: string, nik: string | null, relation: number | null, present: 0 | 1, pregnant: 0 | 1 }
export type FamilyMember = Member & { name: string, nik: string | null, relation: number | null }

const rows = statement<[string, number], Row>(`SELECT seq, name, nik, relation, birth_date AS birthDate, ${PRESENT('members')} AS present,
  coalesce(pregnant, 0) AS pregnant, disability, schooling, education FROM members WHERE household_id = ? AND family_seq IS ? ORDER BY seq LIMIT 99`)

// Everybody of the family, also who died or left: the page says why they do not count. In a household that is no longer
// active nobody is there. The caller has found the household in his scope.
export function membersOf(db: Db, householdId: string, familySeq: number): FamilyMember[] {
  const inactive = isInactive(db, householdId)
  return rows(db).all(householdId, familySeq).map((row) => ({ ...row, present: row.present === 1 && !inactive, pregnant: row.pregnant === 1, ...(row.pregnant === 1 && { pregnantSince: pregnantSince(db, householdId, row.seq) }) }))
}

export const benefitOn = (db: Db, householdId: string, familySeq: number, day: string, rules: Rules): Benefit =>
  benefitOf(membersOf(db, householdId, familySeq), day, rules)

// In rupiah a year.
export const familyBenefit = (db: Db, householdId: string, familySeq: number, day: string, rules: Rules): number => benefitOn(db, householdId, familySeq, day, rules).perYear
