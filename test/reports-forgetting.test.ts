import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { forgetReporters } from '#app/reports/forgetting.ts'
import { escalateReports } from '#app/reports/escalation.ts'
import { setTerms } from '#app/reports/terms.ts'
import { reports } from '#db/schema/index.ts'
import type { Db } from '#db/connection.ts'
import { reportOf, sendReport } from '#test/support/reports.ts'
import { actions, agus, as, freshApp, freshDatabase, oki, rina } from '#test/support/world.ts'

const close = (db: Db, code: string, at: string) => db.update(reports).set({ status: 'closed', changedAt: at }).run() && reportOf(db, code)
const terms = { villageDays: 7, districtDays: 5, regencyDays: 7, waitDays: 14, source: 'SE Dinsos 1/2026' }
const forgetting = suite('the reporter of a closed report')

forgetting('is removed two years after the closing, with a line in the trail, and what was reported stays', async () => {
  const db = freshDatabase()
  const code = sendReport(db)
  const before = close(db, code, '2026-03-31T03:00:00.000Z')
  assert.is(await forgetReporters(db, new Date('2028-03-31T02:00:00.000Z')), 0)
  assert.is(await forgetReporters(db, new Date('2028-03-31T04:00:00.000Z')), 1)
  assert.is(await forgetReporters(db, new Date('2028-04-30T04:00:00.000Z')), 0)
  assert.equal(reportOf(db, code), { ...before, reporterName: '', reporterContact: '', reporterRemovedAt: '2028-03-31T04:00:00.000Z' })
  assert.equal(actions(db).filter((action) => action === 'report.reporter_removed').length, 1)
  assert.not.match(JSON.stringify(db.$client.prepare('SELECT * FROM audit_entries').all()), /Karto|0812/)
})

forgetting('is kept while the report is open', async () => {
  const db = freshDatabase()
  const code = sendReport(db)
  assert.is(await forgetReporters(db, new Date('2036-03-31T04:00:00.000Z')), 0)
  assert.is(reportOf(db, code).reporterName, 'Karto Wijoyo')
})

forgetting('counts in months that end on the last day of a shorter one', async () => {
  const db = freshDatabase()
  const code = sendReport(db)
  close(db, code, '2026-02-28T03:00:00.000Z')
  as(db, agus, (tx) => setTerms(tx, { ...terms, validFrom: '2026-03-02', retentionMonths: 1 }))
  assert.is(await forgetReporters(db, new Date('2026-03-28T02:00:00.000Z')), 0)
  assert.is(await forgetReporters(db, new Date('2026-03-31T04:00:00.000Z')), 1)
})

forgetting('follows the terms from the day they begin', async () => {
  const db = freshDatabase()
  const code = sendReport(db)
  close(db, code, '2026-03-03T03:00:00.000Z')
  as(db, agus, (tx) => setTerms(tx, { ...terms, validFrom: '2026-09-01', retentionMonths: 3 }))
  assert.is(await forgetReporters(db, new Date('2026-08-30T03:00:00.000Z')), 0)
  assert.is(await forgetReporters(db, new Date('2026-09-01T03:00:00.000Z')), 1)
})

forgetting('is said on the page of the report, and the administrator sets the months', async () => {
  const { db, as: by } = freshApp()
  const code = sendReport(db)
  await escalateReports(db, new Date('2026-03-03T03:00:00.000Z'))
  close(db, code, '2020-03-03T03:00:00.000Z')
  await forgetReporters(db)
  for (const person of [oki, rina]) {
    const page = await (await by(person).get(`/reports/${reportOf(db, code).id}`)).text()
    assert.match(page, /masa simpan sudah lewat/)
    assert.match(page, /Sudah punya toko besar/)
    assert.not.match(page, /Karto|0812-0000-1111/)
  }
  const form = { ...Object.fromEntries(Object.entries(terms).map(([name, value]) => [name, String(value)])), validFrom: '2126-01-01' }
  assert.is((await by(agus).post('/reports/settings/terms', { ...form, retentionMonths: '0' })).status, 422)
  assert.is((await by(agus).post('/reports/settings/terms', { ...form, retentionMonths: '36' })).status, 303)
  assert.match(await (await by(agus).get('/reports/settings')).text(), /36 bulan/)
})

forgetting.run()
