import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eq } from 'drizzle-orm'
import { askList } from '#app/payments/lists.ts'
import { familyBenefit, membersOf } from '#app/pkh/families.ts'
import { benefitOf } from '#app/pkh/benefit.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import type { Db } from '#db/connection.ts'
import { payments, programmeSettings } from '#db/schema/index.ts'
import { addCouple, addPkh } from '#test/support/eligibility.ts'
import { addPaidPeriod, LIST, makeList, PERIOD } from '#test/support/payments.ts'
import { revise } from '#test/support/periods.ts'
import { as, BANTUL, freshDatabase, rina } from '#test/support/world.ts'

const worth = (db: Db, day: string, regency = BANTUL) => familyBenefit(db, 'asep', 1, day, rulesOn(db, day, regency))
const set = (db: Db, key: string, value: number, regionCode = BANTUL) =>
  db.insert(programmeSettings).values({ programme: 'pkh', key, regionCode, validFrom: '2026-01-01', value, source: 'uji', setBy: 'mega', setAt: '2026-01-01T00:00:00.000Z' }).run()

const instalments = suite('what PKH pays in a period')

const pupil = { pregnant: false, birthDate: '2009-04-01', schooling: 1, educationLevel: 7 }
async function paidFor(...stretches: [startsOn: string, endsOn: string][]): Promise<number[]> {
  const db = freshDatabase()
  addCouple(db, 'asep', { wife: pupil })
  addPkh(db, 'active', 'asep')
  for (const [i, [startsOn, endsOn]] of stretches.entries()) {
    addPaidPeriod(db, { id: `period-${i}`, programme: 'pkh', name: `Tahap ${i}`, startsOn, endsOn, cutoffOn: endsOn })
    await makeList(db, { periodId: `period-${i}`, id: `list-${i}` })
  }
  return db.select({ amount: payments.amount }).from(payments).orderBy(payments.listId).all().map(({ amount }) => amount)
}

instalments('is as many months of a year as the period has', async () => {
  assert.equal(await paidFor(['2026-01-01', '2026-03-31']), [500_000])
  assert.equal(await paidFor(['2026-01-01', '2026-06-30']), [1_000_000])
  assert.equal(await paidFor(['2026-07-01', '2026-07-31']), [166_666])
})

instalments('comes to the whole of a year to the rupiah, however the year is cut', async () => {
  const months = Array.from({ length: 12 }, (_, i): [string, string] => [`2026-${String(i + 1).padStart(2, '0')}-01`, `2026-${String(i + 1).padStart(2, '0')}-28`])
  assert.is((await paidFor(...months)).reduce((sum, amount) => sum + amount, 0), 2_000_000)
})

instalments('is never paid twice for one month', async () => {
  const db = freshDatabase()
  addPaidPeriod(db, { programme: 'pkh', regionCode: '', startsOn: '2026-01-01', endsOn: '2026-03-15' })
  addPaidPeriod(db, { id: 'own', programme: 'pkh', name: 'Tahap II', startsOn: '2026-03-16', endsOn: '2026-06-30' })
  await makeList(db)
  assert.throws(() => as(db, rina, (tx) => askList(tx, { id: `${LIST.slice(0, -1)}9`, periodId: 'own', regionCode: BANTUL })), /tidak disalurkan dua kali/)
  assert.is(PERIOD.length, 36)
})

const values = suite('what a kabupaten has set for PKH')

values('holds for its families and for nobody else’s', async () => {
  const db = freshDatabase()
  addCouple(db, 'asep', { wife: pupil })
  addPkh(db, 'active', 'asep')
  set(db, 'amount.sma', 2_400_000)
  assert.equal([worth(db, '2026-03-02'), worth(db, '2026-03-02', '34.04')], [2_400_000, 2_000_000])
  addPaidPeriod(db, { programme: 'pkh' })
  await makeList(db)
  assert.is(db.select().from(payments).get()!.amount, 600_000)
})

const pregnancies = suite('a pregnancy')

const mother = (presence: { pregnant: boolean }) => (record: Parameters<Parameters<typeof revise>[2]>[0]) => ({ ...record, members: record.members.map((one) => one.memberSeq === 2 ? { ...one, ...presence } : one) })

pregnancies('counts for nine months after it was told, and says then that the data are old', () => {
  const db = freshDatabase()
  addCouple(db, 'asep', { wife: { pregnant: false } })
  revise(db, 'asep', mother({ pregnant: true }), 'determination:z', '2026-01-10T03:00:00.000Z')
  assert.equal([worth(db, '2026-10-09'), worth(db, '2026-10-10')], [3_000_000, 0])
  const why = benefitOf(membersOf(db, 'asep', 1), '2026-10-10', rulesOn(db, '2026-10-10', BANTUL)).members.map((one) => one.why)
  assert.equal(why, ['no_component', 'pregnancy_over'])
  set(db, 'pregnancy.months', 12)
  assert.is(worth(db, '2026-10-10'), 3_000_000)
})

pregnancies('begins anew with another one, or with a visit that finds her pregnant; other changes do not lengthen it', () => {
  const db = freshDatabase()
  addCouple(db, 'asep', { wife: { pregnant: false } })
  revise(db, 'asep', mother({ pregnant: true }), 'determination:z', '2026-01-10T03:00:00.000Z')
  revise(db, 'asep', (record) => ({ ...record, household: { ...record.household, address: 'Jl. Lain 1' } }), 'determination:a', '2026-09-01T03:00:00.000Z')
  assert.is(worth(db, '2026-10-10'), 0)
  revise(db, 'asep', (record) => ({ ...record, household: { ...record.household, visitDate: '2026-10-01' } }), 'determination:b', '2026-11-01T03:00:00.000Z')
  assert.equal([worth(db, '2027-06-30'), worth(db, '2027-07-01')], [3_000_000, 0])
  revise(db, 'asep', mother({ pregnant: false }), 'determination:c', '2026-11-02T03:00:00.000Z')
  assert.is(worth(db, '2026-12-01'), 0)
  revise(db, 'asep', mother({ pregnant: true }), 'determination:d', '2027-12-01T03:00:00.000Z')
  assert.equal([worth(db, '2028-08-31'), worth(db, '2028-09-01')], [3_000_000, 0])
  assert.is(db.select().from(programmeSettings).where(eq(programmeSettings.key, 'pregnancy.months')).all().length, 1)
})

instalments.run()
values.run()
pregnancies.run()
