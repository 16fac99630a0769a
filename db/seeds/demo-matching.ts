import { startRun } from '#app/matching/runs.ts'
import { runsDone, workOnRun } from '#app/matching/run-work.ts'
import { DEMO_DISTRICTS } from '#db/seeds/demo-users.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

// One kecamatan has been matched with the training register, so that every outcome has somebody.
export async function tellMatching({ db, random, people, daysAgo: day }: Demo, daysAgo: number) {
  const id = random.uuid()
  transact(db, people.dinsos!, (tx) => startRun(tx, { id, regionCode: DEMO_DISTRICTS[0]!, who: ['never', 'changed'], method: 'simulator', letter: '470/16/2026' }), day(daysAgo))
  workOnRun(db, id)
  await runsDone(db)
}
