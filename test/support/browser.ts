import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Browser, type Page } from 'playwright-core'

export const QUIET = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-default-apps', '--no-first-run', '--disable-gpu', '--disable-dev-shm-usage',
]

let running: Promise<Browser> | undefined

// The browser comes out of the npm package, so a machine needs nothing but `npm ci`. Started once per test file.
export const launchBrowser = () => (running ??= start())

const start = async () => playwright.launch({ executablePath: await chromiumPath(), args: QUIET, headless: true })

export const chromiumPath = async () => join(await unpackedChromium(), 'chromium')

// Test files run side by side and the package unpacks into the temporary folder without a lock, so another process
// could start half a file. Each unpacks into a folder of its own; the first to finish gives it its lasting name.
async function unpackedChromium() {
  const { version } = JSON.parse(readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8'))
  const lasting = join(tmpdir(), `siks-chromium-${version}`)
  if (existsSync(lasting)) return lasting

  const own = mkdtempSync(`${lasting}-`)
  const before = process.env.TMPDIR
  process.env.TMPDIR = own
  await chromium.executablePath()
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
  try {
    renameSync(own, lasting)
  } catch {
    rmSync(own, { recursive: true })
  }
  return lasting
}

export async function closeBrowser() {
  const browser = await running
  running = undefined
  await browser?.close()
}

type PageOptions = { width?: number, height?: number, javaScript?: boolean, url?: string, permissions?: string[], geolocation?: { latitude: number, longitude: number, accuracy?: number } }

export async function withPage<T>(work: (page: Page) => Promise<T>, options: PageOptions = {}) {
  const { width = 360, height = 740, javaScript = true, url, permissions, geolocation } = options
  const browser = await launchBrowser()
  const context = await browser.newContext({
    viewport: { width, height }, javaScriptEnabled: javaScript, baseURL: url, permissions, geolocation,
    locale: 'id-ID', timezoneId: 'Asia/Jakarta', hasTouch: width < 600,
  })
  try {
    return await work(await context.newPage())
  } finally {
    await context.close()
  }
}
