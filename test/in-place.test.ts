import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Phone } from '#test/support/phone.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, siti } from '#test/support/world.ts'

// On a prepared phone the pages follow each other in one document; whoever uses them should not be able to tell.
let server: ServerProcess
let phone: Phone

const places = suite('pages in place')

places.before(async () => {
  server = await serverProcess((db) => {
    for (let n = 1; n <= 60; n++) addHousehold(db, `rumah-${n}`, { stage: 'assigned', officer: siti, record: aRecord({ head: `Warga ${n}`, serial: n }) })
  })
  await server.start()
  phone = await new Phone(server.url).open()
  await phone.signIn(siti)
  await phone.prepare()
  await server.kill()
})
places.after(() => phone.close())
places.before.each(async () => {
  await phone.page.goto('/field')
  await phone.page.evaluate(() => { (window as unknown as { same: boolean }).same = true })
})

const isSame = () => phone.page.evaluate(() => (window as unknown as { same?: boolean }).same === true)
const heading = () => phone.page.locator('main h1').innerText()
const follow = async (name: string) => {
  await phone.page.getByRole('main').getByRole('link', { name, exact: true }).first().click()
  await phone.page.waitForFunction((words) => document.querySelector('main h1')?.textContent === words, name)
}

places('a household opens without a new document, with its own title, address and focus', async () => {
  await follow('Warga 3')
  assert.equal([await isSame(), await phone.page.title(), new URL(phone.page.url()).pathname], [true, 'Warga 3 · SIKS', '/field/rumah-3'])
  assert.is(await phone.page.evaluate(() => document.activeElement?.id), 'isi')
  assert.is(await phone.page.evaluate(() => scrollY), 0)
})

places('"back" leads to the list, at the household that was opened', async () => {
  await follow('Warga 20')
  await phone.page.goBack()
  const link = phone.page.getByRole('link', { name: 'Warga 20', exact: true })
  await phone.page.waitForFunction(() => document.activeElement?.textContent === 'Warga 20')
  await phone.page.waitForFunction((one) => one!.getBoundingClientRect().top > 0 && one!.getBoundingClientRect().bottom < innerHeight, await link.elementHandle())
  assert.is(await heading(), 'Tugas lapangan')
})

places('forms are sent as ever, and the time on a page begins anew with each', async () => {
  await follow('Warga 5')
  await phone.press('Mulai kunjungan')
  await phone.page.waitForURL(/respondent$/)
  await phone.page.evaluate(() => { (window as unknown as { same: boolean }).same = true })
  await phone.page.waitForTimeout(3000)
  await phone.page.getByRole('navigation', { name: 'Halaman kunjungan' }).getByRole('link', { name: /^Perumahan/ }).click()
  await phone.page.waitForURL(/housing$/)
  assert.ok(await isSame())
  await phone.page.evaluate(() => document.addEventListener('submit', (event) => event.preventDefault()))
  const active = await phone.page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('main form:has(input[data-timer])')!
    form.requestSubmit()
    return Number(form.querySelector<HTMLInputElement>('input[data-timer]')!.value)
  })
  assert.ok(active < 2500, `${active} ms`)
})

places('typed work is not left behind without a question', async () => {
  await follow('Warga 5')
  await phone.page.getByRole('link', { name: 'Lanjutkan kunjungan' }).click()
  await phone.page.waitForURL(/respondent$/)
  await phone.page.locator('main .choice').first().click()
  const asked = new Promise<string>((resolve) => phone.page.once('dialog', (dialog) => {
    resolve(dialog.type())
    void dialog.dismiss()
  }))
  await phone.page.getByRole('main').getByRole('link', { name: 'Tugas', exact: true }).click()
  assert.is(await asked, 'beforeunload')
  assert.match(phone.page.url(), /respondent$/)
})

places('what only the server has is opened as any other page', async () => {
  await phone.page.getByRole('link', { name: 'Ambil tugas dari prelist' }).click()
  await phone.page.getByText('Tidak ada sinyal ke server').first().waitFor()
  assert.not.ok(await isSame())
})

places('a locked phone shows its lock, not the page', async () => {
  await phone.page.evaluate(() => fetch('/field/device/lock', { method: 'POST' }))
  await phone.page.getByRole('link', { name: 'Warga 3', exact: true }).click()
  await phone.page.getByRole('heading', { name: /terkunci/ }).waitFor()
  await phone.unlock()
  assert.is(await heading(), 'Warga 3')
})

places.run()
