import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Actor } from '#app/users/actor.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { Phone, PIN } from '#test/support/phone.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, siti, tono } from '#test/support/world.ts'

// The worker in a real browser, over a real server that is really stopped.
let server: ServerProcess
let isUp = false
// Most of what follows needs one phone that was prepared; some need their own.
let phone: Phone
const others: Phone[] = []

const worker = suite('the worker on the phone')

worker.before(async () => {
  server = await serverProcess((db) => {
    addHousehold(db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Asep Sunarya', serial: 101 }) })
    addHousehold(db, 'ujang', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Ujang Komar', serial: 102 }) })
    addHousehold(db, 'euis', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Euis Kartini', serial: 103 }) })
    addHousehold(db, 'tetangga', { stage: 'assigned', officer: tono, record: aRecord({ head: 'Tugas Tono', serial: 104 }) })
  })
})
worker.before(async () => {
  await up()
  phone = await prepared()
})
worker.before.each(up)
worker.after.each(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()))
  if (await phone.page.goto('/field').then((answer) => answer?.status() === 403)) await phone.unlock()
})
worker.after(async () => {
  await phone.close()
  await server.kill()
})

async function up() {
  if (!isUp) await server.start()
  isUp = true
}

async function down() {
  await server.stop()
  isUp = false
}

async function prepared(person: Actor = siti): Promise<Phone> {
  const fresh = await new Phone(server.url).open()
  await fresh.signIn(person)
  await fresh.prepare()
  return fresh
}

async function another(): Promise<Phone> {
  const fresh = await prepared()
  others.push(fresh)
  return fresh
}

const textOf = ({ page }: Phone) => page.locator('main').innerText()
const open = async (phone: Phone, path: string) => {
  const answer = await phone.page.goto(path)
  return { answer: answer!, text: await textOf(phone) }
}

// To the first page of a household's visit; the visit's address without the page.
async function begin(phone: Phone, household: string): Promise<string> {
  await phone.page.goto(`/field/${household}`)
  await phone.page.getByRole('main').getByRole('button', { name: 'Mulai kunjungan' }).or(phone.page.getByRole('link', { name: 'Lanjutkan kunjungan' })).click()
  await phone.page.waitForURL(/visits\/.*\/respondent/)
  return new URL(phone.page.url()).pathname.replace('/respondent', '')
}

const sessions = () => server.read((db) => db.$client.prepare('SELECT count(*) FROM sessions').pluck().get()) as number

worker('without a server the list, a search and a visit work, and outlive the browser', async () => {
  await down()
  assert.match((await open(phone, '/field')).text, /Asep Sunarya/)
  const found = await open(phone, '/field?tab=waiting&q=ujang')
  assert.match(found.text, /Ujang Komar/)
  assert.not.match(found.text, /Asep Sunarya/)

  const visit = await begin(phone, 'asep')
  await phone.page.goto(`${visit}/housing`)
  await phone.page.locator('main form button.button').first().click()
  await phone.page.waitForSelector('text=Tersimpan.')

  await phone.reopen()
  await phone.page.goto('/field/device')
  await phone.press('Kunci sekarang')
  assert.not.match((await open(phone, '/field/asep')).text, /Asep/)
  await phone.unlock()
  assert.is(new URL(phone.page.url()).pathname, '/field/asep')
  await phone.page.getByRole('link', { name: 'Lanjutkan kunjungan' }).click()
  assert.match(await phone.page.locator('.steps').innerText(), /Perumahan\s+(selesai|belum lengkap)/)
})

worker('a wrong PIN opens nothing and says how many tries are left', async () => {
  await phone.page.goto('/field/device')
  await phone.press('Kunci sekarang')
  await phone.page.getByLabel('PIN', { exact: true }).fill('999998')
  await phone.press('Buka')
  await phone.page.waitForSelector('text=Sisa 9 kali lagi')
  assert.match((await open(phone, '/field')).text, /terkunci/)
})

worker('what was typed when the phone locked itself is saved once it is open', async () => {
  const visit = await begin(phone, 'asep')
  await phone.page.goto(`${visit}/place`)
  await phone.page.locator('input[name="household.slsName"]').fill('Dusun Karang RT 7')
  await phone.page.evaluate(() => fetch('/field/device/lock', { method: 'POST' }))
  await phone.page.locator('main form button.button').first().click()
  await phone.page.waitForSelector('text=Isian Anda belum hilang')
  await phone.unlock()
  await phone.page.goto(`${visit}/place`)
  assert.is(await phone.page.inputValue('input[name="household.slsName"]'), 'Dusun Karang RT 7')
})

worker('a photo is on the phone before the form lets go of it', async () => {
  await down()
  const visit = await begin(phone, 'asep')
  await phone.page.goto(`${visit}/photos`)
  const buffer = makeJpeg({ width: 2000, height: 1500, bytes: 3_000_000 })
  await phone.page.setInputFiles('#f-photos-F-KTP', { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer })
  await phone.page.waitForSelector('text=Foto tersimpan di HP')
  assert.is(await phone.page.inputValue('#f-photos-F-KTP'), '')
  assert.match(await phone.page.locator('[data-photo-count]').innerText(), /1 dari 9/)

  await phone.page.reload()
  await phone.page.waitForFunction(() => (document.querySelector('[data-photo-preview]') as HTMLImageElement).naturalWidth === 1600)
})

worker('a photo taken after the phone locked itself stays on the page until it is kept', async () => {
  const visit = await begin(phone, 'euis')
  await phone.page.goto(`${visit}/photos`)
  await phone.page.evaluate(() => fetch('/field/device/lock', { method: 'POST' }))
  await phone.page.setInputFiles('#f-photos-F-KTP', { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: makeJpeg({ width: 800, height: 600 }) })
  await phone.page.waitForSelector('text=Buka kunci di tab lain')
  await phone.press('Simpan foto')
  await phone.page.waitForSelector('text=Buka kunci di tab lain')
  await phone.page.evaluate((pin) => fetch('/field/device/unlock', { method: 'POST', body: new URLSearchParams({ pin }) }), PIN)
  await phone.press('Simpan foto')
  await phone.page.waitForSelector('text=Foto tersimpan di HP')
})

worker('no photo is begun where there is no room for it', async () => {
  const visit = await begin(phone, 'asep')
  await phone.quota(5_000_000)
  await phone.page.goto(`${visit}/photos`)
  await phone.page.waitForTimeout(300)
  await phone.page.click('#f-photos-F-KTP')
  await phone.page.waitForSelector('text=Penyimpanan HP hampir penuh')
  await phone.quota()
})

worker('nobody sees the tasks of another, on one phone', async () => {
  const own = await another()
  await own.signIn(tono)
  await own.page.waitForTimeout(300)
  assert.not.match((await open(own, '/field')).text, /Asep Sunarya/)
  await own.prepare('831642')
  const { text: list } = await open(own, '/field')
  assert.match(list, /Tugas Tono/, list)
  await down()

  await own.page.goto('/field/device')
  await own.press('Kunci sekarang')
  await own.press('Siti Rahayu')
  await own.page.waitForSelector('text=Data tugas Siti Rahayu')
  await own.page.getByLabel('PIN', { exact: true }).fill('831642')
  await own.press('Buka')
  await own.page.waitForSelector('text=PIN salah')
  await own.unlock()
  const { text } = await open(own, '/field')
  assert.match(text, /Asep Sunarya/)
  assert.not.match(text, /Tugas Tono/)
})

// An answer to signing in may come late, after the next page has said who is here; a phone may hear it twice in a moment.
worker('a phone that was told to forget who is here comes home, and again at once', async () => {
  const own = await another()
  for (const time of ['first', 'second']) {
    await own.forgetWho()
    await own.page.goto('/field/device')
    await own.page.getByRole('heading', { name: 'Kiriman' }).waitFor({ timeout: 5000 }).catch(() => assert.unreachable(`the ${time} time it stays outside`))
  }
})

worker('signing out without a signal shuts the phone, and the server hears of it later', async () => {
  const own = await another()
  const before = sessions()
  await down()
  await own.page.goto('/field')
  await own.press('Keluar')
  await own.page.waitForSelector('text=Anda sudah keluar di HP ini')
  assert.match((await open(own, '/field')).text, /terkunci/)
  await up()
  await own.press('Kirim sekarang')
  await own.page.waitForSelector('text=Anda belum masuk')
  assert.is(sessions(), before - 1)
})

worker('its own pages stand under the policy of the site, and take no post from elsewhere', async () => {
  const { answer } = await open(phone, '/field')
  assert.ok(answer.fromServiceWorker())
  assert.match(answer.headers()['content-security-policy']!, /default-src 'none'; script-src 'self'; style-src 'self'/)
  assert.is(answer.headers()['x-frame-options'], 'DENY')
  const status = await phone.page.evaluate(async () => {
    const { status: answered } = await fetch('/field/device/lock', { method: 'POST', referrerPolicy: 'no-referrer' })
    return answered
  })
  assert.is(status, 403)
  assert.match((await open(phone, '/field')).text, /Asep Sunarya/)
})

worker('a page only the server has says so, and leads to the tasks', async () => {
  await down()
  const { text } = await open(phone, '/households')
  assert.match(text, /Tidak ada sinyal ke server/)
  await phone.page.getByRole('link', { name: 'Buka tugas lapangan' }).click()
  await phone.page.getByRole('heading', { name: 'Tugas lapangan' }).waitFor()
  // Its heading may stand while the rest is still read.
  await phone.page.waitForLoadState()
  assert.match(await textOf(phone), /Asep Sunarya/)
})

worker('a pack that was damaged is said to be, and made whole when there is a signal', async () => {
  await phone.page.goto('/field/device')
  await phone.page.evaluate(async () => {
    const opening = indexedDB.open('siks-siti')
    const db = await new Promise<IDBDatabase>((resolve) => { opening.onsuccess = () => resolve(opening.result) })
    const store = db.transaction('pack', 'readwrite').objectStore('pack')
    const reading = store.get('pack')
    await new Promise((resolve) => { reading.onsuccess = () => { store.put({ ...reading.result, data: new ArrayBuffer(64) }).onsuccess = resolve } })
    db.close()
  })
  await phone.killWorker()
  assert.match((await open(phone, '/field/device')).text, /Daftar tugas di HP ini tidak terbaca/)
  await phone.press('Perbarui data desa')
  await phone.page.waitForSelector('text=3 rumah tangga')
})

worker.run()
