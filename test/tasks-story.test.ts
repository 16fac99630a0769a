import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FORMS } from '#app/monitoring/forms.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { budi, PONCOSARI, siti, wawan } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click()

const story = suite('from what a pengawas saw to a task that is done')

let world: Live
story.before(async () => { world = await live() })
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Wawan fills a form after a day beside Siti', async () => {
  const page = await world.signIn(wawan, PHONE)
  await page.goto('/monitoring/new?form=enumerator')
  await page.getByLabel('Tempat').fill('Dusun Karang')
  await page.locator('select[name=region]').selectOption(PONCOSARI)
  await page.getByLabel('Petugas yang diamati').selectOption('siti')
  for (const { code, type } of FORMS.enumerator.questions) if (type === 'yesno' || type === 'scale') await page.locator(`input[name=${code}][value="2"]`).check()
  await page.getByLabel('Temuan dan saran').fill('KK tidak diminta')
  await press(page, 'Simpan formulir')
  await page.getByText('Formulir disimpan').waitFor()
  assert.match(await page.locator('main').innerText(), /Siti Rahayu[\s\S]*KK tidak diminta/)
})

story('Budi makes a task of it for Siti', async () => {
  const page = await world.signIn(budi, DESKTOP)
  await page.goto('/monitoring/summary')
  assert.ok(await page.locator('svg.bar').count() > 5)
  await page.goto('/monitoring')
  await page.getByRole('link', { name: /Pendampingan petugas/ }).click()
  await page.getByRole('link', { name: 'Buat tugas' }).click()
  assert.is(await page.getByLabel('Untuk').inputValue(), 'siti')
  assert.is(await page.getByLabel('Penjelasan').inputValue(), 'KK tidak diminta')
  await press(page, 'Buat tugas')
  await page.getByText('Tugas dibuat').waitFor()
})

story('Siti finds it on her home page and finishes it', async () => {
  const page = await world.signIn(siti, PHONE)
  await page.getByRole('heading', { name: 'Tugas saya (1)' }).waitFor()
  await page.getByRole('link', { name: /Tindak lanjut pendampingan/ }).click()
  await page.getByLabel('Catatan').fill('Sekarang selalu diminta.')
  await press(page, 'Selesai')
  await page.getByText('Keadaan tugas disimpan').waitFor()
  assert.match(await page.locator('main').innerText(), /Selesai[\s\S]*Sekarang selalu diminta/)
  await page.goto('/')
  assert.is(await page.getByRole('heading', { name: /Tugas saya/ }).count(), 0)
})

story.run()
