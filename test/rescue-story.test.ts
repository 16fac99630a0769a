import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { addFated, run } from '#test/support/matching.ts'
import { addPeriod, keepUp } from '#test/support/rescue.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, PONCOSARI, rina, siti, wawan } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const now = () => new Date().toISOString()

const story = suite('a desa, five days before the cut-off')

let world: Live
story.before(async () => {
  world = await live()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  addVisit(world.db, 'asep', siti, { id: 'visit-asep', photos: true })
  addHousehold(world.db, 'ujang', { stage: 'assigned', officer: siti, head: 'Ujang Permana' })
  addFated(world.db, 'dadang', 'meninggal', { stage: 'determined', head: 'Dadang Hidayat' })
  await run(world.db, { who: ['everyone'] })
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Rina is told there is no cut-off yet', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/rescue')
  await page.getByText('Belum ada periode penetapan').waitFor()
  assert.is(await page.getByRole('link', { name: 'Buka daftar periode' }).getAttribute('href'), '/periods')
})

story('with a period she sees what is left, per desa, with the countdown and the picture', async () => {
  addPeriod(world.db, 5, { from: now() })
  await keepUp(world.db, now())
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/rescue')
  const text = await page.locator('main').innerText()
  assert.match(text, /Tinggal 5 hari/)
  assert.match(text, /Masih terancam\s+3/)
  assert.is(await page.locator('svg.bar').count() > 0, true)
  await page.getByRole('link', { name: 'Poncosari' }).first().click()
  await page.getByText('Terancam dikeluarkan').first().waitFor()
  assert.match(await page.locator('main').innerText(), /tercatat meninggal di Dukcapil/)
})

story('Wawan goes from the reason straight to the visit that waits for him, and sends it back', async () => {
  const page = await world.signIn(wawan, DESKTOP)
  await page.goto(`/rescue/${PONCOSARI}`)
  await page.getByRole('link', { name: /Periksa sekarang untuk Asep/ }).click()
  await page.waitForURL(/\/reviews\/visit-asep/)
  await page.locator('summary', { hasText: 'Kembalikan' }).click()
  await page.getByLabel('Catatan umum').fill('Foto dapur buram, ambil ulang.')
  await press(page, 'Kembalikan ke petugas')
  await page.waitForURL((address) => !address.pathname.endsWith('visit-asep'))
  await keepUp(world.db, now())
})

story('Siti reads on her phone why it came back, and where to mend it', async () => {
  const page = await world.signIn(siti, PHONE)
  await page.goto(`/rescue/${PONCOSARI}?reason=returned`)
  await page.getByText('Foto dapur buram', { exact: false }).first().waitFor()
  const way = page.getByRole('link', { name: /Perbaiki kunjungan untuk Asep/ })
  assert.is(await way.getAttribute('href'), '/field/asep')
  assert.match(await page.locator('main').innerText(), /Diperbaiki.*Tahapnya belum selesai|Tahapnya belum selesai/s)
})

story('what was mended is told with its time and its person', async () => {
  addVisit(world.db, 'ujang', siti, { id: 'visit-ujang', photos: true })
  await keepUp(world.db, now())
  const page = await world.signIn(rina, DESKTOP)
  await page.goto(`/rescue/${PONCOSARI}`)
  const text = await page.locator('main').innerText()
  assert.match(text, /Ujang Permana[\s\S]*Menunggu pemeriksaan: belum diperiksa/)
  assert.match(text, /Diperbaiki[\s\S]*Wawan Hidayat/)
  await page.getByRole('link', { name: 'Cetak daftar' }).click()
  await page.getByRole('heading', { name: 'Daftar penyelamatan sebelum batas waktu' }).waitFor()
})

story.run()
