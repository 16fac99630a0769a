import lighthouse from 'lighthouse'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'
import type { Actor } from '#app/users/actor.ts'
import { chromiumPath, QUIET } from '#test/support/browser.ts'
import { freePort } from '#test/support/process.ts'
import { PASSWORD } from '#test/support/world.ts'

// What Lighthouse says of a page as it stands for a phone on slow 4G, in the browser that comes with the tests. Opened as
// somebody new to it: nothing of it is kept from before.
export type Judged = { name: string, path: string, as?: Actor }
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const
const TIMES = Number(process.env.SIKS_PHONE_TIMES ?? 3)
const BAR = 95

const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) => console.log(JSON.stringify({ name, value, unit, ...more }))
const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!

export async function measureLighthouse(url: string, pages: Judged[]) {
  for (const page of pages) await withBrowser(url, page.as, async (port) => {
    const runs = []
    for (let n = 0; n < TIMES; n++) runs.push(await judge(`${url}${page.path}`, port))
    for (const category of CATEGORIES) {
      const scores = runs.map(({ scores: of }) => of[category])
      say(`lighthouse_${category.replace('-', '_')}`, middle(scores), 'of 100', { page: page.name, n: TIMES, least: Math.min(...scores), bar: `>= ${BAR}`, ...(middle(scores) < 100 ? { lost: runs.at(-1)!.lost[category] } : {}) })
    }
    say('lighthouse_timings', middle(runs.map(({ fcp }) => fcp)), 'ms FCP', { page: page.name, ...runs.at(-1)!.timings })
  })
}

async function withBrowser(url: string, who: Actor | undefined, work: (port: number) => Promise<void>) {
  const [port, profile] = [await freePort(), mkdtempSync(join(tmpdir(), 'siks-lighthouse-'))]
  const context = await chromium.launchPersistentContext(profile, { executablePath: await chromiumPath(), args: [...QUIET, `--remote-debugging-port=${port}`], headless: true })
  try {
    if (who) await signIn(context, url, who)
    await work(port)
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function signIn(context: BrowserContext, url: string, { id }: Actor) {
  const page = await context.newPage()
  await page.goto(`${url}/session`)
  await page.getByLabel('Nama pengguna').fill(id)
  await page.getByLabel('Kata sandi').fill(PASSWORD)
  await page.getByRole('button', { name: 'Masuk' }).click()
  await page.waitForURL(`${url}/`)
  await page.close()
}

async function judge(url: string, port: number) {
  const result = await lighthouse(url, { port, onlyCategories: [...CATEGORIES], disableStorageReset: true, logLevel: 'error', output: 'json' })
  const { categories, audits, finalDisplayedUrl, runtimeError } = result!.lhr
  if (runtimeError) throw new Error(runtimeError.message)
  if (finalDisplayedUrl !== url) throw new Error(`${url} led to ${finalDisplayedUrl}`)
  if (process.env.SIKS_LIGHTHOUSE_REPORTS) writeFileSync(join(process.env.SIKS_LIGHTHOUSE_REPORTS, `${url.replace(/\W+/g, '-').slice(-40)}.json`), String(result!.report))
  const of = <T>(work: (category: typeof CATEGORIES[number]) => T) => Object.fromEntries(CATEGORIES.map((category) => [category, work(category)])) as Record<typeof CATEGORIES[number], T>
  return {
    scores: of((category) => Math.round((categories[category]!.score ?? 0) * 100)),
    // What took points, so that it can be mended.
    lost: of((category) => categories[category]!.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id]!.score !== null && audits[id]!.score! < 1).map(({ id }) => id)),
    fcp: audits['first-contentful-paint']!.numericValue!,
    timings: Object.fromEntries((['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'] as const)
      .map((id) => [id.replaceAll('-', '_'), Math.round((audits[id]!.numericValue ?? 0) * 1000) / 1000])),
  }
}
