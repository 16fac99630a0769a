import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fire, type Shot, type Volley } from '#test/bench/load.ts'
import { rawVisits } from '#test/bench/raw-photos.ts'
import { AS_A_SERVICE, memoryMb } from '#test/bench/running.ts'
import { visitsWithoutPhotos, visitsWithPhotos } from '#test/bench/visits.ts'
import { makeWorld } from '#test/bench/world.ts'

// How the built server takes visits and shows lists, over real HTTP; the load comes from this process on the same cores.
const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, ...more }))
const spread = ({ count: n, p50, p95, p99 }: Volley) => ({ n, p50_ms: round(p50), p95_ms: round(p95), p99_ms: round(p99) })
const round = (value: number) => Math.round(value * 10) / 10

const PORT = 4199
const PHOTO_VISITS = { 1: 150, 8: 1200, 32: 1200 } as const
// Enough for the server's code to be compiled before anything is timed.
const WARM_UP = 300
const BARE_VISITS = { 1: 600, 8: 4000, 32: 6000 } as const
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0)

const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-bench-'))
const world = await makeWorld(directory, { households: 20_000, inHand: sum(PHOTO_VISITS), drafts: sum(BARE_VISITS) + WARM_UP })

async function startServer() {
  const begin = performance.now()
  const child = spawn(process.execPath, ['.build/server.js'], {
    env: { ...process.env, ...AS_A_SERVICE, PORT: String(PORT), SIKS_DATA: directory, SIKS_DEMO: 'false' }, stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (;;) {
    const healthy = await fetch(`http://127.0.0.1:${PORT}/healthz`).then(({ ok }) => ok, () => false)
    if (healthy) return { child, ms: performance.now() - begin }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const starts: number[] = []
for (let time = 0; time < 2; time++) {
  const { child, ms } = await startServer()
  starts.push(ms)
  child.kill('SIGTERM')
  await new Promise((resolve) => child.on('close', resolve))
}
const { child, ms } = await startServer()
say('cold_start_ms', Math.min(...starts, ms), 'ms', { n: 3, bar: '<= 1500' })

say('raw_write_sync_5_photos_per_s', await rawVisits(directory), 'visits/s', { concurrency: 8 })

await fire(PORT, visitsWithoutPhotos(world.drafts.splice(0, WARM_UP), world.officer), { concurrency: 8 })

let taken = 0
for (const [concurrency, count] of Object.entries(PHOTO_VISITS)) {
  const volley = await fire(PORT, visitsWithPhotos(world.waiting.slice(taken, taken + count), world.officer), { concurrency: Number(concurrency) })
  taken += count
  say('visit_accept_5_photos_per_s', volley.perSecond, 'visits/s', { concurrency: Number(concurrency), ...spread(volley), ...(concurrency === '8' ? { bar: '>= 300' } : {}) })
}

taken = 0
for (const [concurrency, count] of Object.entries(BARE_VISITS)) {
  const volley = await fire(PORT, visitsWithoutPhotos(world.drafts.slice(taken, taken + count), world.officer), { concurrency: Number(concurrency) })
  taken += count
  say('visit_accept_no_photos_per_s', volley.perSecond, 'visits/s', { concurrency: Number(concurrency), ...spread(volley), bar: '>= 1500' })
}

function* reads(paths: string[], token: string, count: number): Generator<Shot> {
  for (let i = 0; i < count; i++) yield { path: paths[i % paths.length]!, headers: { Cookie: `siks_session=${token}` } }
}
const lists = await fire(PORT, reads(['/households', '/households?q=sri', '/households?stage=submitted'], world.coordinator, 600), { concurrency: 4 })
say('household_list_p95_ms', lists.p95, 'ms', { concurrency: 4, ...spread(lists) })
const queue = await fire(PORT, reads(['/reviews'], world.coordinator, 600), { concurrency: 4 })
say('queue_p95_ms', queue.p95, 'ms', { concurrency: 4, ...spread(queue) })

say('rss_mb', memoryMb(child).now, 'MB')

// The first page of a newcomer: the sign-in page and all it links to, as sent compressed.
const manifest: Record<string, string> = JSON.parse(readFileSync('.build/static/manifest.json', 'utf8'))
const html = await (await fetch(`http://127.0.0.1:${PORT}/session`)).text()
const files = Object.keys(manifest).filter((name) => html.includes(`/static/${name}`))
const page = gzipSync(html).length
say('first_page_kb_gz', (files.reduce((total, name) => total + gzipSync(readFileSync(join('.build/static', name))).length, 0) + page) / 1000, 'kB', {
  files: files.length, bar: '<= 60', sha: createHash('sha256').update(JSON.stringify(manifest)).digest('hex').slice(0, 8),
})
child.kill('SIGTERM')
rmSync(directory, { recursive: true, force: true })
