import { REGENCY } from '#app/regions/levels.ts'
import { mixed } from '#db/seeds/bulk/ids.ts'

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
export const YEARS = 3
const MONTH = 30
// Days before today, as negative numbers: when the prelists came, and the last month whose batches are determined.
export const BEGUN = -365 * YEARS
const LAST_MONTH_ENDS = -60
const MONTHS = Math.floor((LAST_MONTH_ENDS - BEGUN) / MONTH)

// A batch of one kabupaten: when it was gathered, and what became of it by today. Days are counted back from today.
export type Batch = {
  id: string, regionCode: string, title: string, letterNumber: string, gathered: number, frozen: number | null, ratified: number | null, dispatched: number | null, determined: number | null
}

// Of each kabupaten one a month, or several where it is large; and three that are under way.
export type Wave = { kind: 'past', month: number } | { kind: 'dispatched' | 'ratified' | 'open' }

const UNDER_WAY = { dispatched: [-20, -19.8, -17, -15], ratified: [-8, -7.8, -5, null], open: [-2, null, null, null] } as const

export function batchOf(wave: Wave, regionCode: string, part: number): Batch {
  const regency = regionCode.slice(0, REGENCY)
  const name = wave.kind === 'past' ? `m${String(wave.month).padStart(2, '0')}` : wave.kind
  const [gathered, frozen, ratified, dispatched] = wave.kind === 'past' ? pastDays(wave.month) : UNDER_WAY[wave.kind]
  return {
    id: `${regency.replace('.', '')}-${name}-${part + 1}`, regionCode: regency, title: `Pengesahan ${regency} ${name.toUpperCase()}${part > 0 ? ` bagian ${part + 1}` : ''}`,
    letterNumber: `460/${regency.replace('.', '')}/${name}/${part + 1}`, gathered, frozen, ratified, dispatched, determined: wave.kind === 'past' ? gathered + 9 : null,
  }
}

const pastDays = (month: number) => {
  const gathered = BEGUN + MONTH * (month + 1) + 1
  return [gathered, gathered + 0.2, gathered + 2, gathered + 3] as const
}

// In which month's batch a visit comes that is verified on this day: all that is verified by then is gathered.
export const monthOf = (day: number): number => Math.max(0, Math.min(MONTHS - 1, Math.ceil((day - BEGUN - 1) / MONTH) - 1))
export const lastVerifiedDay = BEGUN + MONTH * MONTHS - 1

const MOST_IN_BATCH = 4000
// Into how many batches a month of this kabupaten is divided, so that a person can still look through each.
export const partsFor = (households: number): number => Math.max(1, Math.ceil(households * 0.75 / MONTHS / MOST_IN_BATCH))
// The households of one desa stay together.
export const partOf = (regionCode: string, parts: number): number => (mixed(7, Number(regionCode.replaceAll('.', ''))) >>> 0) % parts
