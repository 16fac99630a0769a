import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workDone } from '#app/assignments/import-work.ts'
import { households } from '#db/schema/index.ts'
import { prelistCsv } from '#test/support/prelist.ts'
import { aRecord } from '#test/support/records.ts'
import { BANTUL, freshApp, rina } from '#test/support/world.ts'

const imports = suite('a prelist')

imports('sends nobody to a household that has left the registry', async () => {
  const world = freshApp()
  const bring = async (hasAc: boolean) => {
    const file = new File([prelistCsv([aRecord({ head: 'Asep Suryana', serial: 101, household: { hasAc } })])], 'prelist.csv')
    const id = (await world.as(rina).post('/imports', { region: BANTUL, file })).headers.get('Location')!.split('/').at(-1)!
    await workDone(world.db)
    await world.as(rina).post(`/imports/${id}/confirmation`)
    await workDone(world.db)
  }
  await bring(false)
  world.db.$client.exec("UPDATE households SET stage = 'determined'; INSERT INTO inactive_households (household_id, reason, since, cause) SELECT id, 'mampu', '2026-03-01', 'uji' FROM households")
  await bring(true)
  assert.equal(world.db.select({ stage: households.stage, version: households.version }).from(households).all(), [{ stage: 'determined', version: 2 }])
})

imports.run()
