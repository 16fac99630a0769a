import type { HeldPlace } from '#app/proposals/held.ts'
import type { Filter, Place } from '#app/proposals/list.ts'

// "?tab=mine&kind=death": the same list again, or its next page.
export function listQuery({ tab, region, kind, reason }: Filter, next?: Place) {
  const wanted = { tab, region, kind, reason, after: next && `${next.at}~${next.id}` }
  return `?${new URLSearchParams(Object.entries(wanted).filter(([, value]) => value).map(([name, value]) => [name, String(value)]))}`
}

// Who waits for a decision nonaktif, in these places.
export const heldHref = (region: string, next?: HeldPlace) =>
  `/proposals/held${region || next ? `?${new URLSearchParams({ ...(region && { region }), ...(next && { after: `${next.region}~${next.since}~${next.id}` }) })}` : ''}`

// Where a form of this kind begins.
export const newHref = (kind: string, wanted: Record<string, string | undefined>) =>
  `/proposals/new/${kind}?${new URLSearchParams(Object.entries(wanted).filter((one): one is [string, string] => Boolean(one[1])))}`
