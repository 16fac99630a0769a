import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eq } from 'drizzle-orm'
import { setAnswer } from '#app/questionnaire/record.ts'
import { households } from '#db/schema/index.ts'
import { aDelivery, phoneOf } from '#test/support/delivery.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, BALECATUR, freshApp, nia, rina, siti } from '#test/support/world.ts'

const moved = suite('a held delivery of a household that moves')

moved('is found where the household lives now, and no more where it lived', async () => {
  const world = freshApp()
  const record = aRecord({ head: 'Asep Suryana', serial: 901 })
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti, record })
  const phone = phoneOf(world)
  const [earlier, later] = [aDelivery({ record: setAnswer(record, 'household.floorType', 5) }), aDelivery({ record: setAnswer(record, 'household.floorType', 7), deviceId: randomUUID() })]
  await phone.bundle(earlier)
  assert.is((await phone.bundle(later)).state.status, 'held')
  const opens = async () => [(await world.as(rina).get(`/deliveries/${later.id}/case`)).status, (await world.as(nia).get(`/deliveries/${later.id}/case`)).status]
  assert.equal(await opens(), [200, 404])
  world.db.update(households).set({ regionCode: BALECATUR }).where(eq(households.id, 'asep')).run()
  assert.equal(await opens(), [404, 200])
  assert.match(await (await world.as(nia).get('/deliveries')).text(), /Asep Suryana/)
})

moved.run()
