import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { AS_A_SERVICE, memoryMb, processorMs } from '#test/bench/running.ts'
import { ask, at, load, round, spread, type Times } from '#test/bench/scale-load.ts'
import { gatherReaders, KINDS, lane, type Kind } from '#test/bench/scale-people.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'

// Every list, search, queue, detail, dashboard, map and export of a registry of 10k, 250k or 1m households, as 64 people of all roles
// ask for them from the built server. SIKS_SCALE_DATA: a data folder that is there already (it is written to, as by any use); else
// one is seeded. SIKS_SCALE_BASE: the lines of the run at 10k, for the growth beside each figure.
const SIZES: Record<string, number> = { '10k': 10_000, '250k': 250_000, '1m': 1_000_000 }
const scale = process.env.SIKS_SCALE ?? '10k'
const households = SIZES[scale] ?? Number(scale)
const [PORT, HELLO] = [4301, 4302]
const BARS: Partial<Record<Kind, number>> = { list: 20, queue: 20, search: 50 }
const THINK_MS = Number(process.env.SIKS_SCALE_THINK ?? 4000)
const SECONDS = Number(process.env.SIKS_SCALE_SECONDS ?? 60)
const TIMES = 3
// The searches of one reader alone are many; some of each sort are enough.
const MOST_OF_A_KIND = Number(process.env.SIKS_SCALE_MOST ?? 60)

const own = process.env.SIKS_SCALE_DATA === undefined
const directory = process.env.SIKS_SCALE_DATA ?? mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-scale-'))
const before = new Map((process.env.SIKS_SCALE_BASE && existsSync(process.env.SIKS_SCALE_BASE) ? readFileSync(process.env.SIKS_SCALE_BASE, 'utf8').split('\n') : [])
  .filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { name: string, value: number }).map(({ name, value }) => [name, value]))

function say(name: string, value: number, unit: string, more: Record<string, unknown> = {}) {
  const smaller = before.get(name)
  console.log(JSON.stringify({ name, value: round(value), unit, scale, households, ...more, ...smaller ? { at_10k: smaller, growth: round(value / smaller) } : {} }))
}

const run = (args: string[], env: Record<string, string> = {}) =>
  spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] })
const ended = (child: ChildProcess) => new Promise<void>((resolve) => { child.once('close', () => resolve()) })

async function answering(port: number, path: string) {
  for (;;) {
    if (await fetch(`http://127.0.0.1:${port}${path}`).then(({ ok }) => ok, () => false)) return
    await pause(50)
  }
}

// What a new database gives the followers to do is not what is measured here.
async function restful() {
  const left = db.$client.prepare("SELECT count(*) FROM followers WHERE finished_at IS NULL").pluck()
  const limit = performance.now() + Number(process.env.SIKS_SCALE_REST ?? 1800) * 1000
  while (left.get() !== 0 && performance.now() < limit) await pause(1000)
}

// One after another, nobody beside: what each page costs. What a role may not read is left out for it from here on.
async function alone() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const pages: { kind: Kind, path: string, role: string, ms: number }[] = []
  const times: Times = new Map(KINDS.map((kind) => [kind, []]))
  const cost = new Map<Kind, number>()
  const shown = [...new Map(readers.map((reader) => [reader.role, reader])).values()]
  for (const kind of KINDS) {
    const begun: [number, number] = [processorMs(server), 0]
    for (const reader of shown) {
      for (const path of reader.paths[kind].slice(0, MOST_OF_A_KIND)) {
        const first = await ask(PORT, agent, { path, cookie: reader.cookie })
        begun[1] += 1
        if (first.status !== 200) { forbid(reader.role, kind, path); continue }
        const ms = []
        for (let i = 0; i < TIMES; i += 1) ms.push((await ask(PORT, agent, { path, cookie: reader.cookie })).ms)
        begun[1] += TIMES
        times.get(kind)!.push(...ms)
        pages.push({ kind, path: decodeURIComponent(path), role: reader.role, ms: Math.min(...ms) })
      }
    }
    cost.set(kind, (processorMs(server) - begun[0]) / begun[1])
  }
  agent.destroy()
  for (const kind of KINDS) {
    const slowest = pages.filter((one) => one.kind === kind).sort((one, other) => other.ms - one.ms).slice(0, Number(process.env.SLOWEST ?? 5)).map(({ path, role, ms }) => ({ path, role, ms: round(ms) }))
    const { p95_ms, ...rest } = spread(times.get(kind)!)
    say(`scale_${kind}_alone_p95_ms`, p95_ms, 'ms', { ...rest, cpu_ms: round(cost.get(kind)!), pages: pages.filter((one) => one.kind === kind).length, slowest })
  }
}

// Addresses of one thing (a household, a name) are one address here: whoever may not open the one may not open the next.
function forbid(role: string, kind: Kind, path: string) {
  const shape = (text: string) => text.replace(/[0-9a-f-]{32,36}/g, ':id')
  for (const reader of readers.filter((one) => one.role === role)) reader.paths[kind] = reader.paths[kind].filter((one) => kind === 'detail' ? shape(one) !== shape(path) || one !== path : one !== path)
}

async function together() {
  for (const [name, thinkMs, seconds] of [['', THINK_MS, SECONDS], ['_closed', 0, Math.min(20, SECONDS)]] as const) {
    const begun = processorMs(server)
    const { times, refused, failed, perSecond } = await load({ port: PORT, lanes: readers.map((reader) => lane(reader)), seconds, thinkMs })
    const share = (processorMs(server) - begun) / 1000 / seconds
    for (const kind of KINDS) {
      const { p95_ms, ...rest } = spread(times.get(kind) ?? [])
      say(`scale_${kind}${name}_p95_ms`, p95_ms, 'ms', { ...rest, users: readers.length, think_ms: thinkMs, ...!name && BARS[kind] ? { bar: `<= ${BARS[kind]}` } : {} })
    }
    say(`scale${name || '_thinking'}_requests_per_s`, perSecond, '1/s', { users: readers.length, think_ms: thinkMs, refused, failed, server_cpu: round(share) })
  }
}

// The same connections against a server that only says hello: how much of what is possible a list page is.
async function against() {
  const seconds = Math.min(10, SECONDS)
  const plain = await load({ port: HELLO, lanes: readers.map(() => () => ({ kind: 'list', path: '/', cookie: '' })), seconds, thinkMs: 0 })
  const lists = await load({ port: PORT, lanes: readers.map((reader) => lane({ ...reader, paths: { ...reader.paths, list: ['/households'] } }, 'list')), seconds, thinkMs: 0 })
  say('scale_list_page_to_hello', lists.perSecond / plain.perSecond, 'ratio', { hello_per_s: round(plain.perSecond), list_per_s: round(lists.perSecond), bar: '>= 0.35' })
}

// A Dinsos's households and people as files, while the others go on reading.
async function carryOut() {
  const reader = readers.find(({ role }) => role === 'regency_officer')
  if (!reader) return
  const agent = new Agent({ keepAlive: true })
  for (const [list, format] of [['households', 'csv'], ['households', 'xlsx'], ['members', 'csv']] as const) {
    const key = randomUUID()
    const form = new URLSearchParams({ key, list, query: '', format, recipientName: 'Penerima', recipientInstitution: 'Instansi', purpose: 'Pengukuran', legalBasis: 'Pengukuran', expiresOn: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10) }).toString()
    const begin = performance.now()
    const others = load({ port: PORT, lanes: readers.slice(0, 16).map((one) => lane(one)), seconds: 5, thinkMs: 1000 })
    const made = await ask(PORT, agent, { path: '/exports', cookie: reader.cookie }, { method: 'POST', form })
    const state = db.$client.prepare('SELECT status, rows_done AS rows, bytes FROM export_files WHERE id = ?')
    const read = () => state.get(key) as { status: string, rows: number, bytes: number } | undefined
    while (read()?.status === 'making') await pause(50)
    const seconds = (performance.now() - begin) / 1000
    const waits = [...(await others).times.values()].flat().sort((one, other) => one - other)
    say(`scale_export_${list}_${format}_s`, seconds, 's', { n: read()?.rows, status: read()?.status ?? made.status, mb: round((read()?.bytes ?? 0) / 1e6), others_p95_ms: round(at(waits, 0.95)) })
  }
  agent.destroy()
}

if (!existsSync(join(directory, 'siks.db'))) await ended(run(['--import', 'tsx', 'db/seeds/run.ts', '--households', String(households)], { SIKS_DATA: directory }))
const db = openDatabase(join(directory, 'siks.db'))
migrate(db)
const readers = await gatherReaders(db)
const server = run(['.build/server.js'], { ...AS_A_SERVICE, PORT: String(PORT), SIKS_DATA: directory, SIKS_DEMO: 'false', SIKS_LOG: 'off' })
const hello = run(['--import', 'tsx', 'test/bench/hello.ts'], { PORT: String(HELLO) })
try {
  await Promise.all([answering(PORT, '/healthz'), answering(HELLO, '/')])
  await restful()
  await alone()
  await together()
  await against()
  say('scale_rss_mb', memoryMb(server).now, 'MB', { bar: '<= 400' })
  await carryOut()
  say('scale_rss_after_exports_mb', memoryMb(server).now, 'MB')
} finally {
  for (const child of [server, hello]) child.kill('SIGTERM')
  await Promise.all([server, hello].map(ended))
  db.$client.close()
  if (own) rmSync(directory, { recursive: true, force: true })
}
