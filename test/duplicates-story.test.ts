import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchUp } from '#app/duplicates/checks.ts'
import { duplicatePairs, households, proposals } from '#db/schema/index.ts'
import { addCouple, SUMIYATI } from '#test/support/alike.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { addVisit } from '#test/support/visit.ts'
import { rina, siti, TRIMURTI } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const statusOf = ({ db }: Live, other: string) => db.select().from(duplicatePairs).where(eq(duplicatePairs.otherHousehold, other)).get()?.status

const story = suite('one person in two desa')

let world: Live
let page: Page
story.before(async () => { world = await live() })
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('is found by the search: Sumiyati of Poncosari is on the prelist of Trimurti, and so is a namesake of Partini', async () => {
  const { db } = world
  addCouple(db, 'asep', { wife: SUMIYATI, stage: 'assigned', officer: siti })
  addVisit(db, 'asep', siti, { id: 'visit', photos: true })
  addCouple(db, 'tuti', { regionCode: TRIMURTI, wife: { ...SUMIYATI, name: 'Hj. Sumiati Handayani', nik: '9902016008840977' } })
  addCouple(db, 'ujang', { wife: { name: 'Partini Kusumawati', birthDate: '1979-03-11', nik: '9902015103790021', motherMaidenName: '' } })
  addCouple(db, 'joni', { regionCode: TRIMURTI, wife: { name: 'Partini Kusumawati', birthDate: '1979-03-11', nik: null, motherMaidenName: '' } })
  await catchUp(db)

  page = await world.signIn(rina, DESKTOP)
  await page.getByRole('link', { name: 'Data ganda' }).first().click()
  await page.getByText('2 menunggu keputusan').waitFor()
  assert.match(await page.locator('#pasangan').innerText(), /Sumiyati Handayani[^]*Partini Kusumawati/)
})

story('is looked at side by side, with the differences marked and the photos of the visit', async () => {
  await page.getByRole('link', { name: 'Sumiyati Handayani' }).click()
  await page.getByText('NIK beda 1 angka').first().waitFor()
  const table = await page.getByRole('table', { name: 'Isian berdampingan' }).first().innerText()
  assert.match(table, /9902016008840077\s+9902016008840977\s+Berbeda/i)
  assert.match(table, /20 Agustus 1984\s+20 Agustus 1984\s+Sama/i)
  await page.getByRole('img', { name: 'KTP' }).first().waitFor()
})

story('is merged: the household of Trimurti is proposed to leave the register as double', async () => {
  await page.getByText('Gabungkan: orangnya sama').click()
  await page.locator('input[name=keep][value=one]').check()
  await page.getByRole('radio', { name: /Seluruh rumah tangga/ }).check()
  await page.locator('#note-merge').fill('KTP dan keluarganya sama, pindah dari Trimurti')
  await press(page, 'Buat usulan penggabungan')
  await page.getByText('Rancangan usulan dibuat').waitFor()
  const proposal = world.db.select().from(proposals).get()!
  assert.equal([proposal.kind, proposal.householdId, statusOf(world, 'tuti')], ['deactivation', 'tuti', 'merging'])
  assert.is(new URL(page.url()).pathname, `/proposals/${proposal.id}`)
})

story('is somebody else in the other pair: kept apart, remembered, and not proposed again', async () => {
  await page.goto('/duplicates')
  await page.getByRole('link', { name: 'Partini Kusumawati' }).click()
  await page.getByText('Biarkan terpisah').click()
  await page.locator('#note-apart').fill('Ibunya berbeda, sudah ditanyakan di kedua desa')
  await press(page, 'Simpan sebagai dua orang berbeda')
  await page.getByText('tidak diusulkan lagi').waitFor()
  await page.getByText('Tidak ada pasangan di sini').waitFor()

  await press(page, 'Periksa ulang semua data')
  await page.getByText('sedang diperiksa ulang').waitFor()
  await catchUp(world.db)
  await page.goto('/duplicates?status=apart')
  assert.match(await page.locator('#pasangan').innerText(), 'Partini Kusumawati')
  assert.equal([statusOf(world, 'joni'), world.db.select().from(households).all().length], ['apart', 4])
})

story.run()
