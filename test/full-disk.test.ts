import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startSession } from '#app/sessions/sessions.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { aDelivery, bundleOf, type Made } from '#test/support/delivery.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { aRecord } from '#test/support/records.ts'
import { send as sendReport } from '#test/support/reports.ts'
import { addHousehold, freshApp, siti } from '#test/support/world.ts'

const full = suite('a full disk')

// As SQLite sees it: the file may not grow by another page.
function closeDisk({ $client }: Db) {
  const pages = $client.pragma('page_count', { simple: true })
  $client.pragma(`max_page_count = ${pages}`)
}
const openDisk = ({ $client }: Db) => $client.pragma('max_page_count = 1000000')

full('refuses what it cannot keep, in words that say what to do, and takes it once there is room', async () => {
  const world = freshApp()
  for (let n = 0; n < 40; n += 1) addHousehold(world.db, `rt-${n}`, { stage: 'downloaded', officer: siti })
  // Signed in while there was room.
  const cookie = `siks_session=${await startSession(world.db, siti.id, 'test')}`
  closeDisk(world.db)
  const made = Array.from({ length: 40 }, (_, n) => aDelivery({ householdId: `rt-${n}`, sequence: n + 1, record: aRecord({ head: `Warga ${n}` }) }))
  const bundle = async (one: Made) => {
    const answer = await world.app.request(`/deliveries/${one.id}/bundle`, { method: 'POST', headers: { Cookie: cookie, Accept: 'application/json' }, body: new Uint8Array(bundleOf(one)) })
    return { status: answer.status, said: await answer.json() as { problem?: { code: string, message: string } } }
  }
  const answers: Awaited<ReturnType<typeof bundle>>[] = []
  for (const one of made) answers.push(await bundle(one))
  const refused = answers.findIndex(({ status }) => status !== 200)
  assert.ok(refused >= 0, 'it grew full')
  assert.equal([answers[refused]!.status, answers[refused]!.said.problem!.code], [507, 'full'])
  assert.match(answers[refused]!.said.problem!.message, /penuh.*kirim lagi/)
  const standing = () => world.db.$client.prepare("SELECT count(*) FROM visits WHERE status = 'submitted'").pluck().get()
  assert.is(standing(), answers.filter(({ status }) => status === 200).length, 'what was refused left nothing behind')
  // A page says it too: a citizen's report is more than the last page holds.
  const pages: Response[] = []
  for (let n = 0; n < 4; n += 1) pages.push(await sendReport(world, { statement: 'Sudah punya toko besar. '.repeat(60) }))
  const refusal = pages.find(({ status }) => status >= 500)
  assert.is(refusal?.status, 507, pages.map(({ status }) => status).join())
  assert.match(await refusal!.text(), /Penyimpanan server penuh.*Beri tahu admin/)
  openDisk(world.db)
  for (const [n, one] of made.entries()) if (answers[n]!.status !== 200) assert.is((await bundle(one)).status, 200)
  assert.equal([standing(), findBrokenLine(world.db)], [made.length, undefined])
})

// A real server that may write no file longer than this: its log, its database and its photos all meet the end of the disk.
const SIZE_KB = 4 * 1024
const VISITS = 80
// Longer than any file may be: what fills it stands behind what tells its size.
function longPhoto(): Buffer {
  const picture = makeJpeg({ width: 160, height: 120, seed: 9999 })
  const scan = picture.indexOf(Buffer.from([0xff, 0xda]))
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65_533, 7)])
  return Buffer.concat([picture.subarray(0, scan), ...Array.from({ length: 70 }, () => comment), picture.subarray(scan)])
}
const households = Array.from({ length: VISITS }, (_, n) => `rt-${n}`)

async function post(server: ServerProcess, cookie: string, made: Made): Promise<{ status: number, text: string }> {
  const answer = await fetch(`${server.url}/deliveries/${made.id}/bundle`, { method: 'POST', headers: { Cookie: cookie, Accept: 'application/json' }, body: new Uint8Array(bundleOf(made)) })
  return { status: answer.status, text: await answer.text() }
}

const crowding: ChildProcess[] = []
full.after(() => crowding.forEach((child) => child.kill('SIGKILL')))

async function limited(server: ServerProcess) {
  const child = spawn('sh', ['-c', `ulimit -S -f ${SIZE_KB * 2}; exec "$0" .build/server.js`, process.execPath], {
    cwd: server.program, env: { ...process.env, PORT: String(server.port), HOST: '127.0.0.1', SIKS_DATA: server.directory, SIKS_DEMO: 'false', SIKS_DISK_RESERVE_MB: '0' }, stdio: 'ignore',
  })
  process.once('exit', () => child.kill('SIGKILL'))
  crowding.push(child)
  for (let tries = 0; !await fetch(`${server.url}/healthz`).then(({ ok }) => ok, () => false); tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error('The server does not start')
    await pause(50)
  }
  return { stop: () => new Promise<void>((done) => { child.once('exit', () => done()); child.kill('SIGKILL') }) }
}

full('under a real server loses nothing that was acknowledged; the server lives on, and takes the rest afterwards', async () => {
  const server = await serverProcess((db) => households.forEach((id) => addHousehold(db, id, { stage: 'downloaded', officer: siti })))
  const seeding = openDatabase(join(server.directory, 'siks.db'))
  const cookie = `siks_session=${await startSession(seeding, siti.id, 'test')}`
  seeding.$client.close()
  const long = longPhoto()
  // One of eight carries a photo longer than any file may be.
  const made = households.map((householdId, n) => aDelivery({
    householdId, sequence: n + 1, record: aRecord({ head: `Warga ${n}`, household: { hasilVerivali: 2 } }), photos: { 'F-RUMAH': n % 8 === 7 ? long : makeJpeg({ width: 160, height: 120, seed: n }) },
  }))
  const crowded = await limited(server)
  const answers: { status: number, text: string }[] = []
  for (const one of made) answers.push(await post(server, cookie, one))
  assert.equal([...new Set(answers.map(({ status }) => status))].sort(), [200, 507])
  assert.ok(answers.every(({ status, text }) => status === 200 || /"full"/.test(text)), 'every refusal says why')
  const alive = await fetch(`${server.url}/session`)
  assert.is(alive.status, 200)
  await crowded.stop()

  const acknowledged = made.filter((_, n) => answers[n]!.status === 200).map(({ visitId }) => visitId)
  const lost = server.read((db) => acknowledged.filter((id) => db.$client.prepare("SELECT status FROM visits WHERE id = ?").pluck().get(id) !== 'submitted'))
  assert.equal(lost, [])
  await server.start()
  for (const [n, one] of made.entries()) if (answers[n]!.status !== 200) assert.is((await post(server, cookie, one)).status, 200)
  await server.stop()
  assert.equal(server.read((db) => [db.$client.pragma('integrity_check', { simple: true }), findBrokenLine(db), db.$client.prepare("SELECT count(*) FROM visits WHERE status = 'submitted'").pluck().get()]), ['ok', undefined, VISITS])
})

full.run()
