import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepEvidence } from '#app/evidence/keeping.ts'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { listWaiting } from '#app/reviews/queue.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { submitWhole } from '#app/visits/whole.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { regions, userRegions, users } from '#db/schema/index.ts'
import { makeHome } from '#db/seeds/homes.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom, type Random } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

// What the evidence of one visit costs in a kabupaten in the middle of its campaign: read, judged by every rule, and kept. JSON lines;
// `node --import tsx test/bench/evidence.ts [visits]`.
const VISITS = Number(process.argv[2] ?? 20_000)
const MEASURED = Math.min(4000, VISITS)
const VILLAGES = 40
const OFFICERS_EACH = 3
const MINUTE = 60_000
const BEGUN = Date.parse('2026-10-01T01:00:00.000Z')

const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Number(value.toFixed(2)), unit, ...more }))
const share = (values: number[], part: number) => [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))]!

const villageOf = (n: number) => `99.01.${String(1 + Math.floor(n / 10)).padStart(2, '0')}.${2001 + n % 10}`
const coordinator: Actor = { id: 'dinsos', name: 'Korcam', role: 'district_coordinator', regions: ['99.01'] }
const officers = Array.from({ length: VILLAGES * OFFICERS_EACH }, (_, i): Actor =>
  ({ id: `petugas-${i}`, name: `Petugas ${i}`, role: 'enumerator', regions: [villageOf(i % VILLAGES)] }))

function addPlaces(db: Db) {
  const add = (code: string) => db.insert(regions).values({
    code, name: `Tempat ${code}`, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01',
  }).onConflictDoNothing().run()
  for (const code of ['99', '99.01']) add(code)
  for (let n = 0; n < VILLAGES; n += 1) [villageOf(n).slice(0, 8), villageOf(n)].forEach(add)
  for (const { id, name, role, regions: places } of [coordinator, ...officers]) {
    db.insert(users).values({ id, username: id, name, role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
    for (const regionCode of places) db.insert(userRegions).values({ userId: id, regionCode }).run()
  }
}

// An ordinary visit of a working day, now and then too short: what an officer finds differs from the prelist in a few answers.
function visit(db: Db, random: Random, n: number): string {
  const officer = officers[n % officers.length]!
  const [id, regionCode, turn] = [`rt-${n}`, officer.regions[0]!, Math.floor(n / officers.length)]
  const opened = BEGUN + Math.floor(turn / 6) * 24 * 60 * MINUTE + (turn % 6) * 75 * MINUTE
  const before = makeHousehold(random, { regionCode: '34.02.01.2001', serial: n, today: new Date(opened).toISOString().slice(0, 10) })
  const minutes = random.chance(0.03) ? 4 : 14 + 4 * before.members.length + random.between(-5, 9)
  const spot = villageOf(n % VILLAGES).split('.').map(Number)
  const point = { latitude: -7 - spot[2]! * 0.1 - random.below(20_000) / 1e6, longitude: 110 + (spot[3]! - 2000) * 0.03 + random.below(20_000) / 1e6 }
  transact(db, system, (tx) => {
    createHousehold(tx, { id, regionCode, prelistId: `99${n}`, origin: 'prelist', record: before, cause: 'bench', stage: 'listed' })
    moveStage(tx, { id, stage: null }, 'downloaded', { set: { officerId: officer.id } })
  })
  const record: HouseholdRecord = { ...before, household: { ...before.household, ...(random.chance(0.5) ? makeHome(random, 0.4) : {}), hasilVerivali: 1 } }
  const made = new Date(opened + (minutes + 6) * MINUTE)
  transact(db, officer, (tx) => submitWhole(tx, { id, regionCode, stage: 'downloaded' }, {
    visitId: `v-${n}`, baseVersion: 1, deviceId: `hp-${officer.id}`, sequence: turn + 1, madeAt: made.toISOString(),
    visit: {
      record, activeMs: minutes * MINUTE, openedAt: new Date(opened).toISOString(), questionnaireVersion: '2026',
      coordinate: { ...point, accuracyM: random.between(4, 20), locatedAt: new Date(opened + 9 * MINUTE).toISOString() },
    },
  }, PHOTO_KINDS.map(({ code: kind }, i) => ({
    kind, takenAt: new Date(opened + (3 + i) * MINUTE).toISOString(), file: { sha256: createHash('sha256').update(`${n}-${kind}`).digest('hex'), mime: 'image/jpeg', bytes: 90_000 },
  }))), new Date(made.getTime() + MINUTE))
  return `v-${n}`
}

function measureEvidence(visits: number) {
  const directory = mkdtempSync(join(tmpdir(), 'siks-evidence-'))
  const db = openDatabase(join(directory, 'siks.db'))
  migrate(db)
  db.$client.pragma('synchronous = OFF')
  addPlaces(db)
  const random = randomFrom(6)
  const judge: number[] = []
  const decide = db.$client.prepare("UPDATE households SET stage = 'determined' WHERE id = ?")
  for (let n = 0; n < visits; n += 1) {
    const visitId = visit(db, random, n)
    // Those before are decided: they leave the rows that others are held against, and are not judged themselves.
    if (n < visits - MEASURED) decide.run(`rt-${n}`)
    const taken = performance.now()
    db.$client.transaction(() => keepEvidence(db, visitId, new Date(BEGUN).toISOString()))()
    judge.push(performance.now() - taken)
  }
  const flagged = db.$client.prepare('SELECT count(*) FROM visits WHERE flag_count > 0').pluck().get() as number
  db.$client.exec("UPDATE households SET stage = 'submitted', flag_weight = number % 7, flag_count = number % 7 > 0")
  const pages = Array.from({ length: 200 }, () => {
    const begun = performance.now()
    listWaiting(db, coordinator, { order: 'weight' })
    return performance.now() - begun
  })
  db.$client.close()
  rmSync(directory, { recursive: true, force: true })
  return { judge: judge.slice(-MEASURED), flagged, pages }
}

const { judge, flagged, pages } = measureEvidence(VISITS)
say('flags_per_visit_ms', judge.reduce((sum, ms) => sum + ms, 0) / judge.length, 'ms', {
  n: judge.length, visits: VISITS, p50_ms: Number(share(judge, 0.5).toFixed(2)), p95_ms: Number(share(judge, 0.95).toFixed(2)), flagged, bar: '<= 5',
})
say('queue_by_weight_p95_ms', share(pages, 0.95), 'ms', { n: pages.length, waiting: VISITS })
