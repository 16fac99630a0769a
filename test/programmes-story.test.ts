import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recipientChanges, recipients } from '#db/schema/index.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import type { Actor } from '#app/users/actor.ts'
import { addHousehold, budi, freshDatabase, hadi, oki, rina } from '#test/support/world.ts'

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

const story = suite('a family comes into Program Sembako, from the desa to the signature, on phones')

let world: Live
const status = () => world.db.select().from(recipientChanges).get()!.status

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

story('Oki finds the family and proposes it', async () => {
  const page = await world.signIn(oki)
  await page.goto('/programmes')
  assert.ok(await fits(page))
  await page.getByRole('link', { name: 'Buka daftar Sembako' }).click()
  await page.getByRole('link', { name: 'Usulkan penerima baru' }).click()
  await page.getByRole('link', { name: 'Usulkan sebagai calon' }).click()
  await page.getByRole('searchbox').fill('Asep')
  await press(page, 'Terapkan')
  await page.getByRole('link', { name: 'Pilih Asep Suryana' }).click()
  await page.getByLabel(/^Keterangan/).fill('Diputuskan musdes, belum pernah menerima')
  assert.ok(await fits(page))
  await press(page, 'Ajukan')
  await page.getByText('Usulan diajukan.').waitFor()
  await page.getByText('Ini usulan Anda sendiri').waitFor()
  assert.is(status(), 'submitted')
  await page.context().close()
})

// Ticked in the queue, looked over, approved; then the next office opens the case itself.
story('Budi approves it from the ticked rows, Rina on its page', async () => {
  const page = await world.signIn(budi)
  await page.goto('/programmes/changes')
  await page.getByLabel('Centang Asep Suryana').check()
  assert.ok(await fits(page))
  await press(page, 'Periksa lalu setujui')
  await press(page, 'Setujui 1 usulan')
  await page.getByText('1 usulan disetujui.').waitFor()
  assert.is(status(), 'checked')
  await page.context().close()
  const dinsos = await world.signIn(rina)
  await dinsos.goto('/programmes/changes')
  await dinsos.getByRole('link', { name: 'Asep Suryana' }).click()
  assert.ok(await fits(dinsos))
  await press(dinsos, 'Setujui (Dinsos)')
  await dinsos.getByText('Asep Suryana: disetujui.').waitFor()
  assert.is(status(), 'verified')
  await dinsos.context().close()
})

story('Rina prepares the batch and freezes it, but cannot sign', async () => {
  const page = await world.signIn(rina)
  await page.goto('/programmes/batches')
  await press(page, 'Siapkan berkas')
  await page.getByText('disiapkan dengan 1 usulan').waitFor()
  await press(page, 'Bekukan berkas')
  await page.getByText('Sekarang menunggu pengesahan.').waitFor()
  assert.ok(await fits(page))
  assert.is(await page.getByRole('button', { name: /^Sahkan/ }).count(), 0)
  await page.context().close()
})

const ratify = async (person: Actor) => {
  const page = await world.signIn(person)
  await page.goto('/programmes/batches')
  await page.getByRole('link', { name: /^Sembako/ }).first().click()
  await page.getByLabel('Nomor surat pengesahan').fill('460/12/2026')
  await page.getByLabel('Tanggal surat').fill('2026-03-02')
  await page.getByLabel('Berlaku mulai').fill('2026-03-05')
  await press(page, /^Sahkan/)
  await page.getByText('1 usulan diterapkan').waitFor()
  assert.ok(await fits(page))
  return page
}

story('Hadi signs, and the family stands in the list and on the page of its household', async () => {
  await (await ratify(hadi)).context().close()
  const [made] = world.db.select().from(recipients).all()
  assert.equal([made!.name, made!.state, made!.householdId], ['Asep Suryana', 'candidate', 'asep'])
  const page = await world.signIn(oki)
  await page.goto('/households/asep')
  await page.getByRole('link', { name: 'Sembako: Asep Suryana' }).click()
  await page.getByRole('heading', { level: 1, name: 'Asep Suryana' }).waitFor()
  await page.getByText('460/12/2026').waitFor()
  assert.ok(await fits(page))
  assert.is(findBrokenLine(world.db), undefined)
  await page.context().close()
})

story.run()
