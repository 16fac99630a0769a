import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ANSWERS } from '#test/support/answers.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { gluedWords, headlessTables } from '#test/support/plain-words.ts'
import { freshApp, PEOPLE } from '#test/support/world.ts'

const plain = suite('read in a text browser')

plain('words that run together are seen, those of a drawing or of one sentence are not', () => {
  assert.equal(gluedWords('<body><p><strong>Siti</strong><span>Petugas</span></p></main>'), ['Siti|Petugas'])
  assert.equal(gluedWords('<body><p hidden>a<b>b</b></p><p><a>Siti</a> <a>Tono</a>, <b>3</b>%</p><svg><text>a</text><text>b</text></svg><p>a</p><p>b</p></main>'), [])
})

plain('no page runs words together, and every table says what its columns are', async () => {
  const world = freshApp(furnishedDatabase())
  const bad: string[] = []
  let pages = 0
  for (const [route, { at, allow }] of Object.entries(ANSWERS).filter(([one]) => one.startsWith('GET '))) {
    const who = Array.isArray(allow) ? allow[0] : PEOPLE[0]
    if (!who) continue
    const answer = await world.as(who).get(at ?? route.slice(4))
    if (answer.status !== 200 || !answer.headers.get('Content-Type')?.includes('html')) continue
    const html = await answer.text()
    pages += 1
    bad.push(...[...gluedWords(html), ...headlessTables(html)].map((what) => `${route}: ${what}`))
  }
  assert.ok(pages > 100, `only ${pages} pages`)
  assert.equal(bad, [])
})

plain.run()
