import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ratifyBatch } from '#app/programmes/applying.ts'
import { freezeBatch, openBatch } from '#app/programmes/batches.ts'
import { approveChange, seenOf } from '#app/programmes/decisions.ts'
import { recipientChanges, recipients } from '#db/schema/index.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { addCouple, addPkhPeriod } from '#test/support/eligibility.ts'
import { live, type Live } from '#test/support/live.ts'
import { as, BANTUL, budi, hadi, oki, PONCOSARI, rina } from '#test/support/world.ts'

const NARROW = { viewport: { width: 360, height: 740 } }
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

const story = suite('PKH, from what-if to a suspension')
let world: Live
story.before(async () => {
  world = await live()
  addPkhPeriod(world.db)
  addCouple(world.db, 'Asep', { wife: { pregnant: false, birthDate: '2012-04-01', schooling: 1, educationLevel: 4 } })
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

const family = () => world.db.select().from(recipients).where(eq(recipients.programme, 'pkh')).get()
const now = () => new Date().toISOString()

// The queue's steps have their own tests: here they are taken at once.
function carryOut() {
  const change = world.db.select().from(recipientChanges).where(eq(recipientChanges.status, 'submitted')).get()!
  for (const person of [budi, rina]) {
    const seen = seenOf(world.db, world.db.select().from(recipientChanges).where(eq(recipientChanges.id, change.id)).get()!)
    const [decider] = person.id === change.proposedBy ? [{ ...rina, id: 'tutik' }] : [person]
    as(world.db, decider!, (tx) => approveChange(tx, change.id, { key: randomUUID(), seen, note: '' }), now())
  }
  const { id } = as(world.db, rina, (tx) => openBatch(tx, { id: randomUUID(), programme: 'pkh', regionCode: BANTUL, periodId: null, note: '' }), now())
  as(world.db, rina, (tx) => freezeBatch(tx, id), now())
  as(world.db, hadi, (tx) => ratifyBatch(tx, id, { letterNumber: '460/1/2026', letterDate: '2026-03-01', effectiveOn: '2026-03-01' }), now())
}

const openRecipient = async (page: Page) => page.goto(`/programmes/pkh/recipients/${family()!.id}`)

story('Rina tries a threshold and proposes the family it lets in', async () => {
  const page = await world.signIn(rina, NARROW)
  await page.goto('/eligibility/new')
  await page.getByLabel('Nama perhitungan').fill('Desil sampai 3')
  await page.getByRole('radio', { name: /Coba aturan lain/ }).check()
  await page.getByLabel('Desil paling tinggi').fill('3')
  await press(page, 'Hitung')
  await page.getByRole('link', { name: 'Masuk di Poncosari: 1' }).click()
  await page.getByLabel('Pilih Asep').check()
  await press(page, 'Pratinjau yang dicentang')
  await press(page, /^Usulkan 1 baris/)
  await page.getByText('menunggu pemeriksaan kecamatan').waitFor()
  carryOut()
  assert.is(family()!.state, 'candidate')
})

story('Oki finds the candidate on his list and notes the validation', async () => {
  const page = await world.signIn(oki, NARROW)
  await page.goto('/pkh')
  await page.getByRole('link', { name: 'Catat validasi: Asep' }).click()
  await page.getByLabel('Tanggal validasi').fill('2026-03-01')
  await press(page, /Ajukan/)
  await page.waitForURL(/programmes\/changes/)
  carryOut()
  assert.is(family()!.state, 'eligible')
})

story('the family becomes active with its numbers', async () => {
  const page = await world.signIn(rina, NARROW)
  await openRecipient(page)
  await page.getByRole('link', { name: 'Aktifkan sebagai peserta' }).click()
  await page.getByLabel('No. Peserta PKH').fill('340201000000001')
  await press(page, /Ajukan/)
  await page.waitForURL(/programmes\/changes/)
  carryOut()
  assert.equal([family()!.state, family()!.number, family()!.regionCode], ['active', '340201000000001', PONCOSARI])
  await openRecipient(page)
  await page.getByText('Rp1.500.000 setahun').waitFor()
  await page.getByRole('link', { name: 'Isi No. ART PKH' }).click()
  await page.getByLabel('1. Asep').fill('3402010000000001')
  await press(page, 'Simpan nomor')
  await page.getByText('No. ART PKH disimpan').waitFor()
})

story('Oki notes who was at school, and proposes the suspension', async () => {
  const page = await world.signIn(oki, NARROW)
  await page.goto('/pkh?list=commitment')
  await page.getByRole('link', { name: 'Catat kehadiran: Asep' }).click()
  await page.getByLabel('Seharusnya').fill('60')
  await page.getByLabel('Hadir').fill('40')
  await press(page, 'Simpan kehadiran')
  await page.getByText('Kurang dari 85%').waitFor()
  await page.getByRole('link', { name: 'Tangguhkan' }).click()
  await page.getByLabel('Alasan').selectOption({ label: 'Komitmen tidak terpenuhi' })
  await press(page, /Ajukan/)
  await page.waitForURL(/programmes\/changes/)
  carryOut()
  assert.is(family()!.state, 'suspended')
})
story.run()
