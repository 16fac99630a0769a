import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { serve, type ServerType } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Decrypter } from 'age-encryption'
import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadAssets } from '#app/assets.ts'
import { openContainer } from '#app/exchange/container.ts'
import { officeIdentity, officeRecipient } from '#app/exchange/office-key.ts'
import { passphraseIdentity } from '#app/exchange/passphrase.ts'
import { headers } from '#app/headers.ts'
import { closeBrowser, withPage } from '#test/support/browser.ts'
import { aRecord } from '#test/support/records.ts'
import { aBundle, outboxOf } from '#test/support/siks-file.ts'
import { freshApp, siti } from '#test/support/world.ts'
import { SaveFilePage, type OutboxPart } from '#views/exchange/save-file.tsx'
import { Layout } from '#views/layout.tsx'

const saving = suite('saving the outbox to a file')

const bundles = ['asep', 'ujang'].map((householdId) => aBundle({ householdId, officer: siti, record: aRecord() }))
const parts = [outboxOf([bundles[0]!]), outboxOf([bundles[1]!])]
const { dataDirectory } = freshApp()
const shown: OutboxPart[] = parts.map(({ length }, i) => ({ part: i + 1, bytes: length, visits: 1 }))
let server: ServerType
let url = ''

// As the phone's worker answers: the page, and the parts of the outbox in the clear.
saving.before(async () => {
  loadAssets()
  const recipient = await officeRecipient(dataDirectory)
  const app = new Hono().use(headers() as never).use('/static/*', serveStatic({ root: '.build' }))
    .get('/field/device/file', (c) => c.html(<Layout title="Simpan ke berkas" actor={null} navigation={[]}>
      <SaveFilePage parts={c.req.query('empty') ? [] : shown} recipient={c.req.query('keyless') ? null : recipient} name="siti" />
    </Layout>))
    .get('/field/device/outbox.bin', (c) => c.body(parts[Number(c.req.query('part')) - 1]! as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': 'application/octet-stream' }))
  server = await new Promise((resolve) => {
    const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

saving.after(async () => {
  await closeBrowser()
  server.close()
})

async function saved(page: Page, button: string) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync((await download.path())!)) }
}

async function visitsIn(bytes: Uint8Array, identity: Parameters<Decrypter['addIdentity']>[0]) {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const plain = await decrypter.decrypt(bytes)
  const read = []
  for await (const { text, photos } of (await openContainer(Readable.from([Buffer.from(plain)]))).bundles) read.push({ text: Buffer.from(text).toString(), photos: photos.map((photo) => Buffer.from(photo!)) })
  return read
}
const asRead = ({ text, photos }: typeof bundles[0]) => ({ text: Buffer.from(text).toString(), photos: photos.map((photo) => Buffer.from(photo!)) })

saving('locks each part for the office, on a browser as old as Chrome 80 too', async () => {
  await withPage(async (page) => {
    // What Chrome 80 lacks and the encryption asks for.
    await page.addInitScript(() => { delete (Object as { hasOwn?: unknown }).hasOwn })
    await page.goto('/field/device/file')
    for (const [i, bundle] of bundles.entries()) {
      const { name, bytes } = await saved(page, `Simpan berkas ${i + 1}`)
      assert.match(name, new RegExp(`^siks-siti-\\d{4}-\\d\\d-\\d\\d-${i + 1}\\.siks$`))
      assert.equal(await visitsIn(bytes, await officeIdentity(dataDirectory)), [asRead(bundle)])
    }
    assert.match(await page.getByRole('status').last().innerText(), /Tersimpan di folder Download/)
  }, { url })
})

saving('by passphrase asks for it twice and for eight signs, then opens with it', async () => {
  await withPage(async (page) => {
    await page.goto('/field/device/file?keyless=1')
    const say = () => page.getByRole('status').last().innerText()
    const type = async (one: string, two: string) => {
      await page.getByLabel('Kata sandi berkas').fill(one)
      await page.getByLabel('Ketik sekali lagi').fill(two)
    }
    await type('pendek', 'pendek')
    await page.getByRole('button', { name: 'Simpan berkas 1' }).click()
    assert.match(await say(), /sedikitnya 8/)
    await type('sawah-hijau', 'sawah-kuning')
    await page.getByRole('button', { name: 'Simpan berkas 1' }).click()
    assert.match(await say(), /tidak sama/)
    assert.is(await page.getByLabel('Ketik sekali lagi').getAttribute('aria-invalid'), 'true')
    await type('sawah-hijau', 'sawah-hijau')
    const { bytes } = await saved(page, 'Simpan berkas 2')
    assert.equal(await visitsIn(bytes, passphraseIdentity('sawah-hijau')), [asRead(bundles[1]!)])
  }, { url })
})

saving('saves nothing under words that no longer hold, and says what to do', async () => {
  await withPage(async (page) => {
    await page.goto('/field/device/file')
    parts[0] = outboxOf(bundles)
    await page.getByRole('button', { name: 'Simpan berkas 1' }).click()
    await page.getByText('Isi HP berubah').waitFor()
    parts[0] = outboxOf([bundles[0]!])
    assert.is(await page.getByRole('button', { name: 'Simpan berkas 1' }).isEnabled(), true)
    await page.goto('/field/device/file?empty=1')
    assert.is(await page.getByRole('button').count(), 0)
  }, { url })
})

saving.run()
