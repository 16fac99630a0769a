import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCheckpoints } from '#db/checkpoints.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'

// A database of its own on the disk: filled without waiting for the disk, then measured as in the server, where the log is
// checkpointed beside. Nothing of it is left.
export function filledDatabase(name: string) {
  const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), `siks-${name}-`))
  const db = openDatabase(join(directory, 'siks.db'))
  async function run(fill: (db: Db) => void, measure: () => Promise<void>) {
    try {
      migrate(db)
      db.$client.pragma('synchronous = OFF')
      fill(db)
      db.$client.pragma('synchronous = FULL')
      db.$client.pragma('wal_checkpoint(TRUNCATE)')
      const stopCheckpoints = startCheckpoints(db)
      await measure()
      void stopCheckpoints()
    } finally {
      db.$client.close()
      rmSync(directory, { recursive: true, force: true })
    }
  }
  return { db, directory, run }
}
