import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { households, householdVersions, visits } from '#db/schema/index.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { live, type Live } from '#test/support/live.ts'
import { prelistCsv } from '#test/support/prelist.ts'
import { aRecord } from '#test/support/records.ts'
import { budi, hadi, mega, PONCOSARI, rina, siti } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const jpeg = (seed: number) => ({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: makeJpeg({ width: 800, height: 600, seed, bytes: 150_000 }) })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const stage = ({ db }: Live) => db.select().from(households).get()?.stage

const story = suite('one household, from the prelist file to its determination')

let world: Live
story.before(async () => { world = await live() })
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Rina imports the prelist and publishes it to the desa', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/imports/new')
  await page.getByLabel('Berkas prelist').setInputFiles({ name: 'prelist.csv', mimeType: 'text/csv', buffer: Buffer.from(prelistCsv([aRecord({ head: 'Asep Suryana' })])) })
  await press(page, 'Unggah dan baca')
  await press(page, /Impor 1 rumah tangga/)
  await page.getByText('Selesai diimpor').first().waitFor()
  assert.is(stage(world), 'listed')

  await page.goto('/prelist')
  await page.locator(`input[name=village][value="${PONCOSARI}"]`).check()
  await press(page, /Terbitkan desa/)
  await press(page, /Terbitkan 1 baris/)
  await page.getByText('Sudah diterbitkan').waitFor()
  assert.is(stage(world), 'published')
})

story('Siti takes it, visits, photographs and sends, on a phone', async () => {
  const page = await world.signIn(siti, { viewport: { width: 360, height: 740 }, hasTouch: true, permissions: ['geolocation'], geolocation: { latitude: -7.9713, longitude: 110.2217, accuracy: 9 } })
  await page.goto('/prelist/available')
  await page.getByLabel('Asep Suryana').check()
  await press(page, 'Ambil')
  await page.getByText('1 baris menjadi tugas Anda').waitFor()
  await page.goto('/field')
  await page.getByRole('link', { name: 'Asep Suryana' }).click()
  await press(page, 'Mulai kunjungan')

  await page.getByLabel('1 – Selesai dicacah').check()
  await press(page, 'Simpan dan lanjut')
  for (const title of ['Pengenalan tempat', 'Keluarga dan Nomor KK']) {
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await press(page, 'Simpan dan lanjut')
  }
  await page.getByRole('heading', { level: 1, name: 'Perumahan' }).waitFor()
  await page.getByLabel(/Jenis lantai terluas/).selectOption('2')
  await press(page, 'Simpan dan lanjut')
  await page.getByRole('heading', { level: 1, name: 'Anggota rumah tangga' }).waitFor()
  await page.getByRole('link', { name: 'Lanjut' }).click()
  for (const title of ['Anak tanggungan', 'Aset dan program', 'Usaha anggota']) {
    await page.getByRole('heading', { level: 1, name: new RegExp(title) }).waitFor()
    await press(page, 'Simpan dan lanjut')
  }
  await page.getByRole('heading', { level: 1, name: 'Foto dan lokasi' }).waitFor()
  for (const [i, { code }] of PHOTO_KINDS.entries()) {
    await page.locator(`input[type=file][name="${code}"]`).setInputFiles(jpeg(i + 1))
  }
  await page.getByText(/Foto tersimpan di server/).nth(8).waitFor()
  await press(page, 'Ambil lokasi')
  await page.getByText(/Lokasi didapat/).waitFor()
  await press(page, 'Simpan lokasi')
  await page.getByText('Lokasi disimpan').waitFor()

  await page.getByRole('link', { name: 'Periksa dan kirim' }).click()
  await page.getByText('Semua yang wajib sudah ada').waitFor()
  await press(page, 'Kirim kunjungan')
  await page.getByText('Kunjungan sudah diterima server').waitFor()
  const visit = world.db.select().from(visits).get()!
  assert.equal([stage(world), visit.accuracyM, visit.latitude], ['submitted', 9, -7.9713])
  assert.ok(visit.activeMs > 0)
})

story('Budi compares the KTP and approves', async () => {
  const page = await world.signIn(budi, DESKTOP)
  await page.goto('/reviews')
  await page.getByRole('link', { name: /Mulai memeriksa/ }).click()
  await page.getByText('Asep Suryana').first().waitFor()
  for (const radio of await page.getByLabel('Sesuai dokumen').all()) await radio.check()
  await press(page, /^Setujui/)
  await page.getByText(/Antrean selesai/).first().waitFor()
  assert.is(stage(world), 'checked')
})

story('Rina approves for Dinsos, gathers the batch and freezes it', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/reviews')
  await page.getByRole('link', { name: /Mulai memeriksa/ }).click()
  await press(page, /^Setujui/)
  await page.getByText(/Antrean selesai/).first().waitFor()
  assert.is(stage(world), 'verified')

  await page.goto('/batches')
  await page.getByLabel('Nama berkas').fill('Pengesahan Maret 2026')
  await press(page, 'Buka dan kumpulkan data')
  await page.getByRole('heading', { level: 1, name: 'Pengesahan Maret 2026' }).waitFor()
  await page.getByText('Terkumpul').waitFor({ state: 'detached' })
  await page.reload()
  await press(page, 'Bekukan berkas')
  await page.getByText('Berkas dibekukan').waitFor()
  assert.is(stage(world), 'batched')
})

story('Hadi ratifies with the bupati\'s letter, Rina dispatches', async () => {
  const page = await world.signIn(hadi, DESKTOP)
  await page.goto('/batches')
  await page.getByRole('link', { name: 'Pengesahan Maret 2026' }).click()
  await page.getByLabel('Nomor surat pengesahan').fill('460/123/2026')
  await page.getByLabel('Tanggal surat').fill('2026-03-05')
  await page.getByLabel(/Penanda tangan/).fill('Bupati Bantul')
  await page.getByLabel(/Berkas surat/).setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\nsurat\n%%EOF') })
  await press(page, /^Sahkan/)
  await page.getByText('Berkas disahkan').waitFor()

  const office = await world.signIn(rina, DESKTOP)
  await office.goto('/batches')
  await office.getByRole('link', { name: 'Pengesahan Maret 2026' }).click()
  await office.locator('summary', { hasText: 'Kirim ke Kemensos' }).click()
  await press(office, 'Ya, kirim')
  await office.getByText('Berkas dikirim ke Kemensos').waitFor()
  assert.is(stage(world), 'dispatched')
})

story('Mega determines: the master shows the visit\'s answers, and the chain is whole', async () => {
  const page = await world.signIn(mega, DESKTOP)
  await page.goto('/batches')
  await page.getByRole('link', { name: 'Pengesahan Maret 2026' }).click()
  await page.getByText('Tetapkan semua yang menunggu').click()
  await press(page, 'Ya, tetapkan semua')
  await page.getByText('1 data ditetapkan').waitFor()

  const household = world.db.select().from(households).get()!
  assert.equal([household.stage, household.version, household.record.household.floorType], ['determined', 2, 2])
  assert.match(world.db.select().from(householdVersions).where(eq(householdVersions.version, 2)).get()!.cause, /^determination:/)
  await page.goto(`/households/${household.id}`)
  assert.match(await page.locator('main').innerText(), /Keramik/)
  assert.is(findBrokenLine(world.db), undefined)
})

story.run()
