import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesIn, liveThrough } from '#test/bench/deadline-day.ts'
import type { Kind } from '#test/bench/deadline-phones.ts'
import { makeCampaign } from '#test/bench/deadline-world.ts'
import { AS_A_SERVICE } from '#test/bench/running.ts'
import { readDisk } from '#test/support/kills.ts'
import { endServer, freePort, launchServer } from '#test/support/process.ts'

// The last day of one large kabupaten: five hundred operators at once, each on a line of his own, nine photos of 120 kB a
// visit. The built server takes it over real HTTP; the load comes from the same cores. Afterwards the disk itself is read.
const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, ...more }))
const OPERATORS = Number(process.env.SIKS_DEADLINE_OPERATORS ?? 500)
const VISITS_EACH = Number(process.env.SIKS_DEADLINE_VISITS ?? 4)
const SECONDS = Number(process.env.SIKS_DEADLINE_SECONDS ?? 300)

// What a village has in the evening: an assumption, told with the figures. Upwards, which is the slower way.
const LINES = [
  [0.1, { name: 'EDGE 128 kbit/s', bitsPerSecond: 128_000, roundTripMs: 600, good: false }],
  [0.3, { name: '3G 384 kbit/s', bitsPerSecond: 384_000, roundTripMs: 200, good: false }],
  [0.45, { name: '4G 2 Mbit/s', bitsPerSecond: 2_000_000, roundTripMs: 60, good: true }],
  [0.15, { name: 'kantor desa 8 Mbit/s', bitsPerSecond: 8_000_000, roundTripMs: 30, good: true }],
] as const

const at = (sorted: number[], share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
function spread(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b)
  return { n: sorted.length, p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99), max: at(sorted, 1) }
}

const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-deadline-'))
const campaign = await makeCampaign(directory, { operators: OPERATORS, visitsEach: VISITS_EACH, tasksEach: 40 })
const port = await freePort()
const server = await launchServer({ port, directory, env: { ...AS_A_SERVICE, SIKS_TRUST_PROXY: 'true' } })
const day = await liveThrough({ port, pid: server.pid!, campaign, seconds: SECONDS, lines: LINES })
await endServer(server, 'SIGTERM')

const { ledger } = day
const sent = OPERATORS * VISITS_EACH
const { lost, half, unsound } = await readDisk(directory, day.acknowledged, 9)
say('deadline_visits_lost', lost + half + sent - day.acknowledged.size, 'visits', { sent, acknowledged: day.acknowledged.size, statuses: day.statuses, half, unsound, bar: 0 })
say('deadline_peak_visits_per_s', Math.max(...Array.from(day.perTenSeconds, (count) => count ?? 0)) / 10, 'visits/s', {
  operators: OPERATORS, sending_at_once: ledger.mostSending, day_s: SECONDS, took_s: Math.round(day.seconds), up_mb: Math.round(ledger.up / 1e6), down_mb: Math.round(ledger.down / 1e6),
})
for (const kind of ['text', 'piece', 'bundle', 'page', 'sign_in', 'contact'] satisfies Kind[]) {
  const times = spread(ledger.times[kind])
  say(`deadline_${kind}_p99_ms`, times.p99, 'ms', { ...times, what: 'from the last byte sent to the last of the answer' })
}
for (const [name, seconds] of Object.entries(day.wholeVisit)) say('deadline_whole_visit_s', spread(seconds).p50, 's', { line: name, ...spread(seconds) })
say('deadline_asked_again', ledger.turns, 'requests', { refused: ledger.refused })
say('deadline_rss_mb', day.rssMb, 'MB', { server_alone: Math.round(day.serverMb), bar: '<= 400' })
say('deadline_cpu_s', day.cpuSeconds, 's', { share_of_two_cores: Math.round(day.cpuSeconds / day.seconds / 2 * 100) / 100, afterwards_s: Math.round(day.cpuAfterSeconds), photos_gb: Math.round(await bytesIn(join(directory, 'photos')) / 1e7) / 100 })
rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
