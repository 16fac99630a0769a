import { setPriority } from 'node:os'
import { setTimeout as rest } from 'node:timers/promises'
import type { FromSweep } from '#app/duplicates/sweep-work.ts'
import { sweep } from '#app/duplicates/sweeping.ts'
import { describe } from '#app/operation/failures.ts'
import { openDatabase } from '#db/connection.ts'

// A process that searches everybody (sweep-work.ts), so that what it needs of memory is given back when it ends. It lets the
// server go first, and after each transaction leaves the database to others for as long as the transaction took. What it writes
// can be worked out again at any time, so no commit waits for the disk.
const [file, now] = process.argv.slice(2) as [string, string]
const LONGEST_REST_MS = 50
const CACHE_KB = 16_000

// Without the server nobody would start the next one.
process.once('disconnect', () => process.exit(1))
// Ctrl-C in a terminal reaches both; it is the server that ends this.
process.on('SIGINT', () => {})
// Where it may not be set, it runs like the others.
try {
  setPriority(10)
} catch {}
try {
  const db = openDatabase(file)
  for (const pragma of ['synchronous = NORMAL', 'wal_autocheckpoint = 0', `cache_size = -${CACHE_KB}`]) db.$client.pragma(pragma)
  let begun = performance.now()
  for (const _ of sweep(db, now, (unread, error) => process.send!({ unread, failure: describe(error) } satisfies FromSweep))) {
    await rest(Math.min(LONGEST_REST_MS, performance.now() - begun))
    begun = performance.now()
  }
  db.$client.close()
  process.exit(0)
} catch (error) {
  // What it says may quote people; of what is told nothing does.
  process.send!({ failure: describe(error) } satisfies FromSweep, () => process.exit(1))
}
