import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closeBrowser, withPage } from '#test/support/browser.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { Layout } from '#views/layout.tsx'
import { Button, Confirm, Keys } from '#views/ui/button.tsx'
import { LocationField, PhotoField, TimerField } from '#views/ui/capture.tsx'
import { TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Stats } from '#views/ui/page.tsx'
import { Photo } from '#views/ui/photo.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const browser = suite('in a browser')
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; form-action 'self'"

const Visit = () => (
  <Layout title="Kunjungan" actor={null} navigation={[]}>
    <Form action="/visits">
      <PhotoField name="photoHouse" label="Foto rumah" takenName="takenAt" />
      <LocationField />
      <TextArea name="note" label="Catatan" />
      <TimerField />
      <Button>Kirim</Button>
    </Form>
    <Photo src="/photo.jpg" alt="Foto KTP" />
    <Keys><Confirm label="Kembalikan" shortcut="k"><TextArea name="reason" label="Alasan" /></Confirm></Keys>
  </Layout>
)

// The page and the built files are answered in the browser itself; posts are collected and the page stays.
async function open(page: Page, shown = <Visit />) {
  const posts: string[] = []
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url())
    if (route.request().method() === 'POST') {
      posts.push(route.request().postData() ?? '')
      return route.fulfill({ status: 204 })
    }
    if (pathname === '/photo.jpg') return route.fulfill({ contentType: 'image/jpeg', body: makeJpeg() })
    const file = `.build${pathname}`
    if (pathname.startsWith('/static/')) return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 })
    return route.fulfill({ contentType: 'text/html', headers: { 'Content-Security-Policy': POLICY }, body: String(shown) })
  })
  await page.goto('http://localhost/')
  return posts
}

browser('a photo of 3 MB becomes one of at most 120 kB before it is sent', () => withPage(async (page) => {
  await open(page)
  const original = makeJpeg({ width: 2000, height: 1500, bytes: 3_000_000 })
  await page.setInputFiles('#f-photoHouse', { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: original })
  await page.waitForSelector('text=Foto siap dikirim')

  const size = await page.$eval('#f-photoHouse', (input) => (input as HTMLInputElement).files?.[0]?.size ?? 0)
  assert.ok(size > 0 && size <= 120_000, `${size} bytes`)
  assert.match(await page.inputValue('[name=takenAt]'), /^\d{4}-\d\d-\d\dT/)
}))

const Recipients = () => (
  <Layout title="Penerima" actor={null} navigation={[]}>
    <Tabs label="Bagian" items={['Kemajuan', 'Tahap', 'Hasil dan kelengkapan', 'Pengembalian', 'Petugas'].map((label) => ({ href: '/', label, current: label === 'Petugas' }))} />
    <Stats items={[{ label: 'Masuk', value: '175' }, { label: 'Biaya setahun', value: 'Rp432.000.000' }]} />
    <Table caption="Penerima" columns={['Nama', 'Alamat']}>
      <Row><Cell label="Nama" lead>Eni Indriyani</Cell><Cell label="Alamat">Lopati RT 05<br /><small>Poncosari</small></Cell></Row>
    </Table>
  </Layout>
)

browser('on a phone the open tab is in sight, all of a cell stands beside its label, and no number is broken in two', () => withPage(async (page) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await open(page, <Recipients />)
  const left = async (what: string) => (await page.locator(what).boundingBox())!
  const tab = await left('.tabs [aria-current]')
  assert.ok(tab.x >= 0 && tab.x + tab.width <= 360, `tab at ${tab.x}`)
  const [small, large] = [await left('.stat:first-child .stat-value'), await left('.stat:last-child .stat-value')]
  assert.is(large.height, small.height)
  const [cell, village] = [await left('td[data-label=Alamat]'), await left('td small')]
  assert.ok(village.x > cell.x + cell.width / 3, `village at ${village.x} of ${cell.x}`)
}))

browser('a good fix fills in the coordinate and says how exact it is', () => withPage(async (page) => {
  await open(page)
  await page.click('text=Ambil lokasi')
  await page.waitForSelector('text=ketelitian ±14 m')

  assert.is(await page.inputValue('[name=latitude]'), '-7.8297000')
  assert.is(await page.inputValue('[name=accuracy]'), '14')
}, { permissions: ['geolocation'], geolocation: { latitude: -7.8297, longitude: 110.3586, accuracy: 14 } }))

browser('without script the coordinate can still be typed', () => withPage(async (page) => {
  await open(page)
  await page.click('text=Isi koordinat sendiri')
  assert.ok(await page.isVisible('[name=latitude]'))
  assert.not(await page.isVisible('text=Ambil lokasi'))
}, { javaScript: false }))

browser('two presses send one visit, with the time the page was in front', () => withPage(async (page) => {
  const posts = await open(page)
  const sent = await page.$eval('form.form', (form) => {
    let through = 0
    window.addEventListener('submit', ({ defaultPrevented }) => { if (!defaultPrevented) through++ })
    const button = form.querySelector('button:not([type=button])') as HTMLButtonElement
    button.click()
    button.click()
    return through
  })
  await page.waitForFunction(() => document.querySelector('form.form button:disabled'))

  assert.is(sent, 1)
  assert.ok(Number(new URLSearchParams(posts[0]).get('activeMs')) > 0)
}))

browser('a shortcut opens the question, and typing in it triggers nothing', () => withPage(async (page) => {
  await open(page)
  await page.keyboard.press('k')
  await page.waitForSelector('textarea[name=reason]:focus')
  await page.keyboard.type('kabur')
  assert.is(await page.inputValue('[name=reason]'), 'kabur')
}))

browser('a photo opens over the page, is enlarged by key and closed again', () => withPage(async (page) => {
  await open(page)
  await page.click('a[data-zoom]')
  await page.keyboard.press('+')
  assert.match(await page.getAttribute('.viewer img', 'style') ?? '', /scale\(1\.4\)/)
  await page.keyboard.press('Escape')
  assert.is(await page.locator('dialog[open]').count(), 0)
}))

browser.after(closeBrowser)
browser.run()
