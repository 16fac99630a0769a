import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { system, type Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import { slowDownExactly } from '#test/bench/slow.ts'
import { Phone } from '#test/support/phone.ts'
import { serverProcess } from '#test/support/process.ts'
import { proxyTo } from '#test/support/proxy.ts'
import { ninePhotos, OUTCOME, visitQuickly } from '#test/support/visiting.ts'
import { addHousehold, BALECATUR, dewi, PONCOSARI, siti, tono } from '#test/support/world.ts'

// What the phone does without a server, at a sixth of this machine's speed, and what sending costs on a bad line.
const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, ...more }))
const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!
const spread = (values: number[]) => ({ n: values.length, p50_ms: Math.round(middle(values)), max_ms: Math.round(Math.max(...values)) })

const SMALL = 1500
const LARGE = 10_000
const CUT_VISITS = 20
const TODAY = '2026-11-24'

function seed(db: Db, officer: Actor, regionCode: string, count: number) {
  const random = randomFrom(count)
  transact(db, system, (tx) => {
    for (let serial = 0; serial < count; serial++) {
      const id = random.uuid()
      createHousehold(tx, { id, regionCode, prelistId: `99${officer.id}${serial}`, origin: 'prelist', record: makeHousehold(random, { regionCode, serial, today: TODAY }), cause: 'bench', stage: 'listed' })
      moveStage(tx, { id, stage: null }, 'downloaded', { set: { officerId: officer.id } })
    }
  })
}

const server = await serverProcess((db) => {
  seed(db, siti, PONCOSARI, SMALL)
  seed(db, dewi, BALECATUR, LARGE)
  for (let n = 0; n < CUT_VISITS; n++) addHousehold(db, `cut-${n}`, { officer: tono, stage: 'assigned' })
})
await server.start()

// Measured by the page itself, from the moment the address is called until its rows are there to be touched.
const untilReady = (phone: Phone) => phone.page.evaluate(() => {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return entry!.domContentLoadedEventEnd
})
const show = async (phone: Phone, path: string) => {
  await phone.page.goto(path, { waitUntil: 'domcontentloaded' })
  return untilReady(phone)
}

function weigh() {
  const size = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length / 1000
  const wasm = readdirSync('.build/static').find((name) => name.endsWith('.wasm'))!
  const [worker, sqlite] = [size('.build/worker.js'), size(join('.build/static', wasm))]
  say('worker_kb_gz', worker, 'kB', { bar: 'with wasm_kb_gz <= 520' })
  say('wasm_kb_gz', sqlite, 'kB', { together: Math.round(worker + sqlite) })
}

// Over the wire as the phone counts it: heads and bodies.
async function weighPack() {
  const proxy = await proxyTo(server.url)
  const phone = await new Phone(proxy.url).open()
  await phone.signIn(siti)
  await phone.prepare()
  const packBytes = server.read(({ $client }) => $client.prepare('SELECT pack_sequence AS sequence, id FROM devices WHERE user_id = ?').get(siti.id)) as { sequence: number, id: string }
  // As the worker asks.
  const asked = { Accept: 'application/json', 'Siks-User': siti.id, 'Siks-Device': packBytes.id }
  const get = (path: string) => phone.page.evaluate(([address, headers]) => fetch(address, { headers }).then((answer) => answer.arrayBuffer()).then(({ byteLength }) => byteLength), [path, asked] as const)
  const before = proxy.wire.down
  const unpacked = await get(`/packs/current?device=${packBytes.id}`)
  const whole = proxy.wire.down - before
  const sequence = server.read(({ $client }) => $client.prepare('SELECT pack_sequence FROM devices WHERE user_id = ?').pluck().get(siti.id))
  await get(`/packs/changes?device=${packBytes.id}&since=${sequence}&schema=1`)
  say('pack_1500_kb', whole / 1000, 'kB', { unpacked_kb: Math.round(unpacked / 1000), bar: '<= 3000' })
  say('delta_unchanged_bytes', proxy.wire.down - before - whole, 'B', { bar: '<= 1024' })
  await phone.close()
  await proxy.stop()
}

async function time(officer: Actor, work: (phone: Phone, slow: Record<string, number>) => Promise<void>) {
  const phone = await new Phone(server.url).open()
  await phone.signIn(officer)
  await phone.prepare()
  await server.kill()
  await phone.page.goto('/field')
  const { end, by } = await slowDownExactly(phone)
  try {
    await work(phone, { slowdown_page: by.page, slowdown_worker: by.worker! })
  } finally {
    await end()
    await phone.close()
    await server.start()
  }
}

// A link of the page that is open, from the touch until what it leads to is laid out and can be touched.
const touch = (phone: Phone, path: string) => phone.page.evaluate((href) => new Promise<number>((resolve) => {
  const link = document.querySelector<HTMLElement>(`main a[href="${href}"], nav a[href="${href}"]`)!
  document.addEventListener('htmx:afterSettle', () => {
    void document.body.offsetHeight
    resolve(performance.now() - begin)
  }, { once: true })
  const begin = performance.now()
  link.click()
}), path)

const timePages = () => time(siti, async (phone, slow) => {
  const [cold, opened]: [number[], number[]] = [[], []]
  for (let n = 0; n < 9; n++) {
    await show(phone, '/field/device')
    await pause(1000)
    await phone.killWorker()
    cold.push(await touch(phone, '/field'))
    await pause(4000)
  }
  say('offline_cold_page_ms', middle(cold), 'ms', { ...spread(cold), ...slow, bar: '<= 1500' })
  for (let n = 0; n < 5; n++) {
    await phone.page.goto('about:blank')
    await phone.killWorker()
    opened.push(await show(phone, '/field'))
    await pause(4000)
  }
  say('offline_opened_ms', middle(opened), 'ms', { ...spread(opened), ...slow, what: 'a new page in a new process, as from the home screen' })
  const links = await phone.page.locator('main a[href^="/field/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')!).filter((href) => /^\/field\/[0-9a-f-]{36}$/.test(href)))
  const warm: number[] = []
  for (const href of links.slice(0, 21)) {
    warm.push(await touch(phone, href))
    await pause(200)
    await touch(phone, '/field')
  }
  say('offline_warm_page_ms', middle(warm), 'ms', { ...spread(warm), ...slow, bar: '<= 150' })
})

const timeSearch = () => time(dewi, async (phone, slow) => {
  await show(phone, '/field')
  const times: number[] = []
  for (const words of ['sri', 'wat', 'suryana', 'jl', 'zzz', 'no match', 'budi', 'rt 02', 'melati', 'an', 'slamet']) {
    times.push(await phone.page.evaluate(async (q) => {
      const begin = performance.now()
      await (await fetch(`/field?tab=waiting&q=${encodeURIComponent(q)}`, { headers: { 'HX-Request': 'true' } })).text()
      return performance.now() - begin
    }, words))
  }
  say('offline_search_ms', middle(times), 'ms', { ...spread(times), ...slow, bar: '<= 200' })
})

// Twenty finished visits with nine photos each, over a line that breaks after every 100 kB.
async function weighSync() {
  const proxy = await proxyTo(server.url)
  const phone = await new Phone(proxy.url).open()
  await phone.signIn(tono)
  await phone.prepare()
  proxy.set({ down: true })
  const random = randomFrom(20)
  const ids = server.read(({ $client }) => $client.prepare('SELECT id FROM households WHERE officer_id = ?').pluck().all(tono.id)) as string[]
  for (const householdId of ids) await visitQuickly(phone.page, { householdId, visitId: random.uuid(), outcome: OUTCOME.finished, photos: ninePhotos(householdId, 110_000) })
  const payload = await phone.waitingBytes(tono.id)
  proxy.set({ cutEvery: 100_000 })
  const before = proxy.wire.up + proxy.wire.down
  await phone.syncUntilDone()
  const wire = proxy.wire.up + proxy.wire.down - before
  say('sync_overhead_ratio', wire / payload, 'ratio', { visits: CUT_VISITS, payload_kb: Math.round(payload / 1000), cuts: proxy.done.cuts, requests: proxy.done.requests, bar: '<= 1.15' })
  await phone.close()
  await proxy.stop()
}

weigh()
await weighPack()
await timePages()
await timeSearch()
await weighSync()
await server.stop()
process.exit(0)
