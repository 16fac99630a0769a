import type { CDPSession, Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findBrokenLine } from '#db/audit-chain.ts'
import { passkeys } from '#db/schema/index.ts'
import { closeBrowser, launchBrowser } from '#test/support/browser.ts'
import { live, type Live } from '#test/support/live.ts'
import { actions, PASSWORD } from '#test/support/world.ts'

// Chromium's own dialogue for keys, answered by a device that exists only in it.
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')
const DEVICE = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const
const ADD = 'Tambah kunci perangkat ini'
const ENTER = 'Masuk dengan kunci perangkat'

const story = suite('Siti signs in with the fingerprint of her phone')

let world: Live
let elsewhere: Live
let url = ''
let page: Page
let cdp: CDPSession
let device = ''

// Keys know names, not numbers.
const named = ({ url: address }: Live) => address.replace('127.0.0.1', 'localhost')

async function phone(options: { javaScriptEnabled?: boolean } = {}) {
  const context = await (await launchBrowser()).newContext({ baseURL: url, viewport: { width: 360, height: 740 }, locale: 'id-ID', ...options })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}
async function withDevice(opened: Page) {
  const session = await opened.context().newCDPSession(opened)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE })
  return { session, authenticatorId }
}
const credentials = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId: device })).credentials
async function enterByPassword(opened: Page) {
  await opened.goto('/session')
  await opened.getByLabel('Nama pengguna').fill('siti')
  await opened.getByLabel('Kata sandi').fill(PASSWORD)
  await opened.getByRole('button', { name: 'Masuk', exact: true }).click()
}
const leave = async () => {
  await page.goto('/account')
  await press(page, 'Keluar')
  await page.getByLabel('Nama pengguna').waitFor()
}

story.before(async () => {
  world = await live()
  elsewhere = await live()
  url = named(world)
  page = await phone()
  const made = await withDevice(page)
  cdp = made.session
  device = made.authenticatorId
})
story.after(async () => {
  await world.stop()
  await elsewhere.stop()
  await closeBrowser()
})

story('without script there is no button that could do nothing', async () => {
  const plain = await phone({ javaScriptEnabled: false })
  await plain.goto('/session')
  assert.is(await plain.getByRole('button', { name: ENTER }).isVisible(), false)
  await plain.context().close()
})

story('she adds a key on her page and notes the codes', async () => {
  await enterByPassword(page)
  await page.waitForURL((address) => address.pathname === '/')
  await page.goto('/account')
  assert.ok(await fits(page))
  await page.getByLabel('Nama kunci').fill('HP Siti')
  await press(page, ADD)
  await page.getByText('Kunci perangkat terpasang.').waitFor()
  assert.is(await page.locator('.codes code').count(), 10)
  const [made] = await credentials()
  assert.is(made!.rpId, 'localhost')
  assert.is(made!.isResidentCredential, true)
  await page.goto('/account')
  await page.getByRole('row').filter({ hasText: 'HP Siti' }).waitFor()
  assert.ok(await fits(page))
  await press(page, ADD)
  await page.getByText('sudah punya kunci untuk akun Anda').waitFor()
})

story('with the key alone she is in', async () => {
  await leave()
  assert.ok(await fits(page))
  await press(page, ENTER)
  await page.getByText('Siti Rahayu').first().waitFor()
  await page.goto('/account')
  assert.match(await page.getByRole('row').filter({ hasText: 'HP Siti' }).innerText(), /baru saja|detik|menit/)
})

story('after the password it takes the place of the code, and of both when she is asked again', async () => {
  await leave()
  await enterByPassword(page)
  await press(page, 'Pakai kunci perangkat')
  await page.waitForURL((address) => address.pathname === '/')
  world.db.$client.exec('UPDATE sessions SET confirmed_at = confirmed_at - 660000')
  await page.goto('/account')
  await page.getByText('masuk ulang dahulu').waitFor()
  await page.getByRole('link', { name: 'Masuk ulang' }).click()
  await page.getByText('Untuk mengubah verifikasi dua langkah Anda').waitFor()
  assert.ok(await fits(page))
  await press(page, 'Pakai kunci perangkat')
  await page.getByRole('button', { name: ADD }).waitFor()
})

story('whoever does not unlock the device is told, and nothing happened', async () => {
  await leave()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: device, isUserVerified: false })
  await press(page, ENTER)
  await page.getByText('Dibatalkan, atau waktunya habis').waitFor()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: device, isUserVerified: true })
  await press(page, ENTER)
  await page.getByText('Siti Rahayu').first().waitFor()
})

// What a page would send, from wherever it is: `ask` gets what to sign, the device signs it, the answer goes nowhere yet.
const signed = (opened: Page, options: unknown) => opened.evaluate(async (asked: any) => {
  const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
  const text = (buffer: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  const { id, rawId, type, response } = await (navigator as any).credentials.get({ publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: [] } })
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return JSON.stringify({ id, rawId: text(rawId), type, response: { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: text(userHandle) }, clientExtensionResults: {} })
}, options)

// The cookies of this browser go along; nothing it answers is kept by the page.
const challenge = async (opened: Page) => ((await (await opened.request.post(`${url}/session/passkey/challenge`, { headers: { Accept: 'application/json' } })).json()) as { options: unknown }).options
const send = (opened: Page, response: string) => opened.request.post(`${url}/session/passkey`, { form: { response, next: '/' }, maxRedirects: 0 })

story('a page at another address gets a signature that is worth nothing here', async () => {
  await leave()
  await page.goto(`${named(elsewhere)}/session`)
  const response = await signed(page, await challenge(page))
  assert.match(Buffer.from(JSON.parse(response).response.clientDataJSON, 'base64url').toString(), named(elsewhere))
  assert.is((await send(page, response)).status(), 422)
  world.db.$client.exec('DELETE FROM sign_in_failures')
})

story('an answer counts once', async () => {
  await page.goto('/session')
  const response = await signed(page, await challenge(page))
  const cookies = await page.context().cookies()
  assert.is((await send(page, response)).status(), 303)
  await page.context().clearCookies()
  await page.context().addCookies(cookies)
  assert.is((await send(page, response)).status(), 409)
})

story('a copy of the key is found, blocked, and she is told what to do', async () => {
  await page.context().clearCookies()
  const [original] = await credentials()
  await page.goto('/session')
  await press(page, ENTER)
  await page.getByText('Siti Rahayu').first().waitFor()
  const thief = await phone()
  const copy = await withDevice(thief)
  await copy.session.send('WebAuthn.addCredential', { authenticatorId: copy.authenticatorId, credential: original! })
  await thief.goto('/session')
  await press(thief, ENTER)
  await thief.getByText('diblokir karena ada salinannya').waitFor()
  assert.ok(await fits(thief))
  await page.goto('/account')
  assert.match(page.url(), '/session')
  assert.ok(world.db.select().from(passkeys).get()!.blockedAt)
  assert.ok(actions(world.db).includes('user.passkey_blocked'))
  assert.is(findBrokenLine(world.db), undefined)
  await thief.context().close()
})

story.run()
