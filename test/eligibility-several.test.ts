import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runsDone, workOnRuns } from '#app/eligibility/run-work.ts'
import { askForRun } from '#app/eligibility/runs.ts'
import { eligibilityRows, programmeSettings } from '#db/schema/index.ts'
import { addCouple } from '#test/support/eligibility.ts'
import { as, BALECATUR, BANTUL, freshApp, PONCOSARI, prita } from '#test/support/world.ts'

const several = suite('a run over several kabupaten')

// Bantul takes no one above desil 2; Sleman has what holds in the country.
async function run(trial?: object) {
  const made = freshApp()
  addCouple(made.db, 'bantul', { desil: 3, region: PONCOSARI })
  addCouple(made.db, 'sleman', { desil: 3, region: BALECATUR })
  made.db.insert(programmeSettings).values({ programme: 'pkh', key: 'desil.max', regionCode: BANTUL, validFrom: '2026-01-01', value: 2, source: 'uji', setBy: 'mega', setAt: '2026-01-01T00:00:00.000Z' }).run()
  as(made.db, prita, (tx) => askForRun(tx, { id: 'run', programme: 'pkh', region: '34', name: 'Uji', ...(trial && { trial }) }))
  workOnRuns(made.db)
  await runsDone(made.db)
  const page = await (await made.as(prita).get('/eligibility/runs/run')).text()
  return { page, entries: made.db.select({ id: eligibilityRows.householdId }).from(eligibilityRows).all().map(({ id }) => id).sort() }
}

several('judges each by its own settings, and says so', async () => {
  const { page, entries } = await run()
  assert.equal(entries, ['sleman'])
  assert.match(page, 'menetapkan aturannya sendiri')
})

several('tries what is tried in all of them alike', async () => {
  const { page, entries } = await run({ desilMax: 4 })
  assert.equal(entries, ['bantul', 'sleman'])
  assert.not.match(page, 'menetapkan aturannya sendiri')
})

several.run()
