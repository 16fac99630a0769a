import { randomUUID } from 'node:crypto'
import { openRun } from '#app/crosschecks/runs.ts'
import { crosschecksDone, workOnRun } from '#app/crosschecks/run-work.ts'
import { system } from '#app/users/actor.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

// What does not agree in the lists as they stand is found by a run like any other.
export async function tellCrosschecks({ db }: Demo) {
  workOnRun(db, transact(db, system, (tx) => openRun(tx, '', randomUUID())))
  await crosschecksDone(db)
}
