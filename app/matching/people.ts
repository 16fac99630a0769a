import { findState, sameName, stateAt, type Person } from '#app/matching/states.ts'
import { isFailing } from '#app/matching/judging.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Db } from '#db/connection.ts'
import type { Who } from '#db/schema/matching.ts'
import { statement } from '#db/statements.ts'

// The stages in which the visit knows the people better than the master record.
const VISITED: readonly Stage[] = ['submitted', 'returned', 'checked', 'recheck', 'verified', 'batched', 'ratified', 'dispatched']

type Known = { stage: Stage, record: string, visitId: string | null }
const visitRecord = statement<[string], { record: string, outcome: number | null }>('SELECT record, outcome FROM visits WHERE id = ?')

export type Asked = Person & { sex: number | null, birthDate: string | null, birthPlace: string | null }

// The people who live there, as the record that goes forward names them: the visit's on its way, else the master's.
export function peopleOf(db: Db, { stage, record, visitId }: Known): Asked[] {
  const visit = visitId && VISITED.includes(stage) ? visitRecord(db).get(visitId) : undefined
  const known = JSON.parse(visit?.outcome === 1 ? visit.record : record) as HouseholdRecord
  const cards = new Map(known.families.map(({ familySeq, kkNumber }) => [familySeq, kkNumber]))
  return presentMembers(known).map((member, i): Asked => ({
    seq: typeof member.memberSeq === 'number' ? member.memberSeq : i + 1, name: text(member.name) ?? '', nik: text(member.nik), kkNumber: text(cards.get(member.familySeq)),
    sex: typeof member.sex === 'number' ? member.sex : null, birthDate: text(member.birthDate), birthPlace: text(member.birthPlace),
  }))
}

const text = (value: unknown) => typeof value === 'string' && value !== '' ? value : null

export const canBeAsked = ({ nik, name }: Asked) => nik !== null && /^\d{16}$/.test(nik) && name.trim() !== ''

const waitsForRetry = statement<[string, number], unknown>('SELECT 1 FROM match_retries WHERE household_id = ? AND member_seq = ?')

// Does a run that asks for these want this person?
export function isWanted(db: Db, householdId: string, person: Asked, who: readonly Who[]): boolean {
  if (who.includes('everyone')) return true
  const known = findState(db, householdId, person)
  const own = stateAt(db, householdId, person.seq)
  const retry = waitsForRetry(db).get(householdId, person.seq) !== undefined
  if (retry || known && isFailing(known.outcome) && !hasChanged(known, person)) return who.includes('failed')
  if (known ? hasChanged(known, person) : own !== undefined) return who.includes('changed')
  return !known && who.includes('never')
}

const hasChanged = (known: { name: string, nik: string, kkNumber: string | null }, { name, nik, kkNumber = null }: Asked) =>
  nik !== known.nik || !sameName(name, known.name) || kkNumber !== known.kkNumber
