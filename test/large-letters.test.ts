import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Phone } from '#test/support/phone.ts'
import { serverProcess } from '#test/support/process.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, siti } from '#test/support/world.ts'

const letters = suite('large letters')

// Large letters on a narrow phone leave it about this wide.
letters('leave a long name and the officer’s own readable on a narrow phone', async () => {
  const record = aRecord({ head: 'Raden Haryo Adisuryodiningratwiryosumartokusumo', serial: 101 })
  const server = await serverProcess((db) => addHousehold(db, 'asep', { stage: 'assigned', officer: siti, record }))
  await server.start()
  const phone = await new Phone(server.url).open()
  try {
    await phone.signIn(siti)
    await phone.page.setViewportSize({ width: 200, height: 600 })
    await phone.page.goto('/field/asep')
    assert.is(await phone.page.evaluate(() => document.documentElement.scrollWidth), 200)
    const own = await phone.page.locator('.account p').boundingBox()
    assert.ok(own!.width > 40 && own!.height < 150, JSON.stringify(own))
  } finally {
    await phone.close()
    await server.kill()
  }
})

letters.run()
