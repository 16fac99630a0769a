import { rmSync } from 'node:fs'
import { keyIdOf, openDatabase } from '#db/connection.ts'
import { openMoment } from '#db/moment.ts'

// Small enough that the server this runs in goes on serving.
const PAGES = 2000

// A whole copy of one moment while others write, page by page from a connection that holds that moment, so that no write makes it
// begin anew. SQLite's own backup knows no keys: a locked database is written out anew instead, locked by the same key, in one
// go in the thread that calls this.
export async function copyOnline(source: string, target: string): Promise<void> {
  const db = openDatabase(source)
  try {
    if (keyIdOf(db.$client) !== undefined) {
      rmSync(target, { force: true })
      return void db.$client.prepare('VACUUM INTO ?').run(target)
    }
    const moment = openMoment(db)
    await moment.$client.backup(target, { progress: () => PAGES }).finally(() => moment.$client.close())
  } finally {
    db.$client.close()
  }
}
