import { readDisk } from '#app/operation/disk.ts'
import { listFollowers } from '#app/operation/followers.ts'
import type { Db } from '#db/connection.ts'
import { isMigrated } from '#db/migrate.ts'
import { statement } from '#db/statements.ts'

const one = statement<[], number>('SELECT 1 FROM regions LIMIT 1')

export function isAlive(db: Db): boolean {
  try {
    return one(db).get() !== undefined
  } catch {
    return false
  }
}

export type Readiness = { ready: boolean, checks: Record<'migrations' | 'disk' | 'followers' | 'open', boolean> }
type Asked = { db: Db, dataDirectory: string, startedAt: Date, isStopping?: () => boolean }

// Whether this server should be sent people just now.
export function readiness({ db, dataDirectory, startedAt, isStopping }: Asked, now = new Date()): Readiness {
  const checks = {
    migrations: isMigrated(db),
    disk: readDisk(dataDirectory).level !== 'full',
    followers: listFollowers(db, startedAt, now).every(({ stuck }) => !stuck),
    open: !isStopping?.(),
  }
  return { ready: Object.values(checks).every(Boolean), checks }
}
