import { readMusdes } from '#app/musdes/musdes.ts'
import { listDecisions } from '#app/musdes/rows.ts'
import type { Tx } from '#db/transaction.ts'

// The minutes to be signed: the meeting and every decision. Names on paper leave the system, so printing is on record.
export function printMinutes(tx: Tx, id: string) {
  const reading = readMusdes(tx.db, tx.actor, id)
  const decisions = listDecisions(tx.db, tx.actor, id)
  tx.audit('musdes.minutes_printed', id, { rows: decisions.length })
  return { ...reading, decisions, printedAt: tx.now, printedBy: tx.actor.name }
}

export type PrintedMinutes = ReturnType<typeof printMinutes>
