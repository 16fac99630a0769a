import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recipientChanges, recipients } from '#db/schema/index.ts'
import { addPsks } from '#app/psks/psks.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { addRecipient, changeOf, ratify } from '#test/support/participants.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, as, BANTUL, oki, rina } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const now = new Date().toISOString()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

const story = suite('somebody in need, from the desa to an institution')

let world: Live
story.before(async () => {
  world = await live()
  addHousehold(world.db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 1 }) })
  addRecipient(world.db, { id: 'hiv', programme: 'ppks', variant: '16', state: 'registered', name: 'Bambang Rahasia' })
  as(world.db, rina, (tx) => addPsks(tx, { key: 'lks', kind: 'lks', regionCode: BANTUL, name: 'LKS Kasih Ibu', contactName: '', phone: '', address: '', certificate: '', activeFrom: '2020-01-01', note: '' }))
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Oki enters Asep as disabled, on a phone; no sensitive category is offered to him', async () => {
  const page = await world.signIn(oki)
  await page.goto('/programmes/ppks')
  assert.not.match(await page.locator('main').innerText(), /Bambang/)
  await page.goto('/programmes/ppks/changes/new?kind=entry&household=asep')
  await page.getByRole('link', { name: 'Pilih Asep Suryana' }).click()
  const offered = await page.getByLabel('Kategori', { exact: true }).locator('option').allInnerTexts()
  assert.not.match(offered.join('\n'), /HIV|NAPZA|kekerasan|hukum/)
  await page.getByLabel('Kategori', { exact: true }).selectOption({ label: 'Lanjut usia telantar' })
  await page.getByLabel(/^Tanggal ditemukan/).fill(dayOf(now))
  await press(page, 'Ajukan')
  await page.getByText(/umur 60 tahun ke atas; umur orang ini 4\d tahun/).first().waitFor()
  await page.getByLabel('Kategori', { exact: true }).selectOption({ label: 'Penyandang disabilitas' })
  await press(page, 'Ajukan')
  await page.waitForURL(/\/programmes\/changes\/[\w-]{36}$/)
})

story('once ratified, Rina records a service and refers him to an institution of the register', async () => {
  const { id } = world.db.select().from(recipientChanges).get()!
  ratify(world.db, changeOf(world.db, id), { at: now, effectiveOn: dayOf(now) })
  const page = await world.signIn(rina, DESKTOP)
  await page.goto(`/programmes/ppks/recipients/${id}`)
  await page.getByRole('link', { name: 'Catat layanan atau rujukan' }).click()
  await page.getByRole('radio', { name: /^Diberikan/ }).check()
  await page.getByLabel('Jenis layanan').selectOption({ label: 'Alat bantu atau dukungan aksesibilitas' })
  await page.getByRole('textbox', { name: /^Diberikan oleh/ }).fill('Dinsos Bantul')
  await press(page, 'Simpan layanan')
  await page.getByText('Sedang dilayani').first().waitFor()
  await page.getByRole('link', { name: 'Catat layanan atau rujukan' }).click()
  await page.getByRole('radio', { name: /^Dirujuk/ }).check()
  await page.getByLabel('Jenis layanan').selectOption({ label: 'Terapi fisik, psikososial, atau mental spiritual' })
  await page.getByLabel('Dirujuk ke lembaga PSKS').selectOption({ label: 'LKS Kasih Ibu · Lembaga kesejahteraan sosial (LKS)' })
  await press(page, 'Simpan layanan')
  await page.getByText('Rujukan dicatat').waitFor()
  assert.is(world.db.select().from(recipients).all().find((one) => one.id === id)!.state, 'referred')
})

story('and for Bambang too, whom Oki sees nowhere', async () => {
  const office = await world.signIn(rina, DESKTOP)
  await office.goto('/ppks/services/new?recipient=hiv')
  await office.getByRole('radio', { name: /^Diberikan/ }).check()
  await office.getByLabel('Jenis layanan').selectOption({ label: 'Dukungan keluarga' })
  await office.getByRole('textbox', { name: /^Diberikan oleh/ }).fill('Dinsos Bantul')
  await press(office, 'Simpan layanan')
  await office.getByText('Kategori sensitif').waitFor()
  const page = await world.signIn(oki)
  await page.goto('/ppks/services')
  await page.getByText('Asep Suryana').first().waitFor()
  assert.not.match(await page.locator('main').innerText(), /Bambang|HIV/)
  assert.is((await page.goto('/programmes/ppks/recipients/hiv'))!.status(), 404)
  await page.goto('/ppks')
  // Rows below the fold are not painted yet, so the text itself is asked.
  assert.match(await page.locator('main').textContent() ?? '', /ODHA[\s\S]*<5/)
})

story.run()
