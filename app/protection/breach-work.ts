import { eq, inArray } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { findBreach } from '#app/protection/breaches.ts'
import { concernedBy, type Found } from '#app/protection/concerned.ts'
import { putStep } from '#app/protection/steps.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { openMoment } from '#db/moment.ts'
import { breaches, breachHouseholds } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

const queue = oneAtATime()
export const countedSoon = queue.soon
export const countingDone = queue.done

// Finds whom a breach concerns, behind the request, from one moment of the register.
export function workOnBreach(db: Db, id: string) {
  queue.add(db, () => count(db, id))
}

// A named row of a file counts each time; of a household that was open, everybody does once. The graver reason stays.
const put = statement<[string, string, string, number, string], unknown>(`INSERT INTO breach_households (breach_id, region_code, household_id, people, why) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET people = iif(why = 'row' AND excluded.why = 'row', people + excluded.people, max(people, excluded.people)), why = iif(why = 'directory', excluded.why, why)`)

async function count(db: Db, id: string) {
  const breach = db.$client.open ? findBreach(db, id) : undefined
  if (!breach || breach.counting === 'counted') return
  const moment = openMoment(db)
  try {
    transact(db, system, (tx) => begin(tx, id))
    for (const found of concernedBy(moment, breach)) {
      transact(db, system, (tx) => keep(tx, id, found))
      await letOthers()
    }
    transact(db, system, (tx) => finish(tx, id))
  } catch (error) {
    if (!db.$client.open) return
    console.error(error)
    transact(db, system, (tx) => fail(tx, id))
  } finally {
    moment.$client.close()
  }
}

function begin(tx: Tx, id: string) {
  tx.db.update(breaches).set({ counting: 'counting' }).where(eq(breaches.id, id)).run()
  tx.db.delete(breachHouseholds).where(eq(breachHouseholds.breachId, id)).run()
}

function keep(tx: Tx, id: string, found: Found[]) {
  for (const { regionCode, id: householdId, people, why } of found) put(tx.db).run(id, regionCode, householdId, people, why)
}

const totals = statement<[string], { households: number, people: number }>('SELECT count(*) AS households, coalesce(sum(people), 0) AS people FROM breach_households WHERE breach_id = ?')

function finish(tx: Tx, id: string) {
  const found = totals(tx.db).get(id)!
  tx.db.update(breaches).set({ counting: 'counted', countedAt: tx.now, ...found }).where(eq(breaches.id, id)).run()
  putStep(tx, `breach:${id}`, 'counted', `${found.households} rumah tangga, ${found.people} orang`)
  tx.audit('breach.counted', id, found)
}

function fail(tx: Tx, id: string) {
  tx.db.update(breaches).set({ counting: 'failed' }).where(eq(breaches.id, id)).run()
  tx.audit('breach.count_failed', id)
}

// At the start: what was under way begins anew.
export function resumeBreaches(db: Db) {
  const left = db.select({ id: breaches.id }).from(breaches).where(inArray(breaches.counting, ['waiting', 'counting', 'failed'])).orderBy(breaches.number).all()
  for (const { id } of left) workOnBreach(db, id)
}
