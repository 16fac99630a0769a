import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerReport, askReporter, raiseReport } from '#app/reports/answering.ts'
import { citizen } from '#app/public/citizen.ts'
import { escalateReports } from '#app/reports/escalation.ts'
import { reportsExport } from '#app/reports/exporting.ts'
import { addToReport } from '#app/reports/following.ts'
import { countWaiting, listReports } from '#app/reports/queue.ts'
import { setTerms } from '#app/reports/terms.ts'
import { replyTimes } from '#app/reports/times.ts'
import type { Actor } from '#app/users/actor.ts'
import { files, reportPhotos, reports, reportSteps } from '#db/schema/index.ts'
import type { Db } from '#db/connection.ts'
import { reportOf, sendReport } from '#test/support/reports.ts'
import { actions, agus, as, budi, freshApp, freshDatabase, GADINGSARI, oki, PONCOSARI, rina } from '#test/support/world.ts'

// Sent on the second of March; the desa has until the ninth, then the kecamatan five days, then Dinsos seven.
const on = (day: number) => new Date(`2026-03-${String(day).padStart(2, '0')}T03:00:00.000Z`)
const standing = (db: Db, code: string) => { const { status, level, dueOn } = reportOf(db, code); return `${status}@${level} ${dueOn}` }
const form = (db: Db, code: string) => ({ key: randomUUID(), revision: reportOf(db, code).revision })
const answer = (db: Db, who: Actor, code: string, day: number, outcome: 'accepted' | 'refused' = 'accepted') => as(db, who, (tx) =>
  answerReport(tx, reportOf(db, code).id, { ...form(db, code), outcome, refusalCode: outcome === 'refused' ? 'sudah_sesuai' : '', text: 'Sudah kami periksa.' }), on(day).toISOString())

const clock = suite('the clock of reports')

clock('sends what nobody answers to the kecamatan and then to Dinsos, by itself, once', async () => {
  const db = freshDatabase()
  const code = sendReport(db)
  assert.is(reportOf(db, code).replyBy, '2026-03-21')
  assert.is(await escalateReports(db, on(9)), 0)
  assert.is(await escalateReports(db, on(10)), 1)
  assert.is(await escalateReports(db, on(10)), 0)
  assert.is(standing(db, code), 'received@district 2026-03-15')
  await escalateReports(db, on(16))
  assert.is(standing(db, code), 'received@regency 2026-03-23')
  await escalateReports(db, on(30))
  assert.is(standing(db, code), 'received@regency 2026-03-23')
  assert.equal(actions(db).filter((action) => action === 'report.raised').length, 2)
  assert.equal(db.select().from(reportSteps).all().map(({ toLevel, note }) => [toLevel, note]),
    [['village', ''], ['district', 'Tidak dijawab sampai batas waktu'], ['regency', 'Tidak dijawab sampai batas waktu']])
})

clock('raises hundreds in chunks, every one of them once', async () => {
  const db = freshDatabase()
  for (let i = 0; i < 130; i += 1) sendReport(db, { statement: `Keadaannya begini, laporan ke-${i} dari warga.` })
  assert.is(await escalateReports(db, on(10)), 130)
  assert.equal([...new Set(db.select().from(reports).all().map(({ level }) => level))], ['district'])
})

clock('takes the turn from the desa: it may read on and note, but no longer answer', async () => {
  const world = freshApp()
  const code = sendReport(world.db)
  await escalateReports(world.db, on(10))
  const { id, revision } = reportOf(world.db, code)
  const late = await world.as(oki).post(`/reports/${id}/answer`, { key: randomUUID(), revision: String(revision), outcome: 'accepted', text: 'Baik' })
  assert.is(late.status, 403)
  assert.match(await late.text(), 'Giliran laporan ini sudah di kecamatan')
  assert.is((await world.as(oki).post(`/reports/${id}/notes`, { key: randomUUID(), text: 'Kami sudah ke sana' })).status, 303)
  answer(world.db, budi, code, 11)
  assert.is(reportOf(world.db, code).outcome, 'accepted')
})

clock('lets a level above answer, and takes the turn with it', () => {
  const db = freshDatabase()
  const code = sendReport(db)
  answer(db, rina, code, 3)
  assert.equal(db.select().from(reportSteps).all().map(({ toStatus, toLevel }) => `${toStatus}@${toLevel}`), ['received@village', 'received@regency', 'answered@regency'])
})

clock('can be given up by hand before its day', () => {
  const db = freshDatabase()
  const code = sendReport(db)
  as(db, oki, (tx) => raiseReport(tx, reportOf(db, code).id, { ...form(db, code), text: 'Menyangkut perangkat desa' }), on(4).toISOString())
  assert.is(standing(db, code), 'received@district 2026-03-09')
})

clock('stands still while the reporter is asked, and closes what the reporter leaves', async () => {
  const db = freshDatabase()
  const [silent, replying] = [sendReport(db), sendReport(db, { statement: 'Cerita yang lain sama sekali, tentang rumahnya.' })]
  for (const code of [silent, replying]) as(db, oki, (tx) => askReporter(tx, reportOf(db, code).id, { ...form(db, code), text: 'RT berapa?' }), on(8).toISOString())
  assert.is(await escalateReports(db, on(12)), 0)
  as(db, citizen, (tx) => addToReport(tx, replying, { key: randomUUID(), text: 'RT 02' }, []), on(13).toISOString())
  assert.is(standing(db, replying), 'examining@village 2026-03-20')
  await escalateReports(db, on(23))
  assert.is(standing(db, silent).split(' ')[0], 'closed@village')
})

clock('brings an objection one level up, and closes an answer nobody objects to', async () => {
  const db = freshDatabase()
  const [objected, left] = [sendReport(db), sendReport(db, { statement: 'Cerita yang lain sama sekali, tentang rumahnya.' })]
  for (const code of [objected, left]) answer(db, oki, code, 4, 'refused')
  as(db, citizen, (tx) => addToReport(tx, objected, { key: randomUUID(), text: 'Belum ada yang datang memeriksa' }, []), on(5).toISOString())
  assert.is(standing(db, objected), 'examining@district 2026-03-10')
  assert.equal([reportOf(db, objected).outcome, reportOf(db, objected).refusalCode], [null, null])
  await escalateReports(db, on(19))
  assert.is(standing(db, left).split(' ')[0], 'closed@village')
})

clock('keeps what was promised when the days change', () => {
  const db = freshDatabase()
  const before = sendReport(db)
  as(db, agus, (tx) => setTerms(tx, { validFrom: '2026-03-02', villageDays: 3, districtDays: 2, regencyDays: 2, waitDays: 7, source: 'SE Dinsos 12/2026' }))
  assert.equal([reportOf(db, before).dueOn, reportOf(db, sendReport(db)).dueOn, reportOf(db, sendReport(db)).replyBy], ['2026-03-09', '2026-03-05', '2026-03-09'])
  assert.throws(() => as(db, agus, (tx) => setTerms(tx, { validFrom: '2026-01-10', villageDays: 1, districtDays: 1, regencyDays: 1, waitDays: 1, source: 'x' })), /mundur/)
  assert.throws(() => as(db, rina, (tx) => setTerms(tx, { validFrom: '2026-04-01', villageDays: 1, districtDays: 1, regencyDays: 1, waitDays: 1, source: 'x' })), /berwenang/)
})

clock.run()

const queue = suite('the queue of reports')

queue('stands by day, marks what is overdue, and counts what waits for the reader', () => {
  const db = freshDatabase()
  const texts = ['pertama sekali, rumahnya sudah bagus', 'kedua, orangnya sudah lama pindah', 'ketiga, sawahnya luas sekali di utara']
  sendReport(db, { at: '2026-03-05T03:00:00.000Z', subjectName: 'Kedua', statement: texts[1] })
  sendReport(db, { at: '2026-03-01T03:00:00.000Z', subjectName: 'Pertama', statement: texts[0] })
  sendReport(db, { at: '2026-03-06T03:00:00.000Z', subjectName: 'Lain', regionCode: GADINGSARI, statement: texts[2] })
  const { rows } = listReports(db, rina, { show: 'open', region: '' }, undefined, { today: '2026-03-09' })
  assert.equal(rows.map(({ subjectName, overdue }) => [subjectName, overdue]), [['Pertama', true], ['Kedua', false], ['Lain', false]])
  assert.equal(listReports(db, oki, { show: 'mine', region: '' }, undefined, { today: '2026-03-09' }).rows.map(({ subjectName }) => subjectName), ['Pertama', 'Kedua'])
  assert.equal(listReports(db, rina, { show: 'overdue', region: '' }, undefined, { today: '2026-03-09' }).rows.length, 1)
  assert.equal([countWaiting(db, oki), countWaiting(db, budi), countWaiting(db, rina), countWaiting(db, agus)], [2, 0, 0, 0])
})

queue('goes on page by page without losing or repeating one', () => {
  const db = freshDatabase()
  for (let i = 0; i < 120; i += 1) sendReport(db, { subjectName: `Warga ${i}`, statement: `Keadaan keluarga nomor ${i} perlu diperiksa.` })
  const seen: number[] = []
  for (let after = undefined as Parameters<typeof listReports>[3], more = true; more;) {
    const { rows, next } = listReports(db, oki, { show: 'open', region: '' }, after, { today: '2026-03-03' })
    seen.push(...rows.map(({ number }) => number))
    after = next ?? undefined
    more = next !== null
  }
  assert.equal([seen.length, new Set(seen).size], [120, 120])
})

queue('marks the same words or the same photo sent many times, and refuses none of them', () => {
  const db = freshDatabase()
  const same = 'Dia itu kaya, tolong dihapus saja.'
  const [first] = [same, `${same.toUpperCase()} !!`, same].map((statement) => sendReport(db, { statement }))
  const other = sendReport(db, { statement: 'Bu Tumijah janda, rumahnya bocor dan belum pernah didata.', kind: 'usul', reasonCode: 'belum_terdata' })
  assert.equal([reportOf(db, first!).suspicion, reportOf(db, other).suspicion], ['text', ''])
  db.insert(files).values({ sha256: 'ab'.repeat(32), mime: 'image/jpeg', bytes: 9, storedAt: on(1).toISOString() }).run()
  const photo = { sha256: 'ab'.repeat(32), mime: 'image/jpeg', bytes: 9, field: 'photo1', name: 'a.jpg' }
  const codes = ['rumah di utara sungai kecil', 'rumah di selatan jalan raya', 'rumah di barat lapangan bola'].map((statement) => sendReport(db, { statement, photos: [photo] }))
  assert.equal(codes.map((code) => reportOf(db, code).suspicion), ['photo', 'photo', 'photo'])
  assert.is(db.select().from(reportPhotos).all().length, 3)
  assert.is(listReports(db, oki, { show: 'suspect', region: '' }).rows.length, 6)
})

queue('leaves as a file without who reported', () => {
  const db = freshDatabase()
  for (let i = 0; i < 300; i += 1) sendReport(db, { statement: `Keadaan keluarga nomor ${i} perlu diperiksa.` })
  const rows = [...reportsExport.chunks({ db, actor: oki }, { show: 'open' })].flat()
  assert.equal([rows.length, new Set(rows.map(([number]) => number)).size], [300, 300])
  assert.not.match(JSON.stringify(rows), /Karto|0812/)
})

queue.run()

const times = suite('reply times per desa')

times('count answers in time and late, what is overdue, and the middle number of days', async () => {
  const world = freshApp()
  const { db } = world
  const texts = ['satu: rumahnya sudah bertingkat', 'dua: punya usaha angkutan', 'tiga: anaknya pegawai negeri', 'empat: sudah pindah ke kota']
  const codes = texts.map((statement) => sendReport(db, { statement }))
  answer(db, oki, codes[0]!, 4)
  answer(db, oki, codes[1]!, 8)
  answer(db, oki, codes[2]!, 25)
  const [row, ...others] = replyTimes(db, rina, on(26))
  // Read a few at a time the same: no desa is cut, and none left out.
  for (const atOnce of [1, 2, 4]) assert.equal(replyTimes(db, rina, on(26), atOnce), [row, ...others])
  assert.equal([row!.code, row!.received, row!.inTime, row!.late, row!.waiting, row!.overdue, row!.medianDays, others.length], [PONCOSARI, 4, 2, 1, 0, 1, 6, 0])
  const page = await (await world.as(rina).get('/reports/times')).text()
  for (const words of ['<svg', 'Waktu jawab per desa', 'Poncosari']) assert.match(page, words)
})

times.run()
