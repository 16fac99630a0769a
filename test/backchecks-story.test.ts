import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closeBrowser } from '#test/support/browser.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { live, type Live } from '#test/support/live.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, budi, oki, rina, siti, tono } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const PLAIN_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, javaScriptEnabled: false }
const photo = join(tmpdir(), `siks-front-${process.pid}.jpg`)
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

const story = suite('a round of revisits')

let world: Live
story.before(async () => {
  writeFileSync(photo, makeJpeg({ width: 160, height: 120, seed: 5 }))
  world = await live()
  addHousehold(world.db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  addVisit(world.db, 'asep', siti, { id: 'visit-asep', at: new Date().toISOString() })
  for (const person of [oki.id, 'wawan']) world.db.$client.prepare("UPDATE users SET status = 'suspended' WHERE id = ?").run(person)
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Rina plans it, sees what would be drawn, and draws', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/backchecks')
  await page.getByRole('link', { name: 'Rencanakan putaran' }).click()
  await page.getByLabel('Nama putaran').fill('Putaran pertama')
  await press(page, 'Simpan dan lihat rencananya')
  await page.getByRole('heading', { name: 'Akan diundi 1 dari 1 kunjungan' }).waitFor()
  await press(page, 'Undi sekarang')
  await page.getByText('1 kunjungan terundi').waitFor()
  await page.getByRole('link', { name: 'Periksa undian' }).click()
  await page.getByText('Hasilnya sama').waitFor()
})

story('Tono goes there with an old phone, and sees nothing of what Siti wrote', async () => {
  const page = await world.signIn(tono, PLAIN_PHONE)
  await page.getByRole('link', { name: 'Kunjungan ulang untuk Anda' }).click()
  await page.getByRole('link', { name: 'Asep Suryana' }).click()
  assert.not.match(await page.locator('main').innerText(), /Siti Rahayu/)
  await page.getByLabel('Responden ditemui').check()
  await page.getByRole('group', { name: /Apakah petugas pernah datang/ }).getByLabel('Tidak', { exact: true }).check()
  for (const select of await page.locator('main select').all()) await select.selectOption('unknown')
  for (const unknown of await page.getByLabel(/^Tidak tahu/).all()) if (await unknown.getAttribute('name') !== 'visitedBefore') await unknown.check()
  await page.locator('input[type=file]').setInputFiles(photo)
  await press(page, 'Kirim kunjungan ulang')
  await page.getByText('Ambil lokasi dahulu').first().waitFor()
  await page.getByText('Isi koordinat sendiri').click()
  await page.getByLabel('Lintang').fill('-7,9713')
  await page.getByLabel('Bujur').fill('110,2217')
  await page.getByLabel('Ketelitian (m)').fill('15')
  await press(page, 'Kirim kunjungan ulang')
  await page.getByText('Kunjungan ulang terkirim').waitFor()
})

story('Budi sees both side by side and judges the difference', async () => {
  const page = await world.signIn(budi, DESKTOP)
  await page.goto('/backchecks')
  await page.getByRole('link', { name: 'Putaran pertama' }).click()
  await page.getByRole('link', { name: 'Asep Suryana' }).click()
  await page.getByLabel('Penilaian Petugas pernah datang').selectOption('officer_wrong')
  await press(page, 'Simpan penilaian')
  await page.getByText('Penilaian disimpan').waitFor()
  await page.goto('/backchecks/results')
  const text = await page.locator('main').innerText()
  assert.match(text, /Petugas pernah datang[\s\S]*100% \(21%–100%\)/)
  assert.ok(await page.locator('svg.bar').count() > 2)
})

story.run()
