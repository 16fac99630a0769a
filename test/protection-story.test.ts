import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { downloadPack } from '#app/packs/downloads.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { addPhone } from '#test/support/held.ts'
import { live, type Live } from '#test/support/live.ts'
import { nikOf } from '#test/support/protection.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, agus, as, aulia, rina, siti, TRIMURTI } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

const story = suite('a lost phone, and a citizen who asks what is known of them')

let world: Live
story.before(async () => {
  world = await live()
  addPhone(world.db, siti, { id: 'phone', made: 0 })
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Asep Suryana' }) })
  addHousehold(world.db, 'ujang', { stage: 'published', head: 'Ujang Hermawan' })
  addHousehold(world.db, 'wati', { stage: 'published', head: 'Wati Kartini', regionCode: TRIMURTI })
  as(world.db, siti, (tx) => downloadPack(tx, 'phone'))
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Agus writes down the loss and sees how many it concerns, and no name', async () => {
  const page = await world.signIn(agus, DESKTOP)
  await page.goto('/protection')
  await page.getByText('Data tersimpan tanpa enkripsi').waitFor()
  await page.getByRole('link', { name: 'Kegagalan pelindungan' }).first().click()
  await page.getByRole('link', { name: 'Catat kejadian' }).click()
  await page.getByRole('link', { name: 'HP hilang atau dicuri' }).click()
  await page.getByLabel('HP', { exact: true }).selectOption({ index: 1 })
  await page.getByLabel(/Kapan dan bagaimana/).fill('Tas petugas dijambret di pasar Srandakan.')
  await page.getByLabel(/Data apa yang terkena/).fill('Nama, NIK, alamat dan keadaan rumah.')
  await page.getByLabel(/Upaya penanganan/).fill('Akses HP dicabut hari itu juga.')
  await press(page, 'Catat kejadian')
  await page.waitForURL(/\/protection\/breaches\/[\w-]{36}$/)
  const words = await page.locator('main').innerText()
  for (const said of ['Waktu 3 × 24 jam', 'Poncosari', 'Rumah tangga', 'tersisa']) assert.match(words, said)
  assert.not.match(words, 'Asep')
  assert.not.match(words, 'Trimurti')
  await page.getByLabel('Lembaga sudah diberi tahu').check()
  await page.getByLabel('Apa yang dilakukan').fill('Surat 12/2026 kepada lembaga.')
  await press(page, 'Catat langkah')
  await page.getByText('Langkah dicatat.').waitFor()
})

story('Rina of Dinsos finds it on her phone, with the list and the letters of her desa', async () => {
  const page = await world.signIn(rina)
  await page.goto('/protection')
  await page.getByRole('link', { name: /HP .* milik Siti Rahayu/ }).click()
  await page.getByRole('link', { name: 'Daftar Poncosari' }).click()
  const words = await page.locator('main').innerText()
  for (const said of ['Asep Suryana', 'Ujang Hermawan', 'Hanya nama kepala']) assert.match(words, said)
  assert.not.match(words, nikOf(world.db, 'asep'))
  await page.getByRole('link', { name: 'Surat pemberitahuan' }).click()
  assert.is(await page.locator('.sheet').count(), 2)
})

story('Asep comes to the counter; Rina gives him what is known of him, and who has opened it', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/protection/cases')
  await page.getByRole('link', { name: 'Catat permohonan' }).click()
  await page.getByLabel('Salinan data pribadi').check()
  await page.getByLabel(/^NIK/).fill(nikOf(world.db, 'asep'))
  await page.getByLabel('Nama pemohon').fill('Asep Suryana')
  await page.getByLabel('Pemohon adalah').selectOption('self')
  await page.getByLabel(/Identitas diperiksa/).fill('KTP asli dicocokkan dengan wajah.')
  await press(page, 'Catat permohonan')
  await page.waitForURL(/\/protection\/cases\/[\w-]{36}$/)
  const address = page.url()
  await press(page, 'Buat salinan untuk dicetak')
  await page.getByRole('heading', { name: 'Siapa yang membuka data ini' }).waitFor()
  assert.match(await page.locator('.sheet').innerText(), nikOf(world.db, 'asep'))
  await page.goto(address)
  await page.getByLabel('Jawaban atau alasan').fill('Salinan diserahkan di loket kepada yang bersangkutan.')
  await press(page, 'Sudah dijawab')
  await page.getByText('Jawaban dicatat.').waitFor()
})

story('Aulia counts, and reads nobody\'s name', async () => {
  const page = await world.signIn(aulia, DESKTOP)
  await page.goto('/protection/cases')
  const words = await page.locator('main').innerText()
  assert.match(words, 'Dijawab')
  assert.not.match(words, 'Asep')
})

story.run()
