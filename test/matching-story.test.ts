import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { matchOf } from '#app/matching/states.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { addFated, answerFile } from '#test/support/matching.ts'
import { rina, siti } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 }, acceptDownloads: true }
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const outcome = ({ db }: Live, id: string) => matchOf(db, id)[0]!.outcome

const story = suite('the people of a desa, from the list for Dukcapil to their names put right')

let world: Live
let office: Page
let questions: string
story.before(async () => {
  world = await live()
  addFated(world.db, 'asep', 'padan', { head: 'Asep Suryana' })
  addFated(world.db, 'ujang', 'tidak_padan_nama', { head: 'Ujang Permana' })
  addFated(world.db, 'dadang', 'gangguan', { head: 'Dadang Hidayat' })
  office = await world.signIn(rina, DESKTOP)
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Rina begins a run and carries its list out', async () => {
  await office.goto('/matching/new')
  await office.getByLabel('Nomor surat atau BAST penyerahan data').fill('470/12/2026')
  await press(office, 'Mulai')
  await office.getByText('Menunggu jawaban').waitFor()
  const [download] = await Promise.all([office.waitForEvent('download'), office.getByRole('link', { name: 'Unduh CSV' }).click()])
  assert.is(download.suggestedFilename(), 'pemadanan-1.csv')
  questions = readFileSync(await download.path(), 'utf8')
  assert.is(questions.trim().split('\n').length, 7)
})

story('the answers are shown before they count, mistakes apart', async () => {
  const text = await answerFile(questions, (line, i) => i === 1 ? { ...line, NIK: '12' } : line)
  await office.getByLabel('Berkas jawaban putaran 1').setInputFiles({ name: 'jawaban.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await press(office, 'Unggah dan baca')
  await office.getByText('NIK harus 16 angka').waitFor()
  assert.match(await office.locator('main').innerText(), /Nama tidak padan: 1/)
  assert.is(outcome(world, 'ujang'), null)

  await press(office, 'Masukkan 5 jawaban')
  await office.getByText('Selesai dimasukkan').waitFor()
  assert.equal(['asep', 'ujang', 'dadang'].map((id) => outcome(world, id)), ['padan', 'tidak_padan_nama', 'gangguan'])
})

story('the whole file once more brings the one that was wrong, and nothing twice', async () => {
  await office.goto('/matching')
  await office.getByRole('link', { name: 'Putaran 1' }).click()
  await office.getByLabel('Berkas jawaban putaran 1').setInputFiles({ name: 'lengkap.csv', mimeType: 'text/csv', buffer: Buffer.from(await answerFile(questions)) })
  await press(office, 'Unggah dan baca')
  await press(office, 'Masukkan 1 jawaban')
  await office.getByText('Selesai dimasukkan').waitFor()
})

story('Siti finds both names beside each other on her phone, with the way to put it right', async () => {
  const page = await world.signIn(siti, PHONE)
  await page.goto('/matching')
  await page.getByRole('link', { name: 'Nama tidak padan' }).first().click()
  const text = await page.locator('main').innerText()
  assert.match(text, /Ujang Permana/)
  assert.match(text, /mirip \d+%/)
  assert.not.match(text, /99\d{14}/)
  assert.match(await page.getByRole('link', { name: /Ajukan perbaikan/ }).getAttribute('href') ?? '', /\/proposals\/new\?household=ujang&kind=correction/)
})

story('whoever Dukcapil could not answer is asked again, and is padan', async () => {
  await office.goto('/matching/people?outcome=gangguan')
  await office.getByText('Dadang Hidayat').first().waitFor()
  await office.goto('/matching/new')
  for (const label of [/belum pernah/, /berubah sejak/]) await office.getByLabel(label).uncheck()
  await office.getByLabel(/menunggu ditanyakan lagi/).check()
  await office.getByLabel(/Simulator/).check()
  await press(office, 'Mulai')
  await office.getByText('Selesai', { exact: true }).first().waitFor()
  assert.equal([outcome(world, 'dadang'), outcome(world, 'ujang')], ['padan', 'tidak_padan_nama'])

  await office.goto('/households/dadang')
  const text = await office.locator('#pemadanan').innerText()
  assert.match(text, /Padan/)
  assert.match(text, /Riwayat pemadanan \(3\)/)
})

story.run()
