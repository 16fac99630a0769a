import { catchUp } from '#app/duplicates/checks.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { rescueDone, workOnRescue } from '#app/rescue/building.ts'
import type { Db } from '#db/connection.ts'
import { periods } from '#db/schema/index.ts'

export const NOW = '2026-03-02T03:00:00.000Z'
const DAY = 86_400_000
// As western Indonesia counts its days, like the cut-off itself.
export const dayIn = (days: number, from = NOW) => dayOf(new Date(Date.parse(from) + days * DAY).toISOString())

// A period of the whole country whose cut-off lies so many days ahead.
export function addPeriod(db: Db, days: number, { id = 'maret', from = NOW }: { id?: string, from?: string } = {}) {
  db.insert(periods).values({
    id, regionCode: '', cadence: 'monthly', name: `Periode ${id}`, opensOn: dayIn(days - 30, from), cutoffOn: dayIn(days, from), closesOn: dayIn(days + 5, from), madeBy: 'mega', madeAt: from,
  }).run()
}

// Everything the background does: judges what changed, opens the lists that are due and brings them up to date.
export async function keepUp(db: Db, now = NOW) {
  await catchUp(db, now)
  workOnRescue(db, () => now, 0)
  await rescueDone(db)
  await catchUp(db, now)
}
