import { forbidden, invalid } from '#app/problems.ts'
import { openHousehold, type HouseholdDetail } from '#app/households/detail.ts'
import { seesNumbers } from '#app/households/masking.ts'
import { openVersion, type VersionView } from '#app/households/versions.ts'
import { demand } from '#app/users/permissions.ts'
import type { Tx } from '#db/transaction.ts'

// Whole NIK and No KK, for one showing of one page and never without a word why. Where numbers are the work itself (a visit
// beside its photos, a usulan, two that may be one) they stand open; everywhere else a household is read without them.
export const NUMBER_PURPOSES = ['document', 'citizen', 'letter', 'mistake', 'other'] as const
export type Wish = { purpose: typeof NUMBER_PURPOSES[number], note: string }

const LEAST_WORDS = 10

export function demandReason(tx: Tx, { purpose, note }: Wish) {
  if (!seesNumbers(tx.actor)) throw forbidden('Peran Anda membaca data tanpa NIK dan Nomor KK.')
  if (purpose === 'other' && note.length < LEAST_WORDS) throw invalid({ note: `Tuliskan untuk apa, sedikitnya ${LEAST_WORDS} huruf.` })
}

export function showNumbers(tx: Tx, id: string, wish: Wish): HouseholdDetail {
  demand(tx.actor, 'household.read')
  demandReason(tx, wish)
  const found = openHousehold(tx, id, { numbers: true })
  tx.audit('numbers.opened', id, wish)
  return found
}

export function showVersionNumbers(tx: Tx, id: string, version: number, wish: Wish): VersionView {
  demand(tx.actor, 'household.read')
  demandReason(tx, wish)
  const found = openVersion(tx, id, version, { numbers: true })
  tx.audit('numbers.opened', id, { ...wish, version })
  return found
}
