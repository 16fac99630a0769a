import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { loadAssets } from '#app/assets.ts'
import type { Actor } from '#app/users/actor.ts'
import { NEEDS_FACTOR } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { launchBrowser } from '#test/support/browser.ts'
import { freshCode } from '#test/support/factors.ts'
import { freshApp, PASSWORD } from '#test/support/world.ts'

export type Live = { db: Db, url: string, dataDirectory: string, stop: () => Promise<void>, signIn: (person: Actor, options?: BrowserContextOptions) => Promise<Page> }

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true }

// The app behind a real port, for a real browser. Whoever signs in does it through the page, in a browser of their own.
export async function live(db?: Db): Promise<Live> {
  loadAssets()
  const { app, db: own, dataDirectory } = freshApp(db)
  const server = await new Promise<ServerType>((resolve) => {
    const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await launchBrowser()
  return {
    db: own, url, dataDirectory,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve())
      // A browser keeps its connections; the test does not wait for them.
      if ('closeAllConnections' in server) server.closeAllConnections()
    }),
    signIn: (person, options) => signIn(browser, { url, db: own }, person, options),
  }
}

async function signIn(browser: Browser, { url, db }: { url: string, db: Db }, { id, role }: Actor, options: BrowserContextOptions = PHONE) {
  const context = await browser.newContext({ baseURL: url, locale: 'id-ID', timezoneId: 'Asia/Jakarta', ...options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto('/session')
  await page.getByLabel('Nama pengguna').fill(id)
  await page.getByLabel('Kata sandi').fill(PASSWORD)
  await page.getByRole('button', { name: 'Masuk' }).click()
  if (NEEDS_FACTOR.includes(role)) {
    await page.getByLabel('Kode 6 angka').fill(freshCode(db, { id }))
    await page.getByRole('button', { name: 'Lanjut' }).click()
  }
  await page.waitForURL((address) => address.pathname === '/')
  return page
}
