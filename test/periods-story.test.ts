import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findBrokenLine } from '#db/audit-chain.ts'
import { households, inactiveHouseholds, snapshots } from '#db/schema/index.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { ratifiedBatch } from '#test/support/periods.ts'
import { hadi, mega, oki, rina } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const day = (offset: number) => new Date(Date.now() + 7 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10)

const story = suite('two periods, from their opening to what changed between them')

let world: Live
let today: string
story.before(async () => {
  world = await live()
  today = new Date().toISOString()
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

// The batches themselves have a story of their own (story.test.ts); these are ratified and wait for their dispatch.
const dispatch = async (title: string) => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/batches')
  await page.getByRole('link', { name: title }).click()
  await page.locator('summary', { hasText: 'Kirim ke Kemensos' }).click()
  await press(page, 'Ya, kirim')
  await page.getByText('Berkas dikirim ke Kemensos').waitFor()
  return page
}

const plan = async (page: Page, name: string) => {
  await page.goto('/periods')
  await page.getByRole('link', { name: 'Buat periode' }).click()
  await page.getByLabel('Nama periode').fill(name)
  await page.getByLabel('Hari buka').fill(day(0))
  await page.getByLabel('Batas kirim').fill(day(5))
  await page.getByLabel('Hari tutup').fill(day(9))
  await press(page, 'Buat periode')
  await page.getByText(`Periode ${name} dibuat`).waitFor()
}

const stop = async (page: Page, name: string) => {
  await page.goto('/periods')
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByText('Hentikan penerimaan sekarang').click()
  await press(page, 'Ya, hentikan penerimaan')
  await page.getByText('Penerimaan dihentikan.').waitFor()
}

const close = async (page: Page, name: string) => {
  await page.goto('/periods')
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByText('Tutup periode sekarang').click()
  await press(page, 'Ya, tutup dan potret data')
  await page.getByText('Periode ditutup.').waitFor()
  await page.getByRole('link', { name: /potret data$/i }).first().click()
  await page.getByRole('heading', { level: 1, name: `Potret data ${name}` }).waitFor()
}

const determine = async (page: Page, title: string, count: number) => {
  await page.goto('/batches')
  await page.getByRole('link', { name: title }).click()
  await page.getByText('Tetapkan semua yang menunggu').click()
  await press(page, 'Ya, tetapkan semua')
  await page.getByText(`${count} data ditetapkan`).waitFor()
}

story('Mega opens a period, and the desa sees how long there is', async () => {
  const page = await world.signIn(mega, DESKTOP)
  await plan(page, 'Tahap satu')
  await page.getByText('5 hari lagi').waitFor()
  const desa = await world.signIn(oki)
  await desa.getByText(/Batas kirim periode Tahap satu/).waitFor()
})

story('Rina\'s own cut-off is earlier, never later', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/periods')
  await page.getByRole('link', { name: 'Tahap satu' }).click()
  await page.getByLabel('Batas kirim sendiri').fill(day(6))
  await press(page, 'Simpan batas kirim')
  await page.getByText(/hanya boleh lebih awal/).first().waitFor()
  await page.goto('/periods')
  await page.getByRole('link', { name: 'Tahap satu' }).click()
  await page.getByLabel('Batas kirim sendiri').fill(day(3))
  await press(page, 'Simpan batas kirim')
  await page.getByText('3 hari lagi').waitFor()
})

story('one batch is sent in time, the other after Mega has stopped taking them in', async () => {
  await ratifiedBatch(world.db, 'Berkas tepat waktu', ['Asep', 'Ujang'], today)
  await ratifiedBatch(world.db, 'Berkas terlambat', ['Wati'], today)
  const inTime = await dispatch('Berkas tepat waktu')
  await inTime.getByText('dikirim sebelum batas kirimnya').waitFor()
  await stop(await world.signIn(mega, DESKTOP), 'Tahap satu')
  const late = await dispatch('Berkas terlambat')
  await late.getByText(/Dikirim setelah batas kirim periode/).waitFor()
  await late.getByText(/masuk periode berikutnya begitu dibuat/).waitFor()
})

story('Mega determines and closes: the registry is kept as it stands, and its hash can be taken again', async () => {
  const page = await world.signIn(mega, DESKTOP)
  await determine(page, 'Berkas tepat waktu', 2)
  await close(page, 'Tahap satu')
  const snapshot = world.db.select().from(snapshots).get()!
  assert.equal([snapshot.householdCount, snapshot.memberCount], [2, 4])
  await page.getByText(snapshot.hash!).waitFor()
  await press(page, 'Hitung ulang sidik')
  await page.getByText('Sidik sama dengan saat dipotret').waitFor()
})

story('the next period takes up the late batch by itself', async () => {
  const page = await world.signIn(mega, DESKTOP)
  await plan(page, 'Tahap dua')
  await page.getByRole('link', { name: 'Berkas terlambat' }).waitFor()
  await page.getByText('Terlambat untuk').waitFor()
  await determine(page, 'Berkas terlambat', 1)
  await page.goto('/batches')
  await page.getByRole('link', { name: 'Berkas terlambat' }).click()
  await page.getByRole('link', { name: 'Tahap dua' }).waitFor()
})

story('one household leaves, one came, and Hadi reads what changed', async () => {
  const asep = world.db.select().from(households).where(eq(households.headName, 'Asep')).get()!
  world.db.insert(inactiveHouseholds).values({ householdId: asep.id, reason: 'mampu', since: new Date().toISOString(), cause: 'determination:berkas' }).run()
  const office = await world.signIn(mega, DESKTOP)
  await stop(office, 'Tahap dua')
  await close(office, 'Tahap dua')

  const page = await world.signIn(hadi, { ...DESKTOP, acceptDownloads: true })
  await page.goto('/periods')
  await press(page, 'Bandingkan')
  await page.getByText('Alasan keluar').first().waitFor()
  assert.match(await page.locator('.stats').innerText(), /Tahap satu\s+2[\s\S]*Masuk\s+1[\s\S]*Keluar\s+1[\s\S]*Tahap dua\s+2/)
  await page.getByText(/Nonaktif: /).first().waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Unduh CSV' }).click()])
  assert.is(readFileSync(await file.path(), 'utf8').trim().split('\r\n').length, 3)
  await page.getByRole('link', { name: 'Masuk di Poncosari: 1' }).click()
  await page.getByRole('link', { name: 'Wati' }).waitFor()
  await page.getByRole('link', { name: /^Keluar/ }).click()
  await page.getByRole('link', { name: 'Asep' }).waitFor()
  assert.is(findBrokenLine(world.db), undefined)
})

story.run()
