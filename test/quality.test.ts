import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eq } from 'drizzle-orm'
import { catchUp as judgeAll } from '#app/evidence/following.ts'
import { answersTo } from '#app/quality/flag-answers.ts'
import { countQueued, queue, STEP } from '#app/quality/queue.ts'
import { followSome } from '#app/quality/following.ts'
import { durationsOf } from '#app/quality/officer-page.ts'
import type { Db } from '#db/connection.ts'
import { auditEntries, flagAnswers, officerFigures, photoViews, reviewerDays, reviewerFigures, visits } from '#db/schema/index.ts'
import { addFlag, addReview, keepFigures } from '#test/support/quality.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, budi, dewi, eko, freshApp, nia, oki, PONCOSARI, rina, siti, tono, TRIMURTI, wawan } from '#test/support/world.ts'

const MINUTE = 60_000
const KEY = '00000000-0000-4000-8000-00000000000'

// Siti has made `n` visits in Poncosari, Tono as many; the first of Siti's carries a flag.
function world(n = 3) {
  const made = freshApp()
  for (const officer of [siti, tono]) {
    for (let i = 0; i < n; i += 1) {
      const id = `${officer.id}-${i}`
      addHousehold(made.db, id, { stage: 'assigned', officer, head: `Warga ${officer.id} ${i}` })
      addVisit(made.db, id, officer, { id: `visit-${id}`, activeMs: (20 + i) * MINUTE, at: `2026-03-0${1 + i % 5}T02:30:00.000Z`, outcome: i === 2 ? 2 : 1 })
    }
  }
  if (n > 0) addFlag(made.db, 'visit-siti-0', 'night')
  keepFigures(made.db, made.db.select({ id: visits.id }).from(visits).all().map(({ id }) => id))
  return made
}
const figuresOf = (db: Db, officer: string, month = '') => db.select().from(officerFigures).where(eq(officerFigures.officerId, officer)).all().find((row) => row.month === month)!
const kept = (db: Db) => [db.select().from(flagAnswers).all(), db.select().from(auditEntries).all().length]
const answer = (given: Record<string, string> = {}) => ({ key: `${KEY}1`, visit: 'visit-siti-0', code: 'night', text: 'Warga baru pulang dari pasar malam.', ...given })

const figures = suite('figures kept as visits are judged')

figures('stand for the whole time and for the month', () => {
  const { db } = world()
  const row = figuresOf(db, 'siti')
  assert.equal([row.visits, row.finished, row.notFound, row.flagCount, row.medianMs, row.level], [3, 2, 1, 1, 20.5 * MINUTE, 'unknown'])
  assert.is(figuresOf(db, 'siti', '2026-03').visits, 3)
})

figures('follow the judging of evidence by themselves, and a second judging counts no visit twice', async () => {
  const { db } = freshApp()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  addVisit(db, 'asep', siti, { id: 'visit-asep' })
  assert.is(countQueued(db), 1, 'its first row of evidence')
  keepFigures(db)
  assert.equal([figuresOf(db, 'siti').visits, countQueued(db)], [1, 0])
  await judgeAll(db)
  assert.is(countQueued(db), 1, 'the judging')
  keepFigures(db)
  assert.is(figuresOf(db, 'siti').visits, 1)
})

figures('go on after a stop where they were', () => {
  const { db } = world(0)
  for (let i = 0; i < 50; i += 1) {
    addHousehold(db, `h${i}`, { stage: 'assigned', officer: siti })
    addVisit(db, `h${i}`, siti, { id: `v${i}` })
    queue(db, STEP.visit, `v${i}`)
  }
  followSome(db, '2026-03-02T00:00:00.000Z')
  assert.ok(countQueued(db) > 0)
  keepFigures(db)
  assert.is(figuresOf(db, 'siti').visits, 50)
})

figures('know a visit that came back', () => {
  const { db } = world()
  addReview(db, 'visit-siti-1', budi, { outcome: 'returned', note: 'Foto atap buram.' })
  keepFigures(db)
  assert.is(figuresOf(db, 'siti').returned, 1)
})

const list = suite('the list of officers')

list('shows those of the reader\'s region with their numbers, and nobody else', async () => {
  const { as } = world(9)
  const text = await (await as(budi).get('/officers')).text()
  assert.match(text, /Siti Rahayu[\s\S]*Poncosari/)
  assert.match(text, /Tono Wibowo/)
  assert.not.match(await (await as(eko).get('/officers')).text(), /Siti Rahayu/)
  assert.not.match(await (await as(budi).get(`/officers?region=${TRIMURTI}`)).text(), /Siti Rahayu/)
  assert.is((await as(nia).get(`/officers?region=${PONCOSARI}`)).status, 404)
})

list('is sorted as asked and goes on where a page ended', async () => {
  const { as, db } = world(1)
  const row = figuresOf(db, 'siti')
  for (let i = 0; i < 60; i += 1) {
    db.$client.prepare("INSERT INTO users (id, username, name, role, password_hash, status, created_at) VALUES (?, ?, ?, 'enumerator', '-', 'active', '')").run(`o${i}`, `o${i}`, `Petugas ${String(i).padStart(2, '0')}`)
    db.insert(officerFigures).values({ ...row, officerId: `o${i}`, visits: i + 10, reasons: [], figures: row.figures }).run()
  }
  const first = await (await as(budi).get('/officers?sort=visits')).text()
  const next = /href="(\/officers\?[^"]*after=[^"]+)" rel="next"/.exec(first)![1]!.replaceAll('&amp;', '&')
  const second = await (await as(budi).get(next)).text()
  const names = (text: string) => [...text.matchAll(/>Petugas (\d\d)</g)].map((found) => Number(found[1]))
  assert.equal([...names(first), ...names(second)], Array.from({ length: 60 }, (_, i) => 59 - i))
  assert.match(second, /Siti Rahayu/)
})

list('leaves as a file, with a line in the trail', async () => {
  const { as, db } = world()
  assert.match(await (await as(budi).get('/officers/list.csv')).text(), /Siti Rahayu;34\.02\.01\.2001;Poncosari;3;2;1;0;1;20,5/)
  assert.ok(db.select().from(auditEntries).all().some(({ action }) => action === 'quality.downloaded'))
})

const one = suite('an officer\'s page')

one('draws the durations, counts flags by kind and tells why visits came back', async () => {
  const { as, db } = world(9)
  addReview(db, 'visit-siti-1', budi, { outcome: 'returned', note: 'Foto atap buram.' })
  keepFigures(db)
  const text = await (await as(wawan).get('/officers/siti')).text()
  assert.match(text, /href="\/tasks\/new\?[^"]*officer%3Asiti"[^>]*>Buat tugas/)
  assert.match(text, /<svg[^>]*class="points"/)
  assert.match(text, /separuh wawancaranya/)
  assert.match(text, /Jam kunjungan/)
  assert.match(text, /Foto atap buram/)
  assert.not.match(text, /Kirim penjelasan/)
})

one('holds interviews against those of the same months, by the calendar of the desa and not by that of Greenwich', () => {
  const { db } = world(0)
  const visit = (officer: typeof siti, id: string, at: string) => {
    addHousehold(db, id, { stage: 'assigned', officer })
    addVisit(db, id, officer, { id: `visit-${id}`, at, activeMs: 20 * MINUTE })
  }
  visit(siti, 'early', '2026-02-28T17:30:00.000Z')
  for (let i = 0; i < 8; i += 1) visit(tono, `february-${i}`, '2026-02-28T16:30:00.000Z')
  const band = () => {
    keepFigures(db, db.select({ id: visits.id }).from(visits).all().map(({ id }) => id))
    return durationsOf(db, 'siti', PONCOSARI).band?.visits
  }
  assert.is(band(), undefined)
  for (let i = 0; i < 8; i += 1) visit(tono, `march-${i}`, '2026-03-01T02:30:00.000Z')
  assert.is(band(), 8)
})

one('is his own to read, in kind words, and no colleague\'s', async () => {
  const { as } = world()
  const page = await as(siti).get('/officers/siti')
  assert.match(await page.text(), /Tanda bukan tuduhan[\s\S]*Kirim penjelasan/)
  assert.is((await as(siti).get('/officers/mine')).headers.get('Location'), '/officers/siti')
  assert.is((await as(tono).get('/officers/siti')).status, 403)
  assert.is((await as(dewi).get('/officers/dewi')).status, 200)
})

const answers = suite('answers to flags')

answers('are kept once, however often they are sent, and stand beside the flag', async () => {
  const { as, db } = world()
  for (let i = 0; i < 2; i += 1) assert.is((await as(siti).post('/officers/mine/answers', answer())).status, 303)
  assert.equal(answersTo(db, 'visit-siti-0').map(({ code, text }) => [code, text]), [['night', 'Warga baru pulang dari pasar malam.']])
  assert.is(db.select().from(auditEntries).all().filter(({ action }) => action === 'visit.flag_answered').length, 1)
  assert.match(await (await as(budi).get('/officers/siti')).text(), /Warga baru pulang dari pasar malam/)
})

answers('are refused where there is no such flag of one\'s own, or nothing is said', async () => {
  const { as, db } = world()
  const before = kept(db)
  assert.is((await as(tono).post('/officers/mine/answers', answer())).status, 404)
  assert.is((await as(siti).post('/officers/mine/answers', answer({ code: 'clock' }))).status, 404)
  assert.is((await as(budi).post('/officers/mine/answers', answer())).status, 403)
  const empty = await as(siti).post('/officers/mine/answers', answer({ text: ' ' }))
  assert.is(empty.status, 422)
  assert.match(await empty.text(), /Tuliskan penjelasan Anda/)
  const long = await as(siti).post('/officers/mine/answers', answer({ text: 'a'.repeat(501) }))
  assert.match(await long.text(), /paling panjang 500 huruf[\s\S]*a{501}/)
  assert.equal(kept(db), before)
})

answers('end at five', async () => {
  const { as, db } = world()
  for (let i = 1; i <= 6; i += 1) await as(siti).post('/officers/mine/answers', answer({ key: `${KEY}${i}`, text: `Sebab ${i}` }))
  assert.is(db.select().from(flagAnswers).all().length, 5)
})

const reviewers = suite('reviewers')

reviewers('are counted by day, with what a later stage thought of it', async () => {
  const { as, db } = world(9)
  for (let i = 0; i < 4; i += 1) addReview(db, `visit-siti-${i}`, budi, { at: `2026-03-02T03:0${i}:00.000Z` })
  addReview(db, 'visit-siti-0', rina, { level: 2, outcome: 'returned', at: '2026-03-04T03:00:00.000Z', note: 'NIK belum cocok.' })
  for (const i of [1, 2]) addReview(db, `visit-siti-${i}`, rina, { level: 2, at: `2026-03-04T03:0${i}:00.000Z` })
  keepFigures(db)
  const [day] = db.select().from(reviewerDays).where(eq(reviewerDays.reviewerId, 'budi')).all()
  assert.equal([day!.day, day!.approved, day!.followed, day!.overturned, day!.sessionMs], ['2026-03-02', 4, 3, 1, 3 * MINUTE])
  assert.equal(db.select().from(reviewerFigures).all().map(({ reviewerId, decided }) => [reviewerId, decided]).sort(), [['budi', 4], ['rina', 3]])
  assert.match(await (await as(rina).get('/reviewers')).text(), /Budi Santoso/)
  assert.match(await (await as(rina).get('/reviewers/budi')).text(), /Warga siti 0[\s\S]*NIK belum cocok/)
  assert.is((await as(budi).get('/reviewers/budi')).status, 200)
  assert.is((await as(wawan).get('/reviewers/budi')).status, 403)
  assert.is((await as(nia).get('/reviewers/budi')).status, 404)
})

reviewers('who approve without opening a photo are told from those who open one', async () => {
  const { as, db } = world(9)
  const now = new Date().toISOString()
  db.$client.exec(`INSERT INTO files (sha256, mime, bytes, stored_at) VALUES ('${'ab'.repeat(32)}', 'image/jpeg', 1, '${now}')`)
  db.$client.exec(`INSERT INTO visit_photos (visit_id, kind, sha256, added_at) VALUES ('visit-siti-0', 'F-RUMAH', '${'ab'.repeat(32)}', '${now}')`)
  for (const who of [budi, rina, siti]) await as(who).get('/files/visits/visit-siti-0/F-RUMAH')
  assert.equal(db.select().from(photoViews).all().map(({ visitId, reviewerId, kind }) => [visitId, reviewerId, kind]), [['visit-siti-0', 'budi', 'F-RUMAH'], ['visit-siti-0', 'rina', 'F-RUMAH']])
  const later = new Date(Date.now() + MINUTE).toISOString()
  for (const i of [0, 1]) addReview(db, `visit-siti-${i}`, budi, { at: later })
  keepFigures(db)
  const [day] = db.select().from(reviewerDays).where(eq(reviewerDays.reviewerId, 'budi')).all()
  assert.equal([day!.watched, day!.unopened], [2, 1])
})

reviewers('see their own page, also with nothing decided yet', async () => {
  const { as } = world(0)
  assert.match(await (await as(wawan).get('/reviewers/wawan')).text(), /Belum ada keputusan/)
  assert.is((await as(oki).get('/reviewers/mine')).status, 403)
})

figures.run()
list.run()
one.run()
answers.run()
reviewers.run()
