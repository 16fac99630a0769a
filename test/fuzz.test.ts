import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fuzz } from '#test/support/fuzz-run.ts'
import { collectForms, furnished } from '#test/support/fuzzing.ts'
import { freshApp, nia, rina, routesOf } from '#test/support/world.ts'

const test = suite('bad input')

test('of every kind, at every address, is refused or taken, never broken on, and what is refused changes nothing', async () => {
  const { tried, refused, faults } = await fuzz(1600, 20261129)
  assert.equal(faults, [])
  assert.ok(refused > tried / 2, `${refused} of ${tried} refused`)
})

test('is tried on the forms that people see', async () => {
  const world = furnished()
  const forms = await collectForms(world)
  assert.ok(forms.length > 80, `${forms.length} forms`)
  assert.ok(forms.some(({ action, fields }) => action === '/proposals' || fields.some(([name]) => name === 'note')))
  assert.ok(routesOf(world.app).length > 300)
})

test('a form that broke off on its way is the sender’s to send again, and says so', async () => {
  const { as } = freshApp()
  const answer = await as(rina).send('/users', { method: 'POST', headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, body: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' })
  assert.ok([403, 422].includes(answer.status), `${answer.status}`)
  const reason = await as(rina).send('/proposals', { method: 'POST', headers: { 'Content-Type': 'multipart/form-data' }, body: 'a=1' })
  assert.is(reason.status, 422)
})

test('a file in the place of a region is no region', async () => {
  const { as } = freshApp()
  const answer = await as(nia).post('/matching', { key: '00000000-0000-4000-8000-000000000001', region: new File(['x'], 'a.jpg'), method: 'file' })
  assert.ok(answer.status === 422 || answer.status < 400, `${answer.status}`)
})

test('a table of a place that is nobody’s is refused before its first line', async () => {
  const { as } = freshApp()
  assert.is((await as(nia).get('/monitoring/list.csv?region=%F0%9F%98%80')).status, 404)
})

test('a word that every object knows is no name of a list', async () => {
  const { as } = freshApp()
  for (const list of ['constructor', 'toString', '__proto__']) {
    const { status } = await as(nia).post('/filters', { key: '00000000-0000-4000-8000-000000000001', list, name: 'x', query: 'stage=assigned' })
    assert.ok([404, 422].includes(status), `${list} ${status}`)
  }
})

test('a file at an address that nobody would type is not there', async () => {
  const { as } = freshApp()
  for (const path of ['a%20b', 'a%0d%0aSet-Cookie:%20x=1', '%F0%9F%98%80', 'a%00b']) {
    const { status } = await as(nia).get(`/files/visits/${path}/F-KTP`)
    assert.ok(status === 303 || status === 404, `${path} ${status}`)
  }
})

test.run()
