import type { WaitPlace } from '#app/numbers/waiting.ts'

const query = (region: string, next?: WaitPlace) =>
  region || next ? `?${new URLSearchParams({ ...(region && { region }), ...(next && { after: `${next.region}~${next.since}~${next.id}` }) })}` : ''

export const waitsHref = (region: string, next?: WaitPlace) => `/numbers${query(region, next)}`
export const paperHref = (region: string, next?: WaitPlace) => `/numbers/print${query(region, next)}`
export const exportHref = (region: string) => `/exports/new?${new URLSearchParams({ list: 'number-waits', ...(region && { region }) })}`
