import type { Rules } from '#app/eligibility/judging.ts'
import { REGENCY, VILLAGE } from '#app/regions/levels.ts'

// Who fulfils the rules, with what a quota is ordered by.
export type Candidate = { regionCode: string, householdId: string, familySeq: number, memberSeq: number | null, desil: number | null, components: number, perYear: number }

const NO_DESIL = 11

// The lower desil first, then more components, then by id: the same data always gives the same order.
export const inOrder = (one: Candidate, other: Candidate): number =>
  (one.desil ?? NO_DESIL) - (other.desil ?? NO_DESIL) || other.components - one.components
  || compare(one.householdId, other.householdId) || one.familySeq - other.familySeq || (one.memberSeq ?? 0) - (other.memberSeq ?? 0)

const compare = (one: string, other: string) => one < other ? -1 : one > other ? 1 : 0

// Leaves to each place only as many as it has room for, in this order; a place without a quota takes everybody. A desa's full
// quota leaves room in the kabupaten to the others.
export function withinQuotas<C extends Candidate>(ordered: readonly C[], { quotas, quotaEach }: Pick<Rules, 'quotas' | 'quotaEach'>): { chosen: C[], over: C[] } {
  const [chosen, over]: [C[], C[]] = [[], []]
  const used = new Map<string, number>()
  const count = (place: string) => used.get(place) ?? 0
  for (const candidate of ordered) {
    const [regency, village] = [candidate.regionCode.slice(0, REGENCY), candidate.regionCode.slice(0, VILLAGE)]
    const fits = count(regency) < (quotaEach.regency ?? quotas[regency] ?? Infinity) && count(village) < (quotaEach.village ?? quotas[village] ?? Infinity)
    if (fits) for (const place of [regency, village]) used.set(place, count(place) + 1)
    ;(fits ? chosen : over).push(candidate)
  }
  return { chosen, over }
}
