import { householdsOf, plan, type Plan } from '#app/changes/changes.ts'
import type { ProposedChange, Undo } from '#app/proposals/kinds.ts'
import { conflict } from '#app/problems.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'

// What a change would write, from the records as they are. Pure: the same for the page, the batch and the ministry.
export function planOf(change: ProposedChange, records: Map<string, HouseholdRecord>): Plan {
  if (change.kind === 'new') {
    const { householdId: id, regionCode, record } = change
    return { ...NOTHING, created: [{ id, regionCode, record }] }
  }
  return change.kind === 'undo' ? undoing(change, records) : plan(change, records)
}

const NOTHING: Plan = { revised: [], created: [], moved: [], deactivated: [], reactivated: [] }

function undoing({ revised, moved, deactivated, reactivated }: Undo, records: Map<string, HouseholdRecord>): Plan {
  return {
    ...NOTHING, moved, deactivated, reactivated,
    revised: revised.map(({ householdId, record }) => {
      const before = records.get(householdId)
      if (!before) throw conflict('Rumah tangga yang dibatalkan perubahannya tidak ditemukan.')
      return { householdId, before, after: record }
    }),
  }
}

// The households a change reads or writes. A usulan baru has none yet.
export function householdsIn(change: ProposedChange): string[] {
  if (change.kind === 'new') return []
  if (change.kind !== 'undo') return householdsOf(change)
  const named = [...change.revised, ...change.moved, ...change.deactivated, ...change.reactivated]
  return [...new Set(named.map(({ householdId }) => householdId))]
}
