import { parentPort, workerData } from 'node:worker_threads'
import { sweep } from '#app/duplicates/sweeping.ts'
import { openDatabase } from '#db/connection.ts'

// A thread that searches everybody (sweep-work.ts). After each transaction it leaves the database to others for as long as the
// transaction took. What it writes can be worked out again at any time, so no commit waits for the disk.
const { file, now } = workerData as { file: string, now: string }
const LONGEST_REST_MS = 50
const clock = new Int32Array(new SharedArrayBuffer(4))

const db = openDatabase(file)
db.$client.pragma('synchronous = NORMAL')
db.$client.pragma('wal_autocheckpoint = 0')
let begun = performance.now()
for (const _ of sweep(db, now)) {
  Atomics.wait(clock, 0, 0, Math.min(LONGEST_REST_MS, performance.now() - begun))
  begun = performance.now()
}
db.$client.close()
parentPort!.close()
