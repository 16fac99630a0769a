import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { navigationFor } from '#app/navigation.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { addReport } from '#test/support/reports.ts'
import { agus, aulia, budi, freshApp, freshDatabase, oki, PEOPLE, rina } from '#test/support/world.ts'

const menuOf = (html: string) => /<nav class="navigation[\s\S]*?<\/nav>/.exec(html)![0]
const groupsOf = (html: string) => [...menuOf(html).matchAll(/<summary[^>]*>([^<]*)/g)].map((found) => found[1])

const menu = suite('the menu')

menu('stays one plain row for who has few entries', async () => {
  const { as } = freshApp()
  for (const person of [aulia]) assert.not.match(menuOf(await (await as(person).get('/')).text()), /<details/)
})

menu('is grouped for who has many: at most nine words in the row, and each entry once', async () => {
  const { as } = freshApp()
  for (const person of PEOPLE) {
    const html = menuOf(await (await as(person).get('/')).text())
    const [hrefs, own] = [[...html.matchAll(/href="([^"]*)"/g)].map((found) => found[1]), navigationFor(person, '/')]
    assert.equal([...hrefs].sort(), own.map(({ href }) => href).sort())
    const row = own.filter(({ group }) => !group).length + new Set(own.flatMap(({ group }) => group ?? [])).size
    assert.ok(row <= 9, person.id)
  }
  assert.equal(groupsOf(await (await as(rina).get('/')).text()).slice(0, 3), ['Pekerjaan', 'Pemantauan', 'Lapangan'])
})

menu('opens no group for a single entry', async () => {
  const { as } = freshApp()
  const html = menuOf(await (await as(agus).get('/')).text())
  assert.not.match(html, />Lapangan</)
  assert.match(html, /<li><a href="\/devices">HP petugas<\/a><\/li>/)
})

menu('marks the page and the group it is in, and only the nearest of two addresses', async () => {
  const { as } = freshApp()
  assert.match(menuOf(await (await as(rina).get('/households')).text()), /<summary aria-current="true">Data<[\s\S]*href="\/households" aria-current="page"/)
  assert.equal(navigationFor(agus, '/reports/usage').filter(({ current }) => current).map(({ href }) => href), ['/reports/usage'])
  assert.equal(navigationFor(rina, '/prelist-lain').filter(({ current }) => current), [])
})

menu('shows on the closed group what waits in it', async () => {
  const db = freshDatabase()
  addReport(db)
  const html = menuOf(await (await freshApp(db).as(oki).get('/')).text())
  assert.match(html, /<summary>Pekerjaan <span class="count">1<span class="unseen"> menunggu/)
})

const groups = suite('the groups of the menu in a browser')
let world: Live
groups.before(async () => { world = await live() })
groups.after(async () => {
  await world.stop()
  await closeBrowser()
})

groups('open by keyboard, one at a time, and close by Escape or by leaving them', async () => {
  const page = await world.signIn(rina, { viewport: { width: 1280, height: 800 } })
  await page.locator('summary', { hasText: 'Lapangan' }).press('Enter')
  await page.getByRole('link', { name: 'Tukar berkas' }).waitFor()
  await page.keyboard.press('Escape')
  assert.is(await page.locator('.navigation details[open]').count(), 0)
  assert.is(await page.evaluate('document.activeElement.textContent'), 'Lapangan')
  await page.locator('summary', { hasText: 'Data' }).first().click()
  await page.locator('summary', { hasText: 'Kualitas data' }).click()
  assert.is(await page.locator('.navigation details[open]').count(), 1)
  await page.locator('main').click({ position: { x: 5, y: 400 } })
  assert.is(await page.locator('.navigation details[open]').count(), 0)
  await page.context().close()
})

groups('lie within a phone of 360 px and work without JavaScript', async () => {
  const page = await world.signIn(budi, { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, hasTouch: true })
  await page.locator('summary', { hasText: 'Kualitas data' }).tap()
  const box = (await page.getByRole('link', { name: 'Pemadanan Dukcapil' }).boundingBox())!
  assert.ok(box.x >= 0 && box.x + box.width <= 360 && box.height >= 44, JSON.stringify(box))
  await page.getByRole('link', { name: 'Integritas data' }).tap()
  await page.getByRole('heading', { level: 1, name: /Integritas/ }).waitFor()
  await page.context().close()
})

menu.run()
groups.run()
