import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { savedFilters } from '#db/schema/index.ts'
import { actions, addHousehold, agus, budi, freshApp, PONCOSARI, rina, siti, TRIMURTI, type Fields } from '#test/support/world.ts'

const key = () => crypto.randomUUID()

function world() {
  const fresh = freshApp()
  addHousehold(fresh.db, 'asep', { stage: 'assigned', officer: siti })
  const save = (actor: typeof rina, fields: Fields = {}) =>
    fresh.as(actor).post('/filters', { key: key(), list: 'households', name: 'Di petugas', query: 'stage=assigned&q=&after=7', ...fields })
  const kept = () => fresh.db.select().from(savedFilters).all()
  return { ...fresh, save, kept }
}

const keeping = suite('keeping a filter')

keeping('under a name, as a chip of its list, without the place one was at', async () => {
  const here = world()
  const answer = await here.save(rina)
  assert.equal([answer.status, answer.headers.get('Location')], [303, '/households?stage=assigned'])
  const page = await (await here.as(rina).get('/households?stage=assigned&q=&region=')).text()
  assert.match(page, /<a class="chip" href="\/households\?stage=assigned" aria-current="true">Di petugas<\/a>/)
  assert.match(page, 'Ubah &quot;Di petugas&quot;')
  assert.match(await (await here.as(rina).get('/households?stage=verified')).text(), 'Simpan saringan ini')
  assert.not.match(await (await here.as(budi).get('/households')).text(), 'class="chip"')
})

keeping('works on the queue and on the prelist of a desa', async () => {
  const here = world()
  await here.save(budi, { list: 'reviews', name: 'Bertanda', query: 'flags=yes' })
  assert.match(await (await here.as(budi).get('/reviews')).text(), '/reviews?flags=yes')
  await here.save(budi, { list: 'prelist', name: 'Poncosari', query: `village=${PONCOSARI}&stage=published` })
  assert.match(await (await here.as(budi).get(`/prelist/rows?village=${TRIMURTI}`)).text(), `/prelist/rows?stage=published&amp;village=${PONCOSARI}`)
})

keeping('is refused without a name, without a filter, under a name that is taken, and for a list one may not open', async () => {
  const here = world()
  await here.save(rina)
  assert.is((await here.save(rina, { name: ' ' })).status, 422)
  assert.is((await here.save(rina, { name: 'Semua', query: 'after=9&q=' })).status, 422)
  assert.is((await here.save(rina, { query: 'stage=verified' })).status, 422)
  assert.is((await here.save(rina, { list: 'bogus', name: 'x' })).status, 404)
  assert.is((await here.save(agus)).status, 403)
  assert.is((await here.save(siti, { list: 'reviews', name: 'x', query: 'flags=yes' })).status, 403)
  assert.is(here.kept().length, 1)
  assert.is((await here.save(budi)).status, 303)
})

keeping('does the same form sent twice once, and ends at twenty', async () => {
  const here = world()
  const form = { key: key() }
  for (let time = 0; time < 2; time += 1) assert.is((await here.save(rina, form)).status, 303)
  assert.is(here.kept().length, 1)
  for (let i = 0; i < 19; i += 1) await here.save(rina, { name: `Saringan ${i}` })
  assert.is((await here.save(rina, { name: 'Satu lagi' })).status, 409)
})

keeping('lets its maker alone rename and remove it', async () => {
  const here = world()
  await here.save(rina)
  await here.save(rina, { name: 'Lain', query: 'stage=verified' })
  const { id } = here.kept()[0]!
  assert.is((await here.as(budi).post(`/filters/${id}/name`, { name: 'Punya saya' })).status, 404)
  assert.is((await here.as(budi).post(`/filters/${id}/removal`)).status, 404)
  assert.is((await here.as(rina).post(`/filters/${id}/name`, { name: 'Lain' })).status, 422)
  await here.as(rina).post(`/filters/${id}/name`, { name: 'Sedang dikerjakan' })
  assert.equal(here.kept().map(({ name }) => name), ['Sedang dikerjakan', 'Lain'])
  await here.as(rina).post(`/filters/${id}/removal`)
  assert.equal(here.kept().map(({ name }) => name), ['Lain'])
  assert.equal(actions(here.db).slice(-2), ['filter.renamed', 'filter.removed'])
})

keeping.run()
