import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { usePhotoStore, type PhotoSettings } from '#app/files/photo-store.ts'
import { PhotoAway, printVisit } from '#app/prints/printing.ts'
import { openDatabase } from '#db/connection.ts'

// Looks at photos in a thread of its own (printer.ts), after everybody else: decoding and comparing take longer than any
// request may wait. It reads the database and the photos; what it sees is written by the main thread.
// away: what it failed for lies in a store that does not answer just now.
export type Answer = { id: number, printed?: Awaited<ReturnType<typeof printVisit>>, failure?: string, away?: boolean }

const { file, directory, settings } = workerData as { file: string, directory: string, settings: PhotoSettings | undefined }
const db = openDatabase(file)
for (const pragma of ['query_only = ON', 'cache_size = -8192']) db.$client.pragma(pragma)
usePhotoStore(directory, { db, settings })

// On Linux this is the thread's own. Where it may not be set, it runs like the others.
try {
  setPriority(10)
} catch {}

parentPort!.on('message', ({ id, visitId }: { id: number, visitId: string }) => {
  const answer = (more: Omit<Answer, 'id'>) => parentPort!.postMessage({ id, ...more })
  printVisit(db, directory, visitId).then((printed) => answer({ printed }), (error: unknown) => answer({ failure: String(error), away: error instanceof PhotoAway }))
})
