import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { households, householdVersions, reportPhotos, reports, transitions } from '#db/schema/index.ts'
import { closeBrowser, launchBrowser } from '#test/support/browser.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { live, type Live } from '#test/support/live.ts'
import { addHousehold, oki, PONCOSARI } from '#test/support/world.ts'

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const report = ({ db }: Live) => db.select().from(reports).get()!
const registry = ({ db }: Live) => JSON.stringify([db.select().from(households).all(), db.select().from(householdVersions).all(), db.select().from(transitions).all()])

const story = suite('a citizen looks up, objects, and follows the code, without JavaScript')

let world: Live
let before: string
let code: string
story.before(async () => {
  world = await live()
  addHousehold(world.db, 'asep', { stage: 'determined', head: 'Asep Suryana' })
  before = registry(world)
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

// The cheapest phone: small, and its browser runs no script.
async function citizen<T>(work: (page: Page) => Promise<T>) {
  const context = await (await launchBrowser()).newContext({ baseURL: world.url, javaScriptEnabled: false, viewport: { width: 320, height: 560 }, locale: 'id-ID' })
  context.setDefaultTimeout(15_000)
  try {
    return await work(await context.newPage())
  } finally {
    await context.close()
  }
}

// One list after another: each choice brings the next.
async function choosePlace(page: Page, button: string) {
  const choices = [['Provinsi', '34'], ['Kabupaten/kota', '34.02'], ['Kecamatan', '34.02.01']] as const
  for (const [label, value] of choices) {
    await page.getByLabel(label).selectOption(value)
    await press(page, button)
  }
  await page.getByLabel('Desa/kelurahan').selectOption(PONCOSARI)
}

story('a citizen finds Asep in Cek Bansos, masked', () => citizen(async (page) => {
  await page.goto('/session')
  await page.getByRole('link', { name: 'Cek Bansos' }).first().click()
  await page.getByLabel('Nama lengkap').fill('Asep Suryana')
  await choosePlace(page, 'Tampilkan pilihan berikutnya')
  await press(page, 'Cari')
  const result = await page.locator('#hasil').innerText()
  assert.match(result, /A\*\*\* S\*{6}/)
  assert.match(result, 'Poncosari')
  assert.not.match(await page.content(), /\d{16}/)
  assert.is(new URL(page.url()).search, '')
}))

story('sends a sanggah with a photo, without account, and gets a code', () => citizen(async (page) => {
  await page.goto('/lapor')
  await page.getByRole('link', { name: 'Kirim sanggah' }).click()
  await choosePlace(page, 'Lanjut')
  await press(page, 'Lanjut')
  await page.getByLabel('Nama orangnya').fill('Asep Suryana')
  await page.getByLabel('Alamat atau patokan').fill('RT 02, dekat masjid')
  await page.getByLabel('Sudah mampu').check()
  await page.getByLabel('Ceritakan keadaannya').fill('Rumahnya sudah bertingkat dan punya dua mobil.')
  await page.getByLabel('Foto 1').setInputFiles({ name: 'rumah.jpg', mimeType: 'image/jpeg', buffer: makeJpeg({ seed: 4 }) })
  await page.getByLabel('Nama Anda').fill('Karto Wijoyo')
  await page.getByLabel('Hubungan Anda').selectOption('neighbour')
  await page.getByLabel('Rahasiakan nama saya').check()
  await press(page, 'Kirim laporan')
  await page.getByText('Centang tanda setuju').first().waitFor()
  await page.getByLabel('Saya mengerti dan setuju').check()
  await page.getByLabel('Foto 1').setInputFiles({ name: 'rumah.jpg', mimeType: 'image/jpeg', buffer: makeJpeg({ seed: 4 }) })
  await press(page, 'Kirim laporan')
  await page.getByText('Laporan diterima. Simpan kode').waitFor()
  code = (await page.locator('.tracking-code').innerText()).trim()
  assert.match(await page.locator('main').innerText(), /Jawaban dari desa\/kelurahan paling lambat/)
  assert.equal([report(world).status, report(world).anonymous, world.db.select().from(reportPhotos).all().length], ['received', true, 1])
}))

story('Oki examines and asks in the desa, not knowing who reported', async () => {
  const page = await world.signIn(oki)
  await page.getByRole('link', { name: /Laporan warga/ }).first().click()
  await page.getByRole('link', { name: 'Sanggah: Asep Suryana' }).click()
  await press(page, 'Mulai periksa')
  await page.getByText('Pemeriksaan dimulai').waitFor()
  assert.not.match(await page.content(), 'Karto')
  assert.is(await page.locator('img[alt="Foto 1 dari pelapor"]').count(), 1)
  await page.getByText('Pakai contoh jawaban').click()
  await page.getByRole('link', { name: 'Minta alamat yang lebih jelas' }).click()
  await press(page, 'Kirim sebagai pertanyaan')
  await page.getByText('Pertanyaan dikirim kepada pelapor').waitFor()
  assert.is(report(world).status, 'needs_more')
})

story('the citizen follows the code and answers', () => citizen(async (page) => {
  await page.goto('/lapor')
  await page.getByLabel('Kode laporan').fill(code.toLowerCase().replaceAll('-', ' '))
  await press(page, 'Lihat laporan')
  await page.getByText('Kami belum menemukan rumahnya').waitFor()
  await page.getByLabel('Pesan Anda').fill('RT 02 RW 01, sebelah warung Bu Tini')
  await press(page, 'Kirim pesan')
  await page.getByText('Pesan Anda sudah disimpan').waitFor()
  assert.is(report(world).status, 'examining')
}))

story('Oki accepts; a proposal is offered, and nothing of the household has changed', async () => {
  const page = await world.signIn(oki)
  await page.goto(`/reports/${report(world).id}`)
  await page.getByText('sebelah warung Bu Tini').waitFor()
  await press(page, /Ini rumah tangganya/)
  await page.getByText('Rumah tangga yang dimaksud dicatat').waitFor()
  await page.getByLabel('Diterima', { exact: false }).first().check()
  await page.getByLabel('Jawaban untuk pelapor').fill('Benar. Kami usulkan perbaikan datanya.')
  await press(page, 'Kirim jawaban')
  await page.getByText('Jawaban dikirim kepada pelapor').waitFor()
  const href = await page.getByRole('link', { name: 'Buat usulan dari laporan ini' }).getAttribute('href')
  assert.is(href, `/proposals/new?report=${report(world).id}&household=asep`)
  const { status, outcome, householdId } = report(world)
  assert.equal([status, outcome, householdId], ['answered', 'accepted', 'asep'])
  assert.is(registry(world), before)
  assert.is(world.db.select().from(households).where(eq(households.id, 'asep')).get()!.version, 1)
})

story('the citizen reads the reply', () => citizen(async (page) => {
  await page.goto(`/lapor/${code}`)
  const words = await page.locator('main').innerText()
  for (const said of ['Laporan diterima', 'Benar. Kami usulkan perbaikan datanya.', 'Tidak setuju?']) assert.match(words, said)
  assert.not.match(words, 'Oki')
}))

story.run()
