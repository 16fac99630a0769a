import { once } from 'node:events'
import { setTimeout as rest } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { sweep } from '#app/duplicates/sweeping.ts'
import { isTimeToSweep } from '#app/duplicates/sweeps.ts'
import { runJob } from '#app/operation/works.ts'
import type { Db } from '#db/connection.ts'

const LOOK_MS = 2000
const AFTER_FAILURE_MS = 60_000

// Looks now and then whether everybody is to be searched, and has a thread do it. Returns what stops both: a search that was
// cut short begins anew at the next start.
export function startSweeps(db: Db): () => void {
  let thread: Worker | undefined
  let stopped = false
  const run = async () => {
    while (!stopped && db.$client.open) {
      const fine = await attempt(db, (worker) => { thread = worker })
      await rest(fine ? LOOK_MS : AFTER_FAILURE_MS, undefined, { ref: false })
    }
  }
  void run()
  return () => {
    stopped = true
    void thread?.terminate()
  }
}

type Tell = (worker: Worker) => void

async function attempt(db: Db, tell: Tell): Promise<boolean> {
  let fine = false
  await runJob(db, 'duplicates', async () => { fine = !isTimeToSweep(db) || await sweepBeside(db, tell) })
  return fine
}

// However many people there are, a part of them at a time is in memory.
const MOST_MEMORY_MB = 192

// A database in memory is seen by its own connection alone.
async function sweepBeside(db: Db, tell: Tell): Promise<boolean> {
  const now = new Date().toISOString()
  if (db.$client.memory) return sweepNow(db, now)
  const worker = new Worker('./.build/sweep-thread.js', { workerData: { file: db.$client.name, now }, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } })
  worker.unref()
  tell(worker)
  const [code] = await once(worker, 'exit') as [number]
  return code === 0
}

// At once, on this very connection: for tests and figures.
export function sweepNow(db: Db, now: string): boolean {
  if (!isTimeToSweep(db)) return false
  for (const _ of sweep(db, now)) { /* nobody waits */ }
  return true
}
