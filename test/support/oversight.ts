import { eq } from 'drizzle-orm'
import { planRound } from '#app/backchecks/rounds.ts'
import { recordSheet } from '#app/monitoring/sheets.ts'
import { makeTask } from '#app/tasks/tasks.ts'
import type { Db } from '#db/connection.ts'
import { backchecks } from '#db/schema/index.ts'
import { addRound, aRound, LATER, revisit } from '#test/support/backchecks.ts'
import { as, budi, PONCOSARI, rina, tono } from '#test/support/world.ts'

// A round whose first visit waits for Tono and whose second is made, one that is only planned, a filled form and a task.
export function addOversight(db: Db) {
  addRound(db, 'round')
  as(db, rina, (tx) => planRound(tx, aRound(db, 'planned', { fromDay: '2026-02-01' })), LATER)
  db.update(backchecks).set({ officerId: 'tono' }).where(eq(backchecks.roundId, 'round')).run()
  revisit(db, tono, 'round.2', { floorType: '9', visitedBefore: 'false' })
  as(db, budi, (tx) => recordSheet(tx, {
    id: 'sheet', form: 'enumerator', regionCode: PONCOSARI, heldOn: '2026-03-02', place: 'Dusun Karang', finding: 'Belum melihat KK', subjectId: 'siti',
    fields: Object.fromEntries([1, 2, 3, 6, 7, 8, 10].map((n) => [`ME${n}`, '1']).concat([4, 5, 9, 11].map((n) => [`ME${n}`, '3']))),
  }, []), LATER)
  as(db, budi, (tx) => makeTask(tx, { id: 'task', title: 'Dampingi lagi', text: '', about: { kind: 'monitoring', id: 'sheet' }, assigneeId: 'siti', dueOn: '2026-03-20' }), LATER)
}
