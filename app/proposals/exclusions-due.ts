import { letOthers, oneAtATime } from '#app/background.ts'
import { getHousehold } from '#app/households/records.ts'
import { followOutcome } from '#app/proposals/exclusions.ts'
import { system } from '#app/users/actor.ts'
import { readVisit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

// A tenth of a second at the most, so that nobody waits behind it.
const AT_ONCE = 10
const queue = oneAtATime()
const next = statement<[number], { id: string }>('SELECT household_id AS id FROM exclusions_due LIMIT ?')
const done = statement<[string], unknown>('DELETE FROM exclusions_due WHERE household_id = ?')

// Who was determined as not found before the system held anybody back, taken up as if it had happened now.
export const prepareDue = (db: Db) => queue.add(db, async () => {
  while (db.$client.open && transact(db, system, prepareSome)) await letOthers()
})

// Settles when nothing is under way.
export const dueDone = queue.done

function prepareSome(tx: Tx): boolean {
  const found = next(tx.db).all(AT_ONCE)
  for (const { id } of found) {
    const household = getHousehold(tx, id)
    const visit = household.visitId === null ? undefined : readVisit(tx.db).get({ id: household.visitId })
    // Somebody has gone on with it since: the next determination tells.
    if (visit && household.stage === 'determined' && household.version === visit.baseVersion + 1) followOutcome(tx, household, visit)
    done(tx.db).run(id)
  }
  return found.length === AT_ONCE
}
