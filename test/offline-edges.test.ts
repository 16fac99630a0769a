import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Actor } from '#app/users/actor.ts'
import { findWrong, type Safe } from '#test/support/arrived.ts'
import { Phone, PIN } from '#test/support/phone.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { proxyTo, type Proxy } from '#test/support/proxy.ts'
import { ninePhotos, OUTCOME, takePhoto, visitQuickly } from '#test/support/visiting.ts'
import { addHousehold, siti, tono } from '#test/support/world.ts'

const edges = suite('a phone on a bad day')

let server: ServerProcess
let proxy: Proxy
let phone: Phone

edges.before.each(async () => {
  server = await serverProcess((db) => {
    for (const officer of [siti, tono]) for (let n = 1; n <= 4; n++) addHousehold(db, `${officer.id}-${n}`, { head: `Warga ${n} ${officer.name}`, officer, stage: 'assigned' })
  })
  await server.start()
  proxy = await proxyTo(server.url)
  phone = await new Phone(proxy.url).open()
})
edges.after.each(async () => {
  await phone.close()
  await proxy.stop()
  await server.kill()
})

let number = 0
const made = (officer: Actor, n: number): Safe & { photos: ReturnType<typeof ninePhotos> } => {
  const householdId = `${officer.id}-${n}`
  return { householdId, visitId: `00000000-0000-4000-8000-${String(++number).padStart(12, '0')}`, photos: ninePhotos(householdId, 30_000) }
}

async function visit(officer: Actor, n: number) {
  const it = made(officer, n)
  const told = await visitQuickly(phone.page, { ...it, outcome: OUTCOME.finished })
  assert.ok(told.safe, told.words)
  return it
}

async function setOut(officer: Actor) {
  await phone.signIn(officer)
  await phone.prepare()
}

const count = (sql: string, ...values: unknown[]) => server.read(({ $client }) => $client.prepare(sql).pluck().get(...values)) as number
const arrived = async (safe: Safe[]) => {
  await server.kill()
  assert.equal(await findWrong(server, safe), { lost: [], doubled: [] })
}

async function until(what: string, happens: () => boolean | Promise<boolean>, most = 20_000) {
  for (const begin = Date.now(); !await happens();) {
    if (Date.now() - begin > most) throw new Error(`Waited in vain: ${what}\n${await phone.page.locator('main').innerText()}`)
    await pause(50)
  }
}

edges('a session that ends in the middle of sending pauses it; after signing in it goes on', async () => {
  await setOut(siti)
  proxy.set({ down: true })
  const safe = [await visit(siti, 1), await visit(siti, 2), await visit(siti, 3)]
  proxy.set({ delay: 1 })
  phone.nudge()
  await until('the first text arrives', () => count('SELECT count(*) FROM deliveries') > 0)
  server.read(({ $client }) => $client.prepare('DELETE FROM sessions').run())
  await until('the phone asks for signing in', async () => /Anda belum masuk/.test(await phone.sending()))
  assert.ok(count('SELECT count(*) FROM deliveries WHERE status = ?', 'accepted') < 3, 'some had not arrived')

  proxy.set({})
  await phone.signIn(siti)
  await phone.syncUntilDone()
  await arrived(safe)
})

edges('another user of the phone neither sees nor sends what waits of the first', async () => {
  await setOut(siti)
  proxy.set({ down: true })
  const hers = await visit(siti, 1)
  proxy.set({})
  await phone.forgetCookies()
  await setOut(tono)
  assert.not.match(await phone.page.content(), /Siti Rahayu.{0,40}Lengkap|Warga 1 Siti/)
  const his = await visit(tono, 1)
  await phone.syncUntilDone()
  assert.equal([count('SELECT count(*) FROM visits WHERE officer_id = ?', tono.id), count('SELECT count(*) FROM deliveries WHERE officer_id = ?', siti.id)], [1, 0])

  await phone.forgetCookies()
  await phone.signIn(siti)
  await phone.syncUntilDone()
  await arrived([hers, his])
})

edges('whoever signs in by a key of the device sees nothing of the one before', async () => {
  await phone.close()
  // Keys know names, not numbers.
  phone = await new Phone(proxy.url.replace('127.0.0.1', 'localhost')).open()
  await phone.control().send('WebAuthn.enable')
  await phone.control().send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  await phone.signIn(tono)
  await phone.page.goto('/account')
  await phone.page.getByLabel('Nama kunci').fill('HP Tono')
  await phone.press('Tambah kunci perangkat ini')
  await phone.page.getByText('Kunci perangkat terpasang.').waitFor()
  await phone.forgetCookies()
  await setOut(siti)
  await phone.forgetCookies()
  await phone.page.goto('/session?next=/field')
  await phone.press('Masuk dengan kunci perangkat')
  await phone.page.getByRole('heading', { name: 'Tugas lapangan' }).waitFor()
  const list = await phone.page.locator('body').innerText()
  assert.match(list, /Warga 1 Tono/)
  assert.not.match(list, /Warga 1 Siti/)
})

edges('a revoked phone gives up its tasks and keeps its unsent work sealed, until the office lets it in again', async () => {
  await setOut(siti)
  proxy.set({ down: true })
  const safe = [await visit(siti, 1)]
  server.read(({ $client }) => $client.prepare('UPDATE devices SET revoked_at = ?, revoked_by = ?').run(new Date().toISOString(), 'rina'))
  proxy.set({})
  phone.nudge()
  await until('the phone is told', async () => { await phone.page.goto('/field/device'); return /mencabut izin/.test(await phone.page.locator('main').innerText()) })
  proxy.set({ down: true })
  await phone.page.goto('/field')
  assert.not.match(await phone.page.locator('main').innerText(), /Warga/)
  proxy.set({})
  assert.equal([await phone.stored(siti.id, 'pack'), await phone.stored(siti.id, 'outbox'), count('SELECT count(*) FROM deliveries')], [0, 1, 0])

  server.read(({ $client }) => $client.prepare('UPDATE devices SET revoked_at = NULL, revoked_by = NULL').run())
  await phone.signIn(siti)
  await phone.page.goto('/field/device')
  await phone.page.getByText('Sudah diizinkan lagi? Siapkan ulang').click()
  await phone.page.getByLabel('PIN baru').fill(PIN)
  await phone.page.getByLabel('Ulangi PIN').fill(PIN)
  await phone.press('Simpan PIN baru')
  await phone.page.getByText('HP ini siap dipakai tanpa sinyal').waitFor()
  await phone.syncUntilDone()
  await arrived(safe)
})

edges('a clock set back an hour during the interview locks the phone, but neither shortens it nor loses what was typed', async () => {
  await setOut(siti)
  const it = { ...made(siti, 1), photos: [takePhoto('F-RUMAH', 'jam')] }
  await phone.page.goto(`/field/${it.householdId}`)
  const begin = performance.now()
  await phone.press('Mulai kunjungan')
  await phone.page.getByLabel('1 – Selesai dicacah').check()
  await pause(1500)
  await phone.setClock(-3600_000)
  await phone.press('Simpan dan lanjut')
  await phone.unlock()
  for (const title of ['Pengenalan tempat', 'Keluarga dan Nomor KK', 'Perumahan']) {
    if (title !== 'Pengenalan tempat') await phone.press('Simpan dan lanjut')
    await phone.page.getByRole('heading', { level: 1, name: title }).waitFor()
    await pause(1500)
  }
  await phone.press('Simpan dan lanjut')
  await phone.page.getByRole('heading', { level: 1, name: 'Anggota rumah tangga' }).waitFor()
  const [visitId, seconds] = [/visits\/([^/]+)/.exec(phone.page.url())![1]!, (performance.now() - begin) / 1000]
  const told = await visitQuickly(phone.page, { ...it, visitId, outcome: OUTCOME.notFound, activeMs: 0 })
  assert.ok(told.safe, told.words)
  await phone.syncUntilDone()
  await arrived([{ ...it, visitId }])
  const activeMs = count('SELECT active_ms FROM visits WHERE id = ?', visitId)
  assert.ok(activeMs >= 4500 && activeMs <= (seconds + 30) * 1000, `${activeMs} ms of ${Math.round(seconds)} s`)
})

edges('a new worker takes over with a waiting outbox, and a broken one does not', async () => {
  await setOut(siti)
  proxy.set({ down: true })
  const safe = [await visit(siti, 1)]
  const path = join(server.program, '.build/worker.js')
  const before = readFileSync(path, 'utf8')
  // The page loads itself anew when a worker takes over, and cannot be asked meanwhile.
  const cacheNames = () => phone.page.evaluate(() => caches.keys()).catch((): string[] => [])
  const look = () => phone.page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => 'looked', () => 'in vain'))
  const build = (await cacheNames()).find((name) => name.startsWith('siks-'))!.slice('siks-'.length)

  // A worker whose own files never come whole must not push the old one out.
  writeFileSync(path, before.replaceAll(build, 'broken0001').replace(/app\.css[^,]{0,6}:[^,]{0,4}[0-9a-f]{10}/, (entry) => entry.replace(/[0-9a-f]{10}/, '0123456789')))
  rewrite(path)
  proxy.set({})
  await look()
  await pause(1500)
  await phone.page.goto('/field')
  await phone.page.getByRole('link', { name: 'Warga 2 Siti Rahayu' }).waitFor()
  assert.ok((await cacheNames()).includes(`siks-${build}`), 'the old files are still here')

  writeFileSync(path, before.replaceAll(build, 'newer00001'))
  rewrite(path)
  await look()
  await until('the new version offers itself', async () => { await phone.page.goto('/field/device'); return /Versi baru SIKS/.test(await phone.page.locator('main').innerText()) })
  await phone.press('Pakai versi baru')
  // It takes over once the old one rests. A browser ends a resting worker by itself, but not under the eyes of a test.
  const pressed = performance.now()
  await until('the new one has taken over', async () => {
    if (performance.now() - pressed > 3000) await phone.killWorker()
    return JSON.stringify(await cacheNames()) === '["siks-newer00001"]'
  })
  await phone.syncUntilDone()
  await arrived(safe)
})

// The built file lies there compressed as well, and that is what is sent.
function rewrite(path: string) {
  const content = readFileSync(path)
  writeFileSync(`${path}.gz`, gzipSync(content))
  writeFileSync(`${path}.br`, brotliCompressSync(content))
}

edges('little room is told before the camera opens, and what is there stays', async () => {
  await setOut(siti)
  const safe = [await visit(siti, 1)]
  await phone.syncUntilDone()
  // The browser remembers for a while how much room there was, so the phone is opened anew into its narrowness.
  await phone.reopen()
  await phone.quota(8_000_000)
  const it = made(siti, 2)
  const refused = await visitQuickly(phone.page, { ...it, photos: ninePhotos('penuh', 400_000), outcome: OUTCOME.finished }).catch((error: Error) => error.message)
  assert.match(String(refused), /Penyimpanan HP penuh/)
  await phone.page.goto(`/field/${it.householdId}/visits/${it.visitId}/photos`)
  assert.match(await phone.page.locator('main').innerText(), /0 dari 9/)
  await phone.page.locator('input[type=file]').first().click()
  await phone.page.getByText(/Penyimpanan HP hampir penuh/).waitFor()

  await phone.reopen()
  const told = await visitQuickly(phone.page, { ...it, outcome: OUTCOME.finished })
  assert.ok(told.safe, told.words)
  await phone.syncUntilDone()
  await arrived([...safe, it])
})

edges.run()
