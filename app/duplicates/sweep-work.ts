import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as rest } from 'node:timers/promises'
import { logUnread, sweep } from '#app/duplicates/sweeping.ts'
import { isTimeToSweep } from '#app/duplicates/sweeps.ts'
import { Told, toldAgain, type Failure } from '#app/operation/failures.ts'
import { runJob } from '#app/operation/works.ts'
import type { Db } from '#db/connection.ts'

const LOOK_MS = 2000
const AFTER_FAILURE_MS = 60_000

// Looks now and then whether everybody is to be searched, and has a process do it. Returns what stops both: a search that was
// cut short begins anew at the next start.
export function startSweeps(db: Db): () => void {
  let child: ChildProcess | undefined
  let stopped = false
  const run = async () => {
    while (!stopped && db.$client.open) {
      const fine = await attempt(db, (started) => { child = started })
      await rest(fine ? LOOK_MS : AFTER_FAILURE_MS, undefined, { ref: false })
    }
  }
  void run()
  return () => {
    stopped = true
    child?.kill()
  }
}

// What the process tells: why it ended, or which household it could not read.
export type FromSweep = { unread?: string, failure: Failure }

type Tell = (child: ChildProcess) => void

async function attempt(db: Db, tell: Tell): Promise<boolean> {
  let fine = false
  await runJob(db, 'duplicates', async () => { fine = !isTimeToSweep(db) || await sweepBeside(db, tell) })
  return fine
}

// However many people there are, a part of them at a time is in memory. What is young may take 2 MB instead of 16, which costs no time.
const MEMORY = ['--max-old-space-size=192', '--max-semi-space-size=2']

// A database in memory is seen by its own connection alone.
async function sweepBeside(db: Db, tell: Tell): Promise<boolean> {
  const now = new Date().toISOString()
  if (db.$client.memory) return sweepNow(db, now)
  const child = fork('./.build/sweep-process.js', [db.$client.name, now], { execArgv: MEMORY, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  child.unref()
  child.channel?.unref()
  tell(child)
  let failure: Failure | undefined
  child.on('message', (told: FromSweep) => {
    if (told.unread !== undefined) logUnread(told.unread, toldAgain(told.failure))
    else failure = told.failure
  })
  const [code, signal] = await once(child, 'exit') as [number | null, string | null]
  if (code !== 0 && !child.killed) throw failure ? toldAgain(failure) : new Told(`Pencarian data ganda terhenti (${code ?? signal}).`)
  return code === 0
}

// At once, on this very connection: for tests and figures.
export function sweepNow(db: Db, now: string): boolean {
  if (!isTimeToSweep(db)) return false
  for (const _ of sweep(db, now)) { /* nobody waits */ }
  return true
}
