import * as z from 'zod'
import { DESIL_CHOICES } from '#app/households/desil-filter.ts'
import type { Narrowing } from '#app/households/name-order.ts'
import { readSearch } from '#app/households/search.ts'
import { STAGES } from '#app/households/stages.ts'
import { notFound } from '#app/problems.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import { LISTED_PROGRAMMES } from '#db/schema/index.ts'

// What an old bookmark asks that is no longer a choice is left out rather than refused.
const among = <T extends string>(values: readonly T[]) => z.enum(values).optional().catch(undefined)

// The filter of the list as its address has it: of the page, of an export, of a filter somebody keeps.
// alike: names and addresses that are only like the words, too. active: absent, only those in the registry's living part; 'no', only the others; 'all', both. point: 'none', only those the map cannot show.
export const HouseholdFilter = z.object({
  q: z.string().trim().max(100, 'Pencarian paling panjang 100 huruf.').default(''), region: pickedRegion, stage: among(STAGES),
  outcome: z.coerce.number().int().min(1).max(6).optional().catch(undefined), officer: z.string().max(100).transform((id) => id || undefined).optional(),
  programme: among(LISTED_PROGRAMMES), flags: among(['yes']), desil: among(DESIL_CHOICES), active: among(['no', 'all']), point: among(['none']), alike: among(['yes']),
})
export type Filter = z.output<typeof HouseholdFilter>

export const narrow = (actor: Actor, { q, region, flags, active, point, alike, ...rest }: Filter): Narrowing =>
  ({ ...rest, regions: regionsIn(actor, region), search: readSearch(q, alike === 'yes'), flagged: flags === 'yes', active: active ?? 'yes', unplaced: point === 'none' || undefined })

// The chosen region, or those of one's own that lie in it. Any other is not found.
export function regionsIn(actor: Actor, region: string): string[] {
  if (!region) return actor.regions
  if (isWithin(region, actor)) return [region]
  const own = actor.regions.filter((code) => code.startsWith(region))
  if (own.length === 0) throw notFound('Wilayah')
  return own
}
