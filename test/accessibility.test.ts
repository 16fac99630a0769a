import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Actor } from '#app/users/actor.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { closeBrowser, launchBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { REPORT_CODE } from '#test/support/reports.ts'
import { agus, budi, hadi, mega, PEOPLE, PONCOSARI, rina, siti, aulia } from '#test/support/world.ts'

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
const NO_PAGE = /healthz|alarmz|\/packs\/|deliveries\/(lost\/)?:\w+$|worker\.js|\/file$|changes\/:part|\.pdf|\.csv|\.xlsx|\.txt|\.jsonl|periksa-jejak|\/files\/|\/children$|reviews\/next|visits\/:visit$/
// Before any sign-in: citizens on the cheapest phones.
const OPEN_PAGES = ['/cek', '/lapor', '/lapor/new', `/lapor/new?kind=usul&region=${PONCOSARI}`, `/lapor/${REPORT_CODE}`, '/lapor/BCDF-GHJK-MNPQ']
const WHO = [siti, budi, rina, hadi, mega, agus, aulia]

const pages = Object.entries(ANSWERS).filter(([route]) => route.startsWith('GET ') && !NO_PAGE.test(route))
const pathsOf = (person: Actor) => pages
  .filter(([, { allow }]) => (allow === 'everyone' ? PEOPLE : allow === 'anybody' ? [] : allow).includes(person))
  .map(([route, { at }]) => at ?? route.slice(4))

const access = suite('every page of every role')
let world: Live
access.before(async () => { world = await live(furnishedDatabase()) })
access.after(async () => {
  await world.stop()
  await closeBrowser()
})

// What another role has seen, tag by tag, needs no second judging: the content of a page by itself, the frame around it by
// itself. Its words count only in whether there are any.
const judged = new Set<string>()
const SHAPE = `(() => {
  const shape = (one) => one.tagName + '.' + one.className + [...one.attributes].map(({ name, value }) => ' ' + name + (/^(type|role|aria-|hidden|lang|tabindex)/.test(name) ? '=' + value : '')).join('')
    + (one.childElementCount ? '(' + [...one.children].map(shape).join() + ')' : one.textContent.trim() ? '*' : '')
  const [body, main] = [document.body.cloneNode(true), document.querySelector('main')]
  body.querySelector('main').textContent = ''
  return [shape(main), shape(body)]
})()`

async function seriousOn(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].target.join(' ') + ' ' + nodes[0].html.slice(0, 120)))`)
}

for (const person of WHO) {
  access(`is usable by a screen reader, and fits a phone: ${person.role}`, async () => {
    // The page's own policy lets no script in, so axe comes in past it.
    const page = await world.signIn(person, { viewport: { width: 360, height: 740 }, bypassCSP: true })
    const faults: string[] = []
    for (const path of pathsOf(person)) {
      const answer = await page.goto(path)
      assert.is(answer!.status(), 200, `${path}: ${answer!.status()}`)
      if (await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')) faults.push(`${path}: scrolls sideways`)
      const shapes = await page.evaluate<string[]>(SHAPE)
      if (shapes.some((shape) => !judged.has(shape))) faults.push(...(await seriousOn(page)).map((fault) => `${path}: ${fault}`))
      for (const shape of shapes) judged.add(shape)
    }
    assert.equal(faults, [])
    await page.context().close()
  })
}

access('is as usable before anybody has signed in', async () => {
  const context = await (await launchBrowser()).newContext({ baseURL: world.url, bypassCSP: true, viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  for (const path of ['/session', ...OPEN_PAGES]) {
    await page.goto(path)
    await page.evaluate(AXE)
    assert.equal(await page.evaluate('axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id))'), [], path)
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), path)
  }
})

access.run()
