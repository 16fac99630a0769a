import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countdownFor } from '#app/periods/countdown.ts'
import { listPeriods, periodAt, statusOf } from '#app/periods/periods.ts'
import { closeDuePeriods, closePeriod, cutOffPeriod, setOwnCutoff } from '#app/periods/planning.ts'
import { suggestPeriod } from '#app/periods/suggestion.ts'
import { periodsDone, turnPeriods } from '#app/periods/work.ts'
import { periodCutoffs, periods, snapshots } from '#db/schema/index.ts'
import { addPeriod, closeNow, noon, periodNamed } from '#test/support/periods.ts'
import { actions, as, BALECATUR, BANTUL, budi, freshApp, freshDatabase, hadi, mega, nia, oki, PONCOSARI, prita, rina, siti } from '#test/support/world.ts'

const APRIL = { opensOn: '2026-04-01', cutoffOn: '2026-04-20', closesOn: '2026-04-30' }
const fields = (given: Record<string, string> = {}) =>
  ({ id: randomUUID(), cadence: 'monthly', name: 'Desember 2126', opensOn: '2126-12-01', cutoffOn: '2126-12-20', closesOn: '2126-12-31', ...given })

const planning = suite('planning a period')

planning('is for the ministry alone', async () => {
  const { as: by, db } = freshApp()
  for (const person of [rina, hadi, prita, siti]) assert.is((await by(person).post('/periods', fields())).status, 403)
  assert.is((await by(mega).post('/periods', fields())).status, 303)
  assert.is(db.select().from(periods).all().length, 1)
})

planning('is one period however often the form comes, with its line in the trail', async () => {
  const { as: by, db } = freshApp()
  const form = fields()
  for (let time = 0; time < 2; time++) assert.is((await by(mega).post('/periods', form)).status, 303)
  assert.equal(actions(db).filter((action) => action.startsWith('period.')), ['period.planned'])
})

planning('names the field that is wrong, keeps what was typed, and changes nothing', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'maret', { opensOn: '2126-03-01', cutoffOn: '2126-03-20', closesOn: '2126-03-31' })
  const before = db.select().from(periods).all()
  const said = async (given: Record<string, string>, field: string, words: RegExp) => {
    const answer = await by(mega).post('/periods', fields(given))
    const text = await answer.text()
    assert.is(answer.status, 422)
    assert.match(text, words)
    assert.match(text, new RegExp(`id="f-${field}[^>]*aria-invalid|f-${field}-error`))
  }
  await said({ cutoffOn: '2126-11-30' }, 'cutoffOn', /tidak boleh sebelum hari buka/)
  await said({ closesOn: '2126-12-19' }, 'closesOn', /tidak boleh sebelum batas kirim/)
  await said({ opensOn: '2126-02-30' }, 'opensOn', /Isi tanggal yang benar/)
  await said({ opensOn: '2020-01-01', cutoffOn: '2020-01-20', closesOn: '2020-01-31' }, 'cutoffOn', /sudah lewat/)
  await said({ name: 'periode MARET' }, 'name', /sudah dipakai/)
  await said({ opensOn: '2126-03-31', cutoffOn: '2126-04-20', closesOn: '2126-04-30' }, 'opensOn', /Bertumpuk dengan periode Periode maret \(1 Maret 2126 sampai 31 Maret 2126\)/)
  await said({ opensOn: '2126-02-01', cutoffOn: '2126-02-20', closesOn: '2126-03-01' }, 'closesOn', /Bertumpuk/)
  await said({ region: '34' }, 'region', /Pilih kabupaten/)
  assert.equal(db.select().from(periods).all(), before)
})

planning('lets one follow on the day another was closed early, and a kabupaten have its own beside the country\'s', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  addPeriod(db, 'bantul', { regionCode: BANTUL })
  await closeNow(db, 'maret', '2026-03-10')
  addPeriod(db, 'berikut', { opensOn: '2026-03-10', on: '2026-03-10' })
  assert.is(db.select().from(periods).all().length, 3)
})

planning('suggests what follows, to the end of the month or quarter', () => {
  assert.equal(suggestPeriod('2026-03-31', '2026-03-15', 'monthly'), { cadence: 'monthly', opensOn: '2026-04-01', cutoffOn: '2026-04-23', closesOn: '2026-04-30' })
  assert.equal(suggestPeriod(undefined, '2026-11-24', 'quarterly').closesOn, '2026-12-31')
  assert.equal(suggestPeriod(undefined, '2026-11-28', 'monthly'), { cadence: 'monthly', opensOn: '2026-11-28', cutoffOn: '2026-11-28', closesOn: '2026-11-30' })
})

planning.run()

const standing = suite('where a period stands')

standing('follows its days in WIB, each of them still part of it', () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  const at = (day: string) => statusOf(periodNamed(db, 'maret'), day)
  assert.equal(['2026-02-28', '2026-03-01', '2026-03-20', '2026-03-21', '2026-03-31', '2026-04-01'].map(at), ['planned', 'open', 'open', 'cut_off', 'cut_off', 'closed'])
})

standing('follows the ministry\'s acts before the calendar does, in their order', () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  assert.throws(() => as(db, mega, (tx) => closePeriod(tx, 'maret'), noon('2026-03-05')), /Batas kirim belum lewat/)
  assert.throws(() => as(db, mega, (tx) => cutOffPeriod(tx, 'maret'), noon('2026-02-25')), /belum dibuka/)
  as(db, mega, (tx) => cutOffPeriod(tx, 'maret'), noon('2026-03-05'))
  assert.is(statusOf(periodNamed(db, 'maret'), '2026-03-05'), 'cut_off')
  for (let time = 0; time < 2; time++) as(db, mega, (tx) => closePeriod(tx, 'maret'), noon('2026-03-06'))
  assert.is(statusOf(periodNamed(db, 'maret'), '2026-03-06'), 'closed')
  assert.is(db.select().from(snapshots).all().length, 1)
})

standing('is closed by the calendar when nobody did', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  assert.is(closeDuePeriods(db, new Date(noon('2026-03-31'))), 0)
  turnPeriods(db, new Date('2026-03-31T17:30:00.000Z'))
  await periodsDone(db)
  assert.equal([periodNamed(db, 'maret').closedBy, db.select().from(snapshots).get()!.status], ['system', 'ready'])
})

standing('is not moved by Dinsos', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'maret')
  for (const act of ['cutting', 'closing']) assert.is((await by(rina).post(`/periods/maret/${act}`)).status, 403)
})

standing.run()

const counting = suite('the period that counts')

counting('is the kabupaten\'s own where it has one, the country\'s everywhere else', () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  addPeriod(db, 'april', { ...APRIL, on: '2026-03-01' })
  addPeriod(db, 'bantul', { regionCode: BANTUL, cutoffOn: '2026-03-10', closesOn: '2026-03-15' })
  const at = (code: string, day: string) => periodAt(db, code, day)?.id
  assert.equal([at(PONCOSARI, '2026-03-05'), at(BALECATUR, '2026-03-05'), at(BANTUL, '2026-03-12'), at(BALECATUR, '2026-03-21'), at('', '2026-03-02')],
    ['bantul', 'maret', 'april', 'april', 'maret'])
  assert.is(at(PONCOSARI, '2026-04-21'), undefined)
})

counting('goes by the earlier cut-off a kabupaten has set, for that kabupaten alone', () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  as(db, rina, (tx) => setOwnCutoff(tx, 'maret', '2026-03-15'), noon('2026-03-02'))
  assert.equal([periodAt(db, PONCOSARI, '2026-03-10')?.cutoffOn, periodAt(db, BALECATUR, '2026-03-10')?.cutoffOn], ['2026-03-15', '2026-03-20'])
  assert.is(periodAt(db, PONCOSARI, '2026-03-16'), undefined)
  as(db, rina, (tx) => setOwnCutoff(tx, 'maret', '2026-03-20'), noon('2026-03-03'))
  assert.is(periodAt(db, PONCOSARI, '2026-03-10')?.cutoffOn, '2026-03-20')
})

counting('keeps an own cut-off within its bounds, and from others', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'jauh', { opensOn: '2126-03-01', cutoffOn: '2126-03-20', closesOn: '2126-03-31' })
  addPeriod(db, 'lalu')
  const ask = (person: typeof rina, cutoffOn: string, id = 'jauh') => by(person).post(`/periods/${id}/own-cutoff`, { cutoffOn })
  for (const day of ['2126-03-21', '2126-02-28', 'besok']) {
    const answer = await ask(rina, day)
    assert.is(answer.status, 422)
    assert.match(await answer.text(), /f-cutoffOn/)
  }
  assert.is((await ask(rina, '2026-03-10', 'lalu')).status, 409)
  for (const person of [mega, hadi, prita, siti]) assert.is((await ask(person, '2126-03-10')).status, 403)
  assert.equal(db.select().from(periodCutoffs).all(), [])
  assert.is((await ask(rina, '2126-03-10')).status, 303)
})

counting('shows a kabupaten\'s own period to that kabupaten and those above it', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'bantul', { regionCode: BANTUL })
  for (const person of [rina, hadi, prita, mega]) assert.is((await by(person).get('/periods/bantul')).status, 200)
  assert.is((await by(nia).get('/periods/bantul')).status, 404)
  assert.is((await by(siti).get('/periods/bantul')).status, 403)
  assert.equal(listPeriods(db, nia, '2026-03-02'), [])
})

counting('counts the days down for those whose work must be through', () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  for (const person of [oki, budi, rina]) assert.equal(countdownFor(db, person, noon('2026-03-18')), { name: 'Periode maret', cutoffOn: '2026-03-20', days: 2 })
  for (const person of [siti, hadi, mega]) assert.is(countdownFor(db, person, noon('2026-03-18')), undefined)
})

counting('stands on the home page in one line', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'jauh', { opensOn: '2126-03-01', cutoffOn: '2126-03-20', closesOn: '2126-03-31' })
  assert.match(await (await by(oki).get('/')).text(), /Batas kirim periode Periode jauh: 20 Maret 2126/)
})

counting.run()
