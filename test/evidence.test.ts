import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchUp } from '#app/evidence/following.ts'
import { judgeVisit } from '#app/evidence/judging.ts'
import { isJudged, queueEvidence } from '#app/evidence/queue.ts'
import { returnVisit } from '#app/reviews/decisions.ts'
import { submitWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { visits } from '#db/schema/index.ts'
import { iso, MORNING, ordinary, visitTo } from '#test/support/evidence.ts'
import { as, budi, freshDatabase, GADINGSARI, oki, siti, stageOf, tono, TRIMURTI } from '#test/support/world.ts'

const MINUTE = 60_000
const flags = (db: Db, visitId: string) => db.$client.prepare('SELECT code FROM visit_flags WHERE visit_id = ? ORDER BY code').pluck().all(visitId)
const past = (db: Db, visitId: string) => db.$client.prepare('SELECT code, why FROM past_flags WHERE visit_id = ? ORDER BY code').all(visitId)
const basis = (db: Db, visitId: string) => db.$client.prepare('SELECT basis FROM visit_evidence WHERE visit_id = ?').pluck().get(visitId)
const signal = (db: Db, visitId: string, code: string) => judgeVisit(db, visitId).find((one) => one.code === code)
const KEY = '6d9e2c0e-0b1c-4f6e-9a43-0f6b1f0c0003'

const judging = suite('the evidence of a visit')

judging('of ordinary visits is in order, whoever made them', async () => {
  const db = freshDatabase()
  const all = ordinary(db, [siti, tono, oki], 12)
  await catchUp(db)
  assert.equal(all.flatMap((id) => flags(db, id).map((code) => `${id} ${code}`)), [])
  assert.ok(all.every((id) => isJudged(db, id)))
})

judging('is kept behind the requests, with its weight at the visit and at the household', async () => {
  const db = freshDatabase()
  ordinary(db, [tono, oki], 8)
  const visitId = visitTo(db, siti, 'asep', { minutes: 6, photoStep: 1000 })
  assert.equal([flags(db, visitId), isJudged(db, visitId)], [[], false])
  await catchUp(db)
  assert.equal([flags(db, visitId), isJudged(db, visitId)], [['duration', 'photo_burst'], true])
  const kept = db.$client.prepare(`SELECT v.flag_count, v.flag_weight, h.flag_count AS ofHousehold, h.flag_weight AS weight, (SELECT sum(weight) FROM visit_flags WHERE visit_id = v.id) AS sum
    FROM visits v JOIN households h ON h.visit_id = v.id WHERE v.id = ?`).raw().get(visitId) as number[]
  assert.equal(kept.slice(0, 2), kept.slice(2, 4))
  assert.equal([kept[0], kept[1]], [2, kept[4]])
})

judging('holds a duration against the desa, else the kecamatan, else the kabupaten, else nobody', async () => {
  const db = freshDatabase()
  const alone = visitTo(db, siti, 'satu')
  await catchUp(db)
  assert.equal([basis(db, alone), signal(db, alone, 'duration')!.level], ['unknown', 'unknown'])
  ordinary(db, [tono, oki], 4, { regionCode: GADINGSARI })
  await catchUp(db)
  assert.is(basis(db, alone), 'regency')
  ordinary(db, [tono, oki], 4, { regionCode: TRIMURTI })
  await catchUp(db)
  assert.is(basis(db, alone), 'district')
  ordinary(db, [tono, oki], 3)
  await catchUp(db)
  assert.is(basis(db, alone), 'district')
  ordinary(db, [tono, oki], 1)
  await catchUp(db)
  assert.is(basis(db, alone), 'village')
})

judging('of a hurried visit that came first is found once the desa has filled', async () => {
  const db = freshDatabase()
  const hurried = visitTo(db, siti, 'asep', { minutes: 6 })
  await catchUp(db)
  assert.equal(flags(db, hurried), [])
  ordinary(db, [tono, oki], 4)
  await catchUp(db)
  assert.equal(flags(db, hurried), ['duration'])
})

judging('of two visits that cannot both be true is told at both, whichever came first', async () => {
  const db = freshDatabase()
  const first = visitTo(db, siti, 'asep', { opened: MORNING, minutes: 40 })
  await catchUp(db)
  const second = visitTo(db, siti, 'ujang', { opened: MORNING + MINUTE, minutes: 40, point: { latitude: -7.5, longitude: 110.6 } })
  await catchUp(db)
  for (const id of [first, second]) assert.ok(flags(db, id).includes('overlapping') && flags(db, id).includes('impossible_speed'), `${id}: ${String(flags(db, id))}`)
})

judging('tells of one spot for many houses, and of answers copied from visit to visit', async () => {
  const db = freshDatabase()
  ordinary(db, [tono, oki], 10)
  const house = { floorType: 6, roofType: 3, bedroomCount: 2, floorAreaM2: 33, hasFridge: true, hasBicycle: false, hasGold: true, goatSheepCount: 4, cattleCount: 2, hasGasCylinder: true,
    hasComputer: true, hasTv: true, hasWaterHeater: true, hasLandline: true, hasMotorcycle: true, hasOutboardMotor: true, wallCondition: 2, roofCondition: 2, landTenure: 3 }
  const all = ['a', 'b', 'c', 'd'].map((id) => visitTo(db, siti, id, { point: { latitude: -7.96, longitude: 110.23 }, household: house }))
  await catchUp(db)
  for (const id of all.slice(1)) assert.ok(flags(db, id).includes('copied_answers'), `${id}: ${String(flags(db, id))}`)
  for (const id of all) assert.ok(flags(db, id).includes('same_point'), `${id}: ${String(flags(db, id))}`)
  assert.match(signal(db, all[3]!, 'same_point')!.sentence, 'sama persis dengan 3 rumah tangga lain')
})

judging('tells of a prelist sent back as it was', async () => {
  const db = freshDatabase()
  ordinary(db, [tono, oki], 8)
  const base = { bedroomCount: 3, hasFridge: true, hasBicycle: true, goatSheepCount: 1, floorAreaM2: 44, hasLandline: true }
  const visitId = visitTo(db, siti, 'asep', { base, household: base })
  await catchUp(db)
  assert.equal(flags(db, visitId), ['unchanged_answers'])
})

judging('tells of an officer who finds nobody where others do, at his earlier visits too', async () => {
  const db = freshDatabase()
  ordinary(db, [tono, oki], 10)
  const [first] = ordinary(db, [siti], 5, { outcome: 2, minutes: 2 })
  await catchUp(db)
  assert.equal(flags(db, first!), [])
  ordinary(db, [siti], 5, { outcome: 2, minutes: 2 })
  await catchUp(db)
  assert.equal(flags(db, first!), ['short_outcomes'])
})

judging('tells of a phone whose clock was set back between two visits', async () => {
  const db = freshDatabase()
  visitTo(db, siti, 'asep', { sequence: 4 })
  const later = visitTo(db, siti, 'ujang', { sequence: 5, opened: MORNING - 40 * 60 * MINUTE })
  await catchUp(db)
  assert.ok(flags(db, later).includes('clock'), String(flags(db, later)))
})

judging.run()

const again = suite('judging a visit again')

again('when it is sent again, and keeps what was said of the first sending', async () => {
  const db = freshDatabase()
  ordinary(db, [tono, oki], 8)
  const visitId = visitTo(db, siti, 'asep', { minutes: 6 })
  await catchUp(db)
  assert.equal(flags(db, visitId), ['duration'])
  as(db, budi, (tx) => returnVisit(tx, visitId, { key: KEY, revision: 1, note: 'Ulangi wawancaranya', documents: {}, remarks: {} }, 'officer'), iso(MORNING + 20 * 60 * MINUTE))
  const visit = db.select().from(visits).all().find(({ id }) => id === visitId)!
  as(db, siti, (tx) => submitWhole(tx, { id: 'asep', regionCode: visit.regionCode, stage: stageOf(db, 'asep')! }, {
    visitId, baseVersion: 1, deviceId: 'hp-siti', sequence: 900, madeAt: iso(MORNING + 400 * 60 * MINUTE),
    visit: { record: visit.record, activeMs: 28 * MINUTE, openedAt: visit.openedAt, questionnaireVersion: '2026', coordinate: { latitude: visit.latitude!, longitude: visit.longitude!, accuracyM: 8, locatedAt: visit.locatedAt } },
  }, []), iso(MORNING + 401 * 60 * MINUTE))
  assert.equal([flags(db, visitId), isJudged(db, visitId)], [[], false])
  await catchUp(db)
  assert.equal([flags(db, visitId), isJudged(db, visitId)], [[], true])
  assert.equal(past(db, visitId), [{ code: 'duration', why: 'sent_again' }])
})

again('takes nothing back in silence', async () => {
  const db = freshDatabase()
  ordinary(db, [tono, oki], 8)
  const visitId = visitTo(db, siti, 'asep', { minutes: 6 })
  await catchUp(db)
  db.$client.prepare("UPDATE visits SET active_ms = 1700000, opened_at = strftime('%Y-%m-%dT%H:%M:%fZ', opened_at, '-30 minutes') WHERE id = ?").run(visitId)
  queueEvidence(db, [visitId])
  await catchUp(db)
  assert.equal([flags(db, visitId), past(db, visitId)], [[], [{ code: 'duration', why: 'judged_again' }]])
})

again('leaves a decided visit with the flags it had', async () => {
  const db = freshDatabase()
  const visitId = visitTo(db, siti, 'asep', { minutes: 6 })
  await catchUp(db)
  db.$client.prepare("UPDATE households SET stage = 'determined' WHERE id = 'asep'").run()
  ordinary(db, [tono, oki], 8)
  queueEvidence(db, [visitId])
  await catchUp(db)
  assert.equal(flags(db, visitId), [])
})

again('ends: a desa that fills asks for each of its visits a few times, not for ever', async () => {
  const db = freshDatabase()
  ordinary(db, [siti, tono, oki], 15)
  await catchUp(db)
  assert.is(db.$client.prepare('SELECT count(*) FROM evidence_queue').pluck().get(), 0)
  assert.equal(db.$client.prepare("SELECT officer_id, finished, unfinished FROM evidence_groups WHERE region_code = '34.02.01.2001' ORDER BY officer_id").raw().all(), [['oki', 15, 0], ['siti', 15, 0], ['tono', 15, 0]])
})

again.run()
