import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listsDone } from '#app/payments/list-work.ts'
import { payments } from '#db/schema/index.ts'
import { addPaidPeriod, LIST, makeList, PERIOD, receives, registryWorld } from '#test/support/payments.ts'
import { BANTUL, rina } from '#test/support/world.ts'

const lists = suite('payment lists')

lists('that a failure has stopped say so, and go on when asked once more', async () => {
  const world = registryWorld()
  addPaidPeriod(world.db)
  for (let serial = 100; serial < 520; serial += 1) receives(world.db, `K${serial}`, serial)
  world.db.$client.exec("CREATE TRIGGER fault BEFORE INSERT ON payments WHEN (SELECT count(*) FROM payments) >= 250 BEGIN SELECT raise(ABORT, 'fault'); END")
  const { error } = console
  console.error = () => undefined
  await makeList(world.db)
  console.error = error
  const page = async (path = `/payments/lists/${LIST}`, who = rina) => (await world.as(who).get(path)).text()
  assert.match(await page(), /Terhenti[^]*terhenti karena kesalahan[^]*Susun lagi/)
  assert.match(await page('/payments?programme=sembako'), /Terhenti/)
  world.db.$client.exec('DROP TRIGGER fault')
  assert.is((await world.as(rina).post('/payments/lists', { id: '00000000-0000-4000-8000-000000000002', period: PERIOD, region: BANTUL, programme: 'sembako' })).status, 303)
  await listsDone(world.db)
  assert.is(world.db.select().from(payments).all().length, 420)
  assert.match(await page(), /Siap/)
  assert.not.match(await page(), /Terhenti/)
})

lists.run()
