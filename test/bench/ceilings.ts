import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browse } from '#test/bench/browsing.ts'
import { measureImport } from '#test/bench/ceilings-import.ts'
import { fire, type Shot, type Volley } from '#test/bench/load.ts'
import { startProfiled, type Looked } from '#test/bench/profile.ts'
import { rawVisits } from '#test/bench/raw-photos.ts'
import { memoryMb, processorMs, startProcess, stopProcess } from '#test/bench/running.ts'
import { visitsWithoutPhotos, visitsWithPhotos } from '#test/bench/visits.ts'
import { makeWorld } from '#test/bench/world.ts'

// Our figures beside what the machine could do at all, taken in the same run with the same load: a page beside plain Hono's "hello", a visit
// beside the same bytes written and synced, a prelist beside SQLite's own import. SIKS_CEILINGS=quick: a fifth of everything.
const PART = process.env.SIKS_CEILINGS === 'quick' ? 5 : 1
const [PORT, HELLO_PORT] = [4197, 4196]
const ROUNDS = 3
const round = (value: number, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits
const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) => console.log(JSON.stringify({ name, value: round(value, 3), unit, ...more }))
const spread = ({ p50, p95, p99 }: Pick<Volley, 'p50' | 'p95' | 'p99'>) => ({ p50_ms: round(p50), p95_ms: round(p95), p99_ms: round(p99) })
const middle = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const sayWhere = (name: string, of: string, n: number, { busyMs, shares }: Looked) => say(name, busyMs * 1000 / n, `us/${of}`, { n, shares })

const VISITS = { alone: 1200 / PART, browsed: 3000 / PART, warm: 300, profiled: 600 / PART }
const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-ceilings-'))
const world = await makeWorld(directory, { households: 20_000 / PART, worn: PART === 1, inHand: VISITS.alone * ROUNDS + VISITS.browsed + VISITS.profiled, drafts: VISITS.warm })
const hello = await startProcess(['--import', 'tsx', 'test/bench/hello.ts'], {}, HELLO_PORT)
const siks = await startProcess(['.build/server.js'], { SIKS_DATA: directory, SIKS_DEMO: 'false' }, PORT)

// fresh: an address nobody has asked before, so that nothing of an earlier answer can serve.
const cookie = { Cookie: `siks_session=${world.coordinator}` }
let asked = 0
function* pages(path: string, count: number, fresh = false): Generator<Shot> {
  for (let i = 0; i < count; i += 1) yield { path: fresh ? `${path}${path.includes('?') ? '&' : '?'}ke=${asked += 1}` : path, headers: cookie }
}

// In turns, so that what disturbs the machine disturbs all of them.
const KINDS = {
  hello: { port: HELLO_PORT, child: hello.child, path: '/', count: 6000, fresh: false },
  list: { port: PORT, child: siks.child, path: '/households', count: 3000, fresh: false },
  queue: { port: PORT, child: siks.child, path: '/reviews', count: 3000, fresh: false },
  list_made_anew: { port: PORT, child: siks.child, path: '/households', count: 600, fresh: true },
  queue_made_anew: { port: PORT, child: siks.child, path: '/reviews', count: 600, fresh: true },
}
type Kind = keyof typeof KINDS
const runs = Object.fromEntries(Object.keys(KINDS).map((name) => [name, []])) as unknown as Record<Kind, { perSecond: number, cpuUs: number, volley: Volley }[]>
for (const warm of [true, ...Array<boolean>(ROUNDS).fill(false)]) {
  for (const [name, { port, child, path, count, fresh }] of Object.entries(KINDS) as [Kind, (typeof KINDS)[Kind]][]) {
    const before = processorMs(child)
    const volley = await fire(port, pages(path, count / PART, fresh), { concurrency: 8 })
    if (!warm) runs[name].push({ perSecond: volley.perSecond, cpuUs: (processorMs(child) - before) * 1000 / volley.count, volley })
  }
}
const perSecond = (name: Kind) => middle(runs[name].map((run) => run.perSecond))
const cpuUs = (name: Kind) => middle(runs[name].map((run) => run.cpuUs))
for (const name of Object.keys(KINDS) as Kind[]) {
  say(`${name}_per_s`, perSecond(name), 'pages/s', { concurrency: 8, n: KINDS[name].count / PART * ROUNDS, server_cpu_us: round(cpuUs(name), 0), ...spread(runs[name].at(-1)!.volley) })
  if (name === 'hello') continue
  say(`${name}_to_hello`, perSecond(name) / perSecond('hello'), 'ratio', { cpu_ratio: round(cpuUs('hello') / cpuUs(name), 3), ...(name === 'list' ? { bar: '>= 0.35' } : {}) })
}
await stopProcess(hello.child)

await fire(PORT, visitsWithoutPhotos(world.drafts, world.officer), { concurrency: 8 })
let taken = 0
const next = (count: number) => world.waiting.slice(taken, taken += count)
const pairs: { raw: number, ours: Volley }[] = []
for (let turn = 0; turn < ROUNDS; turn += 1) {
  const raw = await rawVisits(directory, { ms: 3000 / PART })
  pairs.push({ raw, ours: await fire(PORT, visitsWithPhotos(next(VISITS.alone), world.officer), { concurrency: 8 }) })
}
const raw = middle(pairs.map((pair) => pair.raw))
const accepted = middle(pairs.map(({ ours }) => ours.perSecond))
say('raw_write_sync_5_photos_per_s', raw, 'visits/s', { concurrency: 8, n: ROUNDS, all: pairs.map((pair) => round(pair.raw)) })
say('accept_5_photos_per_s', accepted, 'visits/s', { concurrency: 8, n: VISITS.alone * ROUNDS, all: pairs.map(({ ours }) => round(ours.perSecond)), ...spread(pairs.at(-1)!.ours), bar: '>= 300' })
say('accept_to_raw', accepted / raw, 'ratio', { bar: '>= 0.7' })

// Fifty people who look at a page for three seconds on average, in the same kecamatan that the visits come from.
const READERS = { readers: 50, thinkMs: 3000, tokens: [world.coordinator], paths: ['/households', '/reviews', '/households?q=sri', '/households?stage=submitted', '/', '/reviews?flags=no'] }
const reading = browse(PORT, READERS)
const busy = processorMs(siks.child)
const visits = await fire(PORT, visitsWithPhotos(next(VISITS.browsed), world.officer), { concurrency: 8 })
const used = processorMs(siks.child) - busy
const read = await reading.stop()
say('accept_while_50_browse_per_s', visits.perSecond, 'visits/s', { concurrency: 8, n: visits.count, ...spread(visits), server_cpu_share: round(used / visits.seconds / 1000, 2), bar: '>= 300' })
say('accept_while_50_browse_p99_ms', visits.p99, 'ms', { n: visits.count, bar: '<= 100' })
say('browsing_50_while_visits_p95_ms', read.p95, 'ms', { n: read.n, per_s: round(read.n / visits.seconds), ...spread(read) })

const memory = memoryMb(siks.child)
say('rss_mb', memory.now, 'MB', { most: round(memory.most), bar: '<= 400' })
await stopProcess(siks.child)

// Where the rest goes: shares of what the main thread does, of a server of its own, because being watched costs something.
const watched = await startProfiled(directory, PORT)
for (const name of ['list', 'queue'] as const) {
  const { path, count } = KINDS[name]
  await fire(PORT, pages(path, count / PART / 3), { concurrency: 8 })
  sayWhere(`${name}_main_thread`, 'page', count / PART, await watched.profile(() => fire(PORT, pages(path, count / PART), { concurrency: 8 })))
}
sayWhere('accept_main_thread', 'visit', VISITS.profiled, await watched.profile(() => fire(PORT, visitsWithPhotos(next(VISITS.profiled), world.officer), { concurrency: 8 })))
await stopProcess(watched.child)
rmSync(directory, { recursive: true, force: true })

const imported = await measureImport(5000 / PART)
const whole = imported.reading + imported.applying
say('import_bare_lines_per_s', imported.lines / imported.bare.seconds, 'lines/s', { n: imported.lines, seconds: round(imported.bare.seconds, 2), by: imported.bare.by, mb: round(imported.megabytes) })
say('import_same_rows_s', imported.sameRows.seconds, 's', { n: imported.sameRows.rows, tables: imported.sameRows.tables })
say('import_prelist_lines_per_s', imported.lines / whole, 'lines/s', { n: imported.lines, households: imported.households, reading_s: round(imported.reading, 2), applying_s: round(imported.applying, 2) })
sayWhere('import_main_thread', 'line', imported.lines, imported.looked)
say('import_times_bare', whole / imported.bare.seconds, 'ratio', { bar: '<= 3' })
say('import_times_same_rows', whole / (imported.bare.seconds + imported.sameRows.seconds), 'ratio')
