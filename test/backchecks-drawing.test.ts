import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { drawing, drawingsDone, resumeDrawings } from '#app/backchecks/drawing.ts'
import { askDrawing, endRound, getRound, planRound } from '#app/backchecks/rounds.ts'
import type { Db } from '#db/connection.ts'
import { backcheckFrame, backchecks } from '#db/schema/index.ts'
import { aRound, addRound, drawNow, LATER } from '#test/support/backchecks.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, as, freshApp, freshDatabase, rina, siti, tono } from '#test/support/world.ts'

// Six visits of Siti and two of Tono.
function world(): Db {
  const db = freshDatabase()
  for (const [id, officer] of [['a', siti], ['b', siti], ['c', siti], ['d', siti], ['e', siti], ['f', siti], ['g', tono], ['h', tono]] as const) {
    addHousehold(db, id, { stage: 'assigned', officer })
    addVisit(db, id, officer, { id: `visit-${id}` })
  }
  return db
}

const rounds = suite('a drawing')

rounds('is drawn behind the request: cut off anywhere and begun again, the same frame and seed give the same visits', () => {
  const plain = world()
  addRound(plain, 'r', { size: 40 })
  const outcome = (db: Db) => [getRound({ db, actor: rina }, 'r').frameHash, db.select().from(backchecks).all().map(({ id, visitId, officerId }) => [id, visitId, officerId]), db.select().from(backcheckFrame).all()]
  for (let cut = 1; cut < 12; cut += 1) {
    const db = world()
    as(db, rina, (tx) => planRound(tx, aRound(db, 'r', { size: 40 })), LATER)
    as(db, rina, (tx) => askDrawing(tx, 'r', { key: randomUUID() }), LATER)
    const begun = drawing(db, 'r', { makeSeed: () => 'benih' })
    for (let step = 0; step < cut; step += 1) begun.next()
    const sent = addHousehold(db, 'late', { stage: 'assigned', officer: tono })
    addVisit(db, sent, tono, { id: 'visit-late', at: '2026-03-10T03:00:01.000Z' })
    for (const _ of drawing(db, 'r', { makeSeed: () => 'benih' }));
    assert.equal(outcome(db), outcome(plain), `cut off after ${cut} steps`)
  }
})

rounds('shows how far its drawing has come, and cannot be ended or drawn again meanwhile', async () => {
  const db = world()
  as(db, rina, (tx) => planRound(tx, aRound(db, 'r')), LATER)
  as(db, rina, (tx) => askDrawing(tx, 'r', { key: randomUUID() }), LATER)
  const app = freshApp(db)
  assert.match(await (await app.as(rina).get('/backchecks/r')).text(), /hx-trigger="every 2s"[\s\S]*Daftar kunjungan sedang disusun/)
  assert.is((await app.as(rina).get('/backchecks/r/draw')).status, 404)
  assert.throws(() => drawNow(db, 'r'), /sedang berjalan/)
  assert.throws(() => as(db, rina, (tx) => endRound(tx, 'r', { key: randomUUID(), status: 'cancelled', note: 'salah' })), /sedang berjalan/)
  for (const _ of drawing(db, 'r'));
  assert.match(await (await app.as(rina).get('/backchecks/r')).text(), /Sudah dikunjungi ulang/)
})

rounds('that has failed says so, and goes on from where it was', async () => {
  const db = world()
  as(db, rina, (tx) => planRound(tx, aRound(db, 'r')), LATER)
  as(db, rina, (tx) => askDrawing(tx, 'r', { key: randomUUID() }), LATER)
  db.$client.exec("CREATE TRIGGER fault BEFORE INSERT ON backchecks BEGIN SELECT raise(ABORT, 'fault'); END")
  const { error } = console
  console.error = () => undefined
  resumeDrawings(db)
  await drawingsDone(db)
  console.error = error
  const page = async () => (await freshApp(db).as(rina).get('/backchecks/r')).text()
  assert.match(await page(), /Undian terhenti/)
  db.$client.exec('DROP TRIGGER fault')
  resumeDrawings(db)
  await drawingsDone(db)
  assert.match(await page(), /Sudah dikunjungi ulang/)
})

rounds.run()
