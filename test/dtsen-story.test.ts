import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { householdDesil } from '#db/schema/index.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { desilCsv, kkOf, type Line } from '#test/support/desil.ts'
import { live, type Live } from '#test/support/live.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, oki, rina, TRIMURTI } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

const story = suite('desil, from the file to the family that moved')

let world: Live
story.before(async () => {
  world = await live()
  addHousehold(world.db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 1 }) })
  addHousehold(world.db, 'bayu', { record: aRecord({ head: 'Bayu Wicaksono', serial: 2 }) })
  addHousehold(world.db, 'cici', { regionCode: TRIMURTI, record: aRecord({ head: 'Cici Lestari', serial: 3 }) })
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

async function importFile(page: Page, lines: Line[], label: string, effectiveOn: string) {
  await page.goto('/dtsen/snapshots/new')
  await page.getByLabel('Versi').fill(label)
  await page.getByLabel('Tanggal data').fill(effectiveOn)
  await page.getByLabel('Sumber').fill('BPS, DTSEN 2026')
  await page.getByLabel('Berkas desil').setInputFiles({ name: 'desil.csv', mimeType: 'text/csv', buffer: Buffer.from(desilCsv(lines)) })
  await press(page, 'Unggah dan baca')
  await page.getByText(`Konfirmasi potret ${label}`).click()
  await press(page, 'Ya, simpan dan berlakukan')
  await page.getByText('Tersimpan', { exact: true }).waitFor()
}

story('Rina imports the first snapshot: what is wrong is told, nothing changes before she confirms', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/dtsen')
  await page.getByText('Belum ada desil untuk wilayah ini').waitFor()
  await importFile(page, [{ kk: kkOf(1), desil: 2 }, { kk: kkOf(2), desil: 7 }, { kk: kkOf(3), desil: 4 }, { kk: kkOf(50), desil: 1 }, { kk: kkOf(51), desil: 12 }], 'v1', '2026-01-31')
  await page.getByRole('link', { name: 'Unduh daftar kesalahan' }).waitFor()
  assert.equal(world.db.select({ desil: householdDesil.desil }).from(householdDesil).all().map(({ desil }) => desil), [2, 7, 4])
})

story('Oki finds the families of desil 1 to 4 in his desa, on a phone', async () => {
  const page = await world.signIn(oki)
  await page.goto('/households')
  await page.getByText('Saringan lain').click()
  await page.getByLabel('Desil DTSEN').selectOption('1-4')
  await press(page, 'Terapkan')
  await page.waitForURL(/desil=1-4/)
  assert.equal(await page.locator('#rumah-tangga a').allInnerTexts(), ['Asep Suryana'])
  await page.getByRole('link', { name: 'Asep Suryana' }).click()
  await page.getByText('Desa dan Dinsos tidak menetapkan').waitFor()
})

story('Rina imports the next one and sees who went down, who is new and who is gone', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await importFile(page, [{ kk: kkOf(1), desil: 2 }, { kk: kkOf(2), desil: 3 }, { kk: kkOf(60), desil: 5 }, { kk: kkOf(50), desil: 1 }], 'v2', '2026-02-28')
  await page.goto('/dtsen/movement')
  await page.getByRole('heading', { name: 'Dari v1 (31 Januari 2026) ke v2 (28 Februari 2026)' }).waitFor()
  await page.locator('a[href*="was=7"][href*="is=3"]').click()
  await page.getByRole('heading', { name: 'Dari desil 7 ke desil 3' }).waitFor()
  await page.getByRole('link', { name: 'Bayu Wicaksono' }).click()
  await page.getByRole('heading', { level: 2, name: 'Desil DTSEN' }).waitFor()
  const rows = await page.locator('#desil tbody tr').allInnerTexts()
  assert.match(rows.join('\n'), /3[\s\S]*v2[\s\S]*Berlaku[\s\S]*7[\s\S]*v1/)
})

story('and lists the families of DTSEN that nobody has registered', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/dtsen/coverage')
  await page.getByRole('link', { name: 'Lihat daftar', exact: true }).click()
  await page.getByRole('heading', { name: 'Di DTSEN tetapi tidak ada di registri' }).waitFor()
  assert.is(await page.locator('#keluarga tr').count(), 2)
})

story.run()
