import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readExif } from '#app/prints/exif.ts'
import { closeBrowser, withPage } from '#test/support/browser.ts'
import { photograph } from '#test/support/photographs.ts'
import { Layout } from '#views/layout.tsx'
import { PhotoField } from '#views/ui/capture.tsx'
import { Form } from '#views/ui/form.tsx'

const gate = suite('photos are looked at before the officer leaves')

const EXIF = { IFD2: { DateTimeOriginal: '2026:11:24 09:15:02' }, IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '7/1 58/1 1668/100', GPSLongitudeRef: 'E', GPSLongitude: '110/1 13/1 1812/100' } }
const card = await sharp(await photograph('card', 5, { width: 2000, height: 1500, quality: 92 })).withExif(EXIF).jpeg({ quality: 92 }).toBuffer()
const house = await photograph('house', 5, { width: 1600, height: 1200, quality: 90 })
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; form-action 'self'"

const Visit = ({ citizen = false }) => (
  <Layout title="Foto" actor={null} navigation={[]}>
    <Form action="/photos" upload {...(citizen ? {} : { 'data-photos': 'yes' })}>
      <PhotoField name="F-KTP" label="Foto KTP" required takenName="taken.F-KTP" />
      <PhotoField name="F-RUMAH" label="Foto rumah" required takenName="taken.F-RUMAH" />
    </Form>
  </Layout>
)

// The page is answered in the browser itself; what it posts is kept.
async function open(page: Page, citizen = false) {
  const posts: Buffer[] = []
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url())
    if (route.request().method() === 'POST') {
      posts.push(route.request().postDataBuffer()!)
      return route.fulfill({ json: { stored: posts.length } })
    }
    const file = `.build${pathname}`
    if (pathname.startsWith('/static/')) return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 })
    return route.fulfill({ contentType: 'text/html', headers: { 'Content-Security-Policy': POLICY }, body: String(<Visit citizen={citizen} />) })
  })
  await page.goto('http://localhost/')
  return posts
}

const choose = (page: Page, kind: string, buffer: Buffer) => page.setInputFiles(`[name="${kind}"]`, { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer })
const advice = (page: Page) => page.locator('[data-photo-advice]')
const stored = (page: Page, kind: string) => page.locator(`[data-photo]:has([name="${kind}"]) [data-photo-state]`, { hasText: 'tersimpan' }).waitFor()
// The photo within a multipart body.
const photoIn = (body: Buffer) => body.subarray(body.indexOf(Buffer.from([0xff, 0xd8])), body.lastIndexOf(Buffer.from([0xff, 0xd9])) + 2)

gate('a sharp card and a sharp house are kept without a word', () => withPage(async (page) => {
  await open(page)
  await choose(page, 'F-KTP', card)
  await stored(page, 'F-KTP')
  await choose(page, 'F-RUMAH', house)
  await stored(page, 'F-RUMAH')
  assert.is(await advice(page).count(), 0)
}))

gate('a blurred card is kept, and the page asks for another one before leaving', () => withPage(async (page) => {
  const posts = await open(page)
  await choose(page, 'F-KTP', await sharp(card).blur(9).jpeg().toBuffer())
  await stored(page, 'F-KTP')
  assert.is(await advice(page).locator('p').first().textContent(), 'Foto KTP kabur. Tulisannya harus terbaca. Ambil lagi sebelum meninggalkan rumah.')
  assert.is(await advice(page).getAttribute('role'), 'alert')
  assert.is(posts.length, 1, 'it is kept all the same')

  const chooser = page.waitForEvent('filechooser')
  await advice(page).getByRole('button', { name: 'Ambil lagi' }).click()
  await (await chooser).setFiles({ name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: card })
  await page.waitForFunction(() => !document.querySelector('[data-photo-advice]'))
  await stored(page, 'F-KTP')
}))

gate('a dark kitchen can be kept as it is, and the advice goes', () => withPage(async (page) => {
  await open(page)
  await choose(page, 'F-RUMAH', await sharp(house).linear(0.12).jpeg().toBuffer())
  await advice(page).waitFor()
  assert.match(await advice(page).textContent() ?? '', /^Foto rumah terlalu gelap/)
  await advice(page).getByRole('button', { name: 'Pakai foto ini' }).click()
  assert.is(await advice(page).count(), 0)
  assert.is(await page.evaluate(() => (document.activeElement as HTMLInputElement).name), 'F-RUMAH')
}))

gate('a small photo of a card is spoken of, one of a house is not', () => withPage(async (page) => {
  await open(page)
  await choose(page, 'F-KTP', await sharp(card).resize(800).jpeg({ quality: 90 }).toBuffer())
  await advice(page).waitFor()
  assert.match(await advice(page).textContent() ?? '', /^Foto KTP terlalu kecil/)
  await choose(page, 'F-RUMAH', await sharp(house).resize(800).jpeg({ quality: 90 }).toBuffer())
  await stored(page, 'F-RUMAH')
  assert.is(await advice(page).count(), 1)
}))

gate('cards stay large enough to read; when and where a photo was taken travels with it', () => withPage(async (page) => {
  const posts = await open(page)
  await choose(page, 'F-KTP', card)
  await stored(page, 'F-KTP')
  await choose(page, 'F-RUMAH', house)
  await stored(page, 'F-RUMAH')
  const [sentCard, sentHouse] = posts.map(photoIn) as [Buffer, Buffer]
  assert.is((await sharp(sentCard).metadata()).width, 1600)
  assert.is((await sharp(sentHouse).metadata()).width, 1280)
  assert.ok(sentCard.length < 300_000 && sentHouse.length < 130_000, `${sentCard.length} ${sentHouse.length}`)
  const { takenAt, latitude } = readExif(sentCard)
  assert.equal([takenAt, latitude!.toFixed(4)], ['2026-11-24T09:15:02', '-7.9713'])
  assert.is(readExif(sentHouse).takenAt, null)
}))

gate('a citizen\'s photo travels without place and time, and is not judged', () => withPage(async (page) => {
  await open(page, true)
  await choose(page, 'F-KTP', await sharp(card).blur(9).withExif(EXIF).jpeg({ quality: 95 }).toBuffer())
  await page.waitForSelector('text=Foto siap dikirim')
  const bytes = await page.$eval('[name="F-KTP"]', async (input) => [...new Uint8Array(await (input as HTMLInputElement).files![0]!.arrayBuffer())])
  assert.equal(readExif(Buffer.from(bytes)), { takenAt: null, latitude: null, longitude: null })
  assert.is(await advice(page).count(), 0)
}))

gate.after(closeBrowser)
gate.run()
