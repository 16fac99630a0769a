import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

// One sync for all that was written, instead of one for each of a hundred thousand files. Where `sync` knows no file systems, all
// disks are synced.
export const syncFolder = async (folder: string): Promise<void> => {
  await run('sync', ['-f', folder]).catch(() => run('sync')).catch(() => undefined)
}
