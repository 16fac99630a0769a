import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findBrokenLine } from '#db/audit-chain.ts'
import { batches } from '#db/schema/index.ts'
import { closeBrowser, launchBrowser } from '#test/support/browser.ts'
import { freshCode } from '#test/support/factors.ts'
import { live, type Live } from '#test/support/live.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { budi, hadi, PASSWORD } from '#test/support/world.ts'

const OWN = 'kuda lari di sawah'
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

const story = suite('an approver comes in for the first time, loses sight of the phone, and signs')

let world: Live
let key = ''
let codes: string[] = []

// Hadi was just invited: a password of one time, no second factor.
story.before(async () => {
  const db = furnishedDatabase()
  db.$client.exec("UPDATE users SET status = 'invited' WHERE id = 'hadi'; DELETE FROM second_factors WHERE user_id = 'hadi'")
  world = await live(db)
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

// Not by world.signIn: the way in is what is told here. Without script, so that nothing of it depends on any.
async function phone(javaScriptEnabled: boolean, userAgent?: string) {
  const context = await (await launchBrowser()).newContext({ baseURL: world.url, viewport: { width: 360, height: 740 }, locale: 'id-ID', javaScriptEnabled, userAgent })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}
async function enter(page: Page, username: string, password: string, next = '/') {
  await page.goto(`/session?next=${next}`)
  await page.getByLabel('Nama pengguna').fill(username)
  await page.getByLabel('Kata sandi').fill(password)
  await press(page, 'Masuk')
}

let own: Page

story('the first password leads to one of the own, and that to the second factor, without script', async () => {
  own = await phone(false)
  await enter(own, 'hadi', PASSWORD)
  await own.getByText('Kata sandi Anda masih sementara').waitFor()
  assert.is(await own.getByRole('navigation', { name: 'Menu utama' }).count(), 0, 'nothing else is offered')
  await own.getByLabel('Kata sandi sementara').fill(PASSWORD)
  await own.getByLabel('Kata sandi baru', { exact: true }).fill(OWN)
  await own.getByLabel('Ulangi kata sandi baru').fill(OWN)
  await press(own, 'Simpan kata sandi')
  await own.getByText('Wajib untuk peran Anda').waitFor()
  assert.ok(await fits(own))
  await press(own, 'Mulai memasang')
  await own.getByRole('img', { name: 'Kode QR' }).waitFor()
  assert.ok(await fits(own))
  key = (await own.locator('.secret').innerText()).replaceAll(' ', '')
  await own.getByLabel('Kode 6 angka yang tampil').fill('000000')
  await press(own, 'Pasang')
  await own.getByText('Kode tidak cocok').first().waitFor()
  await own.getByLabel('Kode 6 angka yang tampil').fill(freshCode(world.db, hadi, key))
  await press(own, 'Pasang')
  codes = await own.locator('.codes code').allInnerTexts()
  assert.is(codes.length, 10)
  assert.ok(await fits(own))
  await own.getByRole('link', { name: 'Sudah saya simpan' }).click()
  await own.getByText('Selamat bekerja, Hadi Purnomo').waitFor()
})

story('elsewhere a recovery code opens the door, and the first device is signed out from there', async () => {
  const office = await phone(true, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36')
  await enter(office, 'hadi', OWN)
  await office.getByText('HP tidak ada? Pakai kode pemulihan').click()
  await office.getByLabel('Kode pemulihan', { exact: true }).fill(codes[0]!)
  await press(office, 'Masuk dengan kode pemulihan')
  await office.getByText('9 dari 10').waitFor()
  assert.ok(await fits(office))
  const mine = office.getByRole('row').filter({ hasText: 'Perangkat ini' })
  assert.match(await mine.innerText(), 'Chrome di komputer Windows')
  await office.getByRole('row').filter({ hasText: 'HeadlessChrome' }).or(office.getByRole('row').filter({ hasText: 'komputer Linux' })).getByRole('button').click()
  await office.getByText('Perangkat itu dikeluarkan.').waitFor()
  await own.goto('/batches')
  assert.match(own.url(), '/session?next=')
  await office.context().close()
})

story('long after signing in he is asked again before he signs, and then signs', async () => {
  await enter(own, 'hadi', OWN, '/batches/frozen')
  await own.getByLabel('Kode 6 angka').fill(freshCode(world.db, hadi, key))
  await press(own, 'Lanjut')
  await own.getByLabel('Nomor surat pengesahan').waitFor()
  world.db.$client.prepare("UPDATE sessions SET confirmed_at = confirmed_at - ? WHERE user_id = 'hadi'").run(11 * 60_000)
  await own.reload()
  await own.getByRole('link', { name: 'Masuk ulang' }).click()
  await own.getByText('Untuk mengesahkan berkas, pastikan ini memang Anda.').waitFor()
  assert.ok(await fits(own))
  await own.getByLabel('Kata sandi').fill(OWN)
  await own.getByLabel('Kode verifikasi').fill(freshCode(world.db, hadi, key))
  await press(own, 'Lanjutkan')
  await own.getByLabel('Nomor surat pengesahan').fill('460/1/2026')
  await own.getByLabel('Tanggal surat').fill('2026-03-01')
  await own.getByLabel('Penanda tangan').fill('Bupati Bantul')
  await own.getByLabel('Berkas surat').setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 surat') })
  await press(own, 'Sahkan')
  await own.getByText('Berkas disahkan.').waitFor()
  assert.is(world.db.select().from(batches).all().find(({ id }) => id === 'frozen')!.status, 'ratified')
  await own.context().close()
})

story('Budi shows a NIK once, with a reason, and it is masked again', async () => {
  const page = await world.signIn(budi)
  await page.goto('/households/asep')
  assert.not.match(await page.locator('main').innerText(), /\d{16}/)
  await page.getByText('Tampilkan NIK').click()
  await page.getByLabel('Melayani warga').check()
  assert.ok(await fits(page))
  await press(page, 'Tampilkan sekali')
  await page.getByText('tampil utuh hanya sekali ini').waitFor()
  await page.getByText(/^\d{16}$/).first().waitFor()
  await page.goto('/households/asep')
  assert.not.match(await page.locator('main').innerText(), /\d{16}/)
  assert.is(findBrokenLine(world.db), undefined)
})

story.run()
