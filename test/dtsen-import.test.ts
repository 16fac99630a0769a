import ExcelJS from 'exceljs'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { desilOf } from '#app/dtsen/desil.ts'
import { resumeSnapshots, snapshotsDone } from '#app/dtsen/snapshot-work.ts'
import type { Db } from '#db/connection.ts'
import { dtsenErrors, dtsenRows, dtsenSnapshots, householdDesil } from '#db/schema/index.ts'
import { desilCsv, importDesil, kkOf, nikOf, readDesil, snapshotForm } from '#test/support/desil.ts'
import { aRecord } from '#test/support/records.ts'
import {
  actions, addHousehold, as as acting, BALECATUR, BANTUL, budi, freshApp, GADINGSARI, mega, nia, PONCOSARI, rina, siti, TRIMURTI,
} from '#test/support/world.ts'

const imports = suite('imports of desil')

const found = (db: Db, id: string) => db.select().from(dtsenSnapshots).where(eq(dtsenSnapshots.id, id)).get()!
const countsOf = (db: Db, id: string) => {
  const { rowCount, matchedCount, nikCount, unmatchedCount, errorCount } = found(db, id)
  return { rows: rowCount, matched: matchedCount, nik: nikCount, unmatched: unmatchedCount, wrong: errorCount }
}
const errorsOf = (db: Db, id: string) => db.select().from(dtsenErrors).where(eq(dtsenErrors.snapshotId, id)).all().map(({ position, column }) => `${position} ${column}`)

// Asep in Poncosari, Bayu in Trimurti, Made in Sleman.
function world() {
  const app = freshApp()
  addHousehold(app.db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 1 }) })
  addHousehold(app.db, 'bayu', { regionCode: TRIMURTI, record: aRecord({ head: 'Bayu Wicaksono', serial: 2 }) })
  addHousehold(app.db, 'made', { regionCode: BALECATUR, record: aRecord({ head: 'Made Artana', serial: 3 }) })
  return app
}

imports('are for Dinsos in its own kabupaten and for the ministry everywhere', async () => {
  const { db, as } = world()
  const form = () => snapshotForm(desilCsv([{ kk: kkOf(1), desil: 2 }]))
  assert.is((await as(siti).post('/dtsen/snapshots', form())).status, 403)
  assert.is((await as(budi).get('/dtsen/snapshots')).status, 403)
  assert.is((await as(nia).post('/dtsen/snapshots', form())).status, 404)
  assert.is(db.select().from(dtsenSnapshots).all().length, 0)
  assert.is((await as(mega).post('/dtsen/snapshots', { ...form(), region: '' })).status, 303)
  await snapshotsDone(db)
})

imports('tell what they found and change nothing before they are confirmed', async () => {
  const app = world()
  const id = await readDesil(app, [
    { kk: kkOf(1), desil: 2 }, { kk: kkOf(77), nik: nikOf(2), desil: 4 }, { kk: kkOf(78), desil: 1, region: GADINGSARI, id: 'K-78' },
    { kk: '99020115031', desil: 3 }, { kk: kkOf(79), desil: 11 }, { kk: kkOf(1), desil: 5 }, { kk: kkOf(80), nik: '123', desil: 5 },
    { kk: kkOf(81), desil: 5, region: BALECATUR }, { kk: '9,90201E+15', desil: 5 },
  ])
  assert.equal(countsOf(app.db, id), { rows: 3, matched: 2, nik: 1, unmatched: 1, wrong: 6 })
  assert.equal(errorsOf(app.db, id), ['5 no_kk', '6 desil', '7 no_kk', '8 nik_kepala', '9 kode_wilayah', '10 no_kk'])
  assert.is(found(app.db, id).status, 'previewed')
  assert.equal(desilOf(app.db, 'asep'), [])
  assert.match(await (await app.as(rina).get(`/dtsen/snapshots/${id}`)).text(), /Konfirmasi potret v1/)
  const report = await (await app.as(rina).get(`/dtsen/snapshots/${id}/errors.csv`)).text()
  assert.match(report, /9;kode_wilayah;34.04.01.2001;Desa\/kelurahan ini di luar wilayah/)
  assert.not.match(report, new RegExp(kkOf(1)), 'numbers of families are masked')
  assert.ok(actions(app.db).includes('dtsen.errors_downloaded'))
})

imports('put the desil in effect once they are confirmed, and confirming twice is once', async () => {
  const app = world()
  const id = await importDesil(app, [{ kk: kkOf(1), desil: 2 }, { kk: kkOf(77), nik: nikOf(2), desil: 4 }])
  assert.is((await app.as(rina).post(`/dtsen/snapshots/${id}/confirmation`)).status, 303)
  assert.is(found(app.db, id).status, 'applied')
  assert.equal([desilOf(app.db, 'asep')[0]!.desil, desilOf(app.db, 'bayu')[0]!.desil], [2, 4])
  assert.equal(app.db.select({ id: householdDesil.householdId, desil: householdDesil.desil }).from(householdDesil).all(), [{ id: 'asep', desil: 2 }, { id: 'bayu', desil: 4 }])
  assert.is(actions(app.db).filter((action) => action === 'dtsen.confirmed').length, 1)
})

imports('do not take the family of a grown child for that of the parents', async () => {
  const app = world()
  const wife = aRecord({ serial: 2 }).members[1]!.nik as string
  const id = await readDesil(app, [{ kk: kkOf(90), nik: wife, desil: 1 }])
  assert.equal(countsOf(app.db, id), { rows: 1, matched: 0, nik: 0, unmatched: 1, wrong: 0 })
})

imports('tell nobody who is registered in another kabupaten', async () => {
  const app = world()
  const id = await importDesil(app, [{ kk: kkOf(3), nik: nikOf(3), desil: 1 }])
  assert.is(countsOf(app.db, id).unmatched, 1)
  assert.equal(desilOf(app.db, 'made'), [])
  const national = await importDesil(app, [{ kk: kkOf(3), desil: 6 }], { region: '', label: 'v9', effectiveOn: '2026-02-01' }, mega)
  assert.is(countsOf(app.db, national).matched, 1)
  assert.is(desilOf(app.db, 'made')[0]!.desil, 6)
})

imports('of the same file again lead to the one before and change nothing', async () => {
  const app = world()
  const first = await importDesil(app, [{ kk: kkOf(1), desil: 2 }])
  const before = actions(app.db).length
  assert.is(await readDesil(app, [{ kk: kkOf(1), desil: 2 }]), first)
  assert.is(actions(app.db).length, before)
  assert.is(app.db.select().from(dtsenSnapshots).all().length, 1)
})

imports('are read-only once they are confirmed, for the database itself', async () => {
  const app = world()
  const id = await importDesil(app, [{ kk: kkOf(1), desil: 2 }])
  for (const sql of ['UPDATE dtsen_rows SET desil = 1', 'DELETE FROM dtsen_rows', "UPDATE dtsen_snapshots SET label = 'v7'", 'DELETE FROM dtsen_snapshots',
    "UPDATE dtsen_snapshots SET status = 'discarded'", `INSERT INTO dtsen_rows (snapshot_id, position, kk_number, desil, region_code, match) VALUES ('${id}', 99, '1', 1, '34', 'none')`]) {
    assert.throws(() => app.db.$client.exec(sql), /read-only/, sql)
  }
  assert.is((await app.as(rina).post(`/dtsen/snapshots/${id}/discard`)).status, 409)
  const again = await app.as(rina).post('/dtsen/snapshots', snapshotForm(desilCsv([{ kk: kkOf(1), desil: 9 }])))
  assert.is(again.status, 422)
  assert.match(await again.text(), /v1 untuk wilayah ini sudah ada/)
})

imports('that are discarded leave nothing', async () => {
  const app = world()
  const id = await readDesil(app, [{ kk: kkOf(1), desil: 2 }, { kk: 'x', desil: 2 }])
  await app.as(rina).post(`/dtsen/snapshots/${id}/discard`)
  await snapshotsDone(app.db)
  assert.equal([app.db.select().from(dtsenRows).all(), app.db.select().from(dtsenErrors).all()], [[], []])
  assert.is((await app.as(rina).post(`/dtsen/snapshots/${id}/confirmation`)).status, 409)
})

imports('name the field that is wrong and keep what was typed', async () => {
  const { db, as } = world()
  const response = await as(rina).post('/dtsen/snapshots', snapshotForm(desilCsv([]), { label: 'tiga', source: 'BAST 12' }))
  const page = await response.text()
  assert.is(response.status, 422)
  assert.match(page, /Tulis versinya seperti v1/)
  assert.match(page, /value="BAST 12"/)
  assert.is((await as(rina).post('/dtsen/snapshots', snapshotForm(desilCsv([]), { effectiveOn: '2099-01-01' }))).status, 422)
  assert.is(db.select().from(dtsenSnapshots).all().length, 0)
})

imports('of a file without the needed columns fail and say which', async () => {
  const app = world()
  const response = await app.as(rina).post('/dtsen/snapshots', snapshotForm('nama;nilai\nAsep;2\n'))
  await snapshotsDone(app.db)
  const { status, message } = app.db.select().from(dtsenSnapshots).get()!
  assert.is(response.status, 303)
  assert.is(status, 'failed')
  assert.match(message!, /no_kk dan desil/)
})

imports('read a workbook too', async () => {
  const app = world()
  const book = new ExcelJS.Workbook()
  book.addWorksheet('Desil').addRows([['No KK', 'Desil', 'Kode Wilayah'], [kkOf(1), 3, PONCOSARI.replaceAll('.', '')], [kkOf(60), 10, PONCOSARI]])
  const response = await app.as(rina).post('/dtsen/snapshots', snapshotForm(new Uint8Array(await book.xlsx.writeBuffer())))
  await snapshotsDone(app.db)
  assert.equal(countsOf(app.db, response.headers.get('Location')!.split('/').at(-1)!), { rows: 2, matched: 1, nik: 0, unmatched: 1, wrong: 0 })
})

imports('broken off by a restart go on: a half read file from its beginning, a confirmed one where it stopped', async () => {
  const app = world()
  const id = await readDesil(app, [{ kk: kkOf(1), desil: 2 }, { kk: kkOf(2), desil: 3 }])
  app.db.$client.exec(`UPDATE dtsen_snapshots SET status = 'reading'`)
  resumeSnapshots(app.db, app.dataDirectory)
  await snapshotsDone(app.db)
  assert.equal(countsOf(app.db, id), { rows: 2, matched: 2, nik: 0, unmatched: 0, wrong: 0 })

  acting(app.db, rina, (tx) => tx.db.$client.exec(`UPDATE dtsen_snapshots SET status = 'applying', confirmed_at = '2026-03-01T00:00:00.000Z', confirmed_by = 'rina'`))
  app.db.$client.exec(`INSERT INTO dtsen_effective VALUES ('${BANTUL}', '${id}')`)
  app.db.$client.exec("CREATE TRIGGER fault BEFORE INSERT ON household_desil BEGIN SELECT raise(ABORT, 'fault'); END")
  const { error } = console
  console.error = () => undefined
  resumeSnapshots(app.db, app.dataDirectory)
  await snapshotsDone(app.db)
  console.error = error
  assert.match(await (await app.as(rina).get(`/dtsen/snapshots/${id}`)).text(), /potret ini terhenti/)
  app.db.$client.exec('DROP TRIGGER fault')
  resumeSnapshots(app.db, app.dataDirectory)
  await snapshotsDone(app.db)
  assert.is(found(app.db, id).status, 'applied')
  assert.is(app.db.select().from(householdDesil).all().length, 2)
})

imports.run()
