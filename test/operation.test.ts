import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deleteUser } from '#app/offline/database.ts'
import type { Fetch } from '#app/offline/line.ts'
import { noteLast, takeLock, type Made } from '#app/backup/last.ts'
import { readDisk, roomFor, watchDisk } from '#app/operation/disk.ts'
import { Told } from '#app/operation/failures.ts'
import { listFollowers } from '#app/operation/followers.ts'
import { askForBackup, warningsFor } from '#app/operation/view.ts'
import { lastRun, noteRun, runJob } from '#app/operation/works.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { visits } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aPhone, KINDS, queue } from '#test/support/sending.ts'
import { actions, addHousehold, agus, as, freshApp, freshDatabase, rina, siti } from '#test/support/world.ts'

const ROOMY = { reserve: 1, warn: 2 }
const FULL = { reserve: Number.MAX_SAFE_INTEGER, warn: Number.MAX_SAFE_INTEGER }
const LOW = { reserve: 1, warn: Number.MAX_SAFE_INTEGER }
const MADE: Made = { at: '2026-03-01T18:30:00.000Z', where: '/mnt/cadangan', encrypted: true, sameDisk: false, households: 3, files: 5, newFiles: 2, sentBytes: 1000, checked: 4, kept: 2, tookMs: 900 }

function aServer() {
  const world = freshApp()
  watchDisk(world.dataDirectory, ROOMY)
  return world
}

const disk = suite('a disk that fills up')

disk('is fine, then low, then full', () => {
  const { dataDirectory } = aServer()
  assert.is(readDisk(dataDirectory).level, 'fine')
  watchDisk(dataDirectory, LOW)
  assert.is(readDisk(dataDirectory).level, 'low')
  watchDisk(dataDirectory, FULL)
  assert.is(readDisk(dataDirectory).level, 'full')
})

disk('counts what it lets in before the file system tells of it', () => {
  const { dataDirectory } = aServer()
  const { free } = readDisk(dataDirectory)
  watchDisk(dataDirectory, { reserve: free - 1000, warn: free })
  roomFor(dataDirectory, 900)
  assert.throws(() => roomFor(dataDirectory, 200), /hampir penuh/)
})

disk('refuses uploads with 507 before anything is read, and says what to do', async () => {
  const { as: signedIn, dataDirectory, db } = aServer()
  watchDisk(dataDirectory, FULL)
  const before = actions(db).length
  const answer = await signedIn(rina).post('/imports', { file: new File(['a;b'], 'prelist.csv') })
  assert.is(answer.status, 507)
  assert.match(await answer.text(), /Penyimpanan server hampir penuh.*kirim lagi nanti/s)
  assert.is(actions(db).length, before)
})

disk('still shows every page, and takes what brings no bytes', async () => {
  const { as: signedIn, dataDirectory } = aServer()
  watchDisk(dataDirectory, FULL)
  assert.equal([(await signedIn(rina).get('/households')).status, (await signedIn(rina).post('/session/end')).status], [200, 303])
})

disk('leaves a visit on the phone, which tries again later and then brings it whole', async () => {
  const world = aServer()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti })
  const session = await startSession(world.db, siti.id, 'test')
  const fetch: Fetch = (path, init) => Promise.resolve(world.app.request(path, { ...init, headers: { ...init.headers as Record<string, string>, Cookie: `siks_session=${session}` } }))
  await deleteUser(siti.id)
  const phone = await aPhone(siti.id, fetch)
  const sent = await queue(phone, { photos: KINDS.length, make: (seed: number) => Buffer.from(makeJpeg({ width: 640, height: 480, seed })), householdId: 'asep' })
  for (const good of [true, false]) {
    watchDisk(world.dataDirectory, FULL)
    const status = await phone.sync({ good, force: true })
    assert.equal([status.halt, status.sentence.includes('Server penuh; data tetap di HP'), (await phone.db.get('outbox', sent.id))?.state], ['full', true, 'queued'])
  }
  assert.is(world.db.select().from(visits).all().length, 0)
  watchDisk(world.dataDirectory, ROOMY)
  assert.is((await phone.sync({ force: true })).counts.arrived, 1)
  assert.equal(world.db.select().from(visits).all().map(({ status }) => status), ['submitted'])
})

disk('warns the administrator on the first page, and nobody else, before anything is refused', async () => {
  const { as: signedIn, dataDirectory } = aServer()
  watchDisk(dataDirectory, LOW)
  assert.match(await (await signedIn(agus).get('/')).text(), /Penyimpanan server hampir penuh/)
  assert.not.match(await (await signedIn(rina).get('/')).text(), /Penyimpanan server/)
})

const works = suite('what runs by itself')

works('is remembered with its last result, over a restart', async () => {
  const db = freshDatabase()
  await runJob(db, 'sessions', () => undefined)
  assert.is(lastRun(db, 'sessions')?.failure, null)
  assert.is(db.$client.prepare("SELECT count(*) FROM works WHERE name = 'sessions' AND fine_at IS NOT NULL").pluck().get(), 1)
})

works('that fails stops nobody, and is told by kind and code, never by a message that may hold a name', async () => {
  const [db, said] = [freshDatabase(), console.error]
  console.error = () => undefined
  await runJob(db, 'reports', () => { throw Object.assign(new Error('Siti Rahayu 3402019876543210'), { code: 'SQLITE_BUSY' }) })
  await runJob(db, 'exports', () => { throw new Told('Folder ekspor tidak dapat ditulis.') })
  console.error = said
  assert.equal([lastRun(db, 'reports')?.failure, lastRun(db, 'exports')?.failure], ['Error SQLITE_BUSY', 'Folder ekspor tidak dapat ditulis.'])
})

works('keeps the last good end when it fails afterwards', () => {
  const db = freshDatabase()
  noteRun(db, 'periods', { tookMs: 1 }, new Date('2026-03-02T01:00:00Z'))
  noteRun(db, 'periods', { tookMs: 1, failure: new Told('Gagal.') }, new Date('2026-03-02T02:00:00Z'))
  const { fineAt, failedAt } = lastRun(db, 'periods')!
  assert.equal([fineAt, failedAt], ['2026-03-02T01:00:00.000Z', '2026-03-02T02:00:00.000Z'])
})

works('is stuck when for ten minutes there was something to do and nothing ended well', () => {
  const db = freshDatabase()
  const startedAt = new Date('2026-03-02T01:00:00Z')
  db.$client.exec("INSERT INTO quality_queue VALUES (1, 'visit')")
  const stuckAt = (time: string) => listFollowers(db, startedAt, new Date(`2026-03-02T${time}Z`)).filter(({ stuck }) => stuck).map(({ name }) => name)
  assert.equal(stuckAt('01:09:00'), [])
  assert.equal(stuckAt('01:11:00'), ['quality'])
  noteRun(db, 'quality', { tookMs: 1 }, new Date('2026-03-02T01:10:30Z'))
  assert.equal(stuckAt('01:11:00'), [])
})

const page = suite('the page Operasi')

page('shows the administrator disk, backup, every work and the version', async () => {
  const { as: signedIn, dataDirectory } = aServer()
  noteLast(dataDirectory, { made: MADE })
  const html = await (await signedIn(agus).get('/operation')).text()
  for (const word of ['Ruang disk', 'Bukti kunjungan', 'Sidik foto', 'Segel harian jejak audit', 'Menyala sejak', 'Skema basis data', '3 rumah tangga', '4 berkas dibaca ulang', 'hx-get="/operation"']) assert.match(html, word)
})

page('comes as its living part alone when htmx asks again', async () => {
  const { htmx } = aServer()
  const html = await (await htmx(agus).get('/operation')).text()
  assert.match(html, /^<div id="keadaan"/)
})

page('says what failed and what to do next', async () => {
  const { as: signedIn, dataDirectory } = aServer()
  noteLast(dataDirectory, { made: MADE })
  noteLast(dataDirectory, { failure: new Told('/mnt/cadangan tidak dapat ditulis.') })
  const html = await (await signedIn(agus).get('/')).text()
  assert.match(html, /Cadangan terakhir gagal.*\/mnt\/cadangan tidak dapat ditulis.*Cadangkan sekarang/s)
})

page('tells that backups are late after a night was missed', async () => {
  const { db, dataDirectory } = aServer()
  const server = { db, dataDirectory, startedAt: new Date('2026-03-01T00:00:00Z'), backup: { to: '/mnt/cadangan' } as never }
  noteLast(dataDirectory, { made: MADE }, new Date('2026-03-01T18:30:00Z'))
  const kinds = async (at: string) => (await warningsFor(server, agus, new Date(at))).map(({ kind }) => kind)
  assert.equal([await kinds('2026-03-02T18:00:00Z'), await kinds('2026-03-02T22:00:00Z')], [[], ['backup-late']])
  // Nobody is told any more where to, and nothing comes from elsewhere either.
  server.backup = {} as never
  assert.equal([await kinds('2026-03-02T18:00:00Z'), await kinds('2026-03-02T22:00:00Z')], [[], ['no-backup']])
})

page('tells that backups are late where there never was one, however often the server is restarted', async () => {
  const { db, dataDirectory } = aServer()
  db.$client.exec("UPDATE migrations SET applied_at = '2026-03-01T00:00:00.000Z'")
  const kinds = async (at: string) => (await warningsFor({ db, dataDirectory, startedAt: new Date(at), backup: { to: '/mnt/cadangan' } as never }, agus, new Date(at))).map(({ kind }) => kind)
  assert.equal([await kinds('2026-03-01T20:00:00Z'), await kinds('2026-03-05T20:00:00Z')], [[], ['backup-late']])
})

page('says in words where a setting is written, and what makes it count', async () => {
  const { as: signedIn } = freshApp(undefined, { backup: { at: '01:30', recipients: [], keep: { days: 7, weeks: 4, months: 12 } } as never })
  const html = await (await signedIn(agus).get('/operation')).text()
  assert.match(html, /Belum ada cadangan[\s\S]*berkas pengaturan server \(\/etc\/siks\/siks.env, baris SIKS_BACKUP_TO\), lalu jalankan ulang layanan: sudo systemctl restart siks/)
})

page('starts a backup once, with a line of audit, and only where it is known to go', () => {
  const { db, dataDirectory } = aServer()
  let begun = 0
  const ask = (backup?: object) => as(db, agus, (tx) => askForBackup(tx, { dataDirectory, backup: backup as never }, (() => { begun += 1 }) as never))
  assert.throws(() => ask(), /Tujuan cadangan belum diatur/)
  ask({ to: '/mnt/cadangan' })
  takeLock(dataDirectory)
  ask({ to: '/mnt/cadangan' })
  assert.equal([begun, actions(db)], [1, ['backup.asked']])
  assert.throws(() => as(db, rina, (tx) => askForBackup(tx, { dataDirectory, backup: { to: '/x' } as never })), /tidak berwenang/)
})

disk.run()
works.run()
page.run()
