import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recipientOf } from '#app/programmes/recipients.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { live, type Live } from '#test/support/live.ts'
import { addRecipient } from '#test/support/participants.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, budi, hadi, oki, rina } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const today = dayOf(new Date().toISOString())
const letter = (seed: number) => ({ name: `surat-${seed}.jpg`, mimeType: 'image/jpeg', buffer: makeJpeg({ width: 300, height: 200, seed }) })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

const story = suite('a participant of PBI-JK who was cut off and falls ill')

let world: Live
story.before(async () => {
  world = await live()
  addHousehold(world.db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 1 }) })
  addRecipient(world.db, {
    id: 'wati', programme: 'pbi', state: 'inactive', name: 'Wati Suryani', number: '0001234567890', householdId: 'asep', familySeq: 1, memberSeq: 2,
    endedOn: addDays(today, -30), reasonCode: 'invalid_nik', data: { segment: 'pbi' },
  })
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Oki sees on a phone how long it is still possible, and files it with both letters', async () => {
  const page = await world.signIn(oki)
  await page.goto('/programmes/pbi')
  await page.getByRole('link', { name: 'Wati Suryani' }).click()
  await page.getByText(/Reaktivasi masih 1\d\d hari lagi/).waitFor()
  await page.locator('#kepesertaan').getByRole('link', { name: 'Usulkan reaktivasi' }).click()
  await page.getByLabel('Alasan').selectOption({ label: 'Persalinan' })
  await page.getByLabel('Fasilitas kesehatan', { exact: true }).fill('RSUD Panembahan Senopati')
  await page.getByLabel(/^Surat fasilitas kesehatan/).setInputFiles(letter(1))
  await press(page, 'Ajukan')
  await page.getByText(/Unggah: Surat keterangan Dinsos/).first().waitFor()
  assert.is(await page.getByLabel('Fasilitas kesehatan', { exact: true }).inputValue(), 'RSUD Panembahan Senopati')
  await page.getByLabel(/^Surat fasilitas kesehatan/).setInputFiles(letter(1))
  await page.getByLabel(/^Surat keterangan Dinsos/).setInputFiles(letter(2))
  await press(page, 'Ajukan')
  await page.waitForURL(/\/programmes\/changes\/[\w-]{36}$/)
  assert.match(await page.locator('main').innerText(), /Harus disahkan sebelum/)
})

for (const [person, words] of [[budi, 'Setujui'], [rina, 'Setujui (Dinsos)']] as const) {
  story(`${person.name} looks at the letters and approves`, async () => {
    const page = await world.signIn(person, DESKTOP)
    await page.goto('/programmes/changes?tab=mine')
    await page.getByRole('link', { name: /Wati Suryani/ }).first().click()
    assert.is(await page.locator('main a[href^="/files/attachments/"]').count(), 2)
    await page.getByRole('button', { name: words }).first().click()
    await page.getByText('Wati Suryani: disetujui.').waitFor()
  })
}

story('Rina prepares the letter, the bupati ratifies, and Wati is active again', async () => {
  const office = await world.signIn(rina, DESKTOP)
  await office.goto('/programmes/batches')
  await press(office, 'Siapkan berkas')
  await press(office, 'Bekukan berkas')
  await office.getByText('Unduh manifes, mintakan surat').waitFor()
  const page = await world.signIn(hadi, DESKTOP)
  await page.goto(new URL(office.url()).pathname)
  await page.getByLabel('Nomor surat pengesahan').fill('460/77/2026')
  await page.getByLabel('Tanggal surat').fill(today)
  await page.getByLabel('Berlaku mulai').fill(today)
  await press(page, /^Sahkan 1 usulan/)
  await page.getByText('Wati Suryani').first().waitFor()
  assert.equal([recipientOf(world.db, 'wati')!.state, recipientOf(world.db, 'wati')!.endedOn], ['active', null])
  await office.goto('/programmes/pbi/recipients/wati')
  await office.locator('#kepesertaan').getByText('PBI-JK (iuran APBN)').first().waitFor()
  await office.goto('/pbi/quota')
  await office.getByText('Selama kuota KAB. BANTUL belum diisi').waitFor()
})

story.run()
