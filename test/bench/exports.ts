import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { exportsDone, workOnExport } from '#app/exports/export-work.ts'
import { openExport } from '#app/exports/exports.ts'
import { emptyRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { exportFiles, regions, userRegions, users } from '#db/schema/index.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import { filledDatabase } from '#test/bench/filled.ts'
import { watchLoop } from '#test/bench/pulse.ts'

// A kabupaten's households as a spreadsheet: from the request to the finished, hashed and synced file.
const MANY = 132_000
const VILLAGES = 75
const officer: Actor = { id: 'dinsos', name: 'Dinsos', role: 'regency_officer', regions: ['99.01'] }

const { db, directory, run } = filledDatabase('exports')
await run(fill, async () => {
  for (const [list, format] of [['households', 'xlsx'], ['households', 'csv'], ['members', 'xlsx']] as const) await measure(list, format)
})

async function measure(list: string, format: 'csv' | 'xlsx') {
  const id = randomUUID()
  const expiresOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
  const stop = watchLoop()
  const begin = performance.now()
  transact(db, officer, (tx) => openExport(tx, {
    id, list, format, query: '', full: false, fullReason: '', recipientName: 'Penerima', recipientInstitution: 'Instansi', purpose: 'Pengukuran', legalBasis: 'Pengukuran', expiresOn,
  }))
  workOnExport({ db, dataDirectory: directory }, id)
  await exportsDone(db)
  const seconds = (performance.now() - begin) / 1000
  const longest = stop()
  const { status, rowsDone, bytes } = db.select().from(exportFiles).where(eq(exportFiles.id, id)).get()!
  const name = list === 'members' ? 'export_132k_members_s' : format === 'csv' ? 'export_132k_csv_s' : 'export_132k_s'
  console.log(JSON.stringify({ name, value: Math.round(seconds * 100) / 100, unit: 's', n: rowsDone, status, mb: Math.round(bytes / 100_000) / 10, longest_wait_ms: Math.round(longest) }))
}

// Rows as createHousehold leaves them, of one record each, without the trail that a bench has no use for.
function fill({ $client }: Db) {
  const add = (code: string, name: string) => db.insert(regions).values({ code, name, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  add('99', 'Provinsi Contoh'); add('99.01', 'Kabupaten Contoh'); add('99.01.01', 'Kecamatan Contoh')
  for (let i = 0; i < VILLAGES; i++) add(`99.01.01.${2001 + i}`, `Desa ${i + 1}`)
  db.insert(users).values({ id: officer.id, username: officer.id, name: officer.name, role: officer.role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
  db.insert(userRegions).values({ userId: officer.id, regionCode: officer.regions[0]! }).run()
  const household = $client.prepare(`INSERT INTO households (id, region_code, prelist_id, origin, head_name, head_nik, address, sls_name, member_count, programmes, version, stage, stage_at, created_at, record)
    VALUES (?, ?, ?, 'prelist', ?, ?, ?, 'RT 02 RW 01', ?, ',pkh,', 1, 'listed', '2026-01-01', '2026-01-01', ?)`)
  const member = $client.prepare('INSERT INTO members (household_id, seq, family_seq, name, nik, sex, birth_date, presence) VALUES (?, ?, 1, ?, ?, ?, ?, 1)')
  const family = $client.prepare('INSERT INTO families (household_id, seq, kk_number) VALUES (?, 1, ?)')
  const random = randomFrom(1)
  const models = Array.from({ length: 500 }, (_, serial) => makeHousehold(random, { regionCode: '34.02.01.2001', serial, today: '2026-11-24' }))
  for (let from = 0; from < MANY; from += 2000) {
    $client.transaction(() => {
      for (let i = from; i < Math.min(MANY, from + 2000); i++) {
        const { household: home, members: people } = models[i % models.length] ?? emptyRecord()
        const id = randomUUID()
        household.run(id, `99.01.01.${2001 + i % VILLAGES}`, `99${i}`, home.headName, `99010115${String(i).padStart(8, '0')}`, `Jl. Melati ${i}`, people.length, JSON.stringify(models[i % models.length]))
        family.run(id, `99010116${String(i).padStart(8, '0')}`)
        people.forEach(({ name, sex, birthDate }, at) => member.run(id, at + 1, name, `9901${String(at).padStart(2, '0')}${String(i).padStart(10, '0')}`, sex ?? null, birthDate ?? null))
      }
    })()
  }
}
