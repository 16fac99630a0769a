import { Worker } from 'node:worker_threads'
import type { Db } from '#db/connection.ts'

const PAGES = 4000
// The main connection steps in only where the thread cannot keep up or has died: the log stays bounded either way.
const FALLBACK_PAGES = 16_000
const EVERY_MS = 250

const AGAIN_MS = 60_000

// Left to itself SQLite checkpoints inside whichever commit fills the log, and that request, with all behind it, waits for
// two syncs of the disk. A thread does it beside; one that has failed is begun anew a minute later, and meanwhile SQLite does it.
// Returns what stops it. aside: somebody else copies the log and empties it.
export function startCheckpoints(db: Db, { aside = false, againMs = AGAIN_MS } = {}): () => Promise<void> {
  const { name: file } = db.$client
  if (aside) {
    db.$client.pragma('wal_autocheckpoint = 0')
    return async () => undefined
  }
  let [stopped, again, one]: [boolean, NodeJS.Timeout | undefined, ReturnType<typeof begin> | undefined] = [false, undefined, undefined]
  const run = () => {
    db.$client.pragma(`wal_autocheckpoint = ${FALLBACK_PAGES}`)
    one = begin(file, (error) => {
      console.error(error)
      if (stopped) return
      db.$client.pragma(`wal_autocheckpoint = ${PAGES}`)
      again = setTimeout(run, againMs)
      again.unref()
    })
  }
  run()
  return () => {
    stopped = true
    clearTimeout(again)
    return one!.stop()
  }
}

function begin(file: string, failed: (error: unknown) => void) {
  const worker = new Worker('./.build/checkpointer.js', { workerData: { file, everyMs: EVERY_MS, smallestBytes: PAGES * 4096 / 4 } })
  worker.on('error', failed)
  // Asked from the beginning: one that has died meanwhile tells it only once.
  const ended = new Promise<void>((resolve) => { worker.once('exit', () => resolve()) })
  worker.unref()
  return {
    stop: async () => {
      // Waited for, or a process with nothing else to do would end before the log is put away.
      worker.ref()
      worker.postMessage('stop')
      await ended
    },
  }
}
