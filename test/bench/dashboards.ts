import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '#app/app.tsx'
import { followSome } from '#app/dashboards/following.ts'
import { readFollowing } from '#app/dashboards/rounds.ts'
import { moveStage } from '#app/households/moves.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { regions, userRegions, users } from '#db/schema/index.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import { addFactors } from '#test/support/factors.ts'
import { aRecord } from '#test/support/records.ts'

// Three kabupaten at work for sixty days: every page of every role, and what following the work costs.
const [REGENCIES, DISTRICTS, VILLAGES, OFFICERS] = [3, 10, 8, 3]
const TODAY = new Date()
const at = (daysAgo: number, hour = 3) => new Date(TODAY.getTime() - daysAgo * 86_400_000 + hour * 60_000).toISOString()
const two = (n: number) => String(n).padStart(2, '0')
const places = Array.from({ length: REGENCIES * DISTRICTS * VILLAGES }, (_, i) =>
  `99.${two(1 + Math.floor(i / (DISTRICTS * VILLAGES)))}.${two(1 + Math.floor(i / VILLAGES) % DISTRICTS)}.${2001 + i % VILLAGES}`)
const officerOf = (code: string, n: number) => `petugas-${code}-${n}`

const person = (id: string, role: Actor['role'], ...codes: string[]): Actor => ({ id, name: id, role, regions: codes })
const READERS = [
  person('ministry', 'ministry_officer', ''), person('province', 'province_officer', '99'), person('regency', 'regency_officer', '99.01'), person('district', 'district_coordinator', '99.01.01'),
  person('supervisor', 'supervisor', places[0]!, places[1]!), person(officerOf(places[0]!, 0), 'enumerator', places[0]!),
]
const DOWN: Record<string, string[]> = { ministry: ['', '99', '99.02', '99.02.03', places[90]!], province: ['', '99.01'], regency: ['', '99.01.02', places[9]!], district: ['', places[0]!], supervisor: ['', places[1]!] }
const PAGES = ['', '/stages', '/results', '/returns', '/officers']

function addPlacesAndPeople(db: Db) {
  const codes = new Set(places.flatMap((code) => code.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'))))
  for (const code of [...codes].sort()) db.insert(regions).values({ code, name: `Wilayah ${code}`, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  const field = places.flatMap((code) => Array.from({ length: OFFICERS }, (_, n) => person(officerOf(code, n), 'enumerator', code)))
  for (const { id, name, role, regions: own } of new Map([...field, ...READERS].map((one) => [one.id, one])).values()) {
    db.insert(users).values({ id, username: id, name, role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
    for (const regionCode of own) db.insert(userRegions).values({ userId: id, regionCode }).run()
  }
  addFactors(db, READERS)
}

const QUESTIONS = ['members.0.nik', 'members.1.birthDate', 'household.floorType', 'household.wallType', 'families.0.kkNumber', 'household.lighting']
const EMPTY = JSON.stringify({ household: {}, families: [], members: [], children: [], businesses: [] })

// How far a household has come, with the moves that brought it there. A prelist comes desa by desa; what happens then happens
// everywhere at once.
function fill(db: Db, households: number) {
  const { $client: client } = db
  const random = randomFrom(5)
  const whole = JSON.stringify(aRecord())
  const household = client.prepare(`INSERT INTO households (id, region_code, prelist_id, origin, head_name, address, sls_name, member_count, version, stage, stage_at, outcome, officer_id, visit_id, created_at, record)
    VALUES (?, ?, ?, 'prelist', ?, '', '', 4, 1, ?, ?, ?, ?, ?, '2026-01-01', '{}')`)
  const visit = client.prepare(`INSERT INTO visits (id, household_id, region_code, officer_id, status, outcome, record, saved_sections, revision, base_version, questionnaire_version, latitude, longitude, accuracy_m, opened_at, active_ms, submitted_at, submit_count)
    VALUES (?, ?, ?, ?, 'submitted', ?, ?, '{}', 1, 1, '2026', -7.9, 110.3, 9, ?, 1200000, ?, 1)`)
  const move = client.prepare("INSERT INTO transitions (household_id, from_stage, to_stage, at, actor_id, note, subject) VALUES (?, ?, ?, ?, 'bench', '', ?)")
  const review = client.prepare("INSERT INTO reviews (id, visit_id, household_id, visit_revision, level, outcome, note, documents, bulk, decided_by, decided_at) VALUES (?, ?, ?, 1, 1, ?, '', '{}', 0, 'supervisor', ?)")
  const remark = client.prepare("INSERT INTO remarks (review_id, visit_id, path, message) VALUES (?, ?, ?, 'Periksa lagi.')")
  const list = (i: number) => {
    const [id, code, visitId] = [`h${i}`, places[Math.floor(i * places.length / households)]!, `v${i}`]
    const officer = officerOf(code, i % OFFICERS)
    const reached = random.weighted([[10, 'published'], [25, 'assigned'], [20, 'submitted'], [6, 'returned'], [25, 'checked'], [14, 'verified']] as const)
    const [outcome, day] = [random.weighted([[85, 1], [8, 2], [3, 3], [2, 4], [1, 5], [1, 6]] as const), random.between(0, 58)]
    const visited = !['published', 'assigned'].includes(reached)
    household.run(id, code, `99${i}`, `Kepala ${i}`, reached, at(Math.max(0, day - 2)), visited ? outcome : null, reached === 'published' ? null : officer, visited ? visitId : null)
    move.run(id, null, 'listed', at(62), 'prelist:1')
    move.run(id, 'listed', 'published', at(61), null)
    return { id, code, visitId, officer, reached, outcome, day, visited, i }
  }
  const workOn = ({ id, code, visitId, officer, reached, outcome, day, visited, i }: ReturnType<typeof list>) => {
    if (reached === 'published') return
    move.run(id, 'published', 'assigned', at(60), `officer:${officer}`)
    if (!visited) return
    visit.run(visitId, id, code, officer, outcome, i % 50 === 0 ? whole : EMPTY, at(day), at(day))
    move.run(id, 'assigned', 'submitted', at(day), `visit:${visitId}`)
    if (reached === 'submitted') return
    review.run(`r${i}`, visitId, id, reached === 'returned' ? 'returned' : 'approved', at(Math.max(0, day - 1)))
    if (reached === 'returned') remark.run(`r${i}`, visitId, random.pick(QUESTIONS))
    move.run(id, 'submitted', reached === 'returned' ? 'returned' : 'checked', at(Math.max(0, day - 1)), `review:r${i}`)
    if (reached !== 'verified') return
    review.run(`s${i}`, visitId, id, 'approved', at(Math.max(0, day - 2)))
    move.run(id, 'checked', 'verified', at(Math.max(0, day - 2)), `review:s${i}`)
  }
  const listed: ReturnType<typeof list>[] = []
  const inSteps = (step: (n: number) => void) => {
    for (let from = 0; from < households; from += 5000) client.transaction(() => { for (let n = from; n < Math.min(households, from + 5000); n++) step(n) })()
  }
  inSteps((n) => listed.push(list(n)))
  listed.sort((one, other) => other.day - one.day)
  inSteps((n) => workOn(listed[n]!))
}

const followAll = (db: Db) => {
  const begun = performance.now()
  let [events, longest] = [0, 0]
  for (;;) {
    const done = followSome(db, new Date().toISOString())
    events += done.events
    longest = Math.max(longest, done.took)
    if (!done.more) return { ms: performance.now() - begun, events, longest }
  }
}

// Visits that come in, whole, each with its line of audit, as on the last evening.
function submitMany(db: Db, count: number): number {
  const found = db.$client.prepare("SELECT id, region_code AS code, officer_id AS officer FROM households WHERE stage = 'assigned' ORDER BY number LIMIT ?").all(count) as { id: string, code: string, officer: string }[]
  const visit = db.$client.prepare(`INSERT INTO visits (id, household_id, region_code, officer_id, status, outcome, record, saved_sections, revision, base_version, questionnaire_version, latitude, longitude, accuracy_m, opened_at, active_ms, submitted_at, submit_count)
    VALUES (?, ?, ?, ?, 'submitted', 1, ?, '{}', 1, 1, '2026', -7.9, 110.3, 9, ?, 1200000, ?, 1)`)
  const whole = JSON.stringify(aRecord())
  transact(db, system, (tx) => found.forEach(({ id, code, officer }) => {
    const visitId = randomUUID()
    visit.run(visitId, id, code, officer, whole, tx.now, tx.now)
    moveStage(tx, { id, stage: 'assigned' }, 'submitted', { subject: `visit:${visitId}`, audited: true, set: { visitId, outcome: 1 } })
    tx.audit('visit.submitted', visitId, { householdId: id })
  }))
  return found.length
}

async function readPages(db: Db, directory: string) {
  const app = createApp({ db, dataDirectory: directory, trustProxy: false })
  const cookies = new Map<string, string>()
  for (const { id } of READERS) cookies.set(id, `siks_session=${await startSession(db, id, 'bench')}`)
  const asked = READERS.flatMap(({ id }) => (DOWN[id] ?? ['']).flatMap((region) => PAGES.map((page) => ({ id, path: `/dashboards${page}?region=${region}&period=90` }))))
  const took: { ms: number, path: string }[] = []
  for (let round = 0; round < 8; round++) {
    for (const { id, path } of asked) {
      const begun = performance.now()
      const answer = await app.request(path, { headers: { Cookie: cookies.get(id)! } })
      await answer.text()
      if (answer.status !== 200) throw new Error(`${id} ${path}: ${answer.status}`)
      // The first time round the code is compiled.
      if (round > 0) took.push({ ms: performance.now() - begun, path: `${id} ${path}` })
    }
  }
  return took.sort((one, other) => one.ms - other.ms)
}

async function measureDashboards(households: number) {
  const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-dashboards-'))
  const db = openDatabase(join(directory, 'siks.db'))
  try {
    migrate(db)
    db.$client.pragma('synchronous = OFF')
    addPlacesAndPeople(db)
    fill(db, households)
    db.$client.pragma('synchronous = FULL')
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    const first = followAll(db)
    say({ name: 'dashboard_full_count_250k_s', value: first.ms / 1000 * 250_000 / households, unit: 's', n: households, longest_chunk_ms: first.longest })
    const submitted = submitMany(db, 2000)
    const following = followAll(db)
    say({ name: 'dashboard_follow_us_per_event', value: following.ms * 1000 / submitted, unit: 'us', n: submitted, longest_chunk_ms: following.longest })
    const took = await readPages(db, directory)
    const p = (share: number) => took[Math.floor((took.length - 1) * share)]!
    say({ name: 'dashboard_p95_ms', value: p(0.95).ms, unit: 'ms', n: took.length, households, p50_ms: round(p(0.5).ms), p99_ms: round(p(0.99).ms), slowest: took.at(-1)!.path, round: readFollowing(db)!.live, bar: '<= 50' })
  } finally {
    db.$client.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

const round = (value: number) => Math.round(value * 10) / 10
const say = ({ value, ...more }: Record<string, unknown> & { value: number }) => console.log(JSON.stringify({ ...more, value: round(value) }))

// `node --import tsx test/bench/dashboards.ts [households]`, or imported by run.ts.
await measureDashboards(Number(process.argv[2] ?? 250_000))
