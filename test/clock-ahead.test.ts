import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hourly } from '#app/jobs.ts'
import { APART_DAYS, doubtOf, followClock } from '#app/operation/clock.ts'
import { warningsFor } from '#app/operation/view.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { keepDatabase } from '#test/support/process.ts'
import { aFolder } from '#test/support/servers.ts'
import { actions, agus, freshApp, freshDatabase, rina } from '#test/support/world.ts'

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

// The clock says today; it was believed last a year before.
function aYearAhead() {
  const made = freshApp()
  followClock(made.db, daysAgo(365))
  followClock(made.db)
  return made
}
const workNamed = (made: ReturnType<typeof freshApp>, wanted: string) => hourly(made.db, made.dataDirectory).find(([name]) => name === wanted)![1]

const ahead = suite('a clock that has jumped ahead by a year')

ahead('deletes nothing until somebody has confirmed the day', async () => {
  const made = aYearAhead()
  const folder = join(made.dataDirectory, 'exports')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'nobodys.csv'), 'x')
  const left = async () => {
    for (const name of ['exports', 'resuming', 'forgetting', 'retention']) await workNamed(made, name)()
    return spawnSync('ls', [folder], { encoding: 'utf8' }).stdout.trim()
  }
  assert.is(await left(), 'nobodys.csv')
  assert.is((await made.as(agus).post('/operation/clock', { day: dayOf(new Date().toISOString()) })).status, 303)
  assert.is(await left(), '')
  assert.equal(actions(made.db).filter((one) => one.startsWith('clock')), ['clock.doubted', 'clock.confirmed'])
})

ahead('is told on the administrator\'s pages and to whoever watches, with what to do', async () => {
  const made = aYearAhead()
  for (const path of ['/', '/operation']) assert.match(await (await made.as(agus).get(path)).text(), /Jam server melompat: penghapusan data ditahan[\s\S]*timedatectl/)
  assert.match(await (await made.as(agus).get('/operation')).text(), 'Tanggal hari ini')
  assert.equal((await warningsFor({ db: made.db, dataDirectory: made.dataDirectory }, agus, new Date())).map(({ kind }) => kind), ['clock'])
  const answer = await made.app.request('/alarmz')
  assert.equal([answer.status, await answer.json()], [503, { ok: false, alarms: ['clock'] }])
})

ahead('is not believed for another day than the one it shows, nor by whoever does not run the server; twice is once', async () => {
  const made = aYearAhead()
  const refused = await made.as(agus).post('/operation/clock', { day: dayOf(daysAgo(365).toISOString()) })
  assert.is(refused.status, 422)
  assert.match(await refused.text(), 'betulkan dahulu jam server')
  assert.is((await made.as(rina).post('/operation/clock', { day: dayOf(new Date().toISOString()) })).status, 403)
  assert.ok(doubtOf(made.db))
  for (let time = 0; time < 2; time += 1) assert.is((await made.as(agus).post('/operation/clock', { day: dayOf(new Date().toISOString()) })).status, 303)
  assert.is(actions(made.db).filter((one) => one === 'clock.confirmed').length, 1)
})

ahead('is believed again by itself once it is right, and doubted anew when it jumps again', () => {
  const { db } = freshApp()
  const at = (days: number) => followClock(db, new Date(Date.parse('2026-03-02T01:00:00Z') + days * DAY_MS))
  for (const days of [0, 365, 365.04, 0.1, 1, 1 + APART_DAYS, 400]) at(days)
  assert.equal(actions(db).filter((one) => one.startsWith('clock')), ['clock.doubted', 'clock.back', 'clock.doubted'])
})

ahead('is held against the last line of the trail where nothing else is known', () => {
  const { db } = freshApp()
  db.$client.exec("INSERT INTO audit_entries (seq, at, actor_id, action, subject, details, previous_hash, hash) VALUES (1, '2026-03-02T01:00:00.000Z', 'x', 'x', 'x', '{}', '', '')")
  followClock(db, new Date('2027-03-02T01:00:00Z'))
  assert.is(doubtOf(db)?.seenAt, '2026-03-02T01:00:00.000Z')
})

ahead('is confirmed from the server too, where its codes do not hold', () => {
  const [db, directory] = [freshDatabase(), aFolder('clock')]
  followClock(db, daysAgo(365))
  followClock(db)
  keepDatabase(db, directory)
  const run = (day: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'app/operation/clock-command.ts', day], { encoding: 'utf8', env: { ...process.env, SIKS_DATA: directory } })
    return [status, stdout + stderr] as const
  }
  assert.match(run('besok')[1], 'npm run clock -- TAHUN')
  const wrong = run('2001-01-01')
  assert.is(wrong[0], 1)
  assert.match(wrong[1], 'betulkan dahulu jam server')
  assert.match(run(dayOf(new Date().toISOString()))[1], 'dipastikan benar')
  assert.match(run(dayOf(new Date().toISOString()))[1], 'tidak sedang diragukan')
})

ahead.run()
