import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runsDone, workOnRuns } from '#app/eligibility/run-work.ts'
import { exportsDone } from '#app/exports/export-work.ts'
import { resumeAll } from '#app/jobs.ts'
import { eligibilityRuns, exportFiles } from '#db/schema/index.ts'
import { addCouple } from '#test/support/eligibility.ts'
import { freshApp, rina } from '#test/support/world.ts'

const quietly = async (work: () => Promise<unknown>) => {
  const { error } = console
  console.error = () => undefined
  await work()
  console.error = error
}
const form = (key: string) => ({ key, list: 'households', query: '', format: 'csv', recipientName: 'Sri Wahyuni', recipientInstitution: 'Bappeda Kabupaten Bantul', purpose: 'Bahan rapat koordinasi', legalBasis: 'Surat 012/BAP/2026', expiresOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10) })

const resuming = suite('work that could not even say that it failed')

resuming('is taken up again within the hour: an export', async () => {
  const world = freshApp()
  world.db.$client.exec("CREATE TRIGGER full_disk BEFORE UPDATE OF status ON export_files BEGIN SELECT raise(ABORT, 'disk full'); END")
  await quietly(async () => {
    await world.as(rina).post('/exports', form('00000000-0000-4000-8000-0000000000e1'))
    await exportsDone(world.db)
  })
  assert.is(world.db.select().from(exportFiles).get()!.status, 'making')
  world.db.$client.exec('DROP TRIGGER full_disk')
  resumeAll(world.db, world.dataDirectory)
  await exportsDone(world.db)
  assert.is(world.db.select().from(exportFiles).get()!.status, 'ready')
})

resuming('is taken up again within the hour: a count of who is eligible', async () => {
  const world = freshApp()
  addCouple(world.db, 'asep')
  world.db.$client.exec("CREATE TRIGGER full_disk BEFORE UPDATE OF status ON eligibility_runs WHEN new.status <> 'running' BEGIN SELECT raise(ABORT, 'disk full'); END")
  await quietly(async () => {
    await world.as(rina).post('/eligibility/runs', { mode: 'real', programme: 'pkh', region: '34.02', key: '00000000-0000-4000-8000-0000000000e2', name: 'Uji' })
    workOnRuns(world.db)
    await runsDone(world.db)
  })
  const state = () => world.db.select().from(eligibilityRuns).all().map(({ status }) => status)
  assert.equal(state(), ['running'])
  world.db.$client.exec('DROP TRIGGER full_disk')
  resumeAll(world.db, world.dataDirectory)
  await runsDone(world.db)
  assert.equal(state(), ['ready'])
})

resuming.run()
