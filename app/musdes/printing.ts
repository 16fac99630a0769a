import { readMusdes, villagesOf } from '#app/musdes/musdes.ts'
import { listDecisions } from '#app/musdes/rows.ts'
import { pathTo } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import type { Tx } from '#db/transaction.ts'

// The minutes to be signed: the meeting and every decision. Names on paper leave the system, so printing is on record.
export function printMinutes(tx: Tx, id: string) {
  const reading = readMusdes(tx.db, tx.actor, id)
  const decisions = listDecisions(tx.db, tx.actor, id)
  tx.audit('musdes.minutes_printed', id, { rows: decisions.length })
  return { ...reading, decisions, printedAt: tx.now, printedBy: tx.actor.name }
}

export type PrintedMinutes = ReturnType<typeof printMinutes>

// The empty list that is signed at the door, for the village asked for or the first of one's own.
export function blankAttendance(db: Db, actor: Actor, wanted: string) {
  const villages = villagesOf(db, actor)
  const village = villages.find(({ code }) => code === wanted) ?? villages[0]
  return { villages, village, places: village ? pathTo(db, village.code).map(({ name }) => name) : [] }
}

export type BlankAttendance = ReturnType<typeof blankAttendance>
