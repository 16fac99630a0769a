import { Worker } from 'node:worker_threads'
import type { Done, Errand } from '#app/files/away-thread.ts'
import type { PhotoSettings } from '#app/files/photo-store.ts'
import type { Carrier } from '#app/files/sending-away.ts'
import { Told } from '#app/operation/failures.ts'

type Waiting = { resolve: (done: Done) => void, reject: (error: unknown) => void }

// The thread that carries. One that dies takes its errand along; the next starts another.
export function makeCarrier(directory: string, settings: PhotoSettings): Carrier & { stop: () => void } {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0
  const start = () => {
    const started = new Worker('./.build/away-thread.js', { workerData: { directory, settings } })
    started.unref()
    started.on('message', (done: Done) => {
      const asked = waiting.get(done.id)
      waiting.delete(done.id)
      if (done.failure === undefined) asked?.resolve(done)
      else asked?.reject(new Told(done.failure))
    })
    const end = (error: unknown) => {
      if (worker === started) worker = undefined
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    started.on('error', end)
    started.on('exit', () => end(new Told('Pengirim foto berhenti.')))
    return started
  }
  const ask = (errand: Omit<Errand, 'id'>) => new Promise<Done>((resolve, reject) => {
    const id = ++last
    waiting.set(id, { resolve, reject })
    worker ??= start()
    worker.postMessage({ id, ...errand })
  })
  return {
    send: async (names) => (await ask({ send: names })).sent!,
    prove: async (claims) => (await ask({ prove: claims })).proven!,
    stop: () => void worker?.terminate(),
  }
}
