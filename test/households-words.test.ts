import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listHouseholds, officersIn, type Filter } from '#app/households/households.ts'
import { gatherSome } from '#app/households/words-gathering.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, freshApp, freshDatabase, mega, nia, PONCOSARI, rina, SRANDAKAN } from '#test/support/world.ts'
import type { Db } from '#db/connection.ts'

const names = (db: Db, filter: Partial<Filter>) => listHouseholds(db, rina, { q: '', region: '', ...filter }).households.map(({ headName }) => headName)

const words = suite('words of the search')

words('finds the same by how words begin, before all words are known and after', () => {
  const db = freshDatabase()
  const heads = ['Wahyuni', 'Wahyu Blok2a', 'Wahyudin', 'Wahyono', 'Wahid', ...Array.from({ length: 12 }, (_, i) => `Wahyu${'abcdefghijkl'[i]}mi`)]
  for (const [i, head] of heads.entries()) addHousehold(db, `p${i}`, { record: aRecord({ head, serial: 300 + i }) })
  const asked = ['wahy', 'wahyun', 'wahyuni', 'wahyud', 'blok', 'blok2', 'WAHYÚNI', 'wahx', 'wah', 'wahyu blok', 'wahyuni p']
  const before = asked.map((q) => names(db, { q }))
  while (gatherSome(db, '2026-03-02T00:00:00.000Z'));
  assert.equal(asked.map((q) => names(db, { q })), before)
  assert.equal(before.map((found) => found.length), [16, 1, 1, 2, 1, 1, 1, 0, 17, 1, 1])
})

words('finds a word that came after all were known', () => {
  const db = freshDatabase()
  while (gatherSome(db, '2026-03-02T00:00:00.000Z'));
  addHousehold(db, 'esti', { record: aRecord({ head: 'Esti Wahyuningsih', serial: 340 }) })
  assert.equal(names(db, { q: 'wahyuni' }), ['Esti Wahyuningsih'])
})

words('learns a word again whose first writing was undone', () => {
  const db = freshDatabase()
  while (gatherSome(db, '2026-03-02T00:00:00.000Z'));
  const add = (id: string, serial: number) => addHousehold(db, id, { record: aRecord({ head: 'Esti Wahyuningsih', serial }) })
  db.$client.exec('BEGIN')
  for (const serial of [341, 342, 343]) add(`u${serial}`, serial)
  db.$client.exec('ROLLBACK')
  add('esti', 344)
  assert.equal(names(db, { q: 'wahyuni' }), ['Esti Wahyuningsih'])
})

words('finds a neighbourhood however its number is written, here and in the address', () => {
  const db = freshDatabase()
  const addAt = (head: string, address: string) => addHousehold(db, head, { record: aRecord({ head, address }) })
  addAt('Esti', 'Ngentak RT 3')
  addAt('Fajar', 'Ngentak RT.003/RW.012')
  addAt('Gito', 'Ngentak RT03 RW12')
  addAt('Hadi', 'Ngentak RT 13')
  for (const q of ['ngentak rt 3', 'Ngentak RT 03', 'ngentak rt003', 'RT.03 Ngentak']) assert.equal(names(db, { q }), ['Esti', 'Fajar', 'Gito'], q)
  assert.equal([names(db, { q: 'ngentak rt 13' }), names(db, { q: 'ngentak rw 12' }), names(db, { q: 'Ngentak RT' })], [['Hadi'], ['Fajar', 'Gito'], ['Esti', 'Fajar', 'Gito', 'Hadi']])
})

const officers = suite('officers to choose from')

function crowded() {
  const app = freshApp()
  const user = app.db.$client.prepare("INSERT INTO users (id, username, name, role, password_hash, status, created_at) VALUES (?, ?, ?, 'enumerator', '', 'active', '2026-01-01')")
  const place = app.db.$client.prepare('INSERT INTO user_regions (user_id, region_code) VALUES (?, ?)')
  for (let i = 0; i < 301; i += 1) {
    user.run(`t${i}`, `t${i}`, `Tambahan ${i}`)
    place.run(`t${i}`, i < 5 ? PONCOSARI : '34.02.03.2001')
  }
  return app
}
const known = (db: Db, region: string, officer?: string) => officersIn(db, rina, { region, officer })?.map(({ name }) => name)

officers('are all of a place, as long as they are few enough to be looked through', () => {
  const { db } = crowded()
  assert.is(known(db, ''), undefined)
  assert.ok(known(db, SRANDAKAN)!.includes('Siti Rahayu'))
  assert.is(known(db, PONCOSARI)!.filter((name) => name.startsWith('Tambahan')).length, 5)
  assert.is(officersIn(db, mega, { region: '' }), null)
})

officers('that are chosen stay chosen among too many, and those of elsewhere have no name', () => {
  const { db } = crowded()
  assert.equal(known(db, '', 'siti'), ['Siti Rahayu'])
  assert.equal(officersIn(db, nia, { region: '', officer: 'siti' })!.some(({ id }) => id === 'siti'), false)
})

officers('too many to choose from are asked for by a smaller place, on the page itself', async () => {
  const { as: on } = crowded()
  assert.match(await (await on(rina).get('/households')).text(), 'Pilih kecamatan atau desa dahulu')
  const narrow = await (await on(rina).get(`/households?region=${PONCOSARI}`)).text()
  assert.not.match(narrow, 'Pilih kecamatan atau desa dahulu')
  assert.match(narrow, '<option value="siti">')
})

words.run()
officers.run()
