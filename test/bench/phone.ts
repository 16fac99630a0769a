import type { Actor } from '#app/users/actor.ts'
import { airTo, frontOf, TWO_G, type Air } from '#test/bench/phone-line.ts'
import { measureLighthouse } from '#test/bench/phone-lighthouse.ts'
import { BEGUN, giveTasks, nameOf, PAGES, TASKS, VISIT, WATCH } from '#test/bench/phone-world.ts'
import { slowDownExactly } from '#test/bench/slow.ts'
import { Phone, PIN } from '#test/support/phone.ts'
import { serverProcess } from '#test/support/process.ts'
import { budi, PASSWORD, siti } from '#test/support/world.ts'

// The officer's pages on a phone six times slower than this machine, over 50 kbit/s with 400 ms to and fro: the first
// opening, every page from the server, every page from the phone itself; and what Lighthouse says of them.
const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Math.round(value * 1000) / 1000, unit, ...more }))
// As it is told everywhere: to three places.
const thousandths = (shift: number) => Math.round(shift * 1000) / 1000
const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!
const spread = (values: number[]) => ({ n: values.length, p50: Math.round(middle(values)), max: Math.round(Math.max(...values)) })

const TIMES = Number(process.env.SIKS_PHONE_TIMES ?? 3)

const server = await serverProcess(giveTasks)
await server.start()
const front = await frontOf(server.port)

type Seen = { ready: number, loaded: number, painted: number, shift: number, moved: string[], wide: boolean }

// Asked of the page itself, from the moment its address was called. ready: its rows can be touched and its scripts have run.
const look = (phone: Phone) => phone.page.evaluate(async (): Promise<Seen> => {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)))
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const paint = performance.getEntriesByName('first-contentful-paint')[0]
  const watched = self as unknown as { shift: number, moved: string[] }
  return {
    ready: entry!.domContentLoadedEventEnd, loaded: entry!.loadEventEnd, painted: paint?.startTime ?? 0, shift: watched.shift, moved: watched.moved,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  }
})

async function open(phone: Phone, path: string): Promise<Seen> {
  await phone.page.goto(path, { waitUntil: 'load', timeout: 120_000 })
  return look(phone)
}

async function onPhone(air: Air, work: (phone: Phone, slow: Record<string, unknown>) => Promise<void>) {
  const phone = await new Phone(air.url).open()
  await phone.page.context().addInitScript({ content: WATCH })
  const { end, by } = await slowDownExactly(phone)
  try {
    await work(phone, { slowdown: by.page })
  } finally {
    await end()
    await phone.close()
  }
}

// A newcomer calls /field, signs in and sees the list. What a person takes to type is not counted.
async function signIn(phone: Phone, { id }: Actor): Promise<{ asked: Seen, list: Seen }> {
  const asked = await open(phone, '/field')
  await phone.page.getByLabel('Nama pengguna').fill(id)
  await phone.page.getByLabel('Kata sandi').fill(PASSWORD)
  await Promise.all([phone.page.waitForURL(/\/field$/, { waitUntil: 'load', timeout: 120_000 }), phone.press('Masuk')])
  return { asked, list: await look(phone) }
}

async function measureFirst() {
  const [times, bytes, warm]: [number[], number[], number[]] = [[], [], []]
  let more: Record<string, unknown> = {}
  for (let n = 0; n < TIMES; n++) {
    const air = await airTo(front.port, TWO_G)
    await onPhone(air, async (phone, slow) => {
      const { asked, list } = await signIn(phone, siti)
      times.push(asked.loaded + list.ready)
      bytes.push(air.wire.down)
      more = { ...slow, sign_in_painted_ms: Math.round(asked.painted), sign_in_ms: Math.round(asked.loaded), list_ms: Math.round(list.ready), up_kb: Math.round(air.wire.up / 1000), connections: air.wire.connections, shift: thousandths(asked.shift + list.shift) }
      for (let again = 0; again < 3; again++) warm.push((await open(phone, '/field')).ready)
    })
    air.stop()
  }
  say('phone_cold_sign_in_to_list_ms', middle(times), 'ms', { ...spread(times), ...more, bar: '<= 12000' })
  say('phone_cold_sign_in_to_list_kb', middle(bytes) / 1000, 'kB', { n: bytes.length, what: 'all that came down the line, heads too', bar: '<= 60' })
  say('phone_warm_list_from_server_ms', middle(warm), 'ms', spread(warm))
}

async function measurePages(where: 'server' | 'phone', phone: Phone, air: Air, slow: Record<string, unknown>) {
  const all: number[] = []
  let shifts = 0
  for (const path of PAGES) {
    const [ready, painted]: [number[], number[]] = [[], []]
    const before = air.wire.down
    let worst: Seen | undefined
    for (let n = 0; n < TIMES; n++) {
      const seen = await open(phone, path)
      ready.push(seen.ready)
      painted.push(seen.painted)
      if (!worst || seen.shift > worst.shift) worst = seen
    }
    all.push(...ready)
    shifts = Math.max(shifts, worst!.shift)
    say(`phone_page_from_${where}_ms`, middle(ready), 'ms', {
      page: nameOf(path), ...spread(ready), painted: Math.round(middle(painted)), down_kb: Math.round((air.wire.down - before) / TIMES / 100) / 10,
      shift: thousandths(worst!.shift), ...(worst!.moved.length > 0 ? { moved: worst!.moved } : {}), scrolls_sideways: worst!.wide,
    })
  }
  say(`phone_pages_from_${where}_slowest_ms`, Math.max(...all), 'ms', { pages: PAGES.length, ...spread(all), ...slow, ...(where === 'phone' ? { bar: '<= 1000' } : {}) })
  say(`phone_layout_shift_from_${where}`, thousandths(shifts), 'CLS', { pages: PAGES.length, bar: 0 })
}

async function measureEveryPage() {
  const air = await airTo(front.port, TWO_G)
  await onPhone(air, async (phone, slow) => {
    await signIn(phone, siti)
    await measurePages('server', phone, air, slow)
    const [before, begun] = [air.wire.down, performance.now()]
    await prepare(phone)
    say('phone_prepare_s', (performance.now() - begun) / 1000, 's', { down_kb: Math.round((air.wire.down - before) / 1000), tasks: TASKS, ...slow })
    await measurePages('phone', phone, air, slow)
  })
  air.stop()
}

// Once for each phone: the worker, SQLite and the tasks.
async function prepare(phone: Phone) {
  phone.page.setDefaultTimeout(600_000)
  await phone.page.goto('/field/device', { timeout: 120_000 })
  await phone.page.getByLabel('PIN baru').fill(PIN)
  await phone.page.getByLabel('Ulangi PIN').fill(PIN)
  await phone.press('Siapkan HP ini')
  await phone.page.getByRole('heading', { name: 'Kiriman' }).waitFor()
  await phone.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

const wanted = process.env.SIKS_PHONE_PARTS?.split(',')
const isWanted = (part: string) => !wanted || wanted.includes(part)
if (isWanted('first')) await measureFirst()
if (isWanted('pages')) await measureEveryPage()
if (isWanted('lighthouse')) {
  await measureLighthouse(`http://127.0.0.1:${front.port}`, [
    { name: 'sign-in', path: '/session' },
    { name: 'list', path: '/field', as: siti },
    { name: 'household', path: `/field/${BEGUN}`, as: siti },
    { name: 'section', path: `${VISIT}/housing`, as: siti },
    { name: 'queue', path: '/reviews', as: budi },
  ])
}
front.stop()
await server.stop()
