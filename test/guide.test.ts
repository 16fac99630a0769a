import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { guideFor } from '#app/guide/guide.ts'
import { agus, aulia, freshApp, hadi, oki, PEOPLE, rina, siti } from '#test/support/world.ts'

const guide = suite('the guide of one\'s own work')

guide('tells everybody of something, and leads nobody where he may not go', async () => {
  const { as } = freshApp()
  for (const person of PEOPLE) {
    const page = await (await as(person).get('/guide')).text()
    const links = guideFor(person).map(({ href }) => href)
    assert.ok(links.length > 0, person.id)
    for (const href of links) {
      assert.ok(page.includes(`href="${href}"`), `${person.id}: ${href}`)
      assert.is((await as(person).get(href)).status, 200, `${person.id}: ${href}`)
    }
  }
})

guide('tells each role of its own work and of nobody else\'s', () => {
  const codes = (person: typeof rina) => guideFor(person).map(({ code }) => code)
  assert.equal(codes(siti), ['musdes', 'phone', 'visit', 'proposals', 'rescue'])
  assert.ok(['musdes', 'certificates', 'reports', 'monthly'].every((code) => codes(oki).includes(code)))
  assert.ok(codes(rina).includes('prelist') && !codes(rina).includes('visit'))
  assert.equal(codes(aulia), ['exports', 'audit'])
  assert.ok(codes(hadi).includes('batches') && codes(agus).includes('users'))
})

guide('is reached from the foot of every page', async () => {
  assert.match(await (await freshApp().as(rina).get('/households')).text(), 'href="/guide"')
})

guide.run()
