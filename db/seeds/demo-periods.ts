import { and, asc, eq } from 'drizzle-orm'
import { closePeriod, planPeriod } from '#app/periods/planning.ts'
import { takeSnapshot } from '#app/periods/snapshot-work.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { acceptRecords } from '#app/ratification/determination.ts'
import { batches, batchItems } from '#db/schema/index.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

// Days before today: when it opens, its cut-off, its last day.
const PERIODS = [
  { id: 'contoh-tahap-1', name: 'Tahap I', days: [60, 44, 40] },
  { id: 'contoh-tahap-2', name: 'Tahap II', days: [39, 25, 21] },
  { id: 'contoh-tahap-3', name: 'Tahap III', days: [20, -9, -16] },
] as const

// Two periods that are over, and one that the desa are working towards.
export function planPeriods({ db, people, daysAgo }: Demo) {
  const day = (days: number) => dayOf(daysAgo(days).toISOString())
  for (const { id, name, days: [opens, cutoff, closes] } of PERIODS) {
    transact(db, people.pusdatin!, (tx) => planPeriod(tx, {
      id, name, regionCode: '', cadence: 'monthly', opensOn: day(opens), cutoffOn: day(cutoff), closesOn: day(closes),
    }), daysAgo(62))
  }
}

// Its last day: the registry is kept as it stands by then.
export async function endPeriod({ db, people, daysAgo }: Demo, number: 1 | 2) {
  const { id, days } = PERIODS[number - 1]!
  const snapshot = transact(db, people.pusdatin!, (tx) => closePeriod(tx, id), daysAgo(days[2]))
  await takeSnapshot(db, snapshot, daysAgo(days[2]))
}

const DETERMINED = 8

// The ministry has looked at some of the batch that waits; the rest goes on to the next period.
export function determineSome({ db, people, daysAgo }: Demo, days: number) {
  const waiting = db.select({ batchId: batches.id, household: batchItems.householdId }).from(batches).innerJoin(batchItems, eq(batchItems.batchId, batches.id))
    .where(and(eq(batches.status, 'dispatched'), eq(batchItems.decision, 'pending'))).orderBy(asc(batchItems.position)).limit(DETERMINED).all()
  const [first] = waiting
  if (first) transact(db, people.pusdatin!, (tx) => acceptRecords(tx, first.batchId, waiting.map(({ household }) => household)), daysAgo(days))
}
