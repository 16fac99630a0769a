import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { monthsUntil, readMonth } from '#app/monthly/monthly.ts'
import { addCertificate } from '#test/support/certificates.ts'
import { count } from '#test/support/dashboards.ts'
import { addProposal } from '#test/support/proposals.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, budi, eko, freshApp, GADINGSARI, nia, oki, rina, siti, TRIMURTI } from '#test/support/world.ts'

const monthly = suite('what an office reports each month')
const NOW = '2026-03-20T03:00:00.000Z'

function world() {
  const fresh = freshApp()
  const { db } = fresh
  for (const id of ['asep', 'ujang']) addHousehold(db, id)
  addHousehold(db, 'bejo', { regionCode: TRIMURTI })
  addHousehold(db, 'lilis', { stage: 'assigned', officer: siti })
  addProposal(db, { kind: 'deactivation', householdId: 'asep', on: '2026-03-01', reason: 'mampu' }, { id: 'gone', by: oki })
  addProposal(db, { kind: 'deactivation', householdId: 'bejo', on: '2026-03-01', reason: 'mampu' }, { id: 'elsewhere', by: rina })
  addCertificate(db)
  count(db)
  return fresh
}
const status = ({ db }: ReturnType<typeof world>, id: string, to: string, at: string) => db.$client.prepare('UPDATE proposals SET status = ?, status_at = ? WHERE id = ?').run(to, at, id)

monthly('counts usulan by the month they were sent in and by the month they were decided in, per place and together', () => {
  const here = world()
  status(here, 'gone', 'determined', '2026-04-02T03:00:00.000Z')
  const march = readMonth(here.db, rina, { region: '34.02.01', month: '2026-03' }, NOW)
  assert.equal(march.rows.map(({ name, proposed, accepted, letters }) => [name, proposed.ended, accepted, letters]), [['Poncosari', 1, 0, 2], ['Trimurti', 1, 0, 0]])
  assert.equal([march.total.proposed.ended, march.reasons], [2, []])
  const april = readMonth(here.db, rina, { region: '34.02.01', month: '2026-04' }, NOW)
  assert.equal([april.total.proposed.ended, april.total.accepted, april.reasons.map(({ label, n }) => [label, n])], [0, 1, [['Sudah mampu, tidak layak lagi', 1]]])
})

monthly('is headed, for whoever has several desa, by what they lie in together', async () => {
  const here = world()
  const officer = { ...budi, regions: ['34.02.01.2001', '34.02.01.2002'] }
  const { path, rows } = readMonth(here.db, officer, { region: '', month: '2026-03' }, NOW)
  assert.is(path.at(-1), 'Srandakan')
  assert.is(rows.length, 2)
})

monthly('is headed and signed as an office writes its place', async () => {
  const page = async (region: string) => (await world().as(rina).get(`/monthly?month=2026-03&region=${region}`)).text()
  assert.match(await page('34.02'), />Bantul, …+ 20…+</i)
  assert.match(await page('34.02.01'), />Kecamatan Srandakan</i)
})

monthly('begins and ends a month at midnight of the place', () => {
  const here = world()
  here.db.$client.prepare("UPDATE proposals SET proposed_at = '2026-02-28T17:30:00.000Z' WHERE id = 'gone'").run()
  here.db.$client.prepare("UPDATE proposals SET proposed_at = '2026-03-31T17:30:00.000Z' WHERE id = 'elsewhere'").run()
  const sent = (month: string) => readMonth(here.db, rina, { region: '', month }, NOW).total.proposed.ended
  assert.equal([sent('2026-02'), sent('2026-03'), sent('2026-04')], [0, 1, 1])
})

monthly('counts visits as the dashboard does, and leaves drafts out', () => {
  const here = world()
  addVisit(here.db, 'lilis', siti)
  count(here.db)
  status(here, 'gone', 'draft', '2026-03-02T03:00:00.000Z')
  const { visited, proposed } = readMonth(here.db, oki, { region: '', month: '2026-03' }, NOW).total
  assert.equal([visited, proposed.ended], [1, 0])
})

monthly('shows in the first days of a month the one before, and the year it belongs to', () => {
  const { db } = world()
  assert.is(readMonth(db, rina, { region: '', month: '' }, '2026-01-05T03:00:00.000Z').month, '2025-12')
  assert.is(readMonth(db, rina, { region: '', month: '' }, NOW).month, '2026-03')
  assert.equal(monthsUntil('2026-02-11').slice(0, 3), ['2026-02', '2026-01', '2025-12'])
})

monthly('is a sheet and a file of one\'s own places, each on record, and no field officer\'s', async () => {
  const { as } = world()
  assert.match(await (await as(budi).get('/monthly?month=2026-03')).text(), /Laporan pemutakhiran[\s\S]*Maret 2026[\s\S]*Jumlah/)
  const csv = await (await as(rina).get('/monthly/report.csv?month=2026-03&region=34.02.01')).text()
  assert.match(csv, /2026-03;34\.02\.01\.2001;Poncosari;0;0;0;0;1/)
  assert.is((await as(siti).get('/monthly')).status, 403)
  assert.is((await as(nia).get('/monthly?region=34.02')).status, 404)
  assert.is((await as(eko).get(`/monthly?region=${GADINGSARI}`)).status, 404)
  assert.is((await as(rina).get('/monthly?month=kemarin')).status, 422)
})

monthly.run()
