import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moveStage } from '#app/households/moves.ts'
import { closePeriod, cutOffPeriod } from '#app/periods/planning.ts'
import { readRows, takeSnapshot } from '#app/periods/snapshot-work.ts'
import { periodsDone, turnPeriods } from '#app/periods/work.ts'
import { setAnswer } from '#app/questionnaire/record.ts'
import { system } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { snapshotChecks, snapshots } from '#db/schema/index.ts'
import { addDetermined, addPeriod, closeNow, deactivate, hashOf, noon, revise } from '#test/support/periods.ts'
import { keepDatabase } from '#test/support/process.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, as, BALECATUR, BANTUL, freshApp, freshDatabase, hadi, mega, PONCOSARI, prita, rina, siti, TRIMURTI } from '#test/support/world.ts'

const rowsOf = (db: Db, periodId: string) => readRows(db, db.select().from(snapshots).where(eq(snapshots.periodId, periodId)).get()!.id, '', 100)

const taking = suite('the snapshot at closing')

taking('holds every active determined household of the place, with what it was', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret', { regionCode: BANTUL })
  addDetermined(db, 'asep', { record: setAnswer(aRecord({ head: 'asep', household: { progPkh: true } }), 'members.1.memberPresence', 2) })
  addDetermined(db, 'ujang', { regionCode: TRIMURTI })
  addDetermined(db, 'nonaktif')
  deactivate(db, 'nonaktif')
  addHousehold(db, 'baru', { head: 'baru' })
  addDetermined(db, 'tetangga', { regionCode: BALECATUR })
  await closeNow(db, 'maret', '2026-03-25')
  assert.equal(rowsOf(db, 'maret').map(({ householdId, regionCode, version, memberCount, programmes }) => [householdId, regionCode, version, memberCount, programmes]),
    [['asep', PONCOSARI, 1, 1, ',pkh,'], ['ujang', TRIMURTI, 1, 2, '']])
  const { householdCount, memberCount, hash, status } = db.select().from(snapshots).get()!
  assert.equal([householdCount, memberCount, status, hash], [2, 3, 'ready', hashOf(rowsOf(db, 'maret'))])
})

taking('goes by what was last determined, not by what a new round or a prelist has begun', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  addDetermined(db, 'asep')
  addDetermined(db, 'ujang')
  revise(db, 'asep', (record) => setAnswer(record, 'household.address', 'Jl. Baru'), 'determination:b', noon('2026-02-01'))
  for (const id of ['asep', 'ujang']) as(db, system, (tx) => moveStage(tx, { id, stage: 'determined' }, 'listed'), noon('2026-02-10'))
  revise(db, 'asep', (record) => setAnswer(record, 'household.address', 'Dari prelist'), 'prelist:x', noon('2026-02-11'))
  revise(db, 'ujang', (record) => setAnswer(record, 'household.address', 'Dari prelist'), 'prelist:x', noon('2026-02-11'))
  await closeNow(db, 'maret', '2026-03-25')
  assert.equal(rowsOf(db, 'maret').map(({ householdId, version, address }) => [householdId, version, address]), [['asep', 2, 'Jl. Baru'], ['ujang', 1, 'Jl. Melati 4 RT 02']])
})

taking('does not change any more, whoever asks the database to', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  addDetermined(db, 'asep')
  await closeNow(db, 'maret', '2026-03-25')
  const refused = (sql: string) => assert.throws(() => db.$client.prepare(sql).run(), /does not change/)
  refused("UPDATE snapshot_rows SET head_name = 'lain'")
  refused('DELETE FROM snapshot_rows')
  refused("UPDATE snapshots SET hash = 'x'")
  refused('DELETE FROM snapshot_villages')
  refused("INSERT INTO snapshot_rows SELECT snapshot_id, 'z', region_code, version, member_count, desil, programmes, head_name, address FROM snapshot_rows")
})

taking('begun before a restart is taken anew, each household once', async () => {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  for (const id of ['asep', 'ujang', 'wati']) addDetermined(db, id)
  as(db, mega, (tx) => cutOffPeriod(tx, 'maret'), noon('2026-03-25'))
  const id = as(db, mega, (tx) => closePeriod(tx, 'maret'), noon('2026-03-25'))
  const half = db.$client.prepare("INSERT INTO snapshot_rows VALUES (?, ?, ?, 1, 1, NULL, '', 'separuh', '')")
  for (const household of ['asep', 'tidak-ada']) half.run(id, household, PONCOSARI)
  turnPeriods(db, new Date(noon('2026-03-25')))
  await periodsDone(db)
  assert.equal(rowsOf(db, 'maret').map(({ headName }) => headName), ['asep', 'ujang', 'wati'])
  assert.is(db.select().from(snapshots).get()!.householdCount, 3)
})

taking('shows one moment, though the registry goes on meanwhile', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'siks-snapshot-')), 'siks.db')
  freshWorldAt(path)
  const db = openDatabase(path)
  const id = as(db, mega, (tx) => closePeriod(tx, 'maret'), noon('2026-03-25'))
  const taken = takeSnapshot(db, id)
  await new Promise((resolve) => setImmediate(resolve))
  deactivate(db, 'zainal')
  revise(db, 'zainal', (record) => setAnswer(record, 'household.headName', 'Nama sesudahnya'))
  await taken
  assert.equal(rowsOf(db, 'maret').map(({ headName }) => headName), ['asep', 'zainal'])
})

function freshWorldAt(path: string) {
  const db = freshDatabase()
  addPeriod(db, 'maret')
  addDetermined(db, 'asep')
  addDetermined(db, 'zainal', { regionCode: TRIMURTI })
  as(db, mega, (tx) => cutOffPeriod(tx, 'maret'), noon('2026-03-25'))
  keepDatabase(db, dirname(path))
}

taking.run()

const reading = suite('the page of a snapshot')

async function closedWorld() {
  const world = freshApp()
  addPeriod(world.db, 'maret')
  addDetermined(world.db, 'asep')
  addDetermined(world.db, 'ujang', { regionCode: TRIMURTI })
  addDetermined(world.db, 'tetangga', { regionCode: BALECATUR })
  await closeNow(world.db, 'maret', '2026-03-25')
  return world
}

reading('counts per desa within the reader\'s own places', async () => {
  const { as: by } = await closedWorld()
  const text = await (await by(rina).get('/periods/maret/snapshot')).text()
  assert.match(text, /Poncosari/)
  assert.not.match(text, /Balecatur/)
  assert.match(await (await by(prita).get('/periods/maret/snapshot')).text(), /KAB. SLEMAN/)
  assert.match(await (await by(mega).get('/periods/maret/snapshot')).text(), /DAERAH ISTIMEWA YOGYAKARTA/)
  assert.match(await (await by(mega).get('/periods/maret/snapshot?region=34.04')).text(), /Balecatur/)
  assert.is((await by(rina).get('/periods/maret/snapshot?region=34.04')).status, 404)
  assert.is((await by(siti).get('/periods/maret/snapshot')).status, 403)
})

reading('tells how far it has come while it is taken, and then where it is', async () => {
  const { htmx, db } = freshApp()
  addPeriod(db, 'maret')
  addDetermined(db, 'asep')
  as(db, mega, (tx) => cutOffPeriod(tx, 'maret'), noon('2026-03-25'))
  as(db, mega, (tx) => closePeriod(tx, 'maret'), noon('2026-03-25'))
  db.update(snapshots).set({ total: 4, done: 1 }).run()
  const part = async () => (await htmx(rina).get('/periods/maret/snapshot')).text()
  assert.match(await part(), /^<div id="potret"[^>]*every 2s[\s\S]*25%/)
  turnPeriods(db, new Date(noon('2026-03-25')))
  await periodsDone(db)
  assert.match(await (await htmx(rina).get('/periods/maret')).text(), /^<div[^>]*id="potret"[\s\S]*Buka potret data/)
})

reading('has the hash taken again, once for one press of the button', async () => {
  const { as: by, db } = await closedWorld()
  const key = randomUUID()
  for (let time = 0; time < 2; time++) assert.is((await by(hadi).post('/periods/maret/snapshot/check', { key })).status, 303)
  await periodsDone(db)
  assert.is(db.select().from(snapshotChecks).all().length, 1)
  assert.match(await (await by(hadi).get('/periods/maret/snapshot')).text(), /Sidik sama dengan saat dipotret/)
  assert.ok(actions(db).includes('period.snapshot_checked'))
})

reading('sees a row that somebody changed behind the program\'s back', async () => {
  const { as: by, db } = await closedWorld()
  db.$client.exec("DROP TRIGGER snapshot_rows_no_update; UPDATE snapshot_rows SET member_count = 9 WHERE household_id = 'asep'")
  await by(mega).post('/periods/maret/snapshot/check', { key: randomUUID() })
  await periodsDone(db)
  assert.match(await (await by(mega).get('/periods/maret/snapshot')).text(), /tidak lagi sama dengan saat dipotret/)
})

reading.run()
