import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { noteLast } from '#app/backup/last.ts'
import { watchDisk } from '#app/operation/disk.ts'
import { Told } from '#app/operation/failures.ts'
import { noteRun } from '#app/operation/works.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { addHousehold, agus } from '#test/support/world.ts'

const story = suite('Agus looks after the server, on his phone')

let world: Live
story.before(async () => {
  world = await live()
  addHousehold(world.db, 'asep')
  watchDisk(world.dataDirectory, { reserve: 1, warn: Number.MAX_SAFE_INTEGER })
  noteLast(world.dataDirectory, { failure: new Told('/mnt/cadangan tidak dapat ditulis.') })
  noteRun(world.db, 'evidence', { tookMs: 3 })
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

const fits = (width: number) => `document.documentElement.scrollWidth <= ${width}`

story('the first page warns him, and takes him where the next step is', async () => {
  const page = await world.signIn(agus)
  await page.getByText('Penyimpanan server hampir penuh').waitFor()
  await page.getByRole('link', { name: 'Buka halaman Operasi' }).first().click()
  await page.getByRole('heading', { name: 'Operasi', level: 1 }).waitFor()
  assert.match(await page.locator('#keadaan').innerText(), /Cadangan terakhir gagal.*\/mnt\/cadangan tidak dapat ditulis/s)
  assert.ok(await page.evaluate(fits(360)))
})

story('the page goes on by itself, without being loaded anew', async () => {
  const page = await world.signIn(agus)
  await page.goto('/operation')
  const row = page.getByRole('row', { name: /Angka petugas/ })
  await row.getByText('Belum pernah').waitFor()
  noteRun(world.db, 'quality', { tookMs: 3 })
  await row.getByText('baru saja').waitFor({ timeout: 14_000 })
})

story('without JavaScript it is the same page, at 360 px too', async () => {
  const page = await world.signIn(agus, { viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
  await page.goto('/operation')
  await page.getByText('Bukti kunjungan').waitFor()
  assert.is(await page.getByRole('img', { name: 'Ruang disk' }).count(), 1)
  assert.is(await page.getByRole('link', { name: 'Muat ulang' }).getAttribute('href'), '/operation')
})

story.run()
