import type { Change } from '#app/changes/changes.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { PROPOSAL_KINDS, PROPOSAL_STATUSES } from '#db/schema/proposals.ts'

export { PROPOSAL_KINDS }

export type ProposalKind = typeof PROPOSAL_KINDS[number]
export type ProposalStatus = typeof PROPOSAL_STATUSES[number]

// Usulan baru: a household nobody knew. It becomes a row of its desa's prelist and is visited like any other.
export type NewHouseholdChange = { kind: 'new', householdId: string, regionCode: string, record: HouseholdRecord }

// Pembatalan: what an earlier change did, turned round and written as new versions. Nothing is taken away.
export type Undo = {
  kind: 'undo', of: string
  revised: { householdId: string, record: HouseholdRecord }[]
  moved: { householdId: string, from: string, to: string }[]
  deactivated: { householdId: string, reason: string }[]
  reactivated: { householdId: string }[]
}

export type ProposedChange = Change | NewHouseholdChange | Undo

// Which status may follow which. Anything else is refused as a conflict.
export const NEXT: Record<ProposalStatus, readonly ProposalStatus[]> = {
  prepared: ['submitted', 'rejected', 'withdrawn'],
  draft: ['submitted', 'withdrawn'],
  submitted: ['released', 'checked', 'returned', 'rejected', 'withdrawn', 'prepared'],
  released: ['checked', 'returned', 'withdrawn'],
  checked: ['verified', 'listed', 'returned', 'rejected', 'withdrawn', 'prepared'],
  verified: ['batched', 'checked', 'withdrawn', 'prepared'],
  batched: ['ratified', 'verified', 'checked', 'withdrawn', 'prepared'],
  ratified: ['dispatched'],
  dispatched: ['determined', 'checked'],
  returned: ['submitted', 'withdrawn', 'prepared'],
  listed: [], determined: [], rejected: [], withdrawn: [],
}

export const CLOSED_STATUSES: readonly ProposalStatus[] = ['listed', 'determined', 'rejected', 'withdrawn']
export const OPEN_STATUSES = PROPOSAL_STATUSES.filter((status) => !CLOSED_STATUSES.includes(status))
// In the hands of the proposer, who may still write in it.
export const EDITABLE: readonly ProposalStatus[] = ['draft', 'returned']
// On its way to the ministry: what it will write is fixed.
export const FIXED: readonly ProposalStatus[] = ['batched', 'ratified', 'dispatched', 'determined']
