import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { judgePair, openPair } from '#app/backchecks/judging.ts'
import { discrepanciesOf } from '#app/backchecks/results.ts'
import { visitsOfRound } from '#app/backchecks/visits-of-round.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { backchecks, households, reviews } from '#db/schema/index.ts'
import { addRound, backcheckOf, LATER, revisit } from '#test/support/backchecks.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, as, BALECATUR, budi, freshApp, freshDatabase, oki, rina, siti } from '#test/support/world.ts'

const doubts = suite('a second visit that proves little')
const HERE = { latitude: -7.97131, longitude: 110.22171, accuracyM: 10, locatedAt: LATER }

// Siti's visit to Asep, approved by Budi, and Oki's second one with another floor.
function revisited(coordinate: { locatedAt?: string | null } = {}): Db {
  const db = freshDatabase()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  addVisit(db, 'asep', siti, { id: 'visit-asep' })
  db.insert(reviews).values({ id: randomUUID(), visitId: 'visit-asep', householdId: 'asep', visitRevision: 1, level: 1, outcome: 'approved', note: '', documents: {}, decidedBy: 'budi', decidedAt: LATER }).run()
  addRound(db, 'r')
  db.update(backchecks).set({ officerId: 'oki' }).run()
  revisit(db, oki, backcheckOf(db, 'asep').id, { floorType: '9' }, { coordinate: { ...HERE, ...coordinate } })
  return db
}
const pair = (db: Db, actor: Actor) => as(db, actor, (tx) => openPair(tx, backcheckOf(db, 'asep').id))
const judge = (db: Db, actor: Actor) => as(db, actor, (tx) =>
  judgePair(tx, backcheckOf(db, 'asep').id, { key: randomUUID(), revision: backcheckOf(db, 'asep').revision, verdicts: { floorType: 'changed' }, note: '' }), LATER)

doubts('is not excused by whoever let the first one through: Dinsos judges', async () => {
  const db = revisited()
  assert.throws(() => judge(db, budi), /Anda sendiri yang menyetujui kunjungan pertama/)
  const page = await (await freshApp(db).as(budi).get(`/backchecks/visits/${backcheckOf(db, 'asep').id}`)).text()
  assert.match(page, 'Dinsos yang menilai perbedaannya.')
  assert.not.match(page, 'Simpan penilaian')
  assert.ok(pair(db, rina).mayJudge)
  judge(db, rina)
})

doubts('is told where its point is the very one of the first, or was typed', async () => {
  const db = revisited()
  assert.is(pair(db, rina).doubt, undefined)
  db.$client.prepare("UPDATE visits SET latitude = ?, longitude = ? WHERE id = 'visit-asep'").run(HERE.latitude, HERE.longitude)
  assert.is(pair(db, rina).doubt, 'copied')
  assert.match(await (await freshApp(db).as(rina).get(`/backchecks/visits/${backcheckOf(db, 'asep').id}`)).text(), 'Titik kedua kunjungan sama persis')
  assert.is(pair(revisited({ locatedAt: null }), rina).doubt, 'typed')
})

doubts('names nobody to a kecamatan that the household has left', async () => {
  const db = revisited()
  const head = db.select({ name: households.headName }).from(households).get()!.name
  assert.is(pair(db, budi).household.headName, head)
  db.update(households).set({ regionCode: BALECATUR }).where(eq(households.id, 'asep')).run()
  const { household, answers } = pair(db, budi)
  assert.equal([household.headName, household.address, answers.some(({ item }) => item === 'memberNames')], ['Rumah tangga yang sudah pindah', null, false])
  assert.equal(visitsOfRound(db, budi, 'r').visits.map(({ headName }) => headName), ['Rumah tangga yang sudah pindah'])
  assert.equal(discrepanciesOf(db, budi, 'siti').latest.map(({ headName }) => headName), ['Rumah tangga yang sudah pindah'])
  const page = await (await freshApp(db).as(budi).get(`/backchecks/visits/${backcheckOf(db, 'asep').id}`)).text()
  assert.not.match(page, head)
  assert.not.match(page, 'Buka rumah tangga')
})

doubts.run()
