import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bytesIn, cpuOf, liveThrough, type Day } from '#test/bench/deadline-day.ts'
import { newLedger, OnlinePhone, type Line } from '#test/bench/deadline-phones.ts'
import { makeCampaign, type Campaign } from '#test/bench/deadline-world.ts'
import { PASSWORD } from '#test/support/world.ts'
import { endServer, freePort, launchServer } from '#test/support/process.ts'

// What a national campaign costs, reckoned from what one visit and one page cost here: first the units, measured on the
// built server, then the sums for a kabupaten and for the ministry.
const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, ...more }))

export const NATION = { households: 27_000_000, regencies: 514, villages: 83_763, photosEach: 9, photoBytes: 120_000 }
// What is not measured but assumed. lastDay: share of all visits that come in on the last day; peakHour: of these, in one hour.
export const ASSUMED = { largest: 500_000, campaignDays: 90, pagesPerVisit: 12, lastDay: 0.06, peakHour: 0.25, lastDaySlow: 0.4, coreShare: 0.5 }

export type Units = { photoBytes: number, databaseBytes: number, cpuWholeS: number, cpuPiecesS: number, cpuPageS: number, upWholeBytes: number, upPiecesBytes: number, downBytes: number, pageBytes: number, recordBytes: number, recordBytesPacked: number }

// For so many households: disk in GB, processor in hours, bytes up in GB, and the last evening's peak.
export function costOf(households: number, units: Units) {
  const slow = ASSUMED.lastDaySlow
  const cpuVisit = units.cpuWholeS * (1 - slow) + units.cpuPiecesS * slow
  const up = units.upWholeBytes * (1 - slow) + units.upPiecesBytes * slow
  const peakPerSecond = households * ASSUMED.lastDay * ASSUMED.peakHour / 3600
  const cpuAtPeak = peakPerSecond * (cpuVisit + ASSUMED.pagesPerVisit * units.cpuPageS)
  return {
    photos_gb: households * units.photoBytes / 1e9, database_gb: households * units.databaseBytes / 1e9,
    cpu_hours: households * (cpuVisit + ASSUMED.pagesPerVisit * units.cpuPageS) / 3600,
    up_gb: households * up / 1e9, down_gb: households * (units.downBytes + ASSUMED.pagesPerVisit * units.pageBytes) / 1e9,
    up_mbit_s_mean: households * up * 8 / (ASSUMED.campaignDays * 86_400) / 1e6,
    peak_visits_per_s: peakPerSecond, peak_mbit_s: peakPerSecond * up * 8 / 1e6, peak_cores: cpuAtPeak,
  }
}

const FAST: Line = { name: 'whole', bitsPerSecond: 1e9, roundTripMs: 0, good: true }
const OPERATORS = Number(process.env.SIKS_NATIONAL_OPERATORS ?? 24)
const VISITS_EACH = 12

// All sent at once over a line that costs nothing: what remains is the server's own work, also that behind the requests.
async function sendAll(port: number, pid: number, campaign: Campaign, good: boolean): Promise<Day> {
  return liveThrough({ port, pid, campaign, seconds: 1, lines: [[1, { ...FAST, good }]], reads: false })
}

async function measureUnits(): Promise<Units> {
  const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-national-'))
  try {
    const campaign = await makeCampaign(directory, { operators: OPERATORS, visitsEach: VISITS_EACH * 2, tasksEach: VISITS_EACH * 2 })
    const [file, port] = [join(directory, 'siks.db'), await freePort()]
    const before = statSync(file).size
    const server = await launchServer({ port, directory, env: { SIKS_TRUST_PROXY: 'true' } })
    const pid = server.pid!
    const half = (from: number): Campaign => ({ ...campaign, operators: campaign.operators.map((one) => ({ ...one, errands: one.errands.slice(from, from + VISITS_EACH) })) })
    const whole = await sendAll(port, pid, half(0), true)
    const pieces = await sendAll(port, pid, half(VISITS_EACH), false)
    const pages = await readPages(port, pid, campaign)
    await endServer(server, 'SIGTERM')
    const each = OPERATORS * VISITS_EACH
    if (whole.acknowledged.size + pieces.acknowledged.size !== each * 2) throw new Error(`Not all were taken: ${JSON.stringify([whole.statuses, pieces.statuses])}`)
    const records = campaign.operators.flatMap(({ errands }) => errands.map(({ record }) => JSON.stringify(record)))
    return {
      photoBytes: await bytesIn(join(directory, 'photos')) / each / 2, databaseBytes: before / campaign.operators.length / VISITS_EACH / 2 + (statSync(file).size - before) / each / 2,
      cpuWholeS: (whole.cpuSeconds + whole.cpuAfterSeconds) / each, cpuPiecesS: (pieces.cpuSeconds + pieces.cpuAfterSeconds) / each, cpuPageS: pages.cpuS,
      upWholeBytes: whole.ledger.up / each, upPiecesBytes: pieces.ledger.up / each, downBytes: pieces.ledger.down / each, pageBytes: pages.bytes,
      recordBytes: records.reduce((sum, { length }) => sum + length, 0) / records.length, recordBytesPacked: gzipSync(records.join('\n')).length / records.length,
    }
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

const PAGE_ROUNDS = 150
async function readPages(port: number, pid: number, { operators, coordinators }: Campaign) {
  const ledger = newLedger()
  const phones = [operators[0]!.id, coordinators[0]!].map((id, n) => ({ id, phone: new OnlinePhone(port, FAST, ledger, `10.8.0.${n}`) }))
  for (const { id, phone } of phones) await phone.signIn(id, PASSWORD)
  const [before, begun] = [cpuOf(pid), ledger.times.page.length]
  let bytes = 0
  for (let n = 0; n < PAGE_ROUNDS; n++) {
    for (const path of ['/', '/field', `/field/${operators[0]!.tasks[n % 20]}`]) bytes += gzipSync((await phones[0]!.phone.open(path)).body).length
    for (const path of ['/', '/reviews']) bytes += gzipSync((await phones[1]!.phone.open(path)).body).length
  }
  const count = ledger.times.page.length - begun
  phones.forEach(({ phone }) => phone.close())
  return { cpuS: (cpuOf(pid) - before) / count, bytes: bytes / count }
}

const units = await measureUnits()
for (const [name, value] of Object.entries(units)) say(`unit_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, name.includes('cpu') ? value * 1000 : value, name.includes('cpu') ? 'ms (cpu)' : 'B', { n: OPERATORS * VISITS_EACH })
const round = (costs: Record<string, number>) => Object.fromEntries(Object.entries(costs).map(([name, value]) => [name, Math.round(value * 100) / 100]))
for (const [who, households] of [['kabupaten_mean', NATION.households / NATION.regencies], ['kabupaten_largest', ASSUMED.largest], ['nation', NATION.households]] as const) {
  say(`cost_${who}`, households, 'households', round(costOf(households, units)))
}
say('cost_ministry', NATION.households, 'households', round({
  records_gb: NATION.households * units.recordBytes / 1e9, records_packed_gb: NATION.households * units.recordBytesPacked / 1e9,
  photos_gb_if_gathered: NATION.households * units.photoBytes / 1e9, up_mbit_s_mean_if_gathered: NATION.households * units.photoBytes * 8 / (ASSUMED.campaignDays * 86_400) / 1e6,
}))
