import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closeBrowser } from '#test/support/browser.ts'
import { count, sendBack } from '#test/support/dashboards.ts'
import { live, type Live } from '#test/support/live.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, budi, GADINGSARI, rina, siti } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true }
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

const story = suite('the work of a kabupaten, looked into')

let world: Live
story.before(async () => {
  world = await live()
  for (const day of [3, 4, 5]) {
    addHousehold(world.db, `s${day}`, { stage: 'downloaded', officer: siti, head: `Kepala ${day}` })
    addVisit(world.db, `s${day}`, siti, { at: ago(day) })
  }
  addHousehold(world.db, 'hand', { stage: 'assigned', officer: siti })
  addHousehold(world.db, 'g1', { regionCode: GADINGSARI })
  sendBack(world.db, 's5', budi, { 'members.0.nik': 'NIK pada foto lain.' }, ago(1))
  count(world.db)
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Rina goes down from the kabupaten to the household that was sent back', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/dashboards')
  assert.match(await page.locator('main').innerText(), /Sudah dikunjungi\s+3/)
  const follow = async (name: string, address: RegExp) => {
    await page.locator('table').getByRole('link', { name, exact: true }).first().click()
    await page.waitForURL(address)
  }
  await follow('Srandakan', /region=34\.02\.01$/)
  await follow('Poncosari', /region=34\.02\.01\.2001$/)
  await follow('Siti Rahayu', /officers\/siti/)
  await page.getByRole('link', { name: /Dikembalikan ke petugas: 1/ }).click()
  await page.waitForURL(/households\?.*stage=returned/)
  assert.match(await page.locator('main').innerText(), /Kepala 5/)
})

story('without script Siti chooses the last seven days on her phone, and reads why a visit came back', async () => {
  const page = await world.signIn(siti, { ...PHONE, javaScriptEnabled: false })
  await page.goto('/dashboards/returns')
  await page.getByLabel('Waktu', { exact: true }).selectOption('7')
  await page.getByRole('button', { name: 'Terapkan' }).click()
  await page.waitForURL(/period=7/)
  assert.match(await page.locator('main').innerText(), /7 hari terakhir/)
  await page.getByRole('link', { name: /1 catatan/ }).click()
  await page.getByText('NIK pada foto lain.').waitFor()
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'))
})

story('each dashboard fits on paper', async () => {
  const page = await world.signIn(rina, DESKTOP)
  for (const path of ['', '/stages', '/results', '/returns', '/officers']) {
    await page.goto(`/dashboards${path}`)
    await page.emulateMedia({ media: 'print' })
    // A4 less its margins, at 96 dots an inch.
    await page.setViewportSize({ width: 688, height: 1000 })
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), `wider than the paper: ${path}`)
    assert.is(await page.locator('form.filters').isVisible(), false, path)
    assert.is(await page.getByRole('navigation', { name: 'Dasbor' }).isVisible(), false, path)
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize(DESKTOP.viewport)
  }
})

story.run()
