import { Worker } from 'node:worker_threads'
import { photoSettings } from '#app/files/photo-store.ts'
import { startFollowing } from '#app/prints/following.ts'
import { PhotoAway, type Printed, type PrintVisit } from '#app/prints/printing.ts'
import type { Answer } from '#app/prints/thread.ts'
import type { Db } from '#db/connection.ts'

type Waiting = { resolve: (printed: Printed[]) => void, reject: (error: unknown) => void }

// The thread that looks at photos. One that dies takes what it was asked along; the next question starts another.
function makePrinter(file: string, directory: string): { print: PrintVisit, stop: () => void } {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0
  const start = () => {
    const started = new Worker('./.build/prints-thread.js', { workerData: { file, directory, settings: photoSettings(directory) } })
    started.unref()
    started.on('message', ({ id, printed, failure, away }: Answer) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (printed) asked?.resolve(printed)
      else asked?.reject(away ? new PhotoAway() : new Error(failure))
    })
    const end = (error: unknown) => {
      if (worker === started) worker = undefined
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    started.on('error', end)
    started.on('exit', () => end(new Error('The thread that looks at photos has ended.')))
    return started
  }
  return {
    print: (visitId) => new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      worker ??= start()
      worker.postMessage({ id, visitId })
    }),
    stop: () => void worker?.terminate(),
  }
}

// Returns what stops it.
export function startPrints(db: Db, dataDirectory: string): () => void {
  const { print, stop } = makePrinter(db.$client.name, dataDirectory)
  const stopFollowing = startFollowing(db, print)
  return () => {
    stopFollowing()
    stop()
  }
}
