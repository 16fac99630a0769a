import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { anchorLines, compareAnchors, dropAnchors, listAnchors, readAnchors } from '#app/audit/anchors.ts'
import { addDays } from '#app/questionnaire/age.ts'
import { system } from '#app/users/actor.ts'
import { GENESIS, hashLine } from '#db/audit-chain.ts'
import type { Db } from '#db/connection.ts'
import { formatNumber } from '#views/ui/format.ts'
import { actions, agus, as, aulia, freshApp, freshDatabase, rina } from '#test/support/world.ts'

// Two lines on each of the first four days of March (WIB), and the anchors dropped on the fifth.
function village(): Db {
  const db = freshDatabase()
  for (const day of [1, 2, 3, 4]) for (const hour of ['03', '15']) as(db, rina, (tx) => tx.audit('visit.opened', `v${day}-${hour}`), `2026-03-0${day}T${hour}:00:00.000Z`)
  drop(db, '2026-03-05T01:00:00.000Z')
  return db
}
const drop = (db: Db, at: string) => as(db, system, dropAnchors, at)
const anchors = (db: Db) => listAnchors(db, aulia).anchors.reverse().map(({ day, seq }) => `${day} ${seq}`)

// Somebody who owns the machine writes the trail anew from a line on: every hash fits again.
function rewrite(db: Db, from: number) {
  db.$client.exec('DROP TRIGGER audit_entries_no_update')
  const rows = db.$client.prepare('SELECT seq, at, actor_id AS actorId, action, subject, details FROM audit_entries ORDER BY seq').all() as Parameters<typeof hashLine>[0][]
  let previousHash = GENESIS
  for (const row of rows) {
    const line = { ...row, subject: row.seq === from ? 'palsu' : row.subject, previousHash }
    previousHash = hashLine(line)
    db.$client.prepare('UPDATE audit_entries SET subject = ?, previous_hash = ?, hash = ? WHERE seq = ?').run(line.subject, line.previousHash, previousHash, line.seq)
  }
}

const test = suite('anchors of the audit trail')

test('each day that is over has one, at its last line; today has none yet', () => {
  const db = village()
  assert.equal(anchors(db), ['2026-03-01 2', '2026-03-02 4', '2026-03-03 6', '2026-03-04 8'])
  drop(db, '2026-03-05T09:00:00.000Z')
  assert.is(anchors(db).length, 4)
  drop(db, '2026-03-07T09:00:00.000Z')
  assert.equal(anchors(db).slice(4), ['2026-03-05 9'])
})

test('a clock that was set back moves no anchor', () => {
  const db = village()
  as(db, rina, (tx) => tx.audit('visit.opened', 'late'), '2026-03-02T05:00:00.000Z')
  as(db, rina, (tx) => tx.audit('visit.opened', 'next'), '2026-03-06T05:00:00.000Z')
  drop(db, '2026-03-08T05:00:00.000Z')
  assert.equal(anchors(db), ['2026-03-01 2', '2026-03-02 4', '2026-03-03 6', '2026-03-04 8', '2026-03-05 10', '2026-03-06 11'])
})

test('the database refuses to change or take away an anchor', () => {
  const db = village()
  assert.throws(() => db.$client.exec("UPDATE audit_anchors SET seq = 1 WHERE day = '2026-03-02'"), /append-only/)
  assert.throws(() => db.$client.exec('DELETE FROM audit_anchors'), /append-only/)
})

test('a trail written anew as a whole no longer meets what another office keeps, and the day is named', () => {
  const db = village()
  const kept = readAnchors(`# kantor inspektorat\n${anchorLines(listAnchors(db, aulia).anchors)}`)
  assert.is(compareAnchors(db, aulia, kept).firstBad, undefined)
  rewrite(db, 5)
  const { lastGood, firstBad, broken } = compareAnchors(db, aulia, kept)
  assert.equal([lastGood?.day, firstBad?.day, broken], ['2026-03-02', '2026-03-03', undefined])
})

test('who may not take the trail away is offered no link to it', async () => {
  const app = freshApp()
  assert.match(await (await app.as(aulia).get('/audit/anchors')).text(), '/audit/trail.jsonl')
  const forAgus = await (await app.as(agus).get('/audit/anchors')).text()
  assert.match(forAgus, 'Minta auditor mengunduh jejaknya')
  assert.not.match(forAgus, '/audit/trail.jsonl')
})

test('a single changed line is found between two anchors', () => {
  const db = village()
  const kept = listAnchors(db, aulia).anchors.reverse().map((one) => one.seq === 6 ? { ...one, hash: 'f'.repeat(64) } : one)
  db.$client.exec("DROP TRIGGER audit_entries_no_update; UPDATE audit_entries SET details = '{\"x\":1}' WHERE seq = 5")
  assert.equal(compareAnchors(db, aulia, kept).broken, { seq: 5, reason: 'isi berubah setelah ditulis' })
})

test('the page compares what is pasted, and says which line cannot be read', async () => {
  const db = village()
  const app = freshApp(db)
  const text = await (await app.as(aulia).get('/audit/anchors.txt')).text()
  assert.match(await (await app.as(aulia).post('/audit/anchors', { anchors: text })).text(), '4 segel cocok')
  const odd = await app.as(aulia).post('/audit/anchors', { anchors: 'bukan segel' })
  assert.is(odd.status, 422)
  assert.match(await odd.text(), 'Baris 1 bukan segel')
  assert.is((await app.as(aulia).post('/audit/anchors', { anchors: ' ' })).status, 422)
})

test('years of them are read page by page, and leave whole as one file that only grows at its end', async () => {
  const db = freshDatabase()
  const day = (n: number) => addDays('2024-01-01', n)
  for (let n = 0; n < 600; n += 1) as(db, rina, (tx) => tx.audit('visit.opened', `v${n}`), `${day(n)}T03:00:00.000Z`)
  drop(db, `${day(600)}T03:00:00.000Z`)
  const app = freshApp(db)
  const days: string[] = []
  for (let href: string | undefined = '/audit/anchors'; href;) {
    const text: string = await (await app.as(aulia).get(href)).text()
    days.push(...[...text.matchAll(/data-label="Baris terakhir"[^>]*>([\d.]+)<\/td>/g)].map(([, seq]) => seq!))
    href = /href="([^"]+)" rel="next"/.exec(text)?.[1]
  }
  assert.equal(days, Array.from({ length: 600 }, (_, n) => formatNumber(600 - n)))
  const file = () => app.as(aulia).get('/audit/anchors.txt').then((answer) => answer.text())
  const before = await file()
  assert.equal(before.trim().split('\n').map((line) => line.slice(0, 10)), Array.from({ length: 600 }, (_, n) => day(n)))
  drop(db, `${day(602)}T03:00:00.000Z`)
  const after = await file()
  assert.ok(after.length > before.length && after.startsWith(before))
  assert.match(await (await app.as(aulia).post('/audit/anchors', { anchors: after })).text(), '601 segel cocok')
})

test('the verifier that stands alone agrees, with and without anchors, and finds what was changed or cut off', async () => {
  const db = village()
  const app = freshApp(db)
  const folder = mkdtempSync(join(tmpdir(), 'siks-anchors-'))
  const file = (name: string, text: string) => { writeFileSync(join(folder, name), text); return join(folder, name) }
  const verifier = file('periksa.mjs', await (await app.as(agus).get('/audit/periksa-jejak.js')).text())
  const segel = file('segel.txt', await (await app.as(aulia).get('/audit/anchors.txt')).text())
  const trail = await (await app.as(aulia).get('/audit/trail.jsonl')).text()
  const run = (text: string, ...more: string[]) => spawnSync(process.execPath, [verifier, file('jejak.jsonl', text), ...more], { encoding: 'utf8' }).stdout.trim()
  const lines = trail.trim().split('\n')

  assert.match(run(trail), 'Utuh: 9 baris, 0 segel cocok')
  assert.match(run(trail, segel), 'Utuh: 9 baris, 4 segel cocok')
  assert.match(run(trail, file('catatan.txt', `# kantor inspektorat, dicatat Aulia\r\n${readFileSync(segel, 'utf8').replace('\n', '  # dibacakan lewat telepon\n')}\n`)), 'Utuh: 9 baris, 4 segel cocok')
  assert.match(run(trail.replace('v2-03', 'v9-03'), segel), 'RUSAK: baris 3 berubah')
  assert.match(run(lines.filter((_, i) => i !== 4).join('\n')), 'RUSAK: baris 5 hilang')
  assert.match(run(lines.slice(0, 5).join('\n'), segel), 'RUSAK: 2 segel menunjuk baris yang tidak ada')
  rewrite(db, 5)
  const anew = await (await app.as(aulia).get('/audit/trail.jsonl')).text()
  assert.match(run(anew, segel), 'RUSAK: segel 2026-03-03 tidak cocok')
  assert.is(actions(db).filter((one) => one === 'audit.exported').length, 2)
  rmSync(folder, { recursive: true })
})

test.run()
