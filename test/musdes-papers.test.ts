import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FORMS } from '#app/monitoring/forms.ts'
import { as as inDb, BALECATUR, freshApp, nia, oki, PONCOSARI, rina, TRIMURTI, wawan, type Fields } from '#test/support/world.ts'
import { musdes } from '#db/schema/index.ts'

const papers = suite('the papers of a musdes')
const pdf = (text: string) => new File([`%PDF-1.4 ${text}`], `${text}.pdf`, { type: 'application/pdf' })
const meeting = (changes: Fields = {}): Fields => ({
  id: crypto.randomUUID(), regionCode: PONCOSARI, heldOn: '2026-03-01', startedAt: '09:00', endedAt: '11:30', place: 'Balai desa', chairName: 'Sutrisno', chairPosition: 'Lurah',
  minutesNumber: '140/12/III/2026', rwTotal: '5', rwInvited: '4', rwPresent: '3', rtTotal: '12', rtInvited: '10', rtPresent: '9', men: '14', women: '11', ...changes,
})

papers('begin with an empty attendance list of one\'s own desa, before there is a meeting to record', async () => {
  const { as } = freshApp()
  assert.match(await (await as(oki).get('/musdes')).text(), '/musdes/attendance-list')
  const paper = await (await as(oki).get(`/musdes/attendance-list?village=${BALECATUR}`)).text()
  assert.match(paper, /Kecamatan Srandakan[\s\S]*Poncosari[\s\S]*Daftar hadir musyawarah/)
  assert.not.match(paper, 'Balecatur')
  assert.is(paper.match(/class="blank-line"/g)!.length, 40)
  for (const person of [rina, wawan]) assert.is((await as(person).get('/musdes/attendance-list')).status, 403)
})

papers('take the signed attendance list with the meeting or later, beside the minutes, for whoever reads the meeting', async () => {
  const { as, db } = freshApp()
  const fields = meeting({ attendanceList: pdf('hadir') })
  assert.is((await as(oki).post('/musdes', fields)).status, 303)
  const page = () => as(rina).get(`/musdes/${String(fields.id)}`).then((answer) => answer.text())
  assert.match(await page(), /Daftar hadir yang ditandatangani[\s\S]*hadir\.pdf/)
  assert.is((await as(oki).post(`/musdes/${String(fields.id)}/papers`, { attendanceList: pdf('lanjutan') })).status, 303)
  const [link] = /\/files\/attachments\/[\w-]+/.exec((await page()).split('Daftar hadir yang')[1]!)!
  assert.is((await as(rina).get(link)).status, 200)
  assert.is((await as(nia).get(link)).status, 404)
  assert.is(inDb(db, oki, (tx) => tx.db.select().from(musdes).all()).length, 1)
})

papers('count the RW and RT there are, and refuse more invited than there are', async () => {
  const { as } = freshApp()
  const fields = meeting()
  await as(oki).post('/musdes', fields)
  assert.match(await (await as(oki).get(`/musdes/${String(fields.id)}/minutes`)).text(), /RW yang ada<\/dt><dd>5<\/dd>/)
  const refused = await as(oki).post('/musdes', meeting({ rwTotal: '3' }))
  assert.is(refused.status, 422)
  assert.match(await refused.text(), 'RW yang diundang lebih banyak dari yang ada')
  assert.is((await as(oki).post('/musdes', meeting({ rwTotal: '', rtTotal: '', regionCode: PONCOSARI }))).status, 303)
  assert.is((await as(oki).post('/musdes', meeting({ regionCode: TRIMURTI }))).status, 404)
})

papers('are asked for by the monitor, too: who came, when, and by which measures', () => {
  const labels = FORMS.musdes.questions.map(({ label }) => label).join('; ')
  for (const words of ['Jam mulai dan selesai', 'perempuan (RW)', 'Babinsa', 'Tokoh agama', 'Ukuran yang dipakai', 'Daftar hadir ditandatangani dan distempel']) assert.match(labels, words)
})

papers.run()
