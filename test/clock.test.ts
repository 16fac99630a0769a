import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DOORS, countUse, refuseOveruse } from '#app/public/brake.ts'
import { BRAKES, countFailure, standingOf } from '#app/sessions/brake.ts'
import { proveFactor } from '#app/sessions/factors.ts'
import { isOver } from '#app/sessions/sessions.ts'
import { codeAt } from '#app/sessions/totp.ts'
import { listFollowers } from '#app/operation/followers.ts'
import { noteRun } from '#app/operation/works.ts'
import { FACTOR_SECRET } from '#test/support/factors.ts'
import { agus, freshDatabase } from '#test/support/world.ts'

const clock = suite('a clock that ran a year ahead for an hour, and is right again,')

const NOW = Date.parse('2026-03-02T01:00:00Z')
const AHEAD = NOW + 365 * 86_400_000

clock('refuses no code of the authenticator until that day comes, and still takes each once', async () => {
  const db = freshDatabase()
  assert.is((await proveFactor(db, agus, codeAt(FACTOR_SECRET, AHEAD), AHEAD)).kind, 'totp')
  assert.is((await proveFactor(db, agus, codeAt(FACTOR_SECRET, NOW), NOW)).kind, 'totp')
  const again = await proveFactor(db, agus, codeAt(FACTOR_SECRET, NOW), NOW).then(() => 'taken', () => 'refused')
  assert.is(again, 'refused')
})

clock('shuts no name and no open door', () => {
  const db = freshDatabase()
  for (let n = 0; n < BRAKES.name.free + 3; n += 1) countFailure(db, { brake: 'name', of: 'agus' }, AHEAD)
  assert.equal(standingOf(db, { brake: 'name', of: 'agus' }, NOW), { failures: 0 })
  for (let n = 0; n < DOORS.code.limit; n += 1) countUse(db, DOORS.code, 'desa', AHEAD)
  assert.throws(() => refuseOveruse(db, DOORS.code, 'desa', AHEAD), /Terlalu banyak/)
  refuseOveruse(db, DOORS.code, 'desa', NOW)
})

clock('leaves nobody signed in until a year later', () => {
  assert.is(isOver({ role: 'enumerator', awaitsCode: 0, createdAt: AHEAD, lastUsedAt: AHEAD }, NOW), true)
  assert.is(isOver({ role: 'enumerator', awaitsCode: 0, createdAt: NOW, lastUsedAt: NOW }, NOW), false)
})

clock('hides no work that stands still', () => {
  const db = freshDatabase()
  db.$client.exec("INSERT INTO quality_queue VALUES (1, 'visit')")
  noteRun(db, 'quality', { tookMs: 1 }, new Date(AHEAD))
  const stuck = listFollowers(db, new Date(NOW - 3_600_000), new Date(NOW)).filter((one) => one.stuck).map(({ name }) => name)
  assert.equal(stuck, ['quality'])
})

clock.run()
