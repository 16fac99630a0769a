import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Phone } from '#test/support/phone.ts'

// A slower phone. Chrome's own CPU throttling reaches the page alone ("Operation is only supported for pages, not
// workers"), so every process that runs our code, page and service worker alike, is stopped and let go in turn: a slice
// of work, then five times as long a standstill, is about a sixth of the machine. From a thread of its own, or the bench would slow itself.
const WORK_MS = 2

const SOURCE = `
const { readFileSync, readdirSync } = require('node:fs')
const { workerData: { browser, flag, work, times } } = require('node:worker_threads')
const never = new Int32Array(new SharedArrayBuffer(4))
const pause = (ms) => Atomics.wait(never, 0, 0, ms)
const read = (path) => { try { return readFileSync(path, 'utf8') } catch { return '' } }
const children = (pid) => read('/proc/' + pid + '/task/' + pid + '/children').split(' ').filter(Boolean).flatMap((child) => [Number(child), ...children(child)])
const signal = (pids, name) => pids.forEach((pid) => { try { process.kill(pid, name) } catch {} })
let renderers = []
const kinds = new Map()
for (let round = 0; !Atomics.load(flag, 0); round++) {
  if (round % 2 === 0) renderers = children(browser).filter((pid) => {
    if (!kinds.get(pid)) kinds.set(pid, read('/proc/' + pid + '/cmdline').includes('--type=renderer'))
    return kinds.get(pid)
  })
  const begun = performance.now()
  signal(renderers, 'SIGCONT')
  pause(work)
  signal(renderers, 'SIGSTOP')
  pause((performance.now() - begun) * (times - 1))
}
signal(renderers, 'SIGCONT')
`

// times: how long work and standstill last, in slices of work. Returns what ends it.
export function slowDown(browser: number, times: number): () => Promise<void> {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const thread = new Worker(SOURCE, { eval: true, workerData: { browser, flag, work: WORK_MS, times } })
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  return () => {
    Atomics.store(flag, 0, 1)
    return ended
  }
}

// A loop that does nothing but count, in the page and, where there is one, in the worker.
const loop = (rounds: number) => `(() => { const begin = performance.now(); let n = 0; for (let i = 0; i < ${rounds}; i++) n = (n * 31 + i) | 0; return performance.now() - begin + n * 0 })()`
const LONG = loop(2e7)
const SHORT = loop(2e6)
const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!
type Speed = { page: number, worker?: number }

const times = async (count: number, run: () => Promise<unknown>) => {
  const all: number[] = []
  for (let n = 0; n < count; n++) all.push(await run() as number)
  return all
}

async function loopIn({ page, workers }: Phone, code: string, count: number, of: (all: number[]) => number): Promise<Speed> {
  const worker = workers()[0]
  return { page: of(await times(count, () => page.evaluate(code))), worker: worker && of(await times(count, () => worker.evaluate(code))) }
}

// The best of many short ones is this machine's own speed, whatever else is running on it just now.
const usualOf = (phone: Phone) => loopIn(phone, SHORT, 40, (all) => Math.min(...all) * 10)

const SLOWER = 6
const tenths = (value: number) => Math.round(value * 10) / 10

// Waking and stopping cost time of their own, on every machine another: the standstill is set until a plain count really
// takes six times as long. by: how many times, where.
export async function slowDownExactly(phone: Phone): Promise<{ end: () => Promise<void>, by: Speed }> {
  const usual = await usualOf(phone)
  for (let standstill = SLOWER, tries = 0; ; tries++) {
    const end = slowDown(phone.pid, standstill)
    await pause(300)
    const now = await loopIn(phone, LONG, 5, middle)
    const by = { page: now.page / usual.page, worker: usual.worker && now.worker && now.worker / usual.worker }
    const most = (by.page + (by.worker ?? by.page)) / 2
    if (Math.abs(most - SLOWER) < 0.2 || tries === 5) return { end, by: { page: tenths(by.page), worker: by.worker && tenths(by.worker) } }
    await end()
    standstill = Math.max(1, 1 + (standstill - 1) * (SLOWER - 1) / Math.max(0.1, most - 1))
  }
}
