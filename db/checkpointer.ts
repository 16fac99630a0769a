import { statSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { openClient } from '#db/connection.ts'

// Runs in a thread of its own (checkpoints.ts): copies what the log holds into the database file, with the syncs that this
// needs, while the main thread goes on serving.
const { file, everyMs, smallestBytes } = workerData as { file: string, everyMs: number, smallestBytes: number }
const client = openClient(file)
// This reads the file for the first time, and may have to wait until somebody has recovered its log; what follows waits for nobody.
client.pragma('synchronous = NORMAL')
client.pragma('busy_timeout = 0')

const logBytes = () => {
  try {
    return statSync(`${file}-wal`).size
  } catch {
    return 0
  }
}

const timer = setInterval(() => {
  if (logBytes() < smallestBytes) return
  try {
    client.pragma('wal_checkpoint(PASSIVE)')
  } catch {
    // A full disk: the log keeps what it holds, and the next round tries again.
  }
}, everyMs)

parentPort!.once('message', () => {
  clearInterval(timer)
  client.close()
  parentPort!.close()
})
