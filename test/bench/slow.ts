import { Worker } from 'node:worker_threads'

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
