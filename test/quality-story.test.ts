import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closeBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { addFlag, addReview, keepFigures } from '#test/support/quality.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, budi, rina, siti, tono } from '#test/support/world.ts'

const DESKTOP = { viewport: { width: 1280, height: 900 } }
const MINUTE = 60_000

const story = suite('a flag, what the officer says to it, and who reads it')

let world: Live
story.before(async () => {
  world = await live()
  for (const officer of [siti, tono]) {
    for (let i = 0; i < 12; i += 1) {
      const id = `${officer.id}-${i}`
      addHousehold(world.db, id, { stage: 'assigned', officer, head: i === 3 ? 'Asep Suryana' : `Warga ${officer.name} ${i}` })
      addVisit(world.db, id, officer, { id: `visit-${id}`, activeMs: (officer === siti && i > 5 ? 9 + i : 21 + i) * MINUTE, at: `2026-03-${String(1 + i).padStart(2, '0')}T03:00:00.000Z` })
    }
  }
  addFlag(world.db, 'visit-siti-3', 'night', { message: 'Di tempat pada pukul 21.40, antara pukul 21.00 dan 05.00.' })
  addFlag(world.db, 'visit-siti-7', 'same_point', { message: 'Titik sama dengan rumah Bu Wati.', weight: 3 })
  addReview(world.db, 'visit-siti-1', budi, { outcome: 'returned', note: 'Foto KTP buram.' })
  keepFigures(world.db, [siti, tono].flatMap(({ id }) => Array.from({ length: 12 }, (_, i) => `visit-${id}-${i}`)))
})
story.after(async () => {
  await world.stop()
  await closeBrowser()
})

story('Siti finds her flags from her tasks, and says on her phone how it was', async () => {
  const page = await world.signIn(siti)
  await page.goto('/field')
  await page.getByRole('link', { name: 'Tanda kunjungan saya' }).click()
  await page.getByRole('heading', { name: 'Tanda pada kunjungan Anda' }).waitFor()
  const flag = page.locator('.flag-list > li', { hasText: 'pukul 21.40' })
  await flag.locator('summary', { hasText: 'Jelaskan' }).click()
  await flag.getByLabel('Penjelasan: Jam kunjungan, Asep Suryana').fill('Pak Asep jualan di pasar sampai malam, jadi saya datang pukul sembilan.')
  await flag.getByRole('button', { name: 'Kirim penjelasan' }).click()
  await page.getByText('Penjelasan tersimpan', { exact: false }).waitFor()
  assert.match(await page.locator('.flag-list > li', { hasText: 'pukul 21.40' }).innerText(), /jualan di pasar sampai malam/)
})

story('without JavaScript she can say it too', async () => {
  const page = await world.signIn(siti, { viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
  await page.goto('/officers/mine')
  const flag = page.locator('.flag-list > li', { hasText: 'Bu Wati' })
  await flag.locator('summary', { hasText: 'Jelaskan' }).click()
  await flag.getByLabel(/Penjelasan: Titik yang sama/).fill('Rumahnya satu dinding dengan rumah Bu Wati.')
  await flag.getByRole('button', { name: 'Kirim penjelasan' }).click()
  await page.getByText('Penjelasan tersimpan', { exact: false }).waitFor()
})

story('Budi reads it on her page and at the visit itself', async () => {
  const page = await world.signIn(budi, DESKTOP)
  await page.goto('/officers')
  await page.getByRole('link', { name: 'Siti Rahayu' }).click()
  await page.getByText('jualan di pasar sampai malam', { exact: false }).waitFor()
  assert.match(await page.locator('main').innerText(), /Foto KTP buram/)
  await page.getByRole('link', { name: 'Asep Suryana' }).first().click()
  await page.waitForURL(/\/reviews\/visit-siti-3/)
  await page.getByText('jualan di pasar sampai malam', { exact: false }).first().waitFor()
})

story('Rina sees how Budi decides', async () => {
  const page = await world.signIn(rina, DESKTOP)
  await page.goto('/reviewers')
  await page.getByRole('link', { name: 'Budi Santoso' }).click()
  await page.getByText('Keputusan per hari kerja').first().waitFor()
})

story.run()
