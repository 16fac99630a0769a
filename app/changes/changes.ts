import { correct, gainChild, loseMember, mergeFamilies, splitFamily } from '#app/changes/family-events.ts'
import { joinHousehold, marry, moveMembers } from '#app/changes/meetings.ts'
import { refuseWorse } from '#app/changes/judging.ts'
import type { Change, ChangeKind, ChangeOf } from '#app/changes/kinds.ts'
import { moveHousehold, reactivate } from '#app/changes/standing.ts'
import { startWork, type Work } from '#app/changes/work.ts'
import { invalid } from '#app/problems.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'

export { CHANGE_KINDS, ChangeSchema, NEEDS_OTHER, type Change, type ChangeKind, type ChangeOf } from '#app/changes/kinds.ts'

// What a change writes, household by household. A household deactivated here left nobody behind, or was taken out by name.
export type Plan = {
  revised: { householdId: string, before: HouseholdRecord, after: HouseholdRecord }[]
  created: { id: string, regionCode: string, record: HouseholdRecord }[]
  moved: { householdId: string, from: string, to: string }[]
  deactivated: { householdId: string, reason: string }[]
  reactivated: { householdId: string }[]
}

// The households that are there already and that a change reads or writes; the one it is about comes first.
export const householdsOf = (change: Change): string[] =>
  'otherId' in change && change.otherId && change.otherId !== change.householdId ? [change.householdId, change.otherId] : [change.householdId]

const PLANNERS: { [K in ChangeKind]: (work: Work, change: ChangeOf<K>) => void } = {
  correction: correct, birth: gainChild, death: loseMember, marriage: marry, member_move: moveMembers, family_split: splitFamily,
  family_merge: (work, change) => change.otherId ? joinHousehold(work, change) : mergeFamilies(work, change),
  household_move: moveHousehold, reactivation: reactivate,
  deactivation: (work, { householdId, reason }) => void work.deactivated.push({ householdId, reason }),
}

// What would be written, from the records as they are. Pure: the same for the form, the batch and the ministry, and the
// same again when history is replayed. What would leave a record worse than it was is refused, with the field named.
export function plan(change: Change, records: Map<string, HouseholdRecord>): Plan {
  const work = startWork(records, change.on)
  const planner = PLANNERS[change.kind] as (work: Work, change: Change) => void
  planner(work, change)
  const { created, moved, reactivated } = work
  const revised = [...work.opened].map(([householdId, after]) => ({ householdId, before: records.get(householdId)!, after }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
  const emptied = revised.filter(({ before, after }) => presentMembers(before).length > 0 && presentMembers(after).length === 0)
    .map(({ householdId }) => ({ householdId, reason: change.kind === 'death' ? 'meninggal' : 'bergabung' }))
  const result = { revised, created, moved, deactivated: [...work.deactivated, ...emptied], reactivated }
  if (Object.values(result).every((list) => list.length === 0)) throw invalid({}, 'Tidak ada yang berubah. Ubah isian yang salah lebih dahulu.')
  refuseWorse(result, change.on, householdsOf(change))
  return result
}
