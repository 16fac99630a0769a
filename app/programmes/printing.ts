import { listRecipients, type Filter, type ListedRecipient } from '#app/programmes/list.ts'
import type { Programme } from '#app/programmes/programme.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { variantWord } from '#app/programmes/variants.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Tx } from '#db/transaction.ts'

const MOST_PRINTED = 1000

export type RecipientPaper = { programme: Programme, rows: ListedRecipient[], whole: boolean, place: string, narrowed: string, printedAt: string }

// A list on paper leaves the house, so it leaves a line in the trail.
export function printRecipients(tx: Tx, filter: Filter): RecipientPaper {
  const programme = programmeOf(filter.programme)
  const { rows, next } = listRecipients(tx.db, tx.actor, filter, undefined, MOST_PRINTED)
  tx.audit('recipients.printed', filter.programme, { ...filter, rows: rows.length })
  const places = filter.region ? [filter.region] : tx.actor.regions
  const category = filter.variant && variantWord(tx.db, programme, filter.variant)
  const said = [filter.state && `Keadaan: ${programme.states[filter.state]?.label ?? filter.state}`, category, filter.q && `Pencarian: ${filter.q}`]
  return { programme, rows, whole: next === undefined, place: places.map((code) => findRegionName(tx.db, code) ?? code).join(', '), narrowed: said.filter(Boolean).join(' · '), printedAt: tx.now }
}
