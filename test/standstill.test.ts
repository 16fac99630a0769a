import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { airTo, type Air } from '#test/bench/phone-line.ts'
import { BEGUN, giveTasks, VISIT, WATCH } from '#test/bench/phone-world.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { freshDatabase, siti } from '#test/support/world.ts'

// What has been painted stays where it is while the rest of a page is still on its way: nobody touches the wrong button.
const standstill = suite('a page that arrives in pieces')
let office: Live
let air: Air
standstill.before(async () => {
  const db = freshDatabase()
  giveTasks(db)
  office = await live(db)
  air = await airTo(Number(new URL(office.url).port), { bitsPerSecond: 400_000, roundTripMs: 100, handshakes: 0 })
})
standstill.after(async () => {
  air.stop()
  await office.stop()
  await closeBrowser()
})

for (const [name, path] of [['a task', `/field/${BEGUN}`], ['a person', `${VISIT}/members/0`], ['photos and place', `${VISIT}/photos`]] as const) {
  standstill(`moves nothing that can be seen already: ${name}`, async () => {
    const page = await office.signIn(siti)
    await page.addInitScript({ content: WATCH })
    await page.goto(air.url + path, { waitUntil: 'load' })
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))')
    const { shift, moved } = await page.evaluate<{ shift: number, moved: string[] }>('({ shift, moved })')
    assert.is(Math.round(shift * 1000) / 1000, 0, moved.join(' | '))
    assert.is(await page.evaluate('document.documentElement.scrollWidth'), 360)
    await page.context().close()
  })
}

standstill.run()
