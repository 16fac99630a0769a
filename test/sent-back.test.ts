import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withAges } from '#app/visits/answers.ts'
import { aRecord } from '#test/support/records.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, budi, freshApp, siti } from '#test/support/world.ts'

const back = suite('a visit from a phone that is sent back')

const BASE = '/field/asep/visits/kunjungan'
const NOTE = 'Lantai di foto adalah keramik'

async function sentBack(outcome: number) {
  const siks = freshApp()
  addHousehold(siks.db, 'asep', { stage: 'assigned', officer: siti })
  addVisit(siks.db, 'asep', siti, { id: 'kunjungan', outcome, photos: true, record: withAges(aRecord(), new Date().toISOString().slice(0, 10)) })
  const answer = await siks.as(budi).post('/reviews/kunjungan/return', { key: crypto.randomUUID(), revision: '1', level: '1', note: NOTE, 'remark.household.floorType': 'Foto ulang lantainya' })
  assert.is(answer.status, 303, await answer.text())
  return siks.as(siti)
}

const statesOf = (html: string) => [...html.slice(html.indexOf('class="steps"')).split('</nav>')[0]!.matchAll(/<li class="(\w+)"/g)].map(([, state]) => state)

back('has all its pages filled, and its people too', async () => {
  const officer = await sentBack(1)
  const page = await (await officer.get(`${BASE}/review`)).text()
  assert.not.ok(statesOf(page).includes('todo'), String(statesOf(page)))
  assert.match(await (await officer.get(`${BASE}/members`)).text(), /Lengkap/)
})

back('has no more filled than what is asked where nobody was met', async () => {
  const officer = await sentBack(2)
  assert.equal(statesOf(await (await officer.get(`${BASE}/photos`)).text()), ['done', 'current', 'todo'])
  await officer.post(`${BASE}/respondent`, { revision: '1', 'household.hasilVerivali': '1' })
  const states = statesOf(await (await officer.get(`${BASE}/photos`)).text())
  assert.equal(states.slice(1, 4), ['todo', 'todo', 'todo'])
})

back('says on its last page what the checker wrote, each remark at its question', async () => {
  const page = await (await (await sentBack(1)).get(`${BASE}/review`)).text()
  assert.match(page, new RegExp(NOTE))
  assert.match(page, /href="[^"]*\/housing#f-household-floorType">Foto ulang lantainya/)
  assert.match(page, /Kirim bila catatan pemeriksa sudah dikerjakan/)
})

back.run()
