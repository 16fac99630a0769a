import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PORTAL, proxyTo, type Weather } from '#test/support/proxy.ts'
import { serverProcess } from '#test/support/process.ts'
import { addHousehold } from '#test/support/world.ts'

// The tools of the offline tests are tested too: a proxy that never cut would prove nothing.
const proxy = suite('the way between phone and server')

const BODY = Buffer.alloc(300_000, 'siks')
let whole: string[] = []
let office: Server
const url = () => `http://127.0.0.1:${(office.address() as AddressInfo).port}`
const post = (to: string, body: Buffer = BODY) => fetch(to, { method: 'POST', body: Uint8Array.from(body) })
  .then(async (answer) => ({ status: answer.status, text: await answer.text() })).catch(() => undefined)

// Answers with the hash of what came, and remembers every request that came whole.
proxy.before(async () => {
  office = createServer((request, answer) => void request.toArray().then((chunks) => {
    const hash = createHash('sha256').update(Buffer.concat(chunks)).digest('hex')
    whole.push(hash)
    answer.end(hash)
  }, () => undefined))
  await new Promise<void>((resolve) => office.listen(0, '127.0.0.1', resolve))
})
proxy.before.each(() => { whole = [] })
proxy.after(() => { office.close(); office.closeAllConnections() })

const through = async <T>(weather: Weather, work: (it: Awaited<ReturnType<typeof proxyTo>>) => Promise<T>, seed = 1) => {
  const it = await proxyTo(url(), { seed, weather })
  try {
    return await work(it)
  } finally {
    await it.stop()
  }
}

proxy('passes everything in fine weather, and counts it', () => through({}, async (it) => {
  const answer = await post(it.url)
  assert.equal([answer?.status, answer?.text], [200, createHash('sha256').update(BODY).digest('hex')])
  assert.ok(it.wire.up > BODY.length && it.wire.up < BODY.length + 1000 && it.wire.down > 64)
  assert.is(it.done.cuts, 0)
}))

proxy('cuts each time so many bytes have passed', () => through({ cutEvery: 100_000 }, async (it) => {
  assert.is(await post(it.url), undefined)
  assert.equal([it.done.cuts, it.wire.up + it.wire.down, whole.length], [1, 100_000, 0])
  assert.is((await post(it.url, BODY.subarray(0, 50_000)))?.status, 200)
}))

proxy('cuts a connection at a place of its own, on the way up or down', () => through({ cut: 1 }, async (it) => {
  for (let n = 0; n < 40; n++) await post(it.url, BODY.subarray(0, n % 2 ? 100_000 : 300))
  assert.ok(it.done.cuts >= 10, `${it.done.cuts} cuts`)
  // Some were cut after the server had it all: the answer was lost, not the request.
  assert.ok(whole.length > 0 && whole.length < 40, `${whole.length} arrived`)
}))

proxy('sends a request twice and gives one answer', () => through({ double: 1 }, async (it) => {
  assert.is((await post(it.url))?.text, whole[0])
  while (whole.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.equal([whole[0] === whole[1], it.done.doubles], [true, 1])
}))

proxy('answers in the server\'s place like a hotspot', () => through({ portal: 1 }, async (it) => {
  assert.equal(await post(it.url), { status: 200, text: PORTAL })
  assert.is(whole.length, 0)
}))

proxy('is a phone without signal when down, and back when up', () => through({ down: true }, async (it) => {
  assert.is(await post(it.url), undefined)
  it.set({})
  assert.is((await post(it.url))?.status, 200)
}))

proxy('draws the same fates for the same seed', async () => {
  const fates = (seed: number) => through({ double: 0.5, portal: 0.3, delay: 0.2 }, async (it) => {
    for (let n = 0; n < 12; n++) await post(it.url, Buffer.from('a'))
    return it.done
  }, seed)
  assert.equal(await fates(7), await fates(7))
  assert.not.equal(await fates(7), await fates(8))
})

proxy('the server process keeps its port and its data over a kill', async () => {
  const server = await serverProcess((db) => void addHousehold(db, 'rt-1'))
  await server.start()
  await server.kill()
  assert.is(await fetch(`${server.url}/healthz`).then(() => 'answers', () => 'is gone'), 'is gone')
  await server.start()
  assert.is((await fetch(`${server.url}/healthz`)).status, 200)
  await server.stop()
  assert.is(server.read((db) => db.$client.prepare('SELECT count(*) AS n FROM households').get() as { n: number }).n, 1)
})

proxy.run()
