import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { verifyChain } from '#app/audit/audit.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { actionWords } from '#app/audit/words.ts'
import { detailWords } from '#views/audit/labels.ts'
import { keepDatabase } from '#test/support/process.ts'
import { actions, addHousehold, agus, as, aulia, freshApp, freshDatabase, rina, siti } from '#test/support/world.ts'

const test = suite('audit')

// Ten lines by three people, two of them about siti.
function written(db = freshDatabase()): Db {
  for (let n = 1; n <= 8; n += 1) as(db, n % 2 ? rina : siti, (tx) => tx.audit('visit.opened', `v${n}`, { version: n }), `2026-03-0${n}T03:00:00.000Z`)
  as(db, agus, (tx) => tx.audit('user.moved', 'siti', { regions: ['34.02.01.2001'] }), '2026-03-09T16:59:00.000Z')
  as(db, agus, (tx) => tx.audit('user.suspended', 'siti', { reason: 'Cuti' }), '2026-03-09T17:01:00.000Z')
  return db
}
const tampered = (sql: string) => {
  const db = written()
  db.$client.exec('DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete')
  db.$client.exec(sql)
  return findBrokenLine(db)
}

test('only auditor and administrator read the trail', async () => {
  const { as: be, db } = freshApp()
  assert.is((await be(rina).get('/audit')).status, 403)
  assert.is((await be(rina).post('/audit/verification')).status, 403)
  assert.equal(actions(db), [])
  for (const reader of [aulia, agus]) assert.is((await be(reader).get('/audit')).status, 200)
})

test('the database itself refuses to change or delete a line', () => {
  const db = written()
  assert.throws(() => db.$client.exec("UPDATE audit_entries SET details = '{}' WHERE seq = 3"), /append-only/)
  assert.throws(() => db.$client.exec('DELETE FROM audit_entries WHERE seq = 10'), /append-only/)
  assert.is(findBrokenLine(db), undefined)
})

test('any column changed on any line is found, at that line', () => {
  for (const change of ["at = '2020-01-01'", "actor_id = 'tono'", "action = 'x'", "subject = 'x'", "details = '{}'"]) {
    for (const seq of [1, 5, 10]) {
      assert.equal(tampered(`UPDATE audit_entries SET ${change} WHERE seq = ${seq}`), { seq, reason: 'isi berubah setelah ditulis' }, change)
    }
  }
})

test('a line removed, inserted or put elsewhere is found', () => {
  assert.equal(tampered('DELETE FROM audit_entries WHERE seq = 4'), { seq: 4, reason: 'baris hilang' })
  assert.equal(tampered('DELETE FROM audit_entries WHERE seq = 4; UPDATE audit_entries SET seq = seq - 1 WHERE seq > 4'),
    { seq: 4, reason: 'tidak menyambung ke baris sebelumnya' })
  assert.is(tampered('UPDATE audit_entries SET seq = 99 WHERE seq = 2; UPDATE audit_entries SET seq = 2 WHERE seq = 3; UPDATE audit_entries SET seq = 3 WHERE seq = 99')?.seq, 2)
  assert.is(tampered("UPDATE audit_entries SET hash = hex(zeroblob(32)) WHERE seq = 7")?.seq, 7)
})

test('a long trail is checked in steps, and a break in a later step is found', async () => {
  const db = freshDatabase()
  as(db, rina, (tx) => { for (let n = 0; n < 12_000; n += 1) tx.audit('visit.opened', `v${n}`) })
  assert.equal((await verifyChain(db)).count, 12_000)
  db.$client.exec("DROP TRIGGER audit_entries_no_update; UPDATE audit_entries SET subject = 'x' WHERE seq = 11000")
  assert.is((await verifyChain(db)).broken?.seq, 11_000)
})

test('Aulia checks the chain on the page and the check is a line of its own', async () => {
  const { db, as: be } = freshApp(written())
  const page = await (await be(aulia).post('/audit/verification')).text()
  assert.match(page, 'Rantai utuh, 10 baris')
  assert.match(page, (await verifyChain(db)).count === 11 ? /[0-9a-f]{64}/ : 'eleven lines')
  assert.match(await (await be(aulia).get('/audit')).text(), 'Rantai utuh, 10 baris')
  db.$client.exec("DROP TRIGGER audit_entries_no_update; UPDATE audit_entries SET subject = 'x' WHERE seq = 6")
  const broken = await (await be(aulia).post('/audit/verification')).text()
  assert.match(broken, 'Rantai rusak pada baris 6')
  assert.match(broken, 'isi berubah setelah ditulis')
})

test('lines are found by who, what, whom and when, in days of Jakarta', async () => {
  const { as: be } = freshApp(written())
  const rows = async (query: string) => [...(await (await be(aulia).get(`/audit?${query}`)).text()).matchAll(/data-label="Baris">(\d+)</g)].map(([, seq]) => Number(seq))
  assert.equal(await rows('actor=rina'), [7, 5, 3, 1])
  assert.equal(await rows('action=visit.opened&actor=siti'), [8, 6, 4, 2])
  assert.equal(await rows('subject=siti'), [10, 9])
  assert.equal(await rows('from=2026-03-10'), [10])
  assert.equal(await rows('from=2026-03-09&to=2026-03-09'), [9])
  assert.equal(await rows('actor=nobody'), [])
  assert.equal(await rows('before=3'), [2, 1])
})

test('the next page continues before the last line', async () => {
  const { as: be, db } = freshApp()
  for (let n = 0; n < 60; n += 1) as(db, rina, (tx) => tx.audit('visit.opened', `v${n}`))
  const first = await (await be(aulia).get('/audit?actor=rina')).text()
  const next = /href="(\/audit\?[^"]*before=\d+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
  assert.match(next, 'before=11')
  const second = await (await be(aulia).get(next)).text()
  assert.match(second, 'data-label="Baris">10<')
  assert.not.match(second, 'data-label="Baris">11<')
})

test('no personal data is read out of the trail, whatever a line holds', async () => {
  const { db, as: be } = freshApp()
  addHousehold(db, 'h1', { head: 'Sumarno' })
  as(db, rina, (tx) => tx.audit('household.returned', 'h1', { note: 'NIK Sumarno keliru', headName: 'Sumarno', ids: ['3402010101800001'], version: 2 }))
  const page = await (await be(aulia).get('/audit')).text()
  assert.match(page, 'versi: 2')
  assert.match(page, 'catatan: (tidak ditampilkan)')
  assert.not.match(page, 'Sumarno')
  assert.not.match(page, '3402010101800001')
})

test('shows nobody that was searched for on a printed list, and no number of somebody whose entry was changed', async () => {
  const db = freshDatabase()
  as(db, rina, (tx) => tx.audit('recipients.printed', 'pkh', { programme: 'pkh', q: 'Asep Suryana', rows: 1 }))
  as(db, rina, (tx) => tx.audit('psks.changed', 'psks', { fields: ['nama', 'telepon'], before: { name: 'Wati Kartini', phone: '08123456789', kind: 'tagana' } }))
  const page = await (await freshApp(db).as(agus).get('/audit')).text()
  for (const hidden of ['Asep Suryana', 'Wati Kartini', '08123456789']) assert.not.match(page, hidden)
  assert.match(page, 'tagana')
})

test('npm run audit:verify tells the truth by its exit code, beside an open database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'siks-audit-'))
  keepDatabase(written(), folder)
  const server = openDatabase(join(folder, 'siks.db'))
  const run = () => spawnSync(process.execPath, ['--import', 'tsx', 'app/audit/verify.ts'], { env: { ...process.env, SIKS_DATA: folder }, encoding: 'utf8' })
  const whole = run()
  assert.is(whole.status, 0, whole.stderr)
  assert.match(whole.stdout, /Utuh: 10 baris, hash terakhir [0-9a-f]{64}/)
  server.$client.exec("DROP TRIGGER audit_entries_no_update; UPDATE audit_entries SET details = '{}' WHERE seq = 8")
  const broken = run()
  assert.is(broken.status, 1)
  assert.match(broken.stdout, 'RUSAK pada baris 8')
  server.$client.close()
  rmSync(folder, { recursive: true })
})

test('every action the program writes reads like something', () => {
  const sources = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(join('app', name), 'utf8'))
  const written = new Set(sources.flatMap((text) => [...text.matchAll(/audit\(([^,]*),/g)].flatMap(([, first]) => [...first!.matchAll(/'([a-z_]+\.[a-z_.]+)'/g)].map(([, action]) => action!))))
  assert.ok(written.size > 200)
  assert.equal([...written].filter((action) => actionWords(action) === action).sort(), [])
})

test('what a line tells besides is in words, its days too', () => {
  assert.is(detailWords({ regionCode: '34.02', opensOn: '2026-03-01', programme: 'pbi', draft: false, from: null }), 'wilayah: 34.02; buka: 1 Maret 2026; program: PBI-JK; konsep: tidak; semula: tidak ada')
})

test.run()
