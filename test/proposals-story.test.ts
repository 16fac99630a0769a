import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isPresent } from '#app/questionnaire/record.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { batches, households, householdVersions, inactiveHouseholds, proposals } from '#db/schema/index.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { live, type Live } from '#test/support/live.ts'
import { addHousehold, budi, freshDatabase, hadi, mega, oki, rina } from '#test/support/world.ts'
import type { Actor } from '#app/users/actor.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const photo = { name: 'akta.jpg', mimeType: 'image/jpeg', buffer: makeJpeg({ width: 800, height: 600, seed: 3, bytes: 60_000 }) }
const paper = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4 ${name}`) })

const story = suite('a death and a household that leaves, from the desa to the ministry')

let world: Live
const statuses = () => world.db.select({ status: proposals.status }).from(proposals).orderBy(proposals.proposedAt).all().map(({ status }) => status)
const record = (id: string) => world.db.select().from(households).where(eq(households.id, id)).get()!

story.before(async () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { head: 'Asep Suryana' })
  addHousehold(db, 'ujang', { head: 'Ujang Sutisna' })
  world = await live(db)
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

// Finds the household by its name and opens the form for what happened to it.
async function begin(page: Page, name: string, kind: string) {
  await page.goto('/proposals')
  await page.getByRole('link', { name: 'Ajukan usulan' }).click()
  await page.getByRole('searchbox').fill(name)
  await press(page, 'Terapkan')
  await page.getByRole('link', { name: `Pilih ${name}` }).click()
  await page.getByRole('link', { name: kind, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: kind }).waitFor()
}

story('Oki proposes both, on a phone, with a photo and a berita acara', async () => {
  const page = await world.signIn(oki)
  await begin(page, 'Asep Suryana', 'Kematian')
  await page.getByLabel('Tanggal meninggal').fill('2026-02-10')
  await page.getByLabel('Anggota yang meninggal').selectOption({ label: '2. Wati Suryani, Istri/Suami' })
  await page.getByLabel(/^Bukti/).setInputFiles(photo)
  await press(page, 'Ajukan')
  await page.getByText('Usulan diajukan.').waitFor()
  await page.getByText('Meninggal').first().waitFor()

  await begin(page, 'Ujang Sutisna', 'Nonaktif')
  await page.getByLabel(/^Alasan/).selectOption('mampu')
  await press(page, 'Ajukan')
  await page.getByText('Usulan ini harus diputuskan musyawarah').first().waitFor()
  await page.getByLabel(/^Nomor berita acara/).fill('140/9/2026')
  await page.getByLabel(/^Tanggal berita acara/).fill('2026-02-15')
  await page.getByLabel(/^Berkas berita acara/).setInputFiles(paper('berita-acara.pdf'))
  await press(page, 'Ajukan')
  await page.getByText('Usulan diajukan.').waitFor()
  assert.equal(statuses(), ['submitted', 'submitted'])
  await page.context().close()
})

// The queue of whoever checks, one case after the other.
async function decide(person: Actor, button: RegExp) {
  const page = await world.signIn(person, DESKTOP)
  for (const name of ['Asep Suryana', 'Ujang Sutisna']) {
    await page.goto('/')
    await page.getByRole('link', { name: 'Usulan perubahan menunggu Anda' }).click()
    await page.getByRole('link', { name }).click()
    await press(page, button)
    await page.getByText(`${name}: disetujui.`).waitFor()
  }
  await page.context().close()
}

story('Budi checks them at the kecamatan, Rina at Dinsos', async () => {
  await decide(budi, /^Setujui/)
  assert.equal(statuses(), ['checked', 'checked'])
  await decide(rina, /^Setujui \(Dinsos\)/)
  assert.equal(statuses(), ['verified', 'verified'])
})

story('Rina gathers them into a batch and freezes it', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/batches')
  await page.getByLabel('Nama berkas').fill('Pengesahan Maret')
  await press(page, 'Buka dan kumpulkan data')
  await page.getByText('Usulan perubahan dalam berkas ini').waitFor()
  await press(page, 'Bekukan berkas')
  await page.getByText('Berkas dibekukan.').waitFor()
  assert.equal(statuses(), ['batched', 'batched'])
  await page.context().close()
})

story('Hadi ratifies with the letter; Rina sends it', async () => {
  const { id } = world.db.select().from(batches).get()!
  const page = await world.signIn(hadi, DESKTOP)
  await page.goto(`/batches/${id}`)
  await page.getByLabel('Nomor surat pengesahan').fill('460/7/2026')
  await page.getByLabel('Tanggal surat').fill('2026-03-05')
  await page.getByLabel(/Penanda tangan/).fill('Bupati Bantul')
  await page.getByLabel(/Berkas surat/).setInputFiles(paper('surat.pdf'))
  await press(page, 'Sahkan 2 usulan')
  await page.getByText('Berkas disahkan.').waitFor()
  await page.context().close()
  const dinsos = await world.signIn(rina, DESKTOP)
  await dinsos.goto(`/batches/${id}`)
  await dinsos.locator('summary', { hasText: 'Kirim ke Kemensos' }).click()
  await press(dinsos, 'Ya, kirim')
  await dinsos.getByText('Berkas dikirim ke Kemensos.').waitFor()
  await dinsos.context().close()
  assert.is(record('asep').version, 1)
})

story('Mega determines one, then the other', async () => {
  const { id } = world.db.select().from(batches).get()!
  const page = await world.signIn(mega, DESKTOP)
  await page.goto(`/batches/${id}`)
  await page.getByRole('link', { name: 'Putuskan usulan satu per satu' }).click()
  for (const name of [/Pilih Kematian/, /Pilih Nonaktif/]) {
    await page.getByLabel(name).check()
    await press(page, 'Tetapkan yang dipilih')
    await page.getByText('1 usulan ditetapkan.').waitFor()
  }
  await page.context().close()
  assert.equal(statuses(), ['determined', 'determined'])
  assert.equal(record('asep').record.members.map(isPresent), [true, false])
  assert.is(world.db.select().from(householdVersions).where(eq(householdVersions.householdId, 'asep')).all().at(-1)!.cause, `determination:${id}`)
  assert.is(world.db.select().from(inactiveHouseholds).get()!.householdId, 'ujang')
  assert.is(findBrokenLine(world.db), undefined)
})

story('Oki finds Ujang inactive and may propose that he comes back', async () => {
  const page = await world.signIn(oki)
  await page.goto('/households?q=Ujang&active=no')
  await page.getByRole('link', { name: 'Ujang Sutisna' }).click()
  await page.getByText(/Nonaktif sejak .*: Sudah mampu/).waitFor()
  await page.getByRole('link', { name: 'Ajukan pengaktifan kembali' }).click()
  await page.getByRole('link', { name: 'Aktifkan kembali', exact: true }).click()
  await page.getByLabel(/^Alasan/).selectOption('keliru')
  await press(page, 'Simpan dahulu')
  await page.getByText('Usulan disimpan, belum diajukan.').waitFor()
  assert.equal(statuses(), ['determined', 'determined', 'draft'])
  await page.context().close()
})

story.run()
