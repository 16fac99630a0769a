import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { s3Store } from '#app/backup/s3-store.ts'
import type { PhotoSettings } from '#app/files/photo-store.ts'
import { carrierTo, type Claim, type Sent } from '#app/files/sending-away.ts'
import { describe, inWords } from '#app/operation/failures.ts'

// Carries files to the store of photos in a thread of its own (carrying.ts): hashing, locking and sending megabytes takes longer
// than any request may wait.
export type Errand = { id: number, send?: string[], prove?: Claim[] }
export type Done = { id: number, sent?: Sent[], proven?: string[], failure?: string }

const { directory, settings } = workerData as { directory: string, settings: PhotoSettings }
const carrier = carrierTo(directory, s3Store(settings.to, settings.s3, { patienceMs: 60_000 }))

// On Linux this is the thread's own. Where it may not be set, it runs like the others.
try {
  setPriority(10)
} catch {}

parentPort!.on('message', ({ id, send, prove }: Errand) => {
  const answer = (more: Omit<Done, 'id'>) => parentPort!.postMessage({ id, ...more })
  const work = send ? carrier.send(send).then((sent) => answer({ sent })) : carrier.prove(prove!).then((proven) => answer({ proven }))
  work.catch((error: unknown) => answer({ failure: inWords(describe(error)) }))
})
