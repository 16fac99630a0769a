import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keepEvidence } from '#app/evidence/keeping.ts'
import { judgeVisit } from '#app/evidence/judging.ts'
import { iso, MORNING, visitTo, type Made } from '#test/support/evidence.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { freshDatabase, oki, siti, tono } from '#test/support/world.ts'

// Visits whose phone tells what cannot be: through the operation that takes real ones in.
const forged = suite('what a phone is made to say')
const [MINUTE, HOUR] = [60_000, 3_600_000]
const said = (db: Db, visit: string, code: string) => judgeVisit(db, visit).find((signal) => signal.code === code)!
const judged = (db: Db, officer: Actor, id: string, made: Made) => {
  const visit = visitTo(db, officer, id, made)
  keepEvidence(db, visit, iso(MORNING + 9 * HOUR))
  return visit
}

forged('two accounts at one time on one phone are told at both visits, and one after the other are not', () => {
  const db = freshDatabase()
  const phone = { deviceId: 'hp-bersama' }
  const [one, two, later] = [
    judged(db, siti, 'asep', { ...phone, opened: MORNING, minutes: 40 }), judged(db, oki, 'ujang', { ...phone, opened: MORNING + 5 * MINUTE, minutes: 38 }),
    judged(db, tono, 'cici', { ...phone, opened: MORNING + 50 * MINUTE, minutes: 30 }),
  ]
  assert.is(said(db, two, 'overlapping').sentence, 'Bersamaan dengan kunjungan ke Warga asep oleh akun lain dari HP yang sama: lama keduanya 38 menit dan 40 menit, 30 menit lebih dari waktu yang ada.')
  assert.is(said(db, one, 'overlapping').level, 'look')
  assert.equal(db.$client.prepare('SELECT visit_id FROM evidence_queue').pluck().all(), [one], 'the first is judged again')
  assert.is(said(db, later, 'overlapping').level, 'fine', 'a shared phone is no sign')
})

forged('the point of the prelist, copied into the fix, is told until the register has the point from this very visit', () => {
  const db = freshDatabase()
  const point = { latitude: -7.9712345, longitude: 110.2254321 }
  const visit = judged(db, siti, 'asep', { point })
  db.$client.prepare('UPDATE households SET latitude = ?, longitude = ? WHERE id = ?').run(point.latitude, point.longitude, 'asep')
  assert.match(said(db, visit, 'far_from_prelist').sentence, 'Titik ini sama persis dengan titik prelist.')
  db.$client.prepare("UPDATE households SET version = 2 WHERE id = 'asep'").run()
  assert.is(said(db, visit, 'far_from_prelist').level, 'fine')
})

forged('a visit that began before its row was given out is told', () => {
  const db = freshDatabase()
  const visit = judged(db, siti, 'asep', { opened: MORNING })
  assert.is(said(db, visit, 'clock').level, 'fine')
  db.$client.prepare("UPDATE transitions SET at = ? WHERE household_id = 'asep' AND to_stage = 'downloaded'").run(iso(MORNING + 20 * MINUTE))
  assert.is(said(db, visit, 'clock').sentence, 'Kunjungan tercatat dibuka 2 Maret pukul 08.30 WIB, 20 menit sebelum tugas ini dibagikan: jam HP dimundurkan.')
  db.$client.prepare("UPDATE transitions SET at = ? WHERE household_id = 'asep' AND to_stage = 'downloaded'").run(iso(MORNING + 90 * HOUR))
  assert.is(said(db, visit, 'clock').level, 'fine', 'given out again later')
})

forged.run()
