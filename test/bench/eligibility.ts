import { randomUUID } from 'node:crypto'
import { askForRun, getRun } from '#app/eligibility/runs.ts'
import { runsDone, workOnRuns } from '#app/eligibility/run-work.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { regions } from '#db/schema/index.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import { filledDatabase } from '#test/bench/filled.ts'
import { watchLoop } from '#test/bench/pulse.ts'

// The rules of PKH asked of every family of a kabupaten, with quotas, from the request to the kept result.
// `node --import tsx test/bench/eligibility.ts [families]`.
const MANY = Number(process.argv[2] ?? 250_000)
const VILLAGES = 80
const officer: Actor = { id: 'dinsos', name: 'Dinsos', role: 'regency_officer', regions: ['99.01'] }

const { db, run } = filledDatabase('eligibility')
await run(fill, measure)

async function measure() {
  const id = randomUUID()
  const stop = watchLoop()
  const begin = performance.now()
  transact(db, officer, (tx) => askForRun(tx, { id, programme: 'pkh', region: '99.01', name: 'Pengukuran', trial: { quotaRegency: Math.round(MANY / 5), quotaVillage: null } }))
  workOnRuns(db)
  await runsDone(db)
  const seconds = (performance.now() - begin) / 1000
  const longest = stop()
  const { status } = getRun({ db, actor: officer }, id)
  const { families, entries, exits } = db.$client.prepare('SELECT sum(families) AS families, sum(entries) AS entries, sum(exits) AS exits FROM eligibility_villages').get() as Record<string, number>
  console.log(JSON.stringify({
    name: 'eligibility_250k_families_s', value: Number((seconds * 250_000 / MANY).toFixed(2)), unit: 's', n: families, status, entries, exits, measured_s: Number(seconds.toFixed(2)),
    longest_wait_ms: Math.round(longest), rss_mb: Math.round(process.memoryUsage().rss / 1e6), bar: '<= 10',
  }))
}

// Rows as createHousehold leaves them, without the trail that a bench has no use for. Every sixth family receives already.
function fill({ $client }: Db) {
  const add = (code: string, name: string) => db.insert(regions).values({ code, name, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  add('99', 'Provinsi Contoh'); add('99.01', 'Kabupaten Contoh'); add('99.01.01', 'Kecamatan Contoh')
  for (let i = 0; i < VILLAGES; i++) add(`99.01.01.${2001 + i}`, `Desa ${i + 1}`)
  const household = $client.prepare(`INSERT INTO households (id, region_code, prelist_id, origin, head_name, head_nik, address, sls_name, member_count, programmes, version, stage, stage_at, created_at, record)
    VALUES (?, ?, ?, 'prelist', ?, ?, ?, 'RT 02 RW 01', ?, '', 1, 'listed', '2026-01-01', '2026-01-01', ?)`)
  const member = $client.prepare(`INSERT INTO members (household_id, seq, family_seq, name, nik, sex, birth_date, presence, relation, pregnant, disability, schooling, education, employment)
    VALUES (?, ?, 1, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`)
  const family = $client.prepare('INSERT INTO families (household_id, seq, kk_number) VALUES (?, 1, ?)')
  const desil = $client.prepare('INSERT INTO household_desil (household_id, number, region_code, desil, family_count, desil_count) VALUES (?, ?, ?, ?, 1, 1)')
  const recipient = $client.prepare(`INSERT INTO recipients (id, programme, region_code, household_id, family_seq, name, state, phase, state_at, created_at, data)
    VALUES (?, 'pkh', ?, ?, 1, ?, 'active', 'receiving', '2026-01-01', '2026-01-01', '{}')`)
  const random = randomFrom(1)
  const models = Array.from({ length: 500 }, (_, serial) => makeHousehold(random, { regionCode: '34.02.01.2001', serial, today: '2026-11-24' }))
  const texts = models.map((model) => JSON.stringify(model))
  for (let from = 0; from < MANY; from += 2000) {
    $client.transaction(() => {
      for (let i = from; i < Math.min(MANY, from + 2000); i++) {
        const { household: home, members: people } = models[i % models.length]!
        const [id, village] = [randomUUID(), `99.01.01.${2001 + Math.floor(i * VILLAGES / MANY)}`]
        const { lastInsertRowid } = household.run(id, village, `99${i}`, home.headName, `99010115${String(i).padStart(8, '0')}`, `Jl. Melati ${i}`, people.length, texts[i % models.length])
        family.run(id, `99010116${String(i).padStart(8, '0')}`)
        desil.run(id, lastInsertRowid, village, i % 10 + 1)
        people.forEach((one, at) => member.run(id, at + 1, one.name, `9901${String(at).padStart(2, '0')}${String(i).padStart(10, '0')}`, one.sex ?? null, one.birthDate ?? null, one.relationToFamilyHead ?? null,
          one.pregnant === true ? 1 : 0, one.disabilityType ?? null, one.schooling ?? null, one.educationLevel ?? null, one.employmentStatus ?? null))
        if (i % 6 === 0) recipient.run(randomUUID(), village, id, home.headName)
      }
    })()
  }
}
