import { existsSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { controlsOf, STANDARDS } from '#app/compliance/compliance.ts'
import { agus, aulia, freshApp, rina } from '#test/support/world.ts'

const all = [...STANDARDS.iso, ...STANDARDS.asvs]
const map = suite('the map of controls')

map('names every control of Annex A once', () => {
  const numbers = ([[5, 37], [6, 8], [7, 14], [8, 34]] as const).flatMap(([part, last]) => Array.from({ length: last }, (_, i) => `A.${part}.${i + 1}`))
  assert.equal(STANDARDS.iso.map(({ code }) => code), numbers)
})

map('names every section that level 2 of ASVS asks of', () => {
  const sections: [number, number[]][] = [[1, [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14]], [2, [1, 2, 3, 4, 5, 7, 8, 9, 10]], [3, [1, 2, 3, 4, 5, 7]], [4, [1, 2, 3]], [5, [1, 2, 3, 4, 5]], [6, [1, 2, 3, 4]],
    [7, [1, 2, 3, 4]], [8, [1, 2, 3]], [9, [1, 2]], [10, [2, 3]], [11, [1]], [12, [1, 2, 3, 4, 5, 6]], [13, [1, 2, 3, 4]], [14, [1, 2, 3, 4, 5]]]
  assert.equal(STANDARDS.asvs.map(({ code }) => code), sections.flatMap(([chapter, parts]) => parts.map((part) => `V${chapter}.${part}`)))
})

map('points at files that are there, and at tests that run', () => {
  const paths = [...new Set(all.flatMap(({ paths, tests }) => [...paths, ...tests]))]
  const there = (path: string) => existsSync(path) || existsSync(path.replace(/\.ts$/, '.tsx'))
  assert.equal(paths.filter((path) => !there(path)), [])
  const tests = [...new Set(all.flatMap(({ tests }) => tests))].map((path) => existsSync(path) ? path : path.replace(/\.ts$/, '.tsx'))
  assert.equal(tests.filter((path) => !/\.run\(\)/.test(readFileSync(path, 'utf8'))), [])
})

map('says met only with code or a test to show, and partly only with what is missing', () => {
  assert.equal(all.filter(({ state, tests }) => state === 'met' && tests.length === 0).map(({ code }) => code), [])
  assert.equal(all.filter(({ state, gap }) => (state === 'partly' || state === 'none') && !gap).map(({ code }) => code), [])
  assert.equal(all.filter(({ state, gap }) => state === 'met' && gap).map(({ code }) => code), [])
})

map('is read by auditor and administrator, on the page and as a table', async () => {
  const { as } = freshApp()
  for (const person of [agus, aulia]) {
    const page = await as(person).get('/compliance')
    const html = await page.text()
    assert.is(page.status, 200)
    for (const word of ['A.8.28', 'app/users/scope.ts', 'test/authority.test.ts', 'Kekurangan:']) assert.match(html, word)
    assert.match(await (await as(person).get('/compliance?standard=asvs&state=partly')).text(), 'antivirus')
  }
  const csv = await (await as(aulia).get('/compliance/table.csv?standard=asvs')).text()
  assert.is(csv.trim().split('\r\n').length, 1 + controlsOf('asvs').length)
  assert.is((await as(rina).get('/compliance')).status, 403)
})

map.run()
