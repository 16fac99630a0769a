import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import type { Actor } from '#app/users/actor.ts'
import { chromiumPath, QUIET } from '#test/support/browser.ts'
import { PASSWORD } from '#test/support/world.ts'

export const PLACE = { latitude: -7.9713, longitude: 110.2217, accuracy: 9 }
export const PIN = '274051'
export const ALL_ARRIVED = 'Semua sudah sampai di server.'

const profiles: string[] = []
const pids = new Set<number>()
process.on('exit', () => {
  pids.forEach(endProcess)
  profiles.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
})

// An old phone: a real browser over a profile that outlives it. `page` is the one it has open.
export class Phone {
  readonly url: string
  readonly #profile: string
  #context!: BrowserContext
  #control!: CDPSession
  pid = 0
  #shift = 0
  page!: Page

  constructor(url: string, profile = newProfile()) {
    this.url = url
    this.#profile = profile
  }

  async open() {
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: await chromiumPath(), args: QUIET, headless: true, baseURL: this.url, viewport: { width: 360, height: 740 }, hasTouch: true,
      locale: 'id-ID', timezoneId: 'Asia/Jakarta', permissions: ['geolocation'], geolocation: PLACE,
    })
    this.#context.setDefaultTimeout(20_000)
    // The test runner's compiler puts this word around functions; the browser has to know it.
    await this.#context.addInitScript({ content: 'self.__name = self.__name || ((named) => named)' })
    if (this.#shift) await this.#context.addInitScript({ content: shiftDate(this.#shift) })
    this.#context.on('serviceworker', (worker) => void worker.evaluate(shiftDate(this.#shift)).catch(() => undefined))
    this.page = this.#context.pages()[0] ?? await this.#context.newPage()
    this.#control = await this.#context.newCDPSession(this.page)
    this.pid = await this.#browserPid()
    pids.add(this.pid)
    return this
  }

  async #browserPid(): Promise<number> {
    const session = await this.#context.browser()!.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    await session.detach()
    return processInfo.find(({ type }) => type === 'browser')!.id
  }

  // As a person puts the phone away.
  async close() {
    await this.#context.close()
    pids.delete(this.pid)
  }

  // As a battery dies: nothing is asked, nothing is finished.
  async crash() {
    const gone = new Promise((resolve) => this.#context.once('close', resolve))
    endProcess(this.pid)
    await gone
    pids.delete(this.pid)
  }

  // The page it had open comes back.
  async reopen() {
    const path = new URL(this.page.url()).pathname
    await this.close()
    await this.open()
    await this.page.goto(path)
  }

  // A page of its own beside the first; the first one closed with whatever it was doing.
  async freshPage() {
    const before = this.page
    this.page = await this.#context.newPage()
    this.#control = await this.#context.newCDPSession(this.page)
    await before.close()
  }

  // The system takes the worker's memory back, in the middle of whatever it was doing.
  async killWorker() {
    await this.#control.send('ServiceWorker.enable')
    await this.#control.send('ServiceWorker.stopAllWorkers')
  }

  workers = () => this.#context.serviceWorkers()
  // Storage left for this address, in bytes; undefined gives the real disk back.
  quota = (quotaSize?: number) => this.#control.send('Storage.overrideQuotaForOrigin', { origin: this.url, quotaSize })
  cookies = () => this.#context.cookies()
  forgetCookies = () => this.#context.clearCookies()
  control = () => this.#control

  // Somebody sets the phone's clock: every page and worker from now on, and those that are open.
  async setClock(shift: number) {
    this.#shift = shift
    await this.#context.addInitScript({ content: shiftDate(shift) })
    await Promise.all([...this.#context.pages(), ...this.workers()].map((where) => (where as Page).evaluate(shiftDate(shift))))
  }

  async signIn({ id }: Actor, password = PASSWORD) {
    await this.page.goto('/session')
    await this.page.getByLabel('Nama pengguna').fill(id)
    await this.page.getByLabel('Kata sandi').fill(password)
    await this.press('Masuk')
    await this.page.waitForURL((address) => address.pathname !== '/session')
  }

  press = (name: string | RegExp) => this.page.getByRole('button', { name }).first().click()

  // Takes the tasks along, behind a PIN.
  async prepare(pin = PIN) {
    await this.page.goto('/field/device')
    await this.page.getByLabel('PIN baru').fill(pin)
    await this.page.getByLabel('Ulangi PIN').fill(pin)
    await this.press('Siapkan HP ini')
    await this.page.getByRole('heading', { name: 'Kiriman' }).waitFor()
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  }

  async unlock(pin = PIN) {
    await this.page.getByLabel('PIN', { exact: true }).fill(pin)
    await this.press('Buka')
    // Between two pages there is no title either.
    await this.page.waitForFunction(() => document.readyState === 'complete' && document.title !== '' && !document.title.startsWith('HP terkunci'))
  }

  // What the phone says of everything sent from it.
  async sending() {
    await this.page.goto('/field/device')
    return this.page.locator('[data-sending-words]').innerText().catch(async (error: Error) => {
      throw new Error(`No word of what is sent on ${this.page.url()}: ${await this.page.locator('body').innerText()}`, { cause: error })
    })
  }

  // Asks for sending and does not wait for it.
  nudge() {
    void this.page.evaluate(() => void fetch('/field/device/sync', { method: 'POST' }).catch(() => undefined)).catch(() => undefined)
  }

  async syncUntilDone(most = 300_000) {
    for (const begin = Date.now(); ;) {
      await this.page.evaluate(() => fetch('/field/device/sync', { method: 'POST' }).then((answer) => answer.text()).catch(() => undefined))
      const words = await this.sending()
      if (words === ALL_ARRIVED) return
      if (Date.now() - begin > most) throw new Error(`Not everything arrived: ${await this.page.locator('main').innerText()}`)
      await pause(200)
    }
  }

  // What still has to travel, as the phone keeps it: sealed text is sixteen bytes longer than what is sent.
  waitingBytes = async (userId: string) => {
    type Row = { data: number, photos: { bytes: number, offset: number }[] }
    const rows = await this.page.evaluate(readRows, { database: `siks-${userId}`, store: 'outbox' }) as Row[]
    return rows.reduce((sum, { data, photos }) => sum + data - 16 + photos.reduce((all, { bytes, offset }) => all + bytes - offset, 0), 0)
  }

  // As the worker does when somebody signs in: until a page of the server says who is here, it is nobody's.
  forgetWho = () => this.page.evaluate(forgetWho)

  // How many rows lie in one of a user's stores.
  stored = async (userId: string, store: string) => (await this.page.evaluate(readRows, { database: `siks-${userId}`, store })).length
}

// Runs in the browser. Sealed bytes are only measured.
async function readRows({ database, store }: { database: string, store: string }): Promise<unknown[]> {
  const opening = indexedDB.open(database)
  const db = await new Promise<IDBDatabase>((resolve) => { opening.onsuccess = () => resolve(opening.result) })
  const reading = db.transaction(store).objectStore(store).getAll()
  const rows = await new Promise<Record<string, unknown>[]>((resolve) => { reading.onsuccess = () => resolve(reading.result) })
  db.close()
  return rows.map((row) => ({ ...row, iv: undefined, data: row.data instanceof ArrayBuffer ? row.data.byteLength : undefined }))
}

// Runs in the browser.
async function forgetWho() {
  const opening = indexedDB.open('siks-device')
  const db = await new Promise<IDBDatabase>((resolve) => { opening.onsuccess = () => resolve(opening.result) })
  const store = db.transaction('meta', 'readwrite').objectStore('meta')
  const reading = store.get('device')
  await new Promise((resolve) => { reading.onsuccess = () => { store.put({ ...reading.result, currentUser: null }).onsuccess = resolve } })
  db.close()
}

function newProfile() {
  const folder = mkdtempSync(join(tmpdir(), 'siks-phone-'))
  profiles.push(folder)
  return folder
}

function endProcess(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

// Runs in the browser, so it is text. Only the wall clock moves; performance.now() goes on as on a real phone.
const shiftDate = (shift: number) => `{
  const Real = self.realDate = self.realDate || Date
  self.Date = new Proxy(Real, {
    construct: (target, given) => given.length > 0 ? Reflect.construct(Real, given) : new Real(Real.now() + ${shift}),
    apply: () => new Real(Real.now() + ${shift}).toString(),
    get: (target, name) => name === 'now' ? () => Real.now() + ${shift} : Reflect.get(target, name),
  })
}`
