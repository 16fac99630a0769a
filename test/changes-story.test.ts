import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { presentMembers } from '#app/questionnaire/record.ts'
import { openBatch } from '#app/ratification/batches.ts'
import { gather } from '#app/ratification/gathering.ts'
import { households, inactiveHouseholds, proposals, userRegions } from '#db/schema/index.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { asep, bambang } from '#test/support/changes.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { live, type Live } from '#test/support/live.ts'
import { approve } from '#test/support/proposals.ts'
import { addHousehold, as, BANTUL, budi, freshApp, freshDatabase, hadi, mega, oki, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const paper = (seed: number) => ({ name: 'kk.jpg', mimeType: 'image/jpeg', buffer: makeJpeg({ width: 400, height: 300, seed }) })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const namesIn = ({ db }: Live, id: string) => presentMembers(db.select().from(households).where(eq(households.id, id)).get()!.record).map(({ name }) => name)
const proposed = ({ db }: Live, kind: string) => db.select().from(proposals).all().find((one) => one.kind === kind)

const story = suite('a wedding between two desa, and a family that splits')

let world: Live
story.before(async () => {
  const db = freshDatabase()
  db.insert(userRegions).values({ userId: oki.id, regionCode: TRIMURTI }).run()
  addHousehold(db, 'asep', { record: asep(), regionCode: PONCOSARI, stage: 'determined' })
  addHousehold(db, 'bambang', { record: bambang(), regionCode: TRIMURTI, stage: 'determined' })
  world = await live(db)
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Oki proposes the wedding on a phone: Dani of Poncosari joins Fitri\'s family in Trimurti', async () => {
  const page = await world.signIn(oki)
  await page.goto('/proposals/new/marriage?household=asep')
  await page.getByRole('searchbox').fill('Bambang')
  await page.getByRole('searchbox').press('Enter')
  await page.getByRole('link', { name: /Bambang Riyadi/ }).first().click()
  await page.getByLabel(/Dari rumah tangga Asep/).selectOption({ label: '3. Dani Suryana, Anak' })
  await page.getByLabel(/Dari rumah tangga Bambang/).selectOption({ label: '3. Fitri Riyadi, Anak' })
  await page.getByLabel('Nomor KK yang baru').waitFor({ state: 'hidden' })
  await page.getByLabel(/Masuk ke keluarga pasangannya/).check()
  await page.getByLabel(/^Bukti/).setInputFiles(paper(1))
  await press(page, 'Ajukan')
  await page.getByText('Usulan diajukan').waitFor()
  assert.match(await page.locator('main').innerText(), /Dani Suryana/)
  assert.is(proposed(world, 'marriage')!.status, 'submitted')
})

story('and the pecah KK of Lilis into a house of her own; a wrong card is said at its field', async () => {
  const page = await world.signIn(oki)
  await page.goto('/proposals/new/family_split?household=asep')
  await page.getByLabel('Lilis Suryani ikut').check()
  await page.locator('select[name="relationToFamilyHead.4"]').selectOption({ label: 'Kepala keluarga' })
  await page.getByLabel('Nomor KK yang baru').fill('99020128022600')
  await page.getByLabel(/Rumah tangga sendiri di desa ini/).check()
  await page.getByLabel('Alamat yang baru').fill('Jl. Mawar 9 RT 03')
  await page.getByLabel(/^Bukti/).setInputFiles(paper(2))
  await press(page, 'Ajukan')
  await page.locator('#f-kkNumber-error').waitFor()
  assert.ok(await page.getByLabel('Lilis Suryani ikut').isChecked())
  await page.getByLabel('Nomor KK yang baru').fill('9902012802260031')
  await page.getByLabel(/^Bukti/).setInputFiles(paper(2))
  await press(page, 'Ajukan')
  await page.getByText('Usulan diajukan').waitFor()
  assert.is(proposed(world, 'family_split')!.status, 'submitted')
})

// Kecamatan and Dinsos approve, and somebody for the other desa between them; the bupati ratifies, the ministry determines.
async function decide(kind: string, { otherDesa = false } = {}) {
  const { id } = proposed(world, kind)!
  const now = new Date().toISOString()
  approve(world.db, budi, id, now)
  if (otherDesa) approve(world.db, rina, id, now)
  approve(world.db, rina, id, now)
  const { as: client } = freshApp(world.db)
  const batch = crypto.randomUUID()
  await gather(world.db, rina, as(world.db, rina, (tx) => openBatch(tx, { id: batch, regionCode: BANTUL, title: `Pengesahan ${kind}` }), now))
  const letter = { id: crypto.randomUUID(), letterNumber: '460/9/2026', letterDate: now.slice(0, 10), signatory: 'Bupati Bantul', letter: new File(['%PDF-1.4 surat'], 'surat.pdf', { type: 'application/pdf' }) }
  assert.is((await client(rina).post(`/batches/${batch}/freeze`)).status, 303)
  assert.is((await client(hadi).post(`/batches/${batch}/ratification`, letter)).status, 303)
  assert.is((await client(rina).post(`/batches/${batch}/dispatch`)).status, 303)
  assert.is((await client(mega).post(`/batches/${batch}/acceptance`, { scope: 'all' })).status, 303)
  assert.is(proposed(world, kind)!.status, 'determined')
}

story('until the ministry determines it nothing changes; then Dani lives with Fitri', async () => {
  assert.equal([namesIn(world, 'asep').length, namesIn(world, 'bambang').length], [4, 3])
  await decide('marriage', { otherDesa: true })
  assert.equal(namesIn(world, 'asep'), ['Asep Suryana', 'Wati Suryani', 'Lilis Suryani'])
  assert.equal(namesIn(world, 'bambang'), ['Bambang Riyadi', 'Endang Lestari', 'Fitri Riyadi', 'Dani Suryana'])
})

story('and Lilis has a household of her own, which waits for its first visit', async () => {
  await decide('family_split')
  const lilis = world.db.select().from(households).all().find(({ headName }) => headName === 'Lilis Suryani')!
  assert.equal([lilis.regionCode, lilis.stage, lilis.address], [PONCOSARI, 'published', 'Jl. Mawar 9 RT 03'])
  assert.equal(world.db.select().from(inactiveHouseholds).all(), [])
})

story('Oki reads on the household\'s life line what became of them', async () => {
  const page = await world.signIn(oki)
  await page.goto('/households/asep')
  await page.getByRole('link', { name: 'Riwayat hidup' }).click()
  await page.getByText(/Dani Suryana pindah pada/).waitFor()
  await page.getByRole('link', { name: 'Bambang Riyadi' }).click()
  await page.getByText(/Dani Suryana mulai tercatat tinggal di sini/).waitFor()
  await page.getByRole('link', { name: '4. Dani Suryana' }).click()
  await page.getByText(/rumah tangga Asep Suryana/).first().waitFor()
  assert.is(await page.evaluate(() => document.documentElement.scrollWidth), 360)
})

story.run()
