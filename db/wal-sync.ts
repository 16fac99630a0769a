import { open, type FileHandle } from 'node:fs/promises'
import type { Db } from '#db/connection.ts'
import { prepared } from '#db/statements.ts'

// synchronous=FULL syncs the write-ahead log at every commit, on the thread that serves everybody. Hot posts commit
// without it and sync the log in the thread pool: as durable once it returns, and one sync serves all that waited.
type Log = { handle?: Promise<FileHandle>, running: Promise<void>, next?: Promise<void> }

const logOf = prepared((_db): Log => ({ running: Promise.resolve() }))

export function commitUnsynced<T>(db: Db, commit: () => T): T {
  db.$client.pragma('synchronous = NORMAL')
  try {
    return commit()
  } finally {
    db.$client.pragma('synchronous = FULL')
  }
}

// Resolves when everything committed before this call is on the disk. A sync already under way may have begun too
// early, so the next one counts.
export function syncLog(db: Db): Promise<void> {
  if (db.$client.memory) return Promise.resolve()
  const log = logOf(db)
  log.next ??= log.running.catch(() => undefined).then(async () => {
    log.running = log.next!
    log.next = undefined
    // Kept only when it opened: one that failed (too many files, say) is tried again by the next.
    log.handle ??= open(`${db.$client.name}-wal`, 'r').catch((error: unknown) => {
      log.handle = undefined
      throw error
    })
    await (await log.handle).datasync()
  })
  return log.next
}
