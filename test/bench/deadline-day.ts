import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { randomFrom, type Random } from '#db/seeds/random.ts'
import { newLedger, OnlinePhone, type Ledger, type Line } from '#test/bench/deadline-phones.ts'
import type { Campaign, Operator } from '#test/bench/deadline-world.ts'
import { memoryMb, processorMs } from '#test/bench/running.ts'
import { PASSWORD } from '#test/support/world.ts'

// A working day pressed into a few minutes: everybody is signed in, reads pages, and sends what lies on the phone by a curve
// that peaks when two thirds of the day are gone. The lines are not pressed: a slow phone is as slow as on any evening.
export type Plan = { port: number, pid: number, campaign: Campaign, seconds: number, lines: readonly (readonly [share: number, line: Line])[], seed?: number, reads?: boolean }
export type Day = { ledger: Ledger, acknowledged: Set<string>, statuses: Record<string, number>, wholeVisit: Record<string, number[]>, perTenSeconds: number[], seconds: number, rssMb: number, serverMb: number, cpuSeconds: number, cpuAfterSeconds: number }

const OFFICE: Line = { name: 'office', bitsPerSecond: 20_000_000, roundTripMs: 5, good: true }
const PEAK = 0.67

export async function liveThrough({ port, pid, campaign, seconds, lines, seed = 1, reads = true }: Plan): Promise<Day> {
  const random = randomFrom(seed)
  const day: Day = { ledger: newLedger(), acknowledged: new Set(), statuses: {}, wholeVisit: {}, perTenSeconds: [], seconds: 0, rssMb: 0, serverMb: 0, cpuSeconds: 0, cpuAfterSeconds: 0 }
  const before = cpuOf(pid)
  const begun = performance.now()
  const ends = { at: begun + seconds * 1000 }
  const watch = setInterval(() => {
    const { now, server } = memoryMb({ pid })
    Object.assign(day, { rssMb: Math.max(day.rssMb, now), serverMb: Math.max(day.serverMb, server) })
  }, 250)
  const everybody = campaign.operators.map((operator, n) => work({ port, day, begun, seconds, reads, ends }, operator, drawLine(lines, random), drawTimes(random, operator.errands.length), `10.${n >> 8}.${n & 255}.7`, random.below(1e6)))
  const offices = reads ? [...campaign.coordinators, campaign.officer].map((id, n) => oversee({ port, day, ends }, id, `10.9.${n}.7`, n)) : []
  await Promise.all(everybody)
  day.seconds = (performance.now() - begun) / 1000
  ends.at = 0
  await Promise.all(offices)
  clearInterval(watch)
  day.cpuSeconds = cpuOf(pid) - before
  day.cpuAfterSeconds = await settle(pid)
  return day
}

// When each visit is sent, as a share of the day: few in the morning, most in the evening.
function drawTimes(random: Random, count: number): number[] {
  const one = () => random.below(1e6) / 1e6
  const triangle = (u: number) => u < PEAK ? Math.sqrt(u * PEAK) : 1 - Math.sqrt((1 - u) * (1 - PEAK))
  return Array.from({ length: count }, () => triangle(one())).sort((a, b) => a - b)
}

function drawLine(lines: Plan['lines'], random: Random): Line {
  let left = random.below(1e6) / 1e6
  for (const [share, line] of lines) if ((left -= share) < 0) return line
  return lines.at(-1)![1]
}

type Shift = { port: number, day: Day, begun: number, seconds: number, reads: boolean, ends: { at: number } }
const PAGES = ['/field', '/field?tab=sent', '/prelist/available', '/']

async function work({ port, day, begun, seconds, reads, ends }: Shift, { id, errands, tasks }: Operator, line: Line, times: number[], address: string, seed: number) {
  const [phone, random] = [new OnlinePhone(port, line, day.ledger, address), randomFrom(seed)]
  const first = begun + Math.min(times[0] ?? 0, random.below(1e6) / 1e6 * 0.3) * seconds * 1000
  await until(first)
  await phone.signIn(id, PASSWORD)
  await phone.open('/field')
  await phone.contact(id)
  for (const [i, errand] of errands.entries()) {
    const due = begun + times[i]! * seconds * 1000
    while (reads && due - performance.now() > 20_000) {
      await pause(random.between(8_000, 20_000))
      await phone.open(random.chance(0.3) ? `/field/${random.pick(tasks)}` : random.pick(PAGES))
    }
    await until(due)
    const pressed = performance.now()
    const { visitId, status } = await phone.send(errand)
    day.statuses[status] = (day.statuses[status] ?? 0) + 1
    if (status === 'accepted') day.acknowledged.add(visitId)
    const now = performance.now()
    ;(day.wholeVisit[line.name] ??= []).push((now - pressed) / 1000)
    const slot = Math.floor((now - begun) / 10_000)
    day.perTenSeconds[slot] = (day.perTenSeconds[slot] ?? 0) + 1
    if (reads) await phone.open('/field?tab=sent')
  }
  while (reads && ends.at > performance.now()) {
    await pause(Math.min(random.between(8_000, 20_000), Math.max(0, ends.at - performance.now())))
    await phone.open(random.pick(PAGES))
  }
  phone.close()
}

// Those who check, meanwhile.
async function oversee({ port, day, ends }: Pick<Shift, 'port' | 'day' | 'ends'>, id: string, address: string, seed: number) {
  const [desk, random] = [new OnlinePhone(port, OFFICE, day.ledger, address), randomFrom(seed + 7)]
  await desk.signIn(id, PASSWORD)
  while (ends.at > performance.now()) {
    await desk.open(random.pick(['/', '/reviews', '/households', '/dashboards', '/households?q=sri']))
    await pause(random.between(2_000, 6_000))
  }
  desk.close()
}

const until = async (at: number) => at > performance.now() ? pause(at - performance.now()) : undefined

// Seconds of processor that the whole server, threads and all, has had.
export const cpuOf = (pid: number): number => processorMs({ pid }) / 1000

// What is worked out behind the requests counts too: until the server has been quiet for a while.
const QUIET_ROUNDS = 4
async function settle(pid: number, most = 300): Promise<number> {
  const before = cpuOf(pid)
  for (let round = 0, quiet = 0; round < most && quiet < QUIET_ROUNDS; round++) {
    const at = cpuOf(pid)
    await pause(1000)
    quiet = cpuOf(pid) - at < 0.06 ? quiet + 1 : 0
  }
  return cpuOf(pid) - before
}

export async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let sum = 0
  for (const entry of names) if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name))).size
  return sum
}
