import { readSweep } from '#app/duplicates/sweeps.ts'
import { restartRound, type Following } from '#app/integrity/following.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// Everything once more from the beginning, in the background.
export function startRun(tx: Tx, key: string) {
  demand(tx.actor, 'duplicate.run')
  if (!isFirstTime(tx, key)) return
  restartRound(tx.db, tx.now)
  tx.audit('duplicate.run_started', 'households')
}

export function readRun(db: Db, actor: Actor): Following | undefined {
  demand(actor, 'duplicate.read')
  return readSweep(db)
}
