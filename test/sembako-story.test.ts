import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recipientChanges } from '#db/schema/index.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { kkOf, nikOf } from '#test/support/desil.ts'
import { live, type Live } from '#test/support/live.ts'
import { addPaidPeriod, cardOf, csvOf, paymentOf, recipientsIn } from '#test/support/payments.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, oki, PONCOSARI, rina } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const file = (name: string, rows: string[][]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(csvOf(rows)) })

const story = suite('Sembako, from the list of recipients to a replacement')

let world: Live
story.before(async () => {
  world = await live()
  addHousehold(world.db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 1 }) })
  addHousehold(world.db, 'dadang', { record: aRecord({ head: 'Dadang Hermawan', serial: 2 }) })
  addHousehold(world.db, 'cici', { record: aRecord({ head: 'Cici Lestari', serial: 3 }) })
  addPaidPeriod(world.db, { startsOn: '2026-01-01', endsOn: '2026-03-31' })
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Rina imports the list; one line is wrong, one is not found', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/intake/new?programme=sembako')
  await page.getByLabel('Sumber').fill('SIKS-NG, Januari 2026')
  await page.getByLabel('Berkas penerima').setInputFiles(file('kpm.csv', [
    ['No KKS', 'NIK', 'No KK', 'Nama Penerima', 'Kode Desa', 'Bank', 'No Rekening'],
    [cardOf(1), nikOf(1), kkOf(1), 'Asep Suryana', PONCOSARI, 'BRI', '123456789012345'],
    [cardOf(2), nikOf(700), kkOf(700), 'Dadang Hermawan', PONCOSARI, 'BRI', '123456789012346'],
    [cardOf(3), '9,90201E+15', '', 'Rusak Excel', PONCOSARI, 'BRI', ''],
  ]))
  await press(page, 'Unggah dan baca')
  await page.getByText('dibulatkan oleh Excel').waitFor()
  assert.is(recipientsIn(world.db).length, 0)
  await page.getByText('Konfirmasi', { exact: true }).click()
  await press(page, 'Ya, masukkan')
  await page.getByText('1 baris belum ditemukan di registri').waitFor()
})

story('and links the one that was not found with its family', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/intake')
  await page.getByRole('link', { name: 'kpm.csv' }).click()
  await page.getByRole('link', { name: 'Selesaikan sekarang' }).click()
  await page.getByRole('link', { name: 'Selesaikan Dadang Hermawan' }).click()
  await page.getByLabel('Cari di registri').fill('dadang')
  await press(page, 'Cari')
  await page.getByRole('radio', { name: /Dadang Hermawan/ }).check()
  await page.getByLabel('Alasan tautan').fill('NIK di berkas salah ketik, nama dan alamat sama')
  await press(page, 'Tautkan')
  await page.getByText('Semua sudah diselesaikan').waitFor()
  assert.equal(recipientsIn(world.db).map(({ name, householdId }) => [name, householdId]), [['Asep Suryana', 'asep'], ['Dadang Hermawan', 'dadang']])
})

story('Rina makes the payment list and brings the results of the bank', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/payments')
  await page.getByLabel('Periode').selectOption({ label: 'Triwulan I 2026' })
  await press(page, 'Susun daftar')
  await page.getByRole('link', { name: 'Unggah hasil salur' }).click()
  await page.getByLabel('Sumber').fill('Laporan BRI Maret 2026')
  await page.getByLabel('Berkas hasil').setInputFiles(file('hasil.csv', [['No KKS', 'Status', 'Alasan'], [cardOf(1), 'Gagal salur', 'Pindah ke luar desa/kelurahan'], [cardOf(2), 'Berhasil salur', '']]))
  await press(page, 'Unggah dan baca')
  await page.getByText('Konfirmasi', { exact: true }).click()
  await press(page, 'Ya, masukkan')
  await page.getByRole('link', { name: 'Kembali ke daftar salur' }).click()
  await page.getByText('1 (50%)').first().waitFor()
  assert.equal([paymentOf(world.db, 'Asep Suryana').kind, paymentOf(world.db, 'Dadang Hermawan').kind], ['failed', 'paid'])
})

story('Oki finds the failed payment on his phone and proposes who takes the place, with the minutes of the musdes', async () => {
  const page = await world.signIn(oki)
  await page.goto('/payments/failed')
  await page.locator('#gagal').getByText('Pindah ke luar desa/kelurahan').waitFor()
  await page.getByRole('link', { name: 'Usulkan pengganti' }).click()
  await page.getByText('Menggantikan Asep Suryana').waitFor()
  await page.getByRole('searchbox', { name: 'Cari rumah tangga' }).fill('cici')
  await page.getByRole('searchbox', { name: 'Cari rumah tangga' }).press('Enter')
  await page.getByRole('link', { name: /Cici Lestari/ }).click()
  await page.getByLabel('Alasan').selectOption({ label: 'Yang diganti pindah' })
  await press(page, 'Ajukan')
  await page.getByText('Isi nomor berita acara musdes/muskel.').first().waitFor()
  await page.getByLabel('Nomor berita acara musdes/muskel').fill('4/BA/2026')
  await page.getByLabel('Tanggal berita acara').fill('2026-02-20')
  await press(page, 'Ajukan')
  await page.getByText('4/BA/2026').first().waitFor()
  const [change] = world.db.select().from(recipientChanges).all()
  assert.equal([change!.kind, change!.status, change!.householdId, change!.minutesNumber, change!.replacedId], ['replacement', 'submitted', 'cici', '4/BA/2026', recipientsIn(world.db)[0]!.id])
})

story.run()
