import { applicantsOf } from '#app/numbers/people.ts'
import { listWaits, type WaitPlace } from '#app/numbers/waiting.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { demand } from '#app/users/permissions.ts'
import type { Tx } from '#db/transaction.ts'

export type WaitsPaper = ReturnType<typeof printWaits>

// So many households are a stack that somebody carries to Dukcapil.
const ON_PAPER = 100

// The list on paper, with what Dukcapil needs. It leaves the system, so printing it is on record.
export function printWaits(tx: Tx, region: string, after?: WaitPlace) {
  demand(tx.actor, 'number.give')
  const { rows, next } = listWaits(tx.db, tx.actor, region, after, ON_PAPER)
  const applicants = rows.flatMap(applicantsOf)
  tx.audit('numbers.printed', region || tx.actor.regions[0] || '', { households: rows.map(({ id }) => id), people: applicants.length })
  return { applicants, households: rows.length, next, place: region ? findRegionName(tx.db, region) ?? region : tx.actor.regionLabel, printedAt: tx.now, printedBy: tx.actor.name }
}
