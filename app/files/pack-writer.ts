import { Worker } from 'node:worker_threads'
import type { Done, Order } from '#app/files/pack-thread.ts'

// Enough to keep a disk busy that answers in a few milliseconds.
const THREADS = 4

type Waiting = { resolve: (done: Done) => void, reject: (error: unknown) => void }
type Thread = { worker: Worker, waiting: Map<number, Waiting> }
const threads: Thread[] = []
let last = 0

function start(): Thread {
  const thread: Thread = { worker: new Worker('./.build/pack-thread.js'), waiting: new Map() }
  const { worker, waiting } = thread
  worker.unref()
  worker.on('message', (done: Done) => {
    waiting.get(done.id)?.resolve(done)
    waiting.delete(done.id)
    if (waiting.size === 0) worker.unref()
  })
  // A thread that dies takes its orders along; the phones send them again, to a new one.
  worker.on('error', (error) => {
    threads.splice(threads.indexOf(thread), 1)
    for (const { reject } of waiting.values()) reject(error)
  })
  threads.push(thread)
  return thread
}

const idlest = () => threads.length < THREADS ? start()
  : threads.reduce((best, one) => one.waiting.size < best.waiting.size ? one : best)

// Checks the photos against their hashes and writes the file, synced, unless it is there already ('EEXIST').
export function writePack(order: Omit<Order, 'id'>): Promise<Done> {
  const { worker, waiting } = idlest()
  const id = ++last
  worker.ref()
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    worker.postMessage({ id, ...order })
  })
}
