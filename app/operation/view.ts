import { statSync } from 'node:fs'
import { isRunning, readLast, type LastBackup, type Made } from '#app/backup/last.ts'
import type { Losses } from '#app/backup/losses.ts'
import { runBackup } from '#app/backup/nightly.ts'
import type { Config } from '#app/config.ts'
import { isStoreAway, photoStoreView, type PhotoStoreView } from '#app/files/store-view.ts'
import { isNationAway } from '#app/national/state.ts'
import { doubtOf } from '#app/operation/clock.ts'
import { readDisk, type Disk } from '#app/operation/disk.ts'
import { databaseBytes, migrationsDone, readPhotos } from '#app/operation/figures.ts'
import { JOBS, listFollowers, type JobName } from '#app/operation/followers.ts'
import { programVersion } from '#app/operation/version.ts'
import { lastRun, type Run } from '#app/operation/works.ts'
import { conflict } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { keyIdOf, type Db } from '#db/connection.ts'
import type { Nation } from '#db/postgres/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// What an administrator is shown of the server.
export type Server = { db: Db, dataDirectory: string, startedAt?: Date, backup?: Config['backup'] }
export type OperationView = ReturnType<typeof operationView>

const known = new Date()

export function operationView(server: Server, actor: Actor, now: Date) {
  demand(actor, 'operation.read')
  const { db, dataDirectory, startedAt = known, backup } = server
  return {
    now: now.toISOString(), startedAt: startedAt.toISOString(), version: programVersion(), builtAt: builtAt(), node: process.version,
    doubt: doubtOf(db), lockedBy: keyIdOf(db.$client), disk: readDisk(dataDirectory), bytes: databaseBytes(db), photos: readPhotos(db), migrations: migrationsDone(db),
    backup: {
      to: backup?.to, at: backup?.at, encrypted: (backup?.recipients.length ?? 0) > 0, keep: backup?.keep,
      last: readLast(dataDirectory), running: isRunning(dataDirectory), late: isLate(server, now),
    },
    photoStore: photoStoreView(db, dataDirectory),
    followers: listFollowers(db, startedAt, now),
    jobs: JOBS.map((name): { name: JobName, run?: Run } => ({ name, run: lastRun(db, name) })),
  }
}

const builtAt = () => statSync('.build/server.js', { throwIfNoEntry: false })?.mtime.toISOString() ?? null

const LATE_MS = 26 * 3_600_000

// A night was missed. A server that has just been set up has until the next one; one that is only restarted each day has not.
const isLate = (server: Server, now: Date) => server.backup?.to !== undefined && isOld(server, now)
function isOld({ db, dataDirectory }: Server, now: Date): boolean {
  const since = Date.parse(readLast(dataDirectory)?.fineAt ?? '') || installedAt(db)
  return now.getTime() - since > LATE_MS
}

const firstMigration = statement<[], string>('SELECT applied_at FROM migrations ORDER BY name LIMIT 1')
const installedAt = (db: Db) => Date.parse(firstMigration(db).pluck().get() as unknown as string)

export type Warning =
  | { kind: 'clock', seenAt: string, now: string }
  | { kind: 'full' | 'low', disk: Disk }
  | { kind: 'backup-failed' | 'backup-late', last?: LastBackup }
  | { kind: 'no-backup', last?: LastBackup }
  | { kind: 'backup-same-disk', to: string }
  | { kind: 'files-lost', losses: Losses }
  | { kind: 'chain-broken', line: number }
  | { kind: 'stuck', names: string[] }
  | { kind: 'photo-store', store: PhotoStoreView }
  | { kind: 'nation-away', trouble?: string }
  | { kind: 'backup-without-nation' }

// The page on which the day begins waits no longer for an answer.
const NATION_PATIENCE_MS = 700

export const warningsFor = async (server: Server & { nation?: Nation }, actor: Actor, now: Date): Promise<Warning[]> =>
  can(actor, 'operation.read') ? warningsOf(server, now) : []

// What an administrator should know before it harms anybody.
export async function warningsOf({ nation, ...server }: Server & { nation?: Nation }, now: Date): Promise<Warning[]> {
  const { db, dataDirectory, startedAt = known, backup } = server
  const [disk, last] = [readDisk(dataDirectory), readLast(dataDirectory)]
  const stuck = listFollowers(db, startedAt, now).filter((one) => one.stuck).map(({ name }) => name)
  const store = photoStoreView(db, dataDirectory)
  const doubt = doubtOf(db)
  return [
    ...(doubt ? [{ kind: 'clock' as const, seenAt: doubt.seenAt, now: now.toISOString() }] : []),
    ...(disk.level === 'fine' ? [] : [{ kind: disk.level, disk }]),
    ...(last?.failure ? [{ kind: 'backup-failed' as const, last }] : isLate(server, now) ? [{ kind: 'backup-late' as const, last }] : []),
    ...(backup && !backup.to && (!last?.fineAt || isOld(server, now)) ? [{ kind: 'no-backup' as const, last }] : []),
    ...(last?.made ? foundBy(last.made) : []),
    ...(store && isStoreAway(store, startedAt, now) ? [{ kind: 'photo-store' as const, store }] : []),
    ...(nation && await isNationAway(nation, NATION_PATIENCE_MS) ? [{ kind: 'nation-away' as const, trouble: nation.trouble }] : []),
    ...(stuck.length > 0 ? [{ kind: 'stuck' as const, names: stuck }] : []),
  ]
}

// What the last good backup has seen of the server.
const foundBy = ({ sameDisk, where, losses, broken, withoutNation }: Made): Warning[] => [
  ...(withoutNation ? [{ kind: 'backup-without-nation' as const }] : []),
  ...(sameDisk ? [{ kind: 'backup-same-disk' as const, to: where }] : []),
  ...(losses && losses.missing + losses.changed > 0 ? [{ kind: 'files-lost' as const, losses }] : []),
  ...(broken !== undefined ? [{ kind: 'chain-broken' as const, line: broken }] : []),
]

// Asked twice, the second goes along with the first.
export function askForBackup(tx: Tx, { dataDirectory, backup }: Pick<Server, 'dataDirectory' | 'backup'>, run = runBackup) {
  demand(tx.actor, 'operation.read')
  if (!backup?.to) throw conflict('Tujuan cadangan belum diatur. Pasang disk lain, tulis foldernya di berkas pengaturan server (/etc/siks/siks.env, baris SIKS_BACKUP_TO), lalu jalankan ulang layanan: sudo systemctl restart siks.')
  if (isRunning(dataDirectory)) return
  tx.audit('backup.asked', 'cadangan')
  run(dataDirectory)
}
