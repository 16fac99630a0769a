import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRun } from '#app/crosschecks/runs.ts'
import { crosschecksDone, workOnRun } from '#app/crosschecks/run-work.ts'
import { system } from '#app/users/actor.ts'
import { startCheckpoints } from '#db/checkpoints.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { regions } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { watchLoop } from '#test/bench/pulse.ts'

// A kabupaten's families and those of them who receive, all checked against each other once; and once more, when nothing is new.
const FAMILIES_A_VILLAGE = 3300
const REGENCY = '99.01'
const AT = '2026-11-24T03:00:00.000Z'

async function measureCrosschecks(families: number) {
  const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-crosschecks-'))
  const db = openDatabase(join(directory, 'siks.db'))
  try {
    migrate(db)
    db.$client.pragma('synchronous = OFF')
    const recipients = fill(db, families)
    db.$client.pragma('synchronous = FULL')
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    // The log is checkpointed beside, as in the server.
    const stopCheckpoints = startCheckpoints(db)
    const first = await run(db)
    const again = await run(db)
    void stopCheckpoints()
    const findings = db.$client.prepare('SELECT count(*) FROM crosscheck_findings').pluck().get() as number
    return { seconds: first.seconds, again: again.seconds, longest: Math.max(first.longest, again.longest), recipients, findings }
  } finally {
    db.$client.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function run(db: Db) {
  const stop = watchLoop()
  const begin = performance.now()
  const id = transact(db, system, (tx) => openRun(tx, REGENCY, randomUUID()))
  workOnRun(db, id, () => AT)
  await crosschecksDone(db)
  const longest = stop()
  return { seconds: (performance.now() - begin) / 1000, longest }
}

// Of a hundred families ten are in PKH, thirty in Sembako and PBI-JK. One in fifty has something wrong.
function fill(db: Db, families: number): number {
  const client = db.$client
  const place = (code: string, name: string) => db.insert(regions).values({ code, name, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  place('99', 'Provinsi Contoh'); place(REGENCY, 'Kabupaten Contoh'); place(`${REGENCY}.01`, 'Kecamatan Contoh')
  const villages = Math.ceil(families / FAMILIES_A_VILLAGE)
  for (let i = 0; i < villages; i++) place(`${REGENCY}.01.${2001 + i}`, `Desa ${i + 1}`)
  for (const code of ['pkh', 'sembako']) client.prepare(`INSERT OR REPLACE INTO programme_settings VALUES (?, 'desil.max', '99.01', '2026-01-01', NULL, 4, 'contoh', 'system', ?)`).run(code, AT)
  const household = client.prepare(`INSERT INTO households (id, region_code, prelist_id, origin, head_name, address, sls_name, member_count, version, stage, stage_at, created_at, record)
    VALUES (?, ?, ?, 'prelist', ?, '', '', 4, 1, 'listed', '2026-01-01', '2026-01-01', '{}')`)
  const family = client.prepare('INSERT INTO families (household_id, seq, kk_number) VALUES (?, 1, ?)')
  const member = client.prepare('INSERT INTO members (household_id, seq, family_seq, name, nik, presence, relation, employment) VALUES (?, ?, 1, ?, ?, ?, ?, ?)')
  const desil = client.prepare('INSERT INTO household_desil (household_id, number, region_code, desil, family_count, desil_count) VALUES (?, ?, ?, ?, 1, 1)')
  const recipient = client.prepare(`INSERT INTO recipients (id, programme, region_code, household_id, family_seq, member_seq, name, nik, kk_number, state, phase, state_at, started_on, created_at, data)
    VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, 'active', 'receiving', '2026-01-01', '2026-01-01', '2026-01-01', '{}')`)
  let recipients = 0
  const add = (i: number) => {
    // A desa's rows lie together, as its prelist brought them.
    const [id, region, kk, wrong] = [randomUUID(), `${REGENCY}.01.${2001 + Math.floor(i / FAMILIES_A_VILLAGE)}`, `99010116${String(i).padStart(8, '0')}`, i % 50 === 0]
    const nik = (seq: number) => `99${seq}1${String(i).padStart(12, '0')}`
    household.run(id, region, `99${i}`, `Kepala ${i}`)
    family.run(id, kk)
    for (let seq = 1; seq <= 4; seq++) member.run(id, seq, `Orang ${seq}`, wrong && seq === 4 ? nik(4).replace(/\d{2}$/, '00') : nik(seq), wrong && seq === 1 ? 2 : 1, seq, seq === 2 && i % 70 === 0 ? 5 : 1)
    desil.run(id, i + 1, region, i % 10 >= 4 ? 3 + (i * 7) % 8 : i % 37 === 0 ? 8 : 1 + i % 4)
    const receive = (programme: string, seq: number | null) => {
      recipient.run(`${programme}${seq ?? ''}-${i}`, programme, region, i % 1000 === 0 ? null : id, seq, `Orang ${seq ?? 1}`, nik(seq ?? 1), kk)
      recipients += 1
    }
    if (i % 10 === 0) receive('pkh', null)
    if (i % 10 < 3) receive('sembako', null)
    if (i % 10 < 3) for (let seq = 1; seq <= 4; seq++) receive('pbi', seq)
  }
  for (let from = 0; from < families; from += 2000) client.transaction(() => { for (let i = from; i < Math.min(families, from + 2000); i++) add(i) })()
  return recipients
}

// `node --import tsx test/bench/crosscheck.ts [families]`, or imported by run.ts.
const families = Number(process.argv[2] ?? 250_000)
const { seconds, again, longest, recipients, findings } = await measureCrosschecks(families)
console.log(JSON.stringify({
  name: 'crosscheck_250k_families_s', value: Math.round(seconds * 100) / 100, unit: 's', n: families, recipients, findings,
  again_s: Math.round(again * 100) / 100, longest_wait_ms: Math.round(longest), bar: '<= 20',
}))
