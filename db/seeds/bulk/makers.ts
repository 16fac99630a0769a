import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Chained } from '#db/seeds/bulk/lines.ts'
import { chainWeek, makeSome, type Chunk, type Making, type Some, type Week } from '#db/seeds/bulk/making.ts'

// Who makes what is written: threads, or where there are none (in tests) the writer itself. What they give comes in the order
// it was asked for, and never lies far ahead.
export type Makers = { chunks: (jobs: Iterable<Some>) => AsyncIterable<Chunk>, week: (week: Week) => Promise<Chained>, close: () => Promise<unknown> }

export const oneself = (making: Making): Makers => ({
  async* chunks(jobs) { for (const job of jobs) yield makeSome(job, making) },
  week: async (week) => chainWeek(week),
  close: async () => undefined,
})

const AHEAD = 3
const MEMORY = { maxYoungGenerationSizeMb: 128 }

export function threads(making: Making, count = availableParallelism()): Makers {
  const workers = Array.from({ length: count }, () => new Thread(making))
  return {
    async* chunks(jobs) {
      const waiting: Promise<unknown>[] = []
      let turn = 0
      for (const job of jobs) {
        waiting.push(workers[turn++ % count]!.ask(job))
        if (waiting.length >= AHEAD * count) yield await waiting.shift() as Chunk
      }
      for (const one of waiting) yield await one as Chunk
    },
    week: (week) => workers[0]!.ask(week) as Promise<Chained>,
    close: () => Promise.all(workers.map((worker) => worker.close())),
  }
}

// The seeds run from their sources, and a thread does not inherit what reads those.
const START = `import('tsx/esm/api').then(({ register }) => { register(); return import('${new URL('./thread.ts', import.meta.url).href}') })`

type Asked = { resolve: (made: unknown) => void, reject: (error: unknown) => void }

// Does what it is asked one after the other, so that it never waits for the writer.
class Thread {
  private readonly worker: Worker
  private readonly asked: Asked[] = []

  constructor(making: Making) {
    this.worker = new Worker(START, { eval: true, workerData: making, resourceLimits: MEMORY })
    this.worker.on('message', (made) => this.asked.shift()!.resolve(made))
    this.worker.on('error', (error) => this.asked.splice(0).forEach(({ reject }) => reject(error)))
  }

  ask(job: Some | Week): Promise<unknown> {
    const answer = new Promise((resolve, reject) => this.asked.push({ resolve, reject }))
    this.worker.postMessage(job)
    return answer
  }

  close() { return this.worker.terminate() }
}
