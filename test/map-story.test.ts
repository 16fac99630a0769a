import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchUp } from '#app/integrity/following.ts'
import { placeOnMap } from '#app/map/placing.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, budi, freshDatabase, PONCOSARI, TRIMURTI } from '#test/support/world.ts'

// Twelve houses in two desa, and one that has no place: what is said of it stands below the map.
async function villages() {
  const db = freshDatabase()
  for (let i = 0; i < 12; i += 1) addHousehold(db, `h${i}`, { regionCode: i % 2 ? TRIMURTI : PONCOSARI, record: aRecord({ head: `Kepala ${i}`, household: { latitude: -7.97 + i % 2 * 0.02, longitude: 110.22 + i * 0.00001 } }) })
  addHousehold(db, 'nowhere', { regionCode: PONCOSARI, record: aRecord({ head: 'Tanpa Titik' }) })
  await catchUp(db, [placeOnMap])
  return db
}

const story = suite('the map in a browser')
let world: Live
story.before(async () => { world = await live(await villages()) })
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

const topOf = (page: Page) => page.locator('svg.map').evaluate((map) => Math.round(map.getBoundingClientRect().top))
const moved = (page: Page) => page.waitForFunction(() => location.search.includes('zoom='))
// A phone shows the middle of the map; those at its sides are cut off.
const middleMark = (page: Page) => page.locator('a.map-mark').evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect().x)
  .map((x, i) => ({ i, off: Math.abs(x - innerWidth / 2) })).sort((one, other) => one.off - other.off)[0]!.i)

story('stays where it is on the screen when somebody looks closer', async () => {
  for (const width of [360, 1280]) {
    const page = await world.signIn(budi, { viewport: { width, height: 740 } })
    await page.goto('/map')
    await page.locator('svg.map').evaluate((map) => map.scrollIntoView({ block: 'center' }))
    const before = await topOf(page)
    await page.locator('a.map-mark').nth(await middleMark(page)).click()
    await moved(page)
    assert.ok(Math.abs(await topOf(page) - before) < 60, `${width}: ${before} → ${await topOf(page)}`)
    await page.context().close()
  }
})

story('is moved by the keyboard, button after button, without beginning the page anew', async () => {
  const page = await world.signIn(budi, { viewport: { width: 1280, height: 740 } })
  await page.goto('/map')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id)
  await page.locator('[aria-label="Perkecil"]').focus()
  await page.keyboard.press('Enter')
  await moved(page)
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Perkecil')
  await page.locator('a.map-mark').first().focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'peta')
  assert.is(await focused(), 'peta')
  await page.context().close()
})

story.run()
