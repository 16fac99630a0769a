import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { periodAt, statusOf } from '#app/periods/periods.ts'
import { cutOffPeriod, setOwnCutoff } from '#app/periods/planning.ts'
import { revisePeriod, type Revision } from '#app/periods/revising.ts'
import { openLists } from '#app/rescue/building.ts'
import { periodCutoffs, rescueLists } from '#db/schema/index.ts'
import { addPeriod, noon, periodNamed, sendBatch, wayOf } from '#test/support/periods.ts'
import { actions, addHousehold, as, freshApp, freshDatabase, hadi, mega, PONCOSARI, rina } from '#test/support/world.ts'

const MARCH: Revision = { name: 'Periode maret', opensOn: '2026-03-01', cutoffOn: '2026-03-20', closesOn: '2026-03-31' }
const withPeriod = () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  return db
}
type Db = ReturnType<typeof freshDatabase>
const revise = (db: Db, change: Partial<Revision>, day = '2026-03-05') => as(db, mega, (tx) => revisePeriod(tx, 'maret', { ...MARCH, ...change }), noon(day))
const daysOf = (db: Db) => {
  const { opensOn, cutoffOn, closesOn } = periodNamed(db, 'maret')
  return [opensOn, cutoffOn, closesOn]
}

const revising = suite('changing a period')

revising('gives it another name and other days, with what was and what is in the trail, once', () => {
  const db = withPeriod()
  for (let time = 0; time < 2; time++) revise(db, { name: 'Maret 2026', cutoffOn: '2026-03-25' })
  assert.is(periodNamed(db, 'maret').name, 'Maret 2026')
  assert.equal(daysOf(db), ['2026-03-01', '2026-03-25', '2026-03-31'])
  assert.equal(actions(db).filter((action) => action === 'period.revised').length, 1)
})

revising('is refused from the day after the cut-off, however it came', () => {
  const db = withPeriod()
  assert.throws(() => revise(db, { cutoffOn: '2026-03-28' }, '2026-03-21'), /sudah lewat/)
  as(db, mega, (tx) => cutOffPeriod(tx, 'maret'), noon('2026-03-05'))
  assert.throws(() => revise(db, { cutoffOn: '2026-03-28' }), /sudah lewat/)
  assert.equal(daysOf(db), ['2026-03-01', '2026-03-20', '2026-03-31'])
})

revising('names the day that contradicts and changes nothing', () => {
  const db = withPeriod()
  addPeriod(db, 'april', { opensOn: '2026-04-01', cutoffOn: '2026-04-20', closesOn: '2026-04-30' })
  const fieldOf = (change: Partial<Revision>) => {
    try {
      revise(db, change)
    } catch (error) {
      return Object.keys((error as { fields: Record<string, string> }).fields)
    }
    return []
  }
  assert.equal(fieldOf({ cutoffOn: '2026-03-04' }), ['cutoffOn'])
  assert.equal(fieldOf({ closesOn: '2026-03-19' }), ['closesOn'])
  assert.equal(fieldOf({ closesOn: '2026-04-01' }), ['closesOn'])
  assert.equal(fieldOf({ opensOn: '2026-03-06' }), ['opensOn'])
  assert.equal(fieldOf({ opensOn: '2026-02-30' }), ['opensOn'])
  assert.equal(fieldOf({ name: 'periode APRIL' }), ['name'])
  assert.equal(daysOf(db), ['2026-03-01', '2026-03-20', '2026-03-31'])
  assert.not.ok(actions(db).includes('period.revised'))
})

revising('may move the opening while it has not come', () => {
  const db = withPeriod()
  revise(db, { opensOn: '2026-03-08' }, '2026-02-20')
  assert.is(statusOf(periodNamed(db, 'maret'), '2026-03-07'), 'planned')
})

revising('leaves every batch where it was filed, in time', async () => {
  const db = withPeriod()
  const batch = await sendBatch(db, ['asep'], { prepared: '2026-03-04' })
  revise(db, { cutoffOn: '2026-03-05', closesOn: '2026-03-10' })
  assert.equal(wayOf(db, batch), [['maret', null, 'in_time', 0]])
})

revising('lets an own cut-off stand while it is earlier, and ends it where it is not', () => {
  const db = withPeriod()
  as(db, rina, (tx) => setOwnCutoff(tx, 'maret', '2026-03-15'), noon('2026-03-02'))
  revise(db, { cutoffOn: '2026-03-18' })
  assert.is(periodAt(db, PONCOSARI, '2026-03-06')!.cutoffOn, '2026-03-15')
  revise(db, { cutoffOn: '2026-03-12' })
  assert.is(db.select().from(periodCutoffs).all().length, 0)
  assert.is(periodAt(db, PONCOSARI, '2026-03-06')!.cutoffOn, '2026-03-12')
})

revising('does not open after the own cut-off of a kabupaten', () => {
  const db = withPeriod()
  as(db, rina, (tx) => setOwnCutoff(tx, 'maret', '2026-03-03'), noon('2026-02-02'))
  assert.throws(() => revise(db, { opensOn: '2026-03-04' }, '2026-02-10'), /Periksa kembali/)
})

revising('is followed by the rescue list', () => {
  const db = withPeriod()
  addHousehold(db, 'asep')
  openLists(db, noon('2026-03-02'))
  revise(db, { name: 'Maret 2026', cutoffOn: '2026-03-25' })
  openLists(db, noon('2026-03-05'))
  assert.equal(db.select().from(rescueLists).all().map(({ periodName, cutoffOn }) => [periodName, cutoffOn]), [['Maret 2026', '2026-03-25']])
})

revising('is for the ministry, on a page that keeps what was typed', async () => {
  const { as: by, db } = freshApp()
  addPeriod(db, 'jauh', { opensOn: '2126-03-01', cutoffOn: '2126-03-20', closesOn: '2126-03-31' })
  const typed = { name: 'Maret 2126', opensOn: '2126-03-01', cutoffOn: '2126-02-20', closesOn: '2126-03-31' }
  for (const person of [rina, hadi]) assert.is((await by(person).post('/periods/jauh/revision', typed)).status, 403)
  assert.match(await (await by(mega).get('/periods/jauh')).text(), /Ubah nama dan hari/)
  assert.match(await (await by(mega).get('/periods/jauh/edit')).text(), /value="2126-03-20"/)
  const refused = await by(mega).post('/periods/jauh/revision', typed)
  assert.is(refused.status, 422)
  assert.match(await refused.text(), /value="2126-02-20"/)
  assert.is((await by(mega).post('/periods/jauh/revision', { ...typed, cutoffOn: '2126-03-22' })).status, 303)
  assert.is((await by(mega).post('/periods/tidak-ada/revision', { ...typed, cutoffOn: '2126-03-22' })).status, 404)
})

revising.run()
