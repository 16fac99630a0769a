import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { canonicalJson } from '#app/ratification/manifest.ts'
import { CURRENT, findMistakes } from '#app/questionnaire/questionnaire.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { canonicalItem } from '#db/seeds/bulk/canonical.ts'
import { villagesOf } from '#db/seeds/bulk/places.ts'
import { seedBulk } from '#db/seeds/bulk/run.ts'
import { tellStory } from '#db/seeds/bulk/story.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { loadRegions } from '#db/seeds/regions.ts'
import { carryOut, judgeVisits } from '#test/support/carried-out-stories.ts'

const TODAY = '2026-11-29'
const folder = mkdtempSync(join(tmpdir(), 'siks-bulk-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

function fresh(): Db {
  const db = openDatabase(':memory:')
  migrate(db)
  return db
}

async function seeded(households: number, { today = TODAY } = {}) {
  const db = fresh()
  await seedBulk(db, { households, seed: 1, today, dataDirectory: folder })
  return db
}

const rows = (db: Db, sql: string) => db.$client.prepare(sql).raw().all().map((row) => JSON.stringify(row)).sort()

const equal = suite('a register written at once')
const HOUSEHOLDS = 160
const both = (async () => {
  const bulk = await seeded(HOUSEHOLDS)
  return { bulk, done: await carryOut(fresh(), { households: HOUSEHOLDS, seed: 1, today: TODAY, dataDirectory: folder }) }
})()

const SAME = {
  'households and where they stand': `SELECT id, region_code, prelist_id, order_no, origin, head_name, head_nik, address, sls_name, member_count, programmes, version, latitude, longitude, stage, stage_at, outcome,
    musdes_status, officer_id, visit_id, flag_count, flag_weight, created_at, record FROM households`,
  'families': 'SELECT * FROM families', 'members': 'SELECT * FROM members', 'versions': 'SELECT * FROM household_versions',
  'moves': 'SELECT household_id, from_stage, to_stage, at, actor_id, note, subject FROM transitions',
  'visits with their answers': 'SELECT * FROM visits', 'photos': 'SELECT * FROM visit_photos', 'files': 'SELECT sha256, mime, bytes, first_visit_id FROM files',
  'decisions': 'SELECT * FROM reviews', 'remarks': 'SELECT review_id, visit_id, path, message FROM remarks',
  'batches': 'SELECT * FROM batches', 'rows of batches': 'SELECT * FROM batch_items', 'steps of batches': 'SELECT batch_id, kind, actor_id, note, asked_at, total, done, passed, cursor, finished_at, problem FROM batch_steps',
  'papers': 'SELECT * FROM attachments', 'where batches count': 'SELECT batch_id, period_id, missed_id, reason, at, accepted, returned FROM period_batches',
  'lines of audit': "SELECT at, actor_id, action, subject, details FROM audit_entries WHERE action <> 'audit.anchored'",
  'usulan nonaktif': 'SELECT * FROM proposals', 'their steps': 'SELECT proposal_id, from_status, to_status, at, actor_id, note, subject FROM proposal_steps', 'their households': 'SELECT * FROM proposal_households',
  'who is held back': 'SELECT * FROM exclusions',
  'recipients': 'SELECT * FROM recipients', 'what became of recipients': 'SELECT recipient_id, programme, from_state, to_state, from_phase, to_phase, at, actor_id, cause, reason_code, note, region_code, data FROM recipient_events',
  'counts of the lists': 'SELECT * FROM household_counts WHERE n <> 0',
  'counts of the programmes': 'SELECT * FROM recipient_counts WHERE n <> 0',
  'counts of the dashboards': 'SELECT * FROM dashboard_counts', 'counts of officers': 'SELECT * FROM dashboard_officers', 'places counted': 'SELECT * FROM dashboard_places',
  'what each is counted as': 'SELECT id, d.region_code, d.stage, since, d.officer_id, d.outcome, visited_on, visit_mark, lacks, round FROM dashboard_households d JOIN households USING (number)',
  'verdicts': 'SELECT household_id, region_code, basis, kinds, numbers FROM gate_verdicts', 'what fails': 'SELECT household_id, seq, region_code, gate, severity, message FROM gate_failures', 'counts of verdicts': 'SELECT * FROM gate_counts WHERE households > 0',
  'points of the map': 'SELECT * FROM map_points', 'squares of the map': 'SELECT * FROM map_cells', 'who has no point': 'SELECT id, u.region_code FROM map_unplaced u JOIN households USING (number)', 'how many have none': 'SELECT * FROM map_unplaced_counts',
}
// Worked out behind the requests. Done all at once at the end, it passes over what is in its officer's hands again.
const SENT = "visit_id NOT IN (SELECT id FROM visits WHERE status = 'returned')"
const JUDGED = {
  'facts of visits': `SELECT visit_id, household_id, officer_id, region_code, district_code, regency_code, period, revision, submit_count, submitted_at, outcome, size, log_minutes, active_ms, started_ms, ended_ms, located_ms,
    taken_from_ms, taken_to_ms, latitude, longitude, accuracy_m, cell, hex(answers), changed, uniform FROM visit_evidence WHERE ${SENT}`,
  'figures of visits': `SELECT visit_id, officer_id, region_code, submitted_at, month, outcome, active_ms, member_count, returns, changed, latitude, longitude FROM visit_figures WHERE ${SENT}`,
}

const compare = (queries: Record<string, string>) => {
  for (const [what, sql] of Object.entries(queries)) {
    equal(`has the same ${what} as when people do it`, async () => {
      const { bulk, done } = await both
      const [one, other] = [rows(bulk, sql), rows(done, sql)]
      const differing = (some: string[], others: string[]) => some.filter((row) => !others.includes(row)).slice(0, 1)
      assert.equal(differing(one, other), differing(other, one))
      assert.is(one.length, other.length)
      assert.ok(one.length > 0)
    })
  }
}
compare(SAME)
equal('is judged', async () => judgeVisits((await both).done, TODAY))
compare(JUDGED)

equal('counts the visits of each officer as they lie there', async () => {
  const { bulk } = await both
  assert.equal(rows(bulk, 'SELECT region_code, officer_id, sum(finished), sum(unfinished) FROM evidence_groups WHERE length(region_code) = 5 GROUP BY 1, 2'),
    rows(bulk, 'SELECT regency_code, officer_id, sum(outcome = 1), sum(outcome <> 1) FROM visit_evidence GROUP BY 1, 2'))
})

equal('is found by the same words', async () => {
  const { bulk, done } = await both
  const found = (db: Db, word: string) => rows(db, `SELECT id FROM household_search s JOIN households h ON h.number = s.rowid WHERE household_search MATCH '"${word}" AND region:r3402'`)
  for (const word of ['sri', 'wahyuni', 'agus', 'rt 02', 'slamet']) assert.equal(found(bulk, word), found(done, word))
})

equal('has every index and trigger again, and nothing that hangs in the air', async () => {
  const { bulk } = await both
  const made = (db: Db) => rows(db, 'SELECT type, name, sql FROM sqlite_master')
  assert.equal(made(bulk), made(fresh()))
  assert.equal(bulk.$client.pragma('foreign_key_check'), [])
  assert.is(bulk.$client.pragma('foreign_keys', { simple: true }), 1)
  assert.is(findBrokenLine(bulk), undefined)
  assert.equal(rows(bulk, 'SELECT one.seq FROM audit_entries one JOIN audit_entries next ON next.seq = one.seq + 1 WHERE next.at < one.at'), [])
})

equal.run()

const command = suite('npm run seed')
const run = (directory: string, households: number) => spawnSync(process.execPath, ['--import', 'tsx', 'db/seeds/run.ts', '--households', String(households)],
  { env: { ...process.env, SIKS_DATA: directory }, encoding: 'utf8' })

command('makes in threads what one makes alone, and leaves a register that is there alone', async () => {
  const directory = join(folder, 'command')
  const { status, stderr } = run(directory, 260)
  assert.is(status, 0, stderr)
  const made = openDatabase(join(directory, 'siks.db'))
  const day = String(made.$client.prepare('SELECT max(date(made_at)) FROM audit_anchors').pluck().get())
  const alone = await seeded(260, { today: day })
  // The last line's hash stands for all lines before it; they name the hash of every visit and every batch.
  for (const sql of ['SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1', 'SELECT * FROM household_versions', 'SELECT * FROM dashboard_counts', 'SELECT * FROM map_cells']) assert.equal(rows(made, sql), rows(alone, sql))
  assert.equal([made.$client.pragma('journal_mode', { simple: true }), made.$client.pragma('integrity_check', { simple: true })], ['wal', 'ok'])
  made.$client.close()
  const again = run(directory, 10)
  assert.is.not(again.status, 0)
  assert.match(again.stderr, /empty SIKS_DATA/)
})

command.run()

const story = suite('three years of a household')
const village = () => {
  const db = fresh()
  loadRegions(db)
  return villagesOf(db, randomFrom(1), { households: 2000, regions: ['34.02', '33.10'] })
}

story('breaks no rule of the questionnaire on any day it is visited', () => {
  const [first] = village()
  for (let serial = 1; serial <= 400; serial += 1) {
    for (const act of tellStory({ seed: 3, today: TODAY, village: { ...first!, first: 1 }, parts: 1 }, serial).acts) {
      if (act.kind === 'visited') assert.equal(findMistakes(CURRENT, act.visit.record, { context: { today: act.at.slice(0, 10) } }).filter(({ severity }) => severity === 'error'), [])
      if (act.kind === 'gathered') assert.is(canonicalItem('h', 'v', act.record), canonicalJson({ householdId: 'h', visitId: 'v', record: act.record }))
    }
  }
})

story('is the same for the same seed, whoever was made before', () => {
  const [first] = village()
  const told = (serial: number, seed = 3) => tellStory({ seed, today: TODAY, village: first!, parts: 1 }, serial)
  assert.equal(told(7), told(7))
  assert.not.equal(told(7).acts, told(7, 4).acts)
})

story('lies in desa of fifty to two thousand households, in several kabupaten, exactly as many as asked for', () => {
  const db = fresh()
  loadRegions(db)
  const villages = villagesOf(db, randomFrom(1), { households: 200_000, regions: ['34.02', '33.10', '33.08'] })
  const sizes = villages.map(({ households }) => households)
  assert.is(sizes.reduce((sum, size) => sum + size, 0), 200_000)
  assert.ok(Math.min(...sizes) >= 50 && Math.max(...sizes) <= 2000 && Math.max(...sizes) > 10 * Math.min(...sizes))
  assert.is(new Set(villages.map(({ code }) => code.slice(0, 5))).size, 3)
})

story.run()
