import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '#app/app.tsx'
import { snapshotsDone } from '#app/dtsen/snapshot-work.ts'
import { startSession } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import { startCheckpoints } from '#db/checkpoints.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { dtsenSnapshots, regions, userRegions, users } from '#db/schema/index.ts'
import { watchLoop } from '#test/bench/pulse.ts'

// What people read every day, in a kabupaten of 250,000 households: the first page and the next of each list, for Dinsos, a
// kecamatan and a desa. And a file of 200,000 desil on its way in. `node --import tsx test/bench/lists.ts [households]`.
const MANY = Number(process.argv[2] ?? 250_000)
const DESIL_LINES = Math.min(200_000, MANY)
const TIMES = 7
const [DISTRICTS, VILLAGES] = [17, 75]
const AT = '2026-11-20T03:00:00.000Z'
const person = (id: string, role: Actor['role'], region: string): Actor => ({ id, name: id, role, regions: [region] })
const dinsos = person('dinsos', 'regency_officer', '99.01')
const PEOPLE = [dinsos, person('kecamatan', 'district_coordinator', '99.01.03'), person('desa', 'village_operator', '99.01.03.2003')]
const villages = Array.from({ length: VILLAGES }, (_, i) => `99.01.${String(1 + i % DISTRICTS).padStart(2, '0')}.${2001 + i}`)
const FIRST = 'Sri Siti Agus Budi Wahyu Dewi Eko Tri Nur Ahmad Slamet Suparman Ngatinah Yuli Rina Joko Hadi Mega Tuti Asep'.split(' ')
const SECOND = 'Wahyuni Lestari Santoso Wibowo Hidayat Rahayu Setiawan Suryani Handayani Prasetyo Utami Kurniawan Mulyani Saputra Purnomo Astuti Haryanto'.split(' ')
const STAGES = 'listed listed assigned downloaded submitted checked verified determined determined determined determined determined'.split(' ')
const OUTCOMES = ['tidak_padan_nama', 'nik_tidak_ditemukan', 'meninggal']
const PROPOSED = 'submitted checked verified determined determined determined returned rejected'.split(' ')
const VILLAGE = villages.find((code) => code.startsWith('99.01.03'))!

// Of every address the list's first page is asked; where it has a next one, that too.
const LISTS = [
  '/households', '/households?stage=determined', '/households?stage=verified', '/households?outcome=2', '/households?flags=yes', '/households?q=sri', '/households?q=sri wahyu&stage=listed', '/households?desil=1',
  '/households?region=99.01.03', `/households?region=${VILLAGE}&stage=listed`, '/households?active=no', '/households?programme=pkh', '/households?officer=desa',
  '/proposals', '/proposals?tab=all', '/proposals?tab=waiting', '/proposals?tab=all&kind=death', '/proposals?tab=all&region=99.01.03',
  '/duplicates?status=open', '/duplicates?status=open&kind=person', '/duplicates?status=apart', '/duplicates?status=gone', '/duplicates?status=open&region=99.01.03',
  '/rescue', '/rescue?region=99.01.03', `/rescue/${VILLAGE}`, `/rescue/${VILLAGE}?show=saved`, `/rescue/${VILLAGE}?reason=gate_a`,
  '/integrity', '/integrity/households?region=99.01', '/integrity/households?region=99.01&gate=a', '/integrity/households?region=99.01.03&gate=w', `/integrity/households?region=${VILLAGE}`,
  '/matching', '/matching/people?outcome=tidak_padan_nama', '/matching/people?outcome=padan', '/matching/people?outcome=meninggal&region=99.01.03',
  '/exports', '/reviews', '/dtsen', '/dtsen/missing', '/dtsen/rows', '/dtsen/coverage', '/prelist', `/prelist/rows?village=${VILLAGE}`, '/crosschecks', `/crosschecks/${VILLAGE}`,
]

const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-lists-'))
// SIKS_LISTS: a file that is filled once and kept, to look at plans again and again.
const db = openDatabase(process.env.SIKS_LISTS ?? join(directory, 'siks.db'))
try {
  migrate(db)
  if (db.$client.prepare('SELECT count(*) FROM households').pluck().get() === 0) {
    db.$client.pragma('synchronous = OFF')
    fill(db)
    db.$client.pragma('synchronous = FULL')
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
  }
  // The log is checkpointed beside, as in the server.
  const stopCheckpoints = startCheckpoints(db)
  const app = createApp({ db, dataDirectory: directory, trustProxy: false })
  const cookies = new Map<string, string>()
  for (const { id } of PEOPLE) cookies.set(id, `siks_session=${await startSession(db, id, 'bench')}`)
  const ask = (actor: Actor, path: string, init: RequestInit = {}) => app.request(path, { redirect: 'manual', ...init, headers: { Cookie: cookies.get(actor.id)!, ...init.headers } })
  if (db.select().from(dtsenSnapshots).all().length === 0) await importDesil(ask)
  await readLists(ask)
  await stopCheckpoints()
} finally {
  db.$client.close()
  rmSync(directory, { recursive: true, force: true })
}

type Ask = (actor: Actor, path: string, init?: RequestInit) => Response | Promise<Response>

// From the upload to the desil of each household, as the two buttons of the page do it.
async function importDesil(ask: Ask) {
  const lines = Array.from({ length: DESIL_LINES }, (_, i) => [kkOf(i), nikOf(i, 1), 1 + i * 7 % 10, villageAt(i), ''].join(';'))
  const body = new FormData()
  for (const [key, value] of Object.entries({ label: 'v1', source: 'BPS', effectiveOn: '2026-10-31', region: '99.01' })) body.set(key, value)
  body.set('file', new File([`no_kk;nik_kepala;desil;kode_wilayah;id_keluarga\n${lines.join('\n')}\n`], 'desil.csv'))
  const stop = watchLoop()
  const begin = performance.now()
  const id = (await ask(dinsos, '/dtsen/snapshots', { method: 'POST', body })).headers.get('Location')?.split('/').at(-1)
  await snapshotsDone(db)
  const read = performance.now()
  await ask(dinsos, `/dtsen/snapshots/${id}/confirmation`, { method: 'POST' })
  await snapshotsDone(db)
  const end = performance.now()
  const longest = stop()
  const { status, rowCount, matchedCount } = db.select().from(dtsenSnapshots).all().at(-1)!
  console.log(JSON.stringify({
    name: 'desil_import_200k_s', value: seconds(end - begin), unit: 's', n: rowCount, matched: matchedCount, status, read_s: seconds(read - begin), apply_s: seconds(end - read), households: MANY, longest_wait_ms: Math.round(longest),
  }))
}

function seconds(ms: number) { return Math.round(ms / 10) / 100 }

async function readLists(ask: Ask) {
  const times: { path: string, actor: string, ms: number[] }[] = []
  for (const actor of PEOPLE) {
    for (const path of LISTS) {
      const first = await ask(actor, encodeURI(path))
      // Not every role reads every list.
      if (first.status === 403 || first.status === 404) continue
      const html = await first.text()
      if (first.status !== 200) throw new Error(`${actor.id} ${path}: ${first.status} ${html.slice(0, 300)}`)
      const next = /href="([^"]*[?&](?:after|before)=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
      for (const one of [encodeURI(path), ...next?.startsWith('/') ? [next] : []]) times.push({ path: decodeURIComponent(one).replace(/=[0-9a-f-]{36}/, '=…'), actor: actor.id, ms: await timed(ask, actor, one) })
    }
  }
  const all = times.flatMap(({ ms }) => ms).sort((one, other) => one - other)
  const at = (some: number[], share: number) => some[Math.min(some.length - 1, Math.floor(some.length * share))]!
  const slowest = times.map(({ path, actor, ms }) => ({ path, actor, p50_ms: Math.round(at([...ms].sort((a, b) => a - b), 0.5) * 10) / 10 })).sort((one, other) => other.p50_ms - one.p50_ms).slice(0, Number(process.env.SLOWEST ?? 5))
  console.log(JSON.stringify({ name: 'lists_250k_p95_ms', value: Math.round(at(all, 0.95) * 10) / 10, unit: 'ms', n: all.length, households: MANY, pages: times.length, p50_ms: Math.round(at(all, 0.5) * 10) / 10, max_ms: Math.round(all.at(-1)!), slowest }))
}

async function timed(ask: Ask, actor: Actor, path: string): Promise<number[]> {
  const ms: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const begin = performance.now()
    await (await ask(actor, path)).text()
    ms.push(performance.now() - begin)
  }
  return ms
}

// The rows of one desa lie together, as its prelist brought them.
function villageAt(i: number) { return villages[Math.floor(i * VILLAGES / MANY)]! }
// Numbers as they are given out, under province 99.
function kkOf(i: number) { return `990103${pad(dayOf(i))}0116${serialOf(i)}` }
function nikOf(i: number, seq: number) { return `9901${pad(seq)}${pad(dayOf(i) + (seq === 2 ? 40 : 0))}0580${serialOf(i)}` }
function dayOf(i: number) { return 1 + Math.floor(i / 9000) % 28 }
function serialOf(i: number) { return String(1 + i % 9000).padStart(4, '0') }
function pad(n: number) { return String(n).padStart(2, '0') }

// Rows as the parts leave them, without the trail that a bench has no use for.
function fill({ $client }: Db) {
  const add = (code: string, name: string) => db.insert(regions).values({ code, name, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  add('99', 'Provinsi Contoh'); add('99.01', 'Kabupaten Contoh')
  for (let i = 1; i <= DISTRICTS; i++) add(`99.01.${String(i).padStart(2, '0')}`, `Kecamatan ${i}`)
  villages.forEach((code, i) => add(code, `Desa ${i + 1}`))
  for (const { id, name, role, regions: [region] } of PEOPLE) {
    db.insert(users).values({ id, username: id, name, role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
    db.insert(userRegions).values({ userId: id, regionCode: region! }).run()
  }
  const put = (table: string, columns: string) => $client.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.split(',').map((name) => `@${name.trim()}`).join(', ')})`)
  const into = {
    household: put('households', 'id, region_code, prelist_id, origin, head_name, head_nik, address, sls_name, member_count, programmes, version, stage, stage_at, outcome, officer_id, flag_count, flag_weight, created_at, record'),
    search: put('household_search', 'rowid, names, address, region'), family: put('families', 'household_id, seq, kk_number'), inactive: put('inactive_households', 'household_id, reason, since, cause'),
    member: put('members', 'household_id, seq, family_seq, name, nik, sex, birth_date, presence, relation'),
    verdict: put('gate_verdicts', 'household_id, household_number, region_code, judged_at, changed_at, basis, kinds, numbers'), failure: put('gate_failures', 'household_id, seq, household_number, region_code, gate, severity, found_at, message'),
    result: put('match_results', 'id, run_id, household_id, member_seq, nik, outcome, at, by, name, reasons'), state: put('match_states', 'household_id, member_seq, region_code, outcome, nik, name, at, result_id'),
    pair: put('duplicate_pairs', 'id, one_household, other_household, one_region, other_region, kind, status, score, found_at, changed_at, findings, apart'),
    proposal: put('proposals', 'id, kind, region_code, household_id, head_name, status, status_at, reason_code, proposed_by, proposed_at, basis, change'),
    rescue: put('rescue_cases', 'period_id, household_id, region_code, head_name, danger, open, found_at, saved_at'), item: put('rescue_items', 'period_id, household_id, reason, key, region_code, found_at, repaired_at, message'),
    finding: put('crosscheck_findings', 'subject, kind, key, programme, sensitive, household_id, household_number, family_seq, region_code, name, status, status_at, found_at, facts'),
    file: put('export_files', 'id, list, format, full, status, made_by, made_at, year, serial, number, recipient_name, recipient_institution, purpose, legal_basis, expires_on, regions'),
  }
  $client.prepare("INSERT INTO matching_runs (id, region_code, who, method, status, started_by, started_at) VALUES ('run', '99.01', '[]', 'file', 'done', 'dinsos', ?)").run(AT)
  $client.prepare("INSERT INTO periods (id, name, region_code, cadence, opens_on, cutoff_on, closes_on, made_by, made_at) VALUES ('tahap', 'Tahap 4', '99.01', 'monthly', '2026-11-01', '2026-12-20', '2026-12-31', 'dinsos', ?)").run(AT)
  $client.prepare("INSERT INTO rescue_lists (period_id, regency_code, period_name, cutoff_on, status, started_at, live_at) VALUES ('tahap', '99.01', 'Tahap 4', '2026-12-20', 'live', ?, ?)").run(AT, AT)
  for (let from = 0; from < MANY; from += 2000) $client.transaction(() => { for (let i = from; i < Math.min(MANY, from + 2000); i++) one(i) })()
  for (const level of [2, 5, 8, 13]) {
    $client.exec(`INSERT INTO gate_counts SELECT substr(region_code, 1, ${level}), gate, substr(region_code, 1, ${{ 2: 0, 5: 2, 8: 5, 13: 8 }[level]}), count(DISTINCT household_id) FROM gate_failures GROUP BY 1, 2;
      INSERT INTO gate_counts SELECT substr(region_code, 1, ${level}), 'judged', substr(region_code, 1, ${{ 2: 0, 5: 2, 8: 5, 13: 8 }[level]}), count(*) FROM gate_verdicts GROUP BY 1`)
  }

  function one(i: number) {
    const id = createHash('sha256').update(String(i)).digest('hex').slice(0, 32)
    const [region, name, day] = [villageAt(i), nameOf(i), `2026-${String(1 + i % 11).padStart(2, '0')}-${String(1 + i % 28).padStart(2, '0')}T03:00:00.000Z`]
    const stage = STAGES[i % STAGES.length]!
    const visited = !['listed', 'assigned', 'downloaded'].includes(stage)
    const flags = visited && i % 23 === 0 ? 1 : 0
    const record = { household: { headName: name, address: `Jl. Melati ${i}` }, families: [{ familySeq: 1, kkNumber: kkOf(i) }], members: [], children: [], businesses: [] }
    const { lastInsertRowid: number } = into.household.run({
      id, region_code: region, prelist_id: `99${i}`, origin: 'prelist', head_name: name, head_nik: nikOf(i, 1), address: `Jl. Melati ${i}`, sls_name: 'RT 02 RW 01', member_count: 2, programmes: i % 9 === 0 ? ',pkh,' : '', version: 1,
      stage, stage_at: day, outcome: visited ? 1 + (i % 17 === 0 ? i % 6 : 0) : null, officer_id: stage === 'listed' ? null : 'desa', flag_count: flags, flag_weight: flags * 2, created_at: AT, record: JSON.stringify(record),
    })
    into.search.run({ rowid: number, names: `${name} ${nameOf(i + 1)}`, address: `Jl. Melati ${i}`, region: `r99 r9901 r${region.slice(0, 8).replaceAll('.', '')} r${region.replaceAll('.', '')}` })
    into.family.run({ household_id: id, seq: 1, kk_number: kkOf(i) })
    for (const seq of [1, 2]) into.member.run({ household_id: id, seq, family_seq: 1, name: nameOf(i + seq - 1), nik: nikOf(i, seq), sex: seq, birth_date: '1980-05-12', presence: 1, relation: seq })
    if (i % 50 === 3) into.inactive.run({ household_id: id, reason: 'pindah', since: '2026-02-01', cause: 'bench' })
    const fails = i % 16 === 0
    into.verdict.run({ household_id: id, household_number: number, region_code: region, judged_at: day, changed_at: day, basis: 'master', kinds: fails ? `,${'abcde'[i % 5]},` : '', numbers: '' })
    if (fails) into.failure.run({ household_id: id, seq: 1, household_number: number, region_code: region, gate: 'abcde'[i % 5], severity: i % 3 ? 'error' : 'warning', found_at: day, message: 'NIK sudah ada di rumah tangga lain.' })
    for (const seq of [1, 2]) {
      const outcome = OUTCOMES[(i + seq) % 40] ?? 'padan'
      into.result.run({ id: i * 2 + seq, run_id: 'run', household_id: id, member_seq: seq, nik: nikOf(i, seq), outcome, at: day, by: 'dinsos', name, reasons: '[]' })
      into.state.run({ household_id: id, member_seq: seq, region_code: region, outcome, nik: nikOf(i, seq), name, at: day, result_id: i * 2 + seq })
    }
    if (i % 12 === 0 && i > 0) {
      const far = createHash('sha256').update(String(i * 31 % i)).digest('hex').slice(0, 32)
      const finding = JSON.stringify([{ kind: 'person', oneSeq: 1, otherSeq: 1, score: 50 + i % 50, reasons: ['nama sama', 'tanggal lahir sama'], print: 'x' }])
      into.pair.run({ id: randomUUID(), one_household: far, other_household: id, one_region: villageAt(i * 31 % i), other_region: region, kind: ['nik', 'kk', 'person'][i % 3], status: ['open', 'open', 'open', 'apart', 'gone'][i / 12 % 5], score: 50 + i % 50, found_at: day, changed_at: day, findings: finding, apart: '[]' })
    }
    if (i % 12 === 5) {
      const change = { kind: 'death', on: '2026-02-10', householdId: id, memberSeq: 2 }
      into.proposal.run({ id: randomUUID(), kind: i % 24 === 5 ? 'death' : 'deactivation', region_code: region, household_id: id, head_name: name, status: PROPOSED[i / 12 % PROPOSED.length | 0], status_at: day, reason_code: 'meninggal', proposed_by: 'desa', proposed_at: day, basis: '{}', change: JSON.stringify(change) })
    }
    if (i % 16 === 0) {
      const saved = i % 64 === 0
      into.rescue.run({ period_id: 'tahap', household_id: id, region_code: region, head_name: name, danger: 'dropped', open: saved ? 0 : 1, found_at: day, saved_at: saved ? day : null })
      into.item.run({ period_id: 'tahap', household_id: id, reason: `gate_${'abcde'[i % 5]}`, key: '', region_code: region, found_at: day, repaired_at: saved ? day : null, message: 'NIK sudah ada di rumah tangga lain.' })
    }
    if (i % 3 === 0) into.finding.run({ subject: `${id}/1`, kind: 'low_desil', key: '', programme: '', sensitive: 0, household_id: id, household_number: number, family_seq: 1, region_code: region, name, status: i % 9 ? 'open' : 'settled', status_at: day, found_at: day, facts: '{"desil":1,"limit":4,"family":1,"programmes":"pkh"}' })
    if (i % 100 === 0) into.file.run({ id: randomUUID(), list: 'households', format: 'csv', full: 0, status: 'removed', made_by: 'dinsos', made_at: day, year: 2026, serial: i / 100 + 1, number: String(i / 100 + 1), recipient_name: 'Budi', recipient_institution: 'Dinsos', purpose: 'rapat', legal_basis: 'surat', expires_on: '2026-12-31', regions: '["99.01"]' })
  }
}

function nameOf(i: number) { return `${FIRST[i % FIRST.length]} ${SECOND[(i * 7 + (i / 13 | 0)) % SECOND.length]}` }
